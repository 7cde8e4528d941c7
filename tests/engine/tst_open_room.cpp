// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/open_room.h"
#include "engine/room_rows.h"

#include <QTest>

#include "core_world.h"

using namespace parvis;

/// A conversation that somebody looks at.
class OpenRoomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        QVERIFY(m_world->attach());
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        changes.state = {make::member(u"$m1"_s, u"@me:x"_s, u"join"_s, u"Moi"_s),
                         make::member(u"$m2"_s, u"@anna:x"_s, u"join"_s, u"Anna"_s),
                         make::state(u"$n"_s, u"@anna:x"_s, u"m.room.name"_s, {}, {{"name"_L1, "Salle"_L1}})};
        changes.timeline = {make::stored(make::message(u"$1"_s, u"@anna:x"_s, u"bonjour"_s))};
        m_world->write(changes);
        m_open = std::make_unique<OpenRoom>(m_world->engine(), room);
    }

    void cleanup()
    {
        m_open.reset();
        m_world.reset();
    }

    void showsWhatIsThere()
    {
        QCOMPARE(m_open->header().get().name, u"Salle"_s);
        QCOMPARE(m_open->header().get().membership, Membership::Join);
        QCOMPARE(bodies(), QStringList{u"bonjour"_s}); // at once, with the header
    }

    void anInvitationSaysWhoseItIs()
    {
        RoomChanges invite{.id = RoomId(u"!i:x"_s), .membership = MemberState::Invite};
        invite.inviter = UserId(u"@eve:y"_s);
        invite.state = {make::member(u"$m3"_s, u"@eve:y"_s, u"join"_s, u"Anna [Gouv]"_s)};
        m_world->write(invite);
        OpenRoom invited(m_world->engine(), RoomId(u"!i:x"_s));

        QCOMPARE(invited.header().get().inviterName, u"Anna (@eve:y)"_s);
    }

    void whatIsWrittenStandsThereAtOnceAndOnce()
    {
        const auto txn = m_world->engine().queue().enqueue(room, u"m.room.message"_s,
                                                           R"({"msgtype":"m.text","body":"salut"})");
        QVERIFY(txn);
        QTRY_COMPARE(bodies(), (QStringList{u"bonjour"_s, u"salut"_s}));
        QVERIFY(last().eventId.isEmpty());
        QCOMPARE(last().txnId, *txn);

        // The synchronisation brings it before the queue has heard.
        Event event = make::message(u"$2"_s, u"@me:x"_s, u"salut"_s);
        event.transactionId = *txn;
        m_world->write({.id = room, .timeline = {make::stored(event)}});

        QTRY_COMPARE(last().eventId, EventId(u"$2"_s));
        QCOMPARE(bodies(), (QStringList{u"bonjour"_s, u"salut"_s}));
    }

    void whatWaitsInARoomThatWasLeftCanStillBeReached()
    {
        const auto txn = m_world->engine().queue().enqueue(room, u"m.room.message"_s,
                                                           R"({"msgtype":"m.text","body":"salut"})");
        QVERIFY(txn);
        m_world->write({.id = room, .membership = MemberState::Leave});
        const auto rows = roomRows(m_world->engine(), {});

        QCOMPARE(rows.list->size(), 1);
        QCOMPARE(rows.list->at(0).membership, Membership::Leave);
        QCOMPARE(rows.list->at(0).name, u"Salle"_s);
        QCOMPARE(m_open->header().get().cannotSend, RoomHeader::CannotSend::NotMember);
        QTRY_COMPARE(bodies(), (QStringList{u"bonjour"_s, u"salut"_s}));
        QCOMPARE(last().txnId, *txn);

        QVERIFY(m_world->engine().queue().cancel(*txn));
        QTRY_COMPARE(rows.list->size(), 0);
    }

    void whatIsTakenBackIsGone()
    {
        const auto txn = m_world->engine().queue().enqueue(room, u"m.room.message"_s,
                                                           R"({"msgtype":"m.text","body":"salut"})");
        QTRY_COMPARE(bodies().size(), 2);

        QVERIFY(m_world->engine().queue().cancel(*txn));

        QTRY_COMPARE(bodies(), QStringList{u"bonjour"_s});
    }

    void whoIsNoLongerThereCannotWrite()
    {
        QCOMPARE(m_open->header().get().cannotSend, RoomHeader::CannotSend::No);

        m_world->write({.id = room, .membership = MemberState::Leave});

        QTRY_COMPARE(m_open->header().get().cannotSend, RoomHeader::CannotSend::NotMember);
    }

    void anEncryptionThatWeDoNotKnowStopsWriting()
    {
        m_world->write({.id = room,
                        .state = {make::state(u"$e"_s, u"@anna:x"_s, u"m.room.encryption"_s, {},
                                              {{"algorithm"_L1, "org.example.rot13"_L1}})}});

        QTRY_COMPARE(m_open->header().get().cannotSend, RoomHeader::CannotSend::EncryptionUnknown);
    }

    void anUnreadableMessageSaysWhatHelps()
    {
        m_world->write({.id = room,
                        .timeline = {make::stored(unreadable(u"$old"_s, 1000)),
                                     make::stored(unreadable(u"$new"_s, m_world->clock.ms))}});

        QTRY_COMPARE(m_open->items().size(), 3);

        QCOMPARE(item(u"$old"_s).unreadable, UnreadableReason::SentBeforeDevice);
        QCOMPARE(item(u"$old"_s).remedy, UnreadableRemedy::None);
        // Its key may be a little behind it.
        QCOMPARE(item(u"$new"_s).unreadable, UnreadableReason::KeyNotArrived);
        QCOMPARE(item(u"$new"_s).remedy, UnreadableRemedy::Wait);
        m_world->clock.advance(UnreadableLines::graceMs);
        QTRY_COMPARE_WITH_TIMEOUT(item(u"$new"_s).remedy, UnreadableRemedy::AskAgain, 10000);
    }

    void whatHelpsFollowsTheAccount()
    {
        m_world->write({.id = room, .timeline = {make::stored(unreadable(u"$old"_s, 1000))}});
        QTRY_COMPARE(item(u"$old"_s).unreadable, UnreadableReason::SentBeforeDevice);

        // The server shows a backup that this device cannot open, and the account a storage.
        QVERIFY(m_world->engine().machine().recovery().backupIs(
            R"({"version":"1","algorithm":"m.megolm_backup.v1.curve25519-aes-sha2","auth_data":
               {"public_key":"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo","signatures":{}}})"));
        QVERIFY(m_world->engine().cache().commit(
            {.accountData = {make::accountData(u"m.secret_storage.default_key"_s, {{"key"_L1, "K"_L1}})}}));

        QTRY_COMPARE(item(u"$old"_s).unreadable, UnreadableReason::BackupLocked);
        QCOMPARE(item(u"$old"_s).remedy, UnreadableRemedy::EnterRecoveryKey);
        QVERIFY(m_world->engine().cryptoStatus().get().secretStorage);
    }

    void askedAgainTheBackupIsAskedAtOnce()
    {
        m_world->write({.id = room, .timeline = {make::stored(unreadable(u"$u"_s, 1000))}});
        const auto isWanted = [&] {
            return m_world->engine().machine().recovery().isWantedFromBackup(room, SessionId(u"S"_s));
        };
        QVERIFY(!isWanted());

        QVERIFY(m_open->askAgain(EventId(u"$u"_s)));

        QVERIFY(isWanted());
        QVERIFY(m_open->askAgain(EventId(u"$1"_s))); // readable: nothing is to be done
        QCOMPARE(m_open->askAgain(EventId(u"$none"_s)).error().code, u"PARVIS_NO_SUCH_EVENT"_s);
    }

    void aRefusalThatComesAfterItsMessageExplainsIt()
    {
        m_world->write({.id = room, .timeline = {make::stored(unreadable(u"$u"_s, m_world->clock.ms))}});
        QTRY_COMPARE(item(u"$u"_s).unreadable, UnreadableReason::KeyNotArrived);

        withheld(u"m.blacklisted"_s);
        QTRY_COMPARE(item(u"$u"_s).unreadable, UnreadableReason::NotForThisDevice);
        withheld(u"m.unverified"_s);
        QTRY_COMPARE(item(u"$u"_s).unreadable, UnreadableReason::UntrustedDevice);
    }

    void whatWasRepairedIsCounted()
    {
        const auto became = [](const QString &id, const QString &type, const QJsonObject &more = {}) {
            RoomEvent event = make::stored(make::encrypted(id, u"@anna:x"_s, u"S"_s, more));
            event.clear = make::clearText(u"enfin"_s);
            event.clear->type = type;
            return event;
        };
        const QJsonObject edit{
            {"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, "m.replace"_L1}, {"event_id"_L1, "$a"_L1}}}};
        QCOMPARE(m_open->repaired().get(), RepairedMessages());

        auto &keys = m_world->engine().lateKeys();
        Q_EMIT keys.becameReadable(room, {became(u"$a"_s, u"m.room.message"_s)});
        Q_EMIT keys.becameReadable(room,
                                   {became(u"$b"_s, u"m.room.message"_s), became(u"$c"_s, u"m.poll.end"_s),
                                    became(u"$d"_s, u"m.room.message"_s, edit)});
        Q_EMIT keys.becameReadable(RoomId(u"!other:x"_s), {became(u"$e"_s, u"m.room.message"_s)});

        QTRY_COMPARE(m_open->repaired().get(), (RepairedMessages{.count = 2, .batch = 1}));
        Q_EMIT keys.becameReadable(room, {became(u"$f"_s, u"m.room.message"_s)});
        QTRY_COMPARE(m_open->repaired().get(), (RepairedMessages{.count = 1, .batch = 2}));
    }

    void whatWasOnlyLateIsNotRepaired()
    {
        const RoomEvent late = make::stored(unreadable(u"$l"_s, m_world->clock.ms));
        m_world->write({.id = room, .timeline = {late}});
        QTRY_COMPARE(item(u"$l"_s).remedy, UnreadableRemedy::Wait);
        RoomEvent now = late;
        now.clear = make::clearText(u"voilà"_s);
        RoomEvent older = make::stored(unreadable(u"$o"_s, 1000));
        older.clear = now.clear;

        Q_EMIT m_world->engine().lateKeys().becameReadable(room, {now, older});

        QTRY_COMPARE(m_open->repaired().get(), (RepairedMessages{.count = 1, .batch = 1}));
    }

    void aRoomThatIsNotThereIsNoCrash()
    {
        OpenRoom none(m_world->engine(), RoomId(u"!none:x"_s));

        QCOMPARE(none.header().get().cannotSend, RoomHeader::CannotSend::NotMember);
        QVERIFY(none.items().items().isEmpty());
    }

private:
    /// Anna's device says so of the session of unreadable().
    void withheld(const QString &code)
    {
        SyncUpdate update;
        const QJsonObject content{{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1},
                                  {"room_id"_L1, room.toString()},
                                  {"session_id"_L1, "S"_L1},
                                  {"code"_L1, code}};
        update.toDevice = {QJsonDocument(QJsonObject{{"type"_L1, "m.room_key.withheld"_L1},
                                                     {"sender"_L1, "@anna:x"_L1},
                                                     {"content"_L1, content}})
                               .toJson()};
        QVERIFY(m_world->engine().crypto().receive(update, false));
    }
    [[nodiscard]] QStringList bodies() const
    {
        m_open->items().flush();
        QStringList all;
        for (const TimelineItem &item : m_open->items().items()) {
            if (item.kind == ItemKind::Text)
                all += item.body;
        }
        return all;
    }
    [[nodiscard]] static Event unreadable(const QString &id, qint64 ts)
    {
        QJsonObject json = make::envelope(id, u"@anna:x"_s, u"m.room.encrypted"_s,
                                          {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1},
                                           {"session_id"_L1, "S"_L1},
                                           {"ciphertext"_L1, "AwgA"_L1}});
        json["origin_server_ts"_L1] = ts;
        return make::event(json);
    }
    [[nodiscard]] TimelineItem item(const QString &id) const
    {
        m_open->items().flush();
        for (const TimelineItem &one : m_open->items().items()) {
            if (one.eventId.toString() == id)
                return one;
        }
        return {};
    }
    [[nodiscard]] TimelineItem last() const { return m_open->items().items().constLast(); }

    const RoomId room{u"!r:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    std::unique_ptr<OpenRoom> m_open;
};

QTEST_GUILESS_MAIN(OpenRoomTest)
#include "tst_open_room.moc"
