// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/fake_history.h"
#include "fakes/fake_sync.h"
#include "fakes/temporary_cache.h"
#include "timeline/reactions.h"
#include "timeline/room_timeline.h"

#include <QTest>

using namespace parvis;
using namespace parvis::timeline;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);

Event reaction(const QString &id, const QString &sender, const QString &to, const QString &key)
{
    return make::event(make::envelope(
        id, sender, event_type::reaction,
        {{"m.relates_to"_L1,
          QJsonObject{{"rel_type"_L1, "m.annotation"_L1}, {"event_id"_L1, to}, {"key"_L1, key}}}}));
}

struct World {
    TemporaryCache cache;
    FakeSyncCrypto crypto;
    FakeHistory history;
    RoomTimeline timeline{*cache, crypto, history, room};

    World() { Q_ASSERT(timeline.open()); }
    void live(const QList<Event> &events)
    {
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        for (const Event &event : events)
            changes.timeline.append(make::stored(event));
        QVERIFY(cache->commit({.rooms = {changes}}));
    }
    [[nodiscard]] const Item &at(qsizetype i) { return timeline.items().at(i); }
};

} // namespace

class tst_Reactions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reactionsStandOnTheirMessage()
    {
        World world;
        world.live({reaction(u"$0"_s, u"@c:x"_s, u"$1"_s, u"👍"_s), // before its message
                    make::message(u"$1"_s, u"@b:x"_s, u"fini"_s),
                    reaction(u"$2"_s, u"@b:x"_s, u"$1"_s, u"👍"_s),
                    reaction(u"$3"_s, u"@b:x"_s, u"$1"_s, u"👍"_s), // nobody counts twice
                    reaction(u"$4"_s, u"@me:x"_s, u"$1"_s, u"👀"_s)});
        const QList<Reaction> both{{u"👍"_s, {UserId(u"@c:x"_s), UserId(u"@b:x"_s)}, false},
                                   {u"👀"_s, {UserId(u"@me:x"_s)}, true}};
        QCOMPARE(world.timeline.items().size(), 1);
        QCOMPARE(world.at(0).reactions, both);

        world.live({make::redaction(u"$5"_s, u"@me:x"_s, u"$4"_s)});
        QCOMPARE(world.at(0).reactions, both.first(1));
    }

    void whatIsNoReactionIsLeftOut()
    {
        World world;
        QList<Event> events{reaction(u"$2"_s, u"@b:x"_s, u"$1"_s, u"  "_s),
                            reaction(u"$3"_s, u"@b:x"_s, u"$1"_s, QString(100'000, u'a'))};
        events += make::message(
            u"$4"_s, u"@b:x"_s, u"👍"_s,
            {{"m.relates_to"_L1,
              QJsonObject{
                  {"rel_type"_L1, "m.annotation"_L1}, {"event_id"_L1, "$1"_L1}, {"key"_L1, u"👍"_s}}}});
        for (int i = 0; i < 2 * mostReactionKeys; ++i)
            events += reaction(u"$k%1"_s.arg(i), u"@b:x"_s, u"$1"_s, QString::number(i));
        events += make::message(u"$1"_s, u"@b:x"_s, u"fini"_s);
        world.live(events);
        QCOMPARE(world.at(0).reactions.size(), mostReactionKeys);
        QVERIFY(std::all_of(world.at(0).reactions.cbegin(), world.at(0).reactions.cend(),
                            [](const Reaction &one) { return one.key.toInt() < mostReactionKeys; }));
    }

    void ownReactionShowsBeforeItIsSent()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"fini"_s)});
        const QByteArray content =
            QJsonDocument(reaction(u"$2"_s, u"@me:x"_s, u"$1"_s, u"👍"_s).content()).toJson();
        LocalEcho echo;
        echo.txn = TransactionId(u"t"_s);
        echo.type = event_type::reaction;
        echo.content = content;
        world.timeline.setEchoes({echo});
        QCOMPARE(world.timeline.items().size(), 1);
        QCOMPARE(world.at(0).reactions, (QList<Reaction>{{u"👍"_s, {UserId(u"@me:x"_s)}, true}}));
        world.timeline.setEchoes({});
        QVERIFY(world.at(0).reactions.isEmpty());
    }

    void aThreadsFallbackIsNoAnswer()
    {
        World world;
        const auto inThread = [](const QString &id, bool fallback) {
            return make::message(
                id, u"@b:x"_s, id,
                {{"m.relates_to"_L1,
                  QJsonObject{{"rel_type"_L1, "m.thread"_L1},
                              {"event_id"_L1, "$1"_L1},
                              {"is_falling_back"_L1, fallback},
                              {"m.in_reply_to"_L1, QJsonObject{{"event_id"_L1, "$2"_L1}}}}}});
        };
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"début"_s), inThread(u"$2"_s, true),
                    inThread(u"$3"_s, false)});
        QCOMPARE(world.at(1).threadRoot, EventId(u"$1"_s));
        QCOMPARE(world.at(1).replyTo, EventId());
        QCOMPARE(world.at(2).replyTo, EventId(u"$2"_s));
    }
};

QTEST_GUILESS_MAIN(tst_Reactions)
#include "tst_reactions.moc"
