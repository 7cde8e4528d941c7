// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/login.h"
#include "api/room_actions.h"
#include "api/send_event.h"

#include <QTest>

#include "client_world.h"

using namespace parvis;
using namespace parvis::api;
using namespace Qt::StringLiterals;

/// What is asked again by itself, when, and what never is.
class ApiRepeatsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repeatsWithTheSameTransaction()
    {
        World w;
        w.signIn("a1", "");
        std::optional<Result<EventId>> answer;
        w.client
            .sendWithRetry(SendEvent{.roomId = RoomId(u"!r:x"_s),
                                     .eventType = u"m.t"_s,
                                     .txnId = TransactionId(u"t1"_s),
                                     .content = "{\"a\":1}"})
            .then(this, [&](Result<EventId> r) { answer = std::move(r); });

        w.http.answer(fail(ErrorKind::Network, u"PARVIS_CONNECTION_LOST"_s));
        QVERIFY(w.delay.lastMs() >= 250 && w.delay.lastMs() <= 500);
        w.delay.fire();
        w.http.answer(429, R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":5000})");
        QVERIFY(w.delay.lastMs() >= 5000 && w.delay.lastMs() <= 5500);
        w.delay.fire();
        w.http.answer(200, R"({"event_id":"$e"})");

        QVERIFY(answer && *answer);
        QCOMPARE(w.http.sent.size(), 3);
        QCOMPARE(w.http.sent[0].url, w.http.sent[2].url);
        QCOMPARE(w.http.sent[0].body, w.http.sent[2].body);
    }

    void givesUpAfterSomeTries()
    {
        World w;
        for (int i = 0; i < 4; ++i)
            w.http.willSay(503, "");
        std::optional<Result<LoginFlows::Response>> answer;
        w.client.sendWithRetry(LoginFlows{}).then(this, [&](auto r) { answer = std::move(r); });

        for (int i = 0; i < 5; ++i)
            w.delay.fire();

        QCOMPARE(w.http.sent.size(), 4);
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().kind, ErrorKind::Server);
    }

    void givesUpAfterSomeTime()
    {
        World w;
        w.http.willSay(429, R"({"retry_after_ms":60000})");

        const auto answer = await(w.client.sendWithRetry(LoginFlows{}, {.tries = 9, .totalMs = 30'000}));

        QCOMPARE(answer.error().kind, ErrorKind::RateLimited);
        QCOMPARE(w.delay.pending(), 0);
    }

    void repeatsNothingThatCouldHappenTwice()
    {
        World w;
        w.http.willFail(ErrorKind::Network, u"PARVIS_CONNECTION_LOST"_s);
        w.http.willSay(503, "");
        w.http.willFail(ErrorKind::Network, u"PARVIS_CONNECTION_REFUSED"_s);
        w.http.willSay(200, R"({"room_id":"!r:x"})");

        const auto lost = await(w.client.sendWithRetry(CreateRoom{}));
        const auto down = await(w.client.sendWithRetry(CreateRoom{}));
        QCOMPARE(w.http.sent.size(), 2);
        auto refused = w.client.sendWithRetry(CreateRoom{});
        w.delay.fire(); // nobody was there to hear it: this can be said again

        QCOMPARE(lost.error().code, u"PARVIS_CONNECTION_LOST"_s);
        QCOMPARE(down.error().kind, ErrorKind::Server);
        QVERIFY(await(std::move(refused)));
    }

    void repeatsNothingPermanent()
    {
        World w;
        w.http.willSay(403, R"({"errcode":"M_FORBIDDEN"})");

        QCOMPARE(await(w.client.sendWithRetry(LoginFlows{})).error().code, u"M_FORBIDDEN"_s);
        QCOMPARE(w.delay.pending(), 0);
    }

    void stopsWaitingWhenItIsCancelled()
    {
        World w;
        CancelSource source;
        w.http.willSay(503, "");
        std::optional<Result<LoginFlows::Response>> answer;
        w.client.sendWithRetry(LoginFlows{}, {}, source.token()).then(this, [&](auto r) {
            answer = std::move(r);
        });
        QVERIFY(!answer);

        source.cancel();
        w.delay.fire();

        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
        QCOMPARE(w.http.sent.size(), 1);
    }
};

QTEST_GUILESS_MAIN(ApiRepeatsTest)
#include "tst_api_repeats.moc"
