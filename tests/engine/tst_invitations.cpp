// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_actions.h"

#include <QTest>

#include "api_world.h"

using namespace parvis;

/// What goes ahead of an invitation, and when it does not.
class InvitationsTest : public QObject
{
    Q_OBJECT

private:
    const UserId anna{u"@anna:x"_s};
    std::unique_ptr<ApiWorld> world;
    std::unique_ptr<rooms::RoomList> list;
    std::unique_ptr<RoomActions> actions;
    QList<UserId> prepared;
    QList<std::pair<RoomId, UserId>> accepted;

    void levels(int ours, int toInvite)
    {
        world->write({.id = world->room,
                      .state = {make::state(
                          u"$p"_s, u"@other:x"_s, u"m.room.power_levels"_s, {},
                          {{"invite"_L1, toInvite}, {"users"_L1, QJsonObject{{"@me:x"_L1, ours}}}})}});
    }
    void anInvitation()
    {
        world->write({.id = world->room, .membership = MemberState::Invite});
        world->write({.id = world->room,
                      .state = {make::state(u"$i"_s, u"@anna:x"_s, u"m.room.member"_s, u"@me:x"_s,
                                            {{"membership"_L1, u"invite"_s}})}});
        QVERIFY(list->load());
        connect(actions.get(), &RoomActions::invitationAccepted, this,
                [this](const RoomId &room, const UserId &inviter) {
                    accepted.append({room, inviter});
                });
    }
    [[nodiscard]] bool invited() const
    {
        const auto &sent = world->http.sent;
        return sent.size() == 1 && sent[0].url.endsWith("/invite");
    }

private Q_SLOTS:
    void init()
    {
        world = std::make_unique<ApiWorld>();
        list = std::make_unique<rooms::RoomList>(*world->cache);
        actions = std::make_unique<RoomActions>(world->api, *world->cache, *list, *world->machine);
        prepared.clear();
        accepted.clear();
        actions->setBeforeInvitation([this](const RoomId &, const UserId &user) {
            prepared += user;
            return Task<void>::ready({});
        });
        world->write({.id = world->room, .membership = MemberState::Join});
        world->member(u"@me:x"_s, u"join"_s);
    }

    void cleanup()
    {
        actions.reset();
        list.reset();
        world.reset();
    }

    void keysGoAheadOfAnInvitation()
    {
        levels(50, 50);

        (void)actions->invite(world->room, anna, {});

        QCOMPARE(prepared, QList<UserId>{anna});
        QVERIFY(invited());
    }

    void nothingGoesAheadWhereWeMayNotInvite()
    {
        levels(49, 50);

        (void)actions->invite(world->room, anna, {});

        QVERIFY(prepared.isEmpty());
        QVERIFY(invited()); // the server says no, in its own words
    }

    void nothingGoesAheadToWhomTheRoomDoesNotTake_data()
    {
        QTest::addColumn<QString>("membership");
        QTest::addColumn<bool>("goes");
        QTest::newRow("banned") << u"ban"_s << false;
        QTest::newRow("there already") << u"join"_s << false;
        QTest::newRow("invited before") << u"invite"_s << true;
        QTest::newRow("gone") << u"leave"_s << true;
    }
    void nothingGoesAheadToWhomTheRoomDoesNotTake()
    {
        QFETCH(QString, membership);
        levels(50, 50);
        world->member(anna.toString(), membership);

        (void)actions->invite(world->room, anna, {});

        QTEST(!prepared.isEmpty(), "goes");
        QVERIFY(invited());
    }

    // Once the server has us in the room, nothing says any more who invited; its answer may be lost.
    void whoInvitedIsKeptBeforeTheServerHearsOfIt()
    {
        world->write({.id = world->room, .membership = MemberState::Invite});
        world->write({.id = world->room,
                      .state = {make::state(u"$i"_s, u"@anna:x"_s, u"m.room.member"_s, u"@me:x"_s,
                                            {{"membership"_L1, u"invite"_s}})}});
        QList<UserId> inviters;
        qsizetype sentBefore = -1;
        connect(actions.get(), &RoomActions::invitationAccepted, this,
                [&](const RoomId &room, const UserId &inviter) {
                    QCOMPARE(room, world->room);
                    inviters += inviter;
                    sentBefore = world->http.sent.size();
                });

        (void)actions->join(world->room.toString(), {});

        QCOMPARE(inviters, QList<UserId>{anna});
        QCOMPARE(sentBefore, 0);
        QCOMPARE(world->http.sent.size(), 1);
    }

    void whoInvitedIsKeptWhereOneJoinsByTheAlias()
    {
        anInvitation();

        (void)actions->join(u"#salle:y"_s, {});
        QCOMPARE(accepted, {});
        QVERIFY(world->http.sent[0].url.endsWith("/directory/room/%23salle%3Ay"));
        world->http.answer(200, R"({"room_id":"!r:x","servers":["y"]})");

        QCOMPARE(accepted, (QList{std::pair(world->room, anna)}));
        QVERIFY(world->http.sent[1].url.contains("/join/%21r%3Ax?via=y&via=x"));
    }
    void anAliasOfAnotherRoomAcceptsNothing_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("another room") << 200 << QByteArray(R"({"room_id":"!other:x"})");
        QTest::newRow("nobody knows it") << 404 << QByteArray(R"({"errcode":"M_NOT_FOUND","error":"?"})");
    }
    void anAliasOfAnotherRoomAcceptsNothing()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, answer);
        anInvitation();

        (void)actions->join(u"#salle:y"_s, {});
        world->http.answer(status, answer);

        QCOMPARE(accepted, {});
        QVERIFY(world->http.sent[1].url.endsWith("/join/%23salle%3Ay"));
    }
    void withoutInvitationsNoAliasIsAskedFor()
    {
        (void)actions->join(u"#salle:y"_s, {});

        QVERIFY(world->http.sent[0].url.endsWith("/join/%23salle%3Ay"));
    }
};

QTEST_GUILESS_MAIN(InvitationsTest)
#include "tst_invitations.moc"
