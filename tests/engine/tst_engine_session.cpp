// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTest>

#include "core_world.h"
#include "scripted_server.h"

using namespace parvis;

/// An engine and a server that changes its mind about the token.
class EngineSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        m_refresh = [] { return Script::reply(401, R"({"errcode":"M_UNKNOWN_TOKEN"})"); };
        m_good = "never";
        m_server =
            std::make_unique<ScriptedServer>([this](const SeenRequest &request) { return answer(request); });
    }

    void cleanup()
    {
        m_world.reset();
        m_server.reset();
    }

    void aTokenThatIsNotTakenStopsAndKeepsEverything()
    {
        QVERIFY(attach());
        QVERIFY(engine().queue().enqueue(room, u"m.room.message"_s, "{}"));
        QVERIFY(engine().setDraft(room, u"à finir"_s));

        engine().start();

        QTRY_VERIFY(engine().session().get().needsSignIn);
        QCOMPARE(engine().queue().waiting(), 1);
        QCOMPARE(*engine().drafts().load(room), u"à finir"_s);
        qsizetype asked = 0;
        do { // what was on its way when the first answer came
            asked = m_server->seen.size();
            QTest::qWait(100);
        } while (asked != m_server->seen.size());
        engine().retryNow();
        QTest::qWait(50);
        QCOMPARE(m_server->seen.size(), asked); // nobody knocks on with it
    }

    void itIsSoAfterARestart()
    {
        QVERIFY(attach());
        engine().start();
        QTRY_VERIFY(engine().session().get().needsSignIn);

        m_world->start();

        const auto restored = m_world->restore();
        QVERIFY(restored);
        QVERIFY(restored->state == StoredState::Ready || restored->state == StoredState::SignedOut);
        QVERIFY(m_world->core->engine());
    }

    void aRefreshTokenIsUsedOnceAndItsFruitIsKept()
    {
        QVERIFY(attach("refresh-1"));
        m_good = "token-2";
        m_refresh = [this] {
            ++m_refreshes;
            return Script::reply(200, R"({"access_token":"token-2","refresh_token":"refresh-2"})");
        };

        engine().start();

        QTRY_VERIFY(sawBearer("token-2"));
        QVERIFY(!engine().session().get().needsSignIn);
        QCOMPARE(m_refreshes, 1);
        const auto kept = store::AccountStore(engine().files().keys()).session();
        QCOMPARE((*kept)->tokens.access.view().toByteArray(), QByteArray("token-2"));
        QCOMPARE((*kept)->tokens.refresh.view().toByteArray(), QByteArray("refresh-2"));
    }

    void whoSignsInAgainGoesOn()
    {
        QVERIFY(attach());
        engine().start();
        QTRY_VERIFY(engine().session().get().needsSignIn);
        m_good = "token-3";

        QVERIFY(engine().signInAgain(
            {.access = Secret(QByteArrayView("token-3")), .refresh = {}, .expiresAtMs = 0}));

        QTRY_VERIFY(sawBearer("token-3"));
        QVERIFY(!engine().session().get().needsSignIn);
    }

    void whoSignsInAgainAsksWhatTheServerKnowsOfTheDevice()
    {
        QVERIFY(attach());
        m_good = "token";
        engine().start();
        QTRY_VERIFY(askedWhatItKnows());
        m_good = "never";
        QTRY_VERIFY(engine().session().get().needsSignIn);
        m_good = "token-3";

        QVERIFY(engine().signInAgain(
            {.access = Secret(QByteArrayView("token-3")), .refresh = {}, .expiresAtMs = 0}));

        QVERIFY(!askedWhatItKnows());
        QTRY_VERIFY(askedWhatItKnows());
    }

private:
    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] Result<SessionInfo> attach(const char *refresh = "") const
    {
        return m_world->attach(m_server->url({}), refresh);
    }
    [[nodiscard]] bool sawBearer(const QByteArray &token) const
    {
        return std::any_of(m_server->seen.cbegin(), m_server->seen.cend(), [&](const SeenRequest &request) {
            return request.headers.value("authorization") == "Bearer " + token;
        });
    }
    [[nodiscard]] bool askedWhatItKnows() const
    {
        const auto account = store::CryptoStoreSql(engine().files().keys()).account();
        return account && *account && (*account)->serverChecked;
    }
    Script answer(const SeenRequest &request)
    {
        if (request.path.contains("/refresh"))
            return m_refresh();
        if (request.headers.value("authorization") != "Bearer " + m_good)
            return Script::reply(401, R"({"errcode":"M_UNKNOWN_TOKEN","soft_logout":true})");
        return Script::reply(200, R"({"versions":["v1.11"],"next_batch":"s1"})");
    }

    const RoomId room{u"!r:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    std::unique_ptr<ScriptedServer> m_server;
    std::function<Script()> m_refresh;
    QByteArray m_good;
    int m_refreshes = 0;
};

QTEST_GUILESS_MAIN(EngineSessionTest)
#include "tst_engine_session.moc"
