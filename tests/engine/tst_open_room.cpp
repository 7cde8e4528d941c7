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
        QTRY_COMPARE(bodies(), QStringList{u"bonjour"_s});
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

    void aRoomThatIsNotThereIsNoCrash()
    {
        OpenRoom none(m_world->engine(), RoomId(u"!none:x"_s));

        QCOMPARE(none.header().get().cannotSend, RoomHeader::CannotSend::NotMember);
        QVERIFY(none.items().items().isEmpty());
    }

private:
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
    [[nodiscard]] TimelineItem last() const { return m_open->items().items().constLast(); }

    const RoomId room{u"!r:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    std::unique_ptr<OpenRoom> m_open;
};

QTEST_GUILESS_MAIN(OpenRoomTest)
#include "tst_open_room.moc"
