// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_event_path.h"

#include <QTest>

#include "api_world.h"

using namespace parvis;

namespace {

/// A room with nobody else in it.
class AloneInTheRoom final : public MemberSource
{
public:
    Task<crypto::RoomMembers> completeMembers(const RoomId &) override
    {
        return Task<crypto::RoomMembers>::ready(crypto::RoomMembers{{UserId(u"@me:x"_s)}, {}});
    }
};

/// Key requests wait for ever: whatever needs one does not get ready.
class SilentTransport final : public CryptoTransport
{
public:
    Task<CryptoReply> send(const crypto::OutgoingRequest &) override
    {
        m_open.emplace_back();
        return m_open.back().task();
    }

private:
    std::vector<Promise<CryptoReply>> m_open;
};

} // namespace

/// From a row of the queue to the server and into the history.
class RoomEventPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<ApiWorld>();
        ApiWorld &w = *m_world;
        m_pump = std::make_unique<OutgoingPump>(*w.machine, m_transport, w.clock);
        m_encryptor = std::make_unique<RoomEncryptor>(*w.machine, *m_pump, m_members);
        m_path = std::make_unique<RoomEventPath>(w.api, *w.cache, *w.machine, *m_encryptor, w.clock);
        w.write({.id = w.room, .membership = MemberState::Join});
        m_event.reset();
    }

    void cleanup()
    {
        m_path.reset();
        m_encryptor.reset();
        m_pump.reset();
        m_world.reset();
    }

    void asksBeforeItSendsInClear()
    {
        prepare(row());
        QVERIFY(!m_event);
        QCOMPARE(m_world->http.sent.size(), 1);
        QVERIFY(m_world->http.sent[0].url.endsWith("/state/m.room.encryption/")
                || m_world->http.sent[0].url.endsWith("/state/m.room.encryption"));

        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");

        QVERIFY(m_event && *m_event);
        QCOMPARE((*m_event)->type, u"m.room.message"_s);
        prepare(row()); // once is enough
        QCOMPARE(m_world->http.sent.size(), 1);
    }

    void whatReplacesAnEncryptedRoomIsEncryptedWhateverItsServerSays()
    {
        ApiWorld &w = *m_world;
        const RoomId old(u"!old:x"_s);
        const auto links = [&](const QString &next) {
            w.write({.id = w.room,
                     .state = {make::state(u"$c"_s, u"@b:x"_s, event_type::create, {},
                                           {{"predecessor"_L1, QJsonObject{{"room_id"_L1, "!old:x"_L1}}}})}});
            w.write({.id = old,
                     .membership = MemberState::Join,
                     .state = {make::state(u"$t"_s, u"@b:x"_s, event_type::tombstone, {},
                                           {{"replacement_room"_L1, next}})}});
        };
        links(u"!other:x"_s); // anybody can name a room that was before
        QVERIFY(w.machine->setRoomEncryption(old, R"({"algorithm":"m.megolm.v1.aes-sha2"})"));
        prepare(row());
        QCOMPARE(w.http.sent.size(), 1);
        w.http.answer(500, "{}");

        links(w.room.toString());
        prepare(row());
        QCOMPARE(w.http.sent.size(), 1); // it was not asked
        QVERIFY(*w.machine->isEncrypted(w.room));
    }

    void withoutAnAnswerNothingGoesInClear()
    {
        prepare(row());
        m_world->http.answer(500, "{}");

        QCOMPARE(m_event->error().kind, ErrorKind::Server);
    }

    void anotherKindOf404SaysNothing_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a proxy's page") << QByteArray("<html>Page introuvable</html>");
        QTest::newRow("a proxy's JSON") << QByteArray(R"({"message":"no Route matched"})");
        QTest::newRow("no such endpoint") << QByteArray(R"({"errcode":"M_UNRECOGNIZED"})");
    }
    void anotherKindOf404SaysNothing()
    {
        QFETCH(QByteArray, body);
        prepare(row());

        m_world->http.answer(404, body);

        QVERIFY(m_event && !*m_event);
        QCOMPARE(m_event->error().kind, ErrorKind::NotFound);
        prepare(row());
        QVERIFY(!m_event); // asked again, not remembered
    }

    void theServersWordIsNotBelievedForLong()
    {
        prepare(row());
        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");
        QCOMPARE((*m_event)->type, u"m.room.message"_s);

        m_world->clock.advance(60'000); // a computer that slept: no synchronisation told of anything
        prepare(row());

        QVERIFY(!m_event);
        QCOMPARE(m_world->http.sent.size(), 2);
        m_world->http.answer(200, R"({"algorithm":"m.megolm.v1.aes-sha2"})");
        QVERIFY(!m_event || (*m_event && (*m_event)->type == u"m.room.encrypted"_s));
    }

    void norWhenTheClockIsSetBack()
    {
        prepare(row());
        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");

        m_world->clock.advance(-1);
        prepare(row());

        QVERIFY(!m_event);
    }

    void whatTheServerSaysOfEncryptionCounts()
    {
        prepare(row());
        m_world->http.answer(200, R"({"algorithm":"m.megolm.v1.aes-sha2"})");

        QVERIFY(*m_world->machine->isEncrypted(m_world->room));
        QVERIFY(!m_event || (*m_event && (*m_event)->type == u"m.room.encrypted"_s));
    }

    void encryptionThatComesLaterCountsToo()
    {
        prepare(row());
        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");
        QCOMPARE((*m_event)->type, u"m.room.message"_s);
        m_world->encrypt();

        prepare(row());

        QVERIFY(!m_event || (*m_event && (*m_event)->type == u"m.room.encrypted"_s));
        QCOMPARE(m_world->http.sent.size(), 1);
    }

    void aCiphertextIsNotMadeTwice()
    {
        const store::QueueRow sent = encrypted();

        prepare(sent);

        QVERIFY(m_event && *m_event);
        QCOMPARE((*m_event)->type, u"m.room.encrypted"_s);
        QCOMPARE((*m_event)->content, *sent.ciphertext);
        QVERIFY(m_world->http.sent.isEmpty());
        QCOMPARE(m_world->store.tables.outbound[m_world->room].messageCount, 1);
    }

    void whatWasEncryptedOnceGoesInClearNoMore()
    {
        store::QueueRow sent = encrypted();
        sent.roomId = RoomId(u"!forgotten:x"_s); // of which nobody knows any more that it is encrypted
        m_event.reset();

        prepare(sent);
        while (!m_world->http.sent.isEmpty() && !m_event) // what the server says of it does not count
            m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");

        QVERIFY(!m_event || !*m_event || (*m_event)->type == event_type::encrypted);
        QVERIFY(!m_world->http.sent.isEmpty() || m_event);
    }

    void aCiphertextOfAnEarlierKeyIsMadeAnew()
    {
        const store::QueueRow sent = encrypted();
        // Days later: somebody who has the key was removed meanwhile.
        QVERIFY(m_world->machine->onMembershipChange(m_world->room, UserId(u"@mallory:x"_s),
                                                     crypto::Membership::Leave));

        prepare(sent);

        QVERIFY(m_event && *m_event);
        QCOMPARE((*m_event)->type, u"m.room.encrypted"_s);
        QVERIFY(sessionOf((*m_event)->content) != sessionOf(*sent.ciphertext));
        QCOMPARE(sessionOf((*m_event)->content),
                 m_world->store.tables.outbound[m_world->room].session.toString());
        QCOMPARE(m_world->store.tables.queue[sent.txnId], (*m_event)->content);
    }

    void theRequestCarriesTheTransactionIdOfTheRow()
    {
        (void)await(m_path->put(row(), {.type = u"m.room.message"_s, .content = "{}"}), 1);

        QVERIFY(m_world->http.sent[0].url.endsWith("/send/m.room.message/txn1"));
        QVERIFY(m_world->http.sent[0].verb == HttpVerb::Put);
    }

    void whatIsKeptCanBeReadAtOnceAndGoesOnlyOnce()
    {
        const WireEvent event{
            .type = u"m.room.encrypted"_s,
            .content = R"({"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"A","session_id":"s"})"};

        QVERIFY(m_path->keep(row(), event, EventId(u"$1"_s)));
        QVERIFY(m_path->keep(row(), event, EventId(u"$1"_s)));

        const auto rows = m_world->cache->events().newest(m_world->room, 10);
        QCOMPARE(rows->size(), 1);
        QCOMPARE(rows->first().event.event.transactionId, TransactionId(u"txn1"_s));
        QCOMPARE(rows->first().event.clear->content, row().content);
    }

    void whatIsKeptIsNoOtherEventsText()
    {
        const store::QueueRow sent = encrypted();

        QVERIFY(keep(sent, u"$A"_s));

        QCOMPARE(read(sent, u"$B"_s, 2000), u"replay"_s);
        QCOMPARE(read(sent, u"$A"_s, 1234), u"bonjour"_s); // whatever the server says when it was
    }

    void whatAnotherEventHadFirstIsNotKeptTwice()
    {
        const store::QueueRow sent = encrypted();
        QCOMPARE(read(sent, u"$B"_s, 2000), u"bonjour"_s);

        QVERIFY(keep(sent, u"$A"_s));

        QVERIFY(m_world->cache->events().newest(m_world->room, 10)->isEmpty());
        QCOMPARE(read(sent, u"$A"_s, 1234), u"replay"_s);
    }

    void whatTheSynchronisationBroughtFirstIsKept()
    {
        const store::QueueRow sent = encrypted();
        QCOMPARE(read(sent, u"$A"_s, 1234), u"bonjour"_s);

        QVERIFY(keep(sent, u"$A"_s));

        QCOMPARE(m_world->cache->events().newest(m_world->room, 10)->size(), 1);
        QCOMPARE(read(sent, u"$A"_s, 1234), u"bonjour"_s);
        QCOMPARE(read(sent, u"$A"_s, 1235), u"replay"_s); // its time is known
    }

    void whatOthersSentBeforeItIsNotLost()
    {
        RoomChanges before{.id = m_world->room};
        before.timeline = {make::stored(make::message(u"$0"_s, u"@b:x"_s, u"avant"_s))};
        m_world->write(before);
        QVERIFY(m_path->keep(row(), {.type = u"m.room.message"_s, .content = "{}"}, EventId(u"$1"_s)));
        RoomChanges sync{.id = m_world->room, .limited = true, .prevBatch = u"t"_s};
        sync.timeline = {make::stored(make::message(u"$1"_s, u"@me:x"_s, u"moi"_s))};

        m_world->write(sync);

        QVERIFY(m_world->cache->events().newestGap(m_world->room)->has_value());
    }

