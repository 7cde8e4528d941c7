// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QJsonArray>

#include "cache_pages.h"

using namespace parvis;
using namespace Qt::StringLiterals;

/// What a commit writes, and what is read afterwards.
class tst_Cache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameAnswerTwiceChangesNothing()
    {
        TemporaryCache cache;
        RoomChanges changes = live({u"$1"_s, u"$2"_s, u"$3"_s}, true, u"t"_s);
        changes.state = {make::state(u"$s"_s, u"@b:x"_s, u"m.room.name"_s, {}, {{"name"_L1, "Salle"_L1}})};
        commit(cache, changes);
        const auto before = cache->rooms().room(room);
        commit(cache, changes);

        QCOMPARE(all(cache), (QStringList{u"$1"_s, u"$2"_s, u"$3"_s}));
        QCOMPARE(*cache->rooms().room(room), *before);
        QCOMPARE((*before)->name, u"Salle"_s);
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{0, u"t"_s}));
    }

    void aLimitedTimelineOpensAGap()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        commit(cache, live({u"$8"_s, u"$9"_s}, true, u"t"_s));

        QCOMPARE(ids(*cache->events().newest(room, 10)), (QStringList{u"$8"_s, u"$9"_s}));
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{1, u"t"_s}));
    }

    void theNewestPlaceWins()
    {
        TemporaryCache cache;
        commit(cache, live({u"$sent"_s}));
        commit(cache, live({u"$before"_s, u"$sent"_s, u"$after"_s}));

        QCOMPARE(all(cache), (QStringList{u"$before"_s, u"$sent"_s, u"$after"_s}));
    }

    void countsWhatIsNewSinceTheReceipt()
    {
        TemporaryCache cache;
        RoomChanges changes = live({u"$1"_s, u"$2"_s, u"$3"_s});
        changes.timeline.append(make::stored(make::edit(u"$4"_s, u"@b:x"_s, u"$3"_s, u"neu"_s)));
        changes.timeline.append(make::stored(
            make::message(u"$5"_s, u"@b:x"_s, u"hey"_s,
                          {{"m.mentions"_L1, QJsonObject{{"user_ids"_L1, QJsonArray{"@me:x"_L1}}}}})));
        changes.receipts = {{UserId(u"@me:x"_s), EventId(u"$2"_s), u"m.read"_s, {}, 5}};
        commit(cache, changes);

        QCOMPARE(cache->rooms().room(room)->value().unread, 2);
        QCOMPARE(cache->rooms().room(room)->value().highlight, 1);
        QCOMPARE(cache->rooms().room(room)->value().readUpTo, EventId(u"$2"_s));

        RoomChanges own{.id = room};
        own.timeline = {make::stored(make::message(u"$6"_s, u"@me:x"_s, u"reply"_s))};
        commit(cache, own);
        QCOMPARE(cache->rooms().room(room)->value().unread, 0);
        QCOMPARE(cache->rooms().room(room)->value().lastEvent, EventId(u"$6"_s));
    }

    void takingSomethingBackIsNoReading()
    {
        TemporaryCache cache;
        RoomChanges changes = live({u"$2"_s, u"$3"_s});
        changes.timeline.prepend(make::stored(make::message(u"$1"_s, u"@me:x"_s, u"oups"_s)));
        commit(cache, changes);
        QCOMPARE(cache->rooms().room(room)->value().unread, 2);

        RoomChanges own{.id = room};
        own.timeline = {make::stored(make::redaction(u"$4"_s, u"@me:x"_s, u"$1"_s))};
        commit(cache, own);

        QCOMPARE(cache->rooms().room(room)->value().unread, 2);
    }

    void aRedactionTakesTheTextAway()
    {
        TemporaryCache cache;
        RoomChanges changes{.id = room};
        RoomEvent secret = make::stored(make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s));
        secret.clear = make::clearText(u"geheim"_s);
        secret.reason = Undecryptable::None;
        changes.timeline = {secret, make::stored(make::redaction(u"$2"_s, u"@b:x"_s, u"$1"_s))};
        commit(cache, changes);

        const auto row = cache->events().event(room, EventId(u"$1"_s))->value();
        QVERIFY(row.event.event.redacted && !row.event.clear);
        QCOMPARE(cache->rooms().room(room)->value().unread, 0);
    }

    void aLateKeyRepairsInPlace()
    {
        TemporaryCache cache;
        RoomChanges changes{.id = room};
        changes.timeline = {make::stored(make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s)),
                            make::stored(make::encrypted(u"$2"_s, u"@b:x"_s, u"other"_s))};
        commit(cache, changes);
        QCOMPARE(cache->events().unreadable(room, SessionId(u"s"_s), 10)->size(), 1);

        const auto applied = cache->commit(
            {.decryptions = {{room, EventId(u"$1"_s), make::clearText(u"lisible"_s), Undecryptable::None}}});

        QVERIFY(applied);
        QCOMPARE(applied->rooms.first().events, QSet{EventId(u"$1"_s)});
        QCOMPARE(cache->events().event(room, EventId(u"$1"_s))->value().event.content()["body"_L1].toString(),
                 u"lisible"_s);
        QVERIFY(cache->events().unreadable(room, SessionId(u"s"_s), 10)->isEmpty());
    }

    void editsAndRedactionsNameTheirTarget()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s}));
        RoomChanges changes{.id = room};
        changes.timeline = {make::stored(make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"neu"_s))};
        const auto edited = cache->commit({.rooms = {changes}});
        QVERIFY(edited->rooms.first().events.contains(EventId(u"$1"_s)));
        QCOMPARE(cache->events().edits(room, EventId(u"$1"_s))->size(), 1);

        changes.timeline = {make::stored(make::redaction(u"$3"_s, u"@b:x"_s, u"$2"_s))};
        const auto taken = cache->commit({.rooms = {changes}});
        QVERIFY(taken->rooms.first().events.contains(EventId(u"$1"_s)));
        QVERIFY(cache->events().edits(room, EventId(u"$1"_s))->isEmpty());
    }

    void encryptionNeverGoesAgain()
    {
        TemporaryCache cache;
        const auto encryption = [](const QString &id, const QJsonObject &content) {
            return make::state(id, u"@b:x"_s, u"m.room.encryption"_s, {}, content);
        };
        RoomChanges changes{.id = room};
        changes.state = {encryption(u"$1"_s, {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}})};
        commit(cache, changes);
        changes.state = {encryption(u"$2"_s, {})};
        changes.replaceState = true;
        commit(cache, changes);

        QCOMPARE(cache->rooms().room(room)->value().encryption, u"m.megolm.v1.aes-sha2"_s);
    }

    void anInvitationsStateGoesWithTheJoin()
    {
        TemporaryCache cache;
        RoomChanges changes{.id = room, .membership = MemberState::Invite};
        changes.state = {make::event({{"type"_L1, "m.room.name"_L1},
                                      {"sender"_L1, "@evil:x"_L1},
                                      {"state_key"_L1, ""_L1},
                                      {"content"_L1, QJsonObject{{"name"_L1, "Prize"_L1}}}})};
        commit(cache, changes);
        QCOMPARE(cache->rooms().room(room)->value().name, u"Prize"_s);

        commit(cache, {.id = room, .membership = MemberState::Join});
        QCOMPARE(cache->rooms().room(room)->value().name, QString());
    }

    void whoInvitedIsKnownUntilTheJoin()
    {
        TemporaryCache cache;
        RoomChanges changes{.id = room, .membership = MemberState::Invite};
        changes.state = {make::event(
            {{"type"_L1, "m.room.member"_L1},
             {"sender"_L1, "@b:x"_L1},
             {"state_key"_L1, "@me:x"_L1},
             {"content"_L1, QJsonObject{{"membership"_L1, "invite"_L1}, {"is_direct"_L1, true}}}})};
        commit(cache, changes);
        const auto invited = cache->rooms().state(room, event_type::member, u"@me:x"_s);
        QVERIFY(invited && *invited);
        QCOMPARE((*invited)->sender, UserId(u"@b:x"_s));

        commit(cache, {.id = room, .membership = MemberState::Join});
        QVERIFY(!cache->rooms().state(room, event_type::member, u"@me:x"_s)->has_value());
    }

    void directRoomsAreKnownInEitherOrder()
    {
        TemporaryCache cache;
        const Event direct =
            make::accountData(u"m.direct"_s, {{"@b:x"_L1, QJsonArray{"!r:x"_L1, 5}}, {"@c:x"_L1, 7}});
        QVERIFY(cache->commit({.accountData = {direct}}));
        commit(cache, live({u"$1"_s}));
        QCOMPARE(cache->rooms().room(room)->value().directUser, UserId(u"@b:x"_s));

        QVERIFY(cache->commit({.accountData = {make::accountData(u"m.direct"_s, {})}}));
        QVERIFY(cache->rooms().room(room)->value().directUser.isEmpty());
    }

    void everythingIsThereAfterARestart()
    {
        TemporaryCache cache;
        RoomChanges changes = live({u"$1"_s}, true, u"t"_s);
        changes.accountData = {
            make::accountData(u"m.tag"_s, {{"tags"_L1, QJsonObject{{"m.favourite"_L1, QJsonObject()}}}})};
        changes.heroes = {{UserId(u"@b:x"_s), u"Bea"_s, {}}};
        QVERIFY(cache->commit({.rooms = {changes}, .positions = {{u"room-list"_s, u"p1"_s}}}));
        const auto before = cache->rooms().all();

        cache.reopen();

        QCOMPARE(*cache->rooms().all(), *before);
        QVERIFY(before->first().favourite);
        QCOMPARE(before->first().heroes.first().displayName, u"Bea"_s);
        QCOMPARE(*cache->rooms().position(u"room-list"_s), u"p1"_s);
        QVERIFY(cache->commit({.positions = {{u"room-list"_s, QString()}}}));
        QVERIFY(cache->rooms().position(u"room-list"_s)->isEmpty());
    }

    void aCompleteListLeavesNobodyInTheRoomByMistake()
    {
        TemporaryCache cache;
        RoomChanges changes{.id = room};
        changes.state = {make::member(u"$1"_s, u"@gone:x"_s, u"join"_s, u"Gone"_s),
                         make::member(u"$2"_s, u"@banned:x"_s, u"ban"_s)};
        commit(cache, changes);
        changes.state = {make::member(u"$3"_s, u"@b:x"_s, u"join"_s)};
        changes.membersComplete = true;
        commit(cache, changes);

        QVERIFY(cache->rooms().room(room)->value().membersComplete);
        const auto of = [&](const QString &user) {
            return cache->rooms().member(room, UserId(user))->value();
        };
        QCOMPARE(of(u"@gone:x"_s).membership, MemberState::Leave);
        QCOMPARE(of(u"@gone:x"_s).displayName, u"Gone"_s); // what was written keeps its name
        QCOMPARE(of(u"@banned:x"_s).membership, MemberState::Ban);
        QCOMPARE(of(u"@b:x"_s).membership, MemberState::Join);
    }

    void tellsOfWhatMayHaveBeenMissed()
    {
        TemporaryCache cache;
        const auto applied = cache->commit({.rooms = {live({u"$1"_s}, true, u"t"_s)}});
        QVERIFY(applied->rooms.first().limited);
        QVERIFY(!cache->commit({.rooms = {live({u"$2"_s})}})->rooms.first().limited);
    }

    void publishesAfterTheCommit()
    {
        TemporaryCache cache;
        int unread = -1;
        QObject context;
        cache->subscribe(&context, [&](const AppliedChanges &applied) {
            QCOMPARE(applied.rooms.first().id, room);
            unread = cache->rooms().room(room)->value().unread;
        });

        commit(cache, live({u"$1"_s}));

        QCOMPARE(unread, 1);
    }

    void forgetsWholly()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s}));
        QVERIFY(cache->commit({.forgotten = {room}}));

        QVERIFY(cache->rooms().all()->isEmpty());
        QVERIFY(all(cache).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_Cache)
#include "tst_cache.moc"
