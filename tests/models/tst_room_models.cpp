// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class RoomModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_port = std::make_unique<FakeRoomListPort>();
        m_rooms = std::make_unique<RoomListModel>(*m_port);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_rooms.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        auto invited = room(u"Projet"_s);
        invited.membership = Membership::Invite;
        invited.inviterName = u"Nadia"_s;
        auto favourite = room(u"Crise"_s);
        favourite.favourite = true;
        favourite.unread = 3;
        favourite.highlight = 1;
        auto person = room(u"Claire"_s);
        person.direct = true;
        m_port->rooms.reset({invited, favourite, person, room(u"Support"_s)});
    }

    void cleanup()
    {
        m_tester.reset();
        m_rooms.reset();
        m_port.reset();
    }

    void followsOnlyOnceTheAccountIsOpen()
    {
        QCOMPARE(m_rooms->rowCount(), 0);
        m_rooms->follow();
        QCOMPARE(m_rooms->rowCount(), 4);
    }

    void sectionsFollowTheOrderOfTheCore()
    {
        m_rooms->follow();
        QCOMPARE(texts(RoomListModel::SectionRole),
                 QStringList({u"Invitations"_s, u"Favourites"_s, u"Recent"_s, u"Recent"_s}));
    }

    void aScreenReaderHearsTheCounts()
    {
        m_rooms->follow();
        QCOMPARE(texts(RoomListModel::SpokenRole).at(1),
                 u"Crise, 1 message(s) for you, 3 unread message(s)"_s);
    }

    void theFilterGoesToTheCore()
    {
        m_rooms->follow();
        m_rooms->setFilterText(u"cla"_s);
        QCOMPARE(texts(RoomListModel::NameRole), QStringList{u"Claire"_s});
        m_rooms->setFilterText({});
        m_rooms->setShow(RoomListModel::Unread);
        QCOMPARE(texts(RoomListModel::NameRole), QStringList{u"Crise"_s});
        QVERIFY(m_rooms->filtered());
        m_rooms->setShow(RoomListModel::All);
        QCOMPARE(m_rooms->rowCount(), 4);
    }

    void theOpenRoomStaysThoughItIsRead()
    {
        m_rooms->follow();
        m_rooms->setShow(RoomListModel::Unread);
        m_rooms->keep(RoomId(u"!Crise:x"_s));

        auto read = m_port->rooms.at(1);
        read.unread = 0;
        m_port->rooms.update(1, read);
        m_port->rooms.flush();

        QCOMPARE(texts(RoomListModel::NameRole), QStringList{u"Crise"_s});
    }

    void neighboursEndAtTheEnds()
    {
        m_rooms->follow();
        QCOMPARE(m_rooms->neighbour(u"!Crise:x"_s, 1), u"!Claire:x"_s);
        QCOMPARE(m_rooms->neighbour(u"!Support:x"_s, 1), QString());
        QCOMPARE(m_rooms->neighbour(u"!gone:x"_s, 1), u"!Projet:x"_s);
    }

    void acceptingOpensTheRoom()
    {
        m_rooms->follow();
        QSignalSpy accepted(m_rooms.get(), &RoomListModel::accepted);

        m_rooms->accept(u"!Projet:x"_s);

        QCOMPARE(m_port->joined, QStringList{u"!Projet:x"_s});
        QCOMPARE(accepted.size(), 1);
    }

    void aRefusedJoinSaysWhy()
    {
        m_port->joinError = Error{ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}, 0};
        m_rooms->accept(u"!Projet:x"_s);
        QVERIFY(m_rooms->actionError().contains("invite you"_L1));
        QCOMPARE(m_rooms->busyRoom(), QString());
    }

    void aRefusedRefusalIsAboutItsRoom()
    {
        QSignalSpy declined(m_rooms.get(), &RoomListModel::declined);
        m_port->leaveError = Error{ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, {}, 0};
        m_rooms->decline(u"!Projet:x"_s);
        QCOMPARE(m_rooms->failedRoom(), u"!Projet:x"_s);
        QVERIFY(m_rooms->actionError().contains("PARVIS_TIMEOUT"_L1));
        QCOMPARE(declined.size(), 0);

        m_port->leaveError.reset();
        m_rooms->decline(u"!Projet:x"_s);

        QCOMPARE(m_rooms->failedRoom(), QString());
        QCOMPARE(m_rooms->actionError(), QString());
        QCOMPARE(declined.size(), 1);
    }

    void membersAreAskedForWhileSomebodyLooks()
    {
        MemberListModel members(*m_port);
        members.setRoom(RoomId(u"!a:x"_s));
        members.setCount(3);
        QVERIFY(m_port->listed.isEmpty());
        members.setShown(true);
        QCOMPARE(m_port->listed, QList<RoomId>{RoomId(u"!a:x"_s)});
        members.setCount(4);
        members.setCount(4);
        QCOMPARE(m_port->listed.size(), 2);

        members.setRoom(RoomId(u"!b:x"_s));

        QCOMPARE(m_port->listed.last(), RoomId(u"!b:x"_s));
        QCOMPARE(m_port->listed.size(), 3);
    }

    void anAddressIsChecked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("good") << u"@claire:exemple.gouv"_s << true;
        QTest::newRow("port") << u"@claire:exemple.gouv:8448"_s << true;
        QTest::newRow("old letters") << u"@Cl/a=ire:exemple.gouv"_s << true;
        QTest::newRow("no at") << u"claire:exemple.gouv"_s << false;
        QTest::newRow("no server") << u"@claire"_s << false;
        QTest::newRow("mail") << u"claire@exemple.gouv"_s << false;
        QTest::newRow("space") << u"@cla ire:exemple.gouv"_s << false;
        QTest::newRow("markup") << u"@a:<b>x</b>"_s << false;
        QTest::newRow("too long") << u'@' + QString(260, u'a') + u":x"_s << false;
        QTest::newRow("two lines") << u"@a:x\n@b:x"_s << false;
    }

    void anAddressIsChecked()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        NewRoomModel model(*m_port);
        QCOMPARE(model.add(text), good);
        QCOMPARE(model.errorText().isEmpty(), good);
        QCOMPARE(model.people().size(), good ? 1 : 0);
    }

    void aRoomIsEncryptedUnlessPublic()
    {
        NewRoomModel model(*m_port);
        QVERIFY(model.add(u"@a:x"_s));
        QVERIFY(model.add(u"@a:x"_s));
        model.create(NewRoomModel::Private, u"  Équipe  "_s);
        model.create(NewRoomModel::Public, u"Annonces"_s);
        model.create(NewRoomModel::Direct, u"ignored"_s);

        QCOMPARE(m_port->created.size(), 3);
        QCOMPARE(m_port->created.at(0).kind, RoomKind::Private);
        QCOMPARE(m_port->created.at(0).name, u"Équipe"_s);
        QCOMPARE(m_port->created.at(0).invite, QList<UserId>{UserId(u"@a:x"_s)});
        QCOMPARE(m_port->created.at(1).kind, RoomKind::Public);
        QCOMPARE(m_port->created.at(2).kind, RoomKind::Direct);
        QCOMPARE(m_port->created.at(2).name, QString());
    }

    void aRoomNeedsANameAndADirectOneAPerson()
    {
        NewRoomModel model(*m_port);
        model.create(NewRoomModel::Private, u"  "_s);
        QVERIFY(!model.errorText().isEmpty());
        model.create(NewRoomModel::Direct, {});
        QVERIFY(!model.errorText().isEmpty());
        QVERIFY(m_port->created.isEmpty());
    }

    void membersAreSortedAndFiltered()
    {
        MemberListModel members(*m_port);
        QAbstractItemModelTester tester(&members, QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_port->memberList = {member(u"zoé"_s, 0), member(u"Émile"_s, 0), member(u"chef"_s, 100),
                              member(u"invitée"_s, 0, Membership::Invite),
                              member(u"parti"_s, 0, Membership::Leave)};
        members.setRoom(RoomId(u"!r:x"_s));
        members.setShown(true);

        QCOMPARE(names(members), QStringList({u"chef"_s, u"Émile"_s, u"zoé"_s, u"invitée"_s}));
        members.setFilterText(u"ZO"_s);
        QCOMPARE(names(members), QStringList{u"zoé"_s});
        QCOMPARE(members.total(), 4);
    }

    void aFailedInvitationIsSaid()
    {
        MemberListModel members(*m_port);
        members.setRoom(RoomId(u"!r:x"_s));
        m_port->inviteAnswer = fail(ErrorKind::NotFound, u"M_NOT_FOUND"_s);

        QVERIFY(members.invite(u"@a:x"_s));
        QVERIFY(members.errorText().contains("letter by letter"_L1));
        QVERIFY(!members.invite(u"a"_s));
        QVERIFY(members.errorText().contains("PARVIS_BAD_USER_ID"_L1));
    }

private:
    static RoomSummary room(const QString &name)
    {
        RoomSummary room;
        room.roomId = RoomId(u"!%1:x"_s.arg(name));
        room.name = name;
        return room;
    }

    static MemberCard member(const QString &name, int power, Membership membership = Membership::Join)
    {
        MemberCard card;
        card.userId = UserId(u"@%1:x"_s.arg(name));
        card.name = name;
        card.power = power;
        card.membership = membership;
        return card;
    }

    QStringList texts(int role) const
    {
        QStringList all;
        for (int row = 0; row < m_rooms->rowCount(); ++row)
            all += m_rooms->index(row).data(role).toString();
        return all;
    }

    static QStringList names(const MemberListModel &members)
    {
        QStringList all;
        for (int row = 0; row < members.rowCount(); ++row)
            all += members.index(row).data(MemberListModel::NameRole).toString();
        return all;
    }

    std::unique_ptr<FakeRoomListPort> m_port;
    std::unique_ptr<RoomListModel> m_rooms;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(RoomModelsTest)
#include "tst_room_models.moc"
