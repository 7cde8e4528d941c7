// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/received_shield.h"

#include "timeline_world.h"

using namespace parvis;
using namespace parvis::timeline;
using namespace Qt::StringLiterals;

/// The mark that a message has from the way it came, whether its conversation is open or a search found it.
class tst_ReceivedShield : public QObject
{
    Q_OBJECT

    [[nodiscard]] static Event encryption(const QString &id)
    {
        return make::state(id, u"@b:x"_s, event_type::encryption, {},
                           {{"algorithm"_L1, u"m.megolm.v1.aes-sha2"_s}});
    }
    [[nodiscard]] static QString markOf(World &world, const QString &id)
    {
        const auto row = world.cache->events().event(room, EventId(id));
        if (!row || !*row)
            return u"not there"_s;
        const auto since = encryptedSince(*world.cache, room, (*row)->place);
        if (!since)
            return since.error().code;
        Item item;
        markAsReceived(item, **row, *since);
        return item.shieldReason;
    }

private Q_SLOTS:
    void nothingIsMarkedWhereNothingIsEncrypted()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"clear"_s)});
        QCOMPARE(encryptedSince(*world.cache, room, {}), Result<EncryptedSince>(EncryptedSince()));
        QCOMPARE(markOf(world, u"$1"_s), QString());
    }

    void whatIsInClearAfterItIsMarked()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"before"_s), encryption(u"$e"_s),
                    make::message(u"$2"_s, u"@b:x"_s, u"after"_s)},
                   {encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$1"_s), QString());
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
    }

    void aSecondEventTakesNoMarkAway()
    {
        World world;
        world.live({encryption(u"$e"_s), make::message(u"$1"_s, u"@b:x"_s, u"clear"_s), encryption(u"$f"_s),
                    make::message(u"$2"_s, u"@b:x"_s, u"clear"_s)},
                   {encryption(u"$f"_s)});
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
    }

    void theSameEventOnceMoreTakesNoMarkAway()
    {
        World world;
        world.live({encryption(u"$e"_s)}, {encryption(u"$e"_s)});
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"clear"_s)});
        world.live({encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
        // in one answer with what it is to cover
        world.live({make::message(u"$2"_s, u"@b:x"_s, u"clear"_s), encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s); // whatever it says of its time
        Event late = make::message(u"$3"_s, u"@b:x"_s, u"clear"_s);
        late.originServerTs = 2000;
        world.live({late, encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$3"_s), u"sent_in_clear"_s);
    }

    void norDoesOneThatIsShownLate()
    {
        World world;
        world.live({}, {encryption(u"$e"_s)}); // known from the state alone
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"clear"_s)});
        world.live({make::message(u"$2"_s, u"@b:x"_s, u"clear"_s)}, {}, u"gap"_s);
        world.live({encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
    }

    void norIsItTakenFromWhatAPageBrought()
    {
        World world;
        world.live({make::message(u"$2"_s, u"@b:x"_s, u"clear"_s)}, {encryption(u"$e"_s)}, u"gap"_s);
        QVERIFY(world.cache->commit(
            {.backfills = {{.room = room,
                            .chunk = 0,
                            .from = u"gap"_s,
                            .end = u"older"_s,
                            .events = {make::stored(make::message(u"$1"_s, u"@b:x"_s, u"clear"_s))},
                            .members = {}}}}));
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s); // known from the state: older than all of it
        world.live({encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
        world.live({make::message(u"$3"_s, u"@b:x"_s, u"clear"_s)});
        QCOMPARE(markOf(world, u"$3"_s), u"sent_in_clear"_s);
    }

    /// The history may have another order than the one in which all of it came: what was marked stays so.
    void norDoesAPageThatShowsItBefore()
    {
        World world;
        const Event before = make::message(u"$1"_s, u"@b:x"_s, u"before"_s),
                    clear = make::message(u"$2"_s, u"@b:x"_s, u"clear"_s),
                    last = make::encrypted(u"$3"_s, u"@b:x"_s, u"session"_s);
        world.live({before, encryption(u"$e"_s)}, {encryption(u"$e"_s)});
        world.live({clear, last});
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
        world.live({make::encrypted(u"$9"_s, u"@b:x"_s, u"session"_s)}, {}, u"gap"_s);
        QVERIFY(world.cache->commit(
            {.backfills = {{.room = room,
                            .chunk = 1,
                            .from = u"gap"_s,
                            .end = u"older"_s,
                            .events = {make::stored(last), make::stored(encryption(u"$e"_s)),
                                       make::stored(clear), make::stored(before)},
                            .members = {}}}}));
        QCOMPARE(markOf(world, u"$1"_s), QString());
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
    }

    void aLongerAnswerReachesBackBehindIt()
    {
        World world;
        Event old = make::message(u"$0"_s, u"@b:x"_s, u"of before"_s);
        Event newest = make::encrypted(u"$2"_s, u"@b:x"_s, u"session"_s);
        world.live({encryption(u"$e"_s), newest}, {encryption(u"$e"_s)}, u"gap"_s);
        world.live({old, encryption(u"$e"_s), newest}, {}, u"further"_s); // all that was known, and more
        QCOMPARE(markOf(world, u"$0"_s), QString());
        // where something of it is missing, it is none of these
        world.live({make::message(u"$3"_s, u"@b:x"_s, u"clear"_s), encryption(u"$e"_s)});
        QCOMPARE(markOf(world, u"$3"_s), u"sent_in_clear"_s);
    }

    void oneThatIsInNoStateCountsToo()
    {
        World world;
        world.live({encryption(u"$e"_s), make::message(u"$1"_s, u"@b:x"_s, u"clear"_s)});
        QVERIFY(!world.cache->rooms().room(room)->value().encryption.isEmpty());
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
    }

    void whatIsKnownByAnotherWayCountsToo()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"clear"_s)});
        QVERIFY(world.cache->commit({.rooms = {{.id = room, .encryption = u"m.megolm.v1.aes-sha2"_s}}}));
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
    }

    void oneThatWasFetchedByItselfStandsNowhere()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"clear"_s)}, {encryption(u"$e"_s)});
        // as the first message of a thread, with what is in it
        QVERIFY(world.cache->commit(
            {.loose = {{.room = room, .events = {make::stored(encryption(u"$e"_s))}, .members = {}}}}));
        QVERIFY(world.cache->commit(
            {.loose = {{.room = room,
                        .events = {make::stored(make::message(u"$2"_s, u"@b:x"_s, u"clear"_s))},
                        .members = {}}}}));
        const auto newest = encryptedSince(*world.cache, room, EventStore::theEnd);
        const auto row = **world.cache->events().event(room, EventId(u"$2"_s));
        Item item;
        markAsReceived(item, row, *newest); // an open thread asks as the newest does
        QCOMPARE(item.shieldReason, u"sent_in_clear"_s);
        QCOMPARE(markOf(world, u"$1"_s), u"sent_in_clear"_s);
        QCOMPARE(markOf(world, u"$2"_s), u"sent_in_clear"_s);
    }

    void whatWasDecryptedHasTheMarkOfThen()
    {
        World world;
        world.live({encryption(u"$e"_s)}, {encryption(u"$e"_s)});
        RoomEvent event = make::stored(make::encrypted(u"$1"_s, u"@b:x"_s, u"session"_s));
        event.clear = make::clearText(u"secret"_s);
        event.clear->shield = ShieldColour::Grey;
        event.clear->shieldReason = u"key_from_elsewhere"_s;
        RoomChanges changes{.id = room};
        changes.timeline.append(event);
        QVERIFY(world.cache->commit({.rooms = {changes}}));
        const auto row = **world.cache->events().event(room, EventId(u"$1"_s));
        Item item;
        markAsReceived(item, row, *encryptedSince(*world.cache, room, row.place));
        QCOMPARE(item.shield, ShieldColour::Grey);
        QCOMPARE(item.shieldReason, u"key_from_elsewhere"_s);
        QCOMPARE(item.session, SessionId(u"session"_s));
    }
};

QTEST_GUILESS_MAIN(tst_ReceivedShield)
#include "tst_received_shield.moc"
