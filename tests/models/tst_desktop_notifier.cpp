// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_desktop_port.h"
#include "fakes/fake_notification_port.h"
#include "fakes/fake_room_list_port.h"
#include "models/desktop_notifier.h"

#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What the desktop is told, and what is taken back.
class DesktopNotifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_cards = std::make_unique<FakeNotificationPort>();
        m_rooms = std::make_unique<FakeRoomListPort>();
        m_desktop = std::make_unique<FakeDesktopPort>();
        m_watched = {};
        m_notifier = std::make_unique<DesktopNotifier>(DesktopNotifier::Parts{
            *m_cards, *m_rooms, m_desktop.get(), [this](const RoomId &room) { return room == m_watched; }});
        QList<RoomSummary> rooms;
        for (int i = 0; i < 10; ++i) {
            RoomSummary room;
            room.roomId = roomId(i);
            room.unread = 1;
            rooms += room;
        }
        m_rooms->rooms.reset(rooms);
        m_rooms->rooms.flush();
        m_notifier->follow();
    }

    void cleanup() { m_notifier.reset(); }

    void aMessageIsTold()
    {
        m_cards->come(card(1, u"bonjour"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        const DesktopNotice notice = m_desktop->shown.first();
        QCOMPARE(notice.key, roomId(1).toString());
        QCOMPARE(notice.title, u"Claire in Room 1"_s);
        QCOMPARE(notice.body, u"bonjour"_s);
        QCOMPARE(notice.readText, u"Mark as read"_s);
    }

    void whatComesTogetherIsOneNotice()
    {
        for (int i = 0; i < 4; ++i)
            m_cards->come(card(1, u"message %1"_s.arg(i)));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QCOMPARE(m_desktop->shows, 1);
        QCOMPARE(m_desktop->shown.first().body, u"message 3\nand 3 more"_s);
    }

    void whatOneLooksAtIsNotTold()
    {
        m_watched = roomId(1);
        m_cards->come(card(1, u"bonjour"_s));
        m_cards->come(card(2, u"salut"_s));
        QTRY_COMPARE(m_desktop->shown.keys(), QStringList{roomId(2).toString()});
        m_watched = roomId(2);
        m_notifier->looked(roomId(2));
        QVERIFY(m_desktop->shown.isEmpty());
    }

    void whatWasReadElsewhereGoes()
    {
        m_cards->come(card(3, u"bonjour"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QList<RoomSummary> rooms = m_rooms->rooms.items().toList();
        rooms[3].unread = 0;
        m_rooms->rooms.reset(rooms);
        m_rooms->rooms.flush();
        QTRY_VERIFY(m_desktop->shown.isEmpty());
    }

    void whatWasReadBeforeItWasToldIsNot()
    {
        m_cards->come(card(3, u"bonjour"_s));
        QList<RoomSummary> rooms = m_rooms->rooms.items().toList();
        rooms[3].unread = 0;
        m_rooms->rooms.reset(rooms);
        m_rooms->rooms.flush();
        QTest::qWait(500);
        QCOMPARE(m_desktop->shows, 0);
    }

    void whatWasTakenBackGoes()
    {
        m_cards->come(card(1, u"un"_s));
        m_cards->come(card(1, u"deux"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        m_cards->cards.remove(0);
        m_cards->cards.flush();
        QCOMPARE(m_desktop->shown.value(roomId(1).toString()).body.section(u'\n', 0, 0), u"un"_s);
        m_cards->cards.remove(0);
        m_cards->cards.flush();
        QVERIFY(m_desktop->shown.isEmpty());
    }

    void whatWasReadBeforeDoesNotComeBack()
    {
        m_cards->come(card(1, u"hier"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        m_notifier->looked(roomId(1));
        m_cards->come(card(1, u"aujourd’hui"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QCOMPARE(m_desktop->shown.first().body, u"aujourd’hui"_s);
        m_cards->cards.remove(0); // taken back
        m_cards->cards.flush();
        QVERIFY(m_desktop->shown.isEmpty());
        QTest::qWait(400);
        QVERIFY(m_desktop->shown.isEmpty());
    }

    void whatIsSweptAwayStaysAway()
    {
        m_cards->come(card(1, u"un"_s));
        m_cards->come(card(1, u"deux"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        m_desktop->shown.clear();
        m_desktop->act(roomId(1).toString(), DesktopPort::Act::Gone);
        m_cards->cards.remove(0);
        m_cards->cards.flush();
        m_notifier->setContent(NoticeContent::Sender);
        QVERIFY(m_desktop->shown.isEmpty());
        m_cards->come(card(1, u"trois"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QCOMPARE(m_desktop->shown.first().body, u"2 new message(s)"_s); // the first is still unread
    }

    void whatComesWholeIsToldAllTheSame()
    {
        m_cards->come(card(1, u"un"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QList<NotificationCard> all = m_cards->cards.items().toList();
        all.prepend(card(2, u"deux"_s));
        m_cards->cards.reset(all); // a burst
        m_cards->cards.flush();
        QTRY_COMPARE(m_desktop->shown.size(), 2);
    }

    void theOldestMakeRoomForTheNewest()
    {
        m_cards->come(card(1, u"un"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QList<NotificationCard> all;
        for (qsizetype i = 0; i < NotificationPort::mostCards; ++i)
            all.prepend(card(2, u"message"_s));
        m_cards->cards.reset(all);
        m_cards->cards.flush();
        QTRY_COMPARE(m_desktop->shown.size(), 2); // what is unread stays on the screen
    }

    void whatBecomesReadableIsReadThere()
    {
        NotificationCard locked = card(1, {});
        locked.kind = ItemKind::Unreadable;
        m_cards->come(locked);
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QCOMPARE(m_desktop->shown.first().body, u"An encrypted message"_s);

        NotificationCard open = locked;
        open.kind = ItemKind::Text;
        open.body = u"bonjour"_s;
        m_cards->cards.remove(0); // as the core does it, in one turn
        m_cards->cards.insert(0, {open});
        m_cards->cards.flush();
        QCOMPARE(m_desktop->shown.first().body, u"bonjour"_s);
        QCOMPARE(m_desktop->shows, 2);
        QTest::qWait(400);
        QCOMPARE(m_desktop->shows, 2);
    }

    void aStormIsOneNotice()
    {
        for (int i = 0; i < 10; ++i)
            m_cards->come(card(i, u"bonjour"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QCOMPARE(m_desktop->shown.first().key, u"*"_s);
        QVERIFY(m_desktop->shown.first().body.contains(u"10"_s));

        QSignalSpy wanted(m_notifier.get(), &DesktopNotifier::openWanted);
        m_desktop->act(u"*"_s, DesktopPort::Act::Open);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toString(), QString());
        QVERIFY(m_desktop->shown.isEmpty());

        m_cards->come(card(1, u"encore"_s));
        QTRY_COMPARE(m_desktop->shown.keys(), QStringList{roomId(1).toString()});
    }

    void aClickOpensAndAButtonReads()
    {
        QSignalSpy wanted(m_notifier.get(), &DesktopNotifier::openWanted);
        m_cards->come(card(1, u"bonjour"_s));
        m_cards->come(card(2, u"salut"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 2);

        m_desktop->act(roomId(2).toString(), DesktopPort::Act::MarkRead);
        QCOMPARE(m_rooms->read, QList<RoomId>{roomId(2)});
        QVERIFY(wanted.isEmpty());
        m_desktop->act(roomId(1).toString(), DesktopPort::Act::Open);
        QCOMPARE(wanted.first().first().toString(), roomId(1).toString());
        QVERIFY(m_desktop->shown.isEmpty());
    }

    void asMuchIsShownAsThePersonWants()
    {
        m_cards->come(card(1, u"secret"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        m_notifier->setContent(NoticeContent::Sender);
        QCOMPARE(m_desktop->shown.first().title, u"Claire in Room 1"_s);
        QCOMPARE(m_desktop->shown.first().body, u"1 new message(s)"_s);
        m_notifier->setContent(NoticeContent::None);
        QCOMPARE(m_desktop->shown.first().title, u"Parvis"_s);
        m_cards->come(card(1, u"secret aussi"_s));
        QTRY_COMPARE(m_desktop->shown.first().body, u"2 new message(s)"_s);
        QVERIFY(!m_desktop->shown.first().title.contains(u"Claire"_s));
    }

    void anInvitationHasNothingToBeRead()
    {
        NotificationCard invitation = card(1, {});
        invitation.invitation = true;
        invitation.eventId = {};
        m_cards->come(invitation);
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        QCOMPARE(m_desktop->shown.first().body, u"Claire invites you."_s);
        QCOMPARE(m_desktop->shown.first().readText, QString());
    }

    void nothingStaysOnTheScreenOfTheNextPerson()
    {
        m_cards->come(card(1, u"bonjour"_s));
        QTRY_COMPARE(m_desktop->shown.size(), 1);
        m_cards->come(card(2, u"salut"_s));
        m_notifier->forget();
        QVERIFY(m_desktop->shown.isEmpty());
        QTest::qWait(400);
        QVERIFY(m_desktop->shown.isEmpty());

        m_notifier->follow(); // what came before is of before
        QTest::qWait(400);
        QVERIFY(m_desktop->shown.isEmpty());
    }

    void withoutADesktopNothingHappens()
    {
        DesktopNotifier mute({*m_cards, *m_rooms, nullptr, [](const RoomId &) { return false; }});
        mute.follow();
        m_cards->come(card(1, u"bonjour"_s));
        QTest::qWait(400);
        mute.looked(roomId(1));
        mute.forget();
    }

private:
    static RoomId roomId(int number) { return RoomId(u"!r%1:x"_s.arg(number)); }

    static NotificationCard card(int room, const QString &body)
    {
        static int counter = 0;
        return {.roomId = roomId(room),
                .roomName = u"Room %1"_s.arg(room),
                .eventId = EventId(u"$n%1"_s.arg(++counter)),
                .sender = UserId(u"@claire:x"_s),
                .senderName = u"Claire"_s,
                .kind = ItemKind::Text,
                .body = body,
                .ts = 1};
    }

    std::unique_ptr<FakeNotificationPort> m_cards;
    std::unique_ptr<FakeRoomListPort> m_rooms;
    std::unique_ptr<FakeDesktopPort> m_desktop;
    std::unique_ptr<DesktopNotifier> m_notifier;
    RoomId m_watched;
};

QTEST_GUILESS_MAIN(DesktopNotifierTest)
#include "tst_desktop_notifier.moc"