private:
    [[nodiscard]] store::QueueRow row() const
    {
        return {.txnId = TransactionId(u"txn1"_s),
                .roomId = m_world->room,
                .kind = u"m.room.message"_s,
                .content = R"({"msgtype":"m.text","body":"bonjour"})"};
    }
    /// After a first try: with the ciphertext that may have left.
    [[nodiscard]] store::QueueRow encrypted()
    {
        m_world->encrypt();
        store::QueueRow sent = row();
        m_world->store.tables.queue[sent.txnId] = {};
        prepare(sent);
        m_world->clock.advance(20'000); // nobody answers which devices there are
        if (!m_event)
            prepare(sent);
        if (!m_event || !*m_event)
            qFatal("the test's room does not get ready");
        sent.ciphertext = (*m_event)->content;
        return sent;
    }
    [[nodiscard]] static QString sessionOf(const QByteArray &content)
    {
        return QJsonDocument::fromJson(content)["session_id"_L1].toString();
    }
    [[nodiscard]] Result<void> keep(const store::QueueRow &sent, const QString &id)
    {
        return m_path->keep(sent, {.type = u"m.room.encrypted"_s, .content = *sent.ciphertext}, EventId(id));
    }
    /// What an event with this ciphertext says, or why it says nothing.
    [[nodiscard]] QString read(const store::QueueRow &sent, const QString &id, qint64 ts)
    {
        const QJsonObject event{{"type"_L1, "m.room.encrypted"_L1},
                                {"sender"_L1, "@me:x"_L1},
                                {"event_id"_L1, id},
                                {"room_id"_L1, sent.roomId.toString()},
                                {"origin_server_ts"_L1, ts},
                                {"content"_L1, QJsonDocument::fromJson(*sent.ciphertext).object()}};
        const auto answers =
            m_world->machine->decrypt(sent.roomId, {QJsonDocument(event).toJson(QJsonDocument::Compact)});
        if (!answers)
            return answers.error().code;
        if (const auto *unread = std::get_if<crypto::Undecryptable>(&answers->first()))
            return crypto::Undecryptable::name(unread->reason);
        return QJsonDocument::fromJson(std::get<crypto::DecryptedEvent>(answers->first()).content)["body"_L1]
            .toString();
    }
    void prepare(const store::QueueRow &row)
    {
        m_event.reset();
        m_path->prepare(row).then(m_path.get(), [this](const Result<WireEvent> &event) { m_event = event; });
    }

    SilentTransport m_transport;
    AloneInTheRoom m_members;
    std::unique_ptr<ApiWorld> m_world;
    std::unique_ptr<OutgoingPump> m_pump;
    std::unique_ptr<RoomEncryptor> m_encryptor;
    std::unique_ptr<RoomEventPath> m_path;
    std::optional<Result<WireEvent>> m_event;
};

QTEST_GUILESS_MAIN(RoomEventPathTest)
#include "tst_room_event_path.moc"
