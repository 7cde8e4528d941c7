// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QJsonArray>

#include "timeline_world.h"

using namespace parvis;
using namespace parvis::timeline;

namespace {

const QString startType = u"org.matrix.msc3381.poll.start"_s;

Event at(Event event, qint64 ts)
{
    QJsonObject json = event.json();
    json["origin_server_ts"_L1] = ts;
    return make::event(json);
}

QJsonObject question(const QString &kind, int most)
{
    const auto answer = [](const QString &id) {
        return QJsonObject{{"id"_L1, id}, {"org.matrix.msc1767.text"_L1, u"text "_s + id}};
    };
    return {{startType,
             QJsonObject{{"question"_L1, QJsonObject{{"org.matrix.msc1767.text"_L1, u"Quand ?"_s}}},
                         {"kind"_L1, u"org.matrix.msc3381.poll."_s + kind},
                         {"max_selections"_L1, most},
                         {"answers"_L1, QJsonArray{answer(u"a"_s), answer(u"b"_s), answer(u"c"_s)}}}}};
}

Event poll(const QString &kind = u"disclosed"_s, int most = 1)
{
    return at(make::event(make::envelope(u"$poll"_s, u"@b:x"_s, startType, question(kind, most))), 10);
}

QJsonObject toPoll()
{
    return {{"rel_type"_L1, u"m.reference"_s}, {"event_id"_L1, u"$poll"_s}};
}

Event vote(const QString &id, const QString &sender, qint64 ts, const QStringList &answers)
{
    return at(
        make::event(make::envelope(id, sender, u"org.matrix.msc3381.poll.response"_s,
                                   {{"m.relates_to"_L1, toPoll()},
                                    {"org.matrix.msc3381.poll.response"_L1,
                                     QJsonObject{{"answers"_L1, QJsonArray::fromStringList(answers)}}}})),
        ts);
}

Event end(const QString &id, const QString &sender, qint64 ts)
{
    return at(make::event(make::envelope(
                  id, sender, u"org.matrix.msc3381.poll.end"_s,
                  {{"m.relates_to"_L1, toPoll()}, {"org.matrix.msc3381.poll.end"_L1, QJsonObject()}})),
              ts);
}

/// "a:@x,@y b: c:" of the poll in the first line.
QString tally(World &world)
{
    if (world.timeline.items().size() == 0 || !world.at(0).poll)
        return u"none"_s;
    const Poll &poll = *world.at(0).poll;
    QStringList out;
    for (qsizetype i = 0; i < poll.voters.size(); ++i) {
        QStringList names;
        for (const UserId &user : poll.voters.at(i))
            names.append(user.toString().section(u':', 0, 0));
        out.append(poll.start.answers.at(i).id + u':' + names.join(u','));
    }
    return out.join(u' ');
}

} // namespace

/// Which votes of a poll count.
class PollsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastVoteOfEachCounts()
    {
        World world;
        world.live({poll(), vote(u"$1"_s, u"@c:x"_s, 20, {u"a"_s}), vote(u"$2"_s, u"@c:x"_s, 30, {u"b"_s}),
                    vote(u"$3"_s, u"@me:x"_s, 25, {u"a"_s, u"c"_s}), // only one may be chosen
                    vote(u"$4"_s, u"@d:x"_s, 20, {u"z"_s}), vote(u"$5"_s, u"@e:x"_s, 20, {u"c"_s}),
                    vote(u"$6"_s, u"@e:x"_s, 21, {})}); // taken back
        QCOMPARE(world.at(0).kind, ItemKind::Poll);
        QCOMPARE(world.at(0).body(), u"Quand ?"_s);
        QCOMPARE(tally(world), u"a:@me b:@c c:"_s);
        QCOMPARE(world.at(0).poll->ownVote, QStringList{u"a"_s});
        QCOMPARE(world.at(0).poll->people, 2);
        QCOMPARE(world.timeline.items().size(), 1); // votes have no line

        world.live({make::redaction(u"$7"_s, u"@c:x"_s, u"$2"_s)});
        QCOMPARE(tally(world), u"a:@c,@me b: c:"_s);
    }

    void whoVotesWithoutEndTakesNobodysPlace()
    {
        World world;
        QList<Event> events{poll(), vote(u"$first"_s, u"@d:x"_s, 20, {u"b"_s})};
        for (int i = 0; i < 30; ++i)
            events += vote(u"$%1"_s.arg(i), u"@c:x"_s, 100 + i, {i == 29 ? u"c"_s : u"a"_s});
        world.live(events);
        QCOMPARE(tally(world), u"a: b:@d c:@c"_s);

        // not even their own, once it has ended
        QList<Event> late{end(u"$end"_s, u"@b:x"_s, 200)};
        for (int i = 0; i < 30; ++i)
            late += vote(u"$late%1"_s.arg(i), u"@d:x"_s, 300 + i, {u"a"_s});
        for (int i = 0; i < 30; ++i)
            late += end(u"$again%1"_s.arg(i), u"@b:x"_s, 400 + i);
        world.live(late);
        QVERIFY(world.at(0).poll->ended);
        QCOMPARE(tally(world), u"a: b:@d c:@c"_s);

        const auto kept = world.cache->events().references(room, EventId(u"$poll"_s), 150, 2, 100);
        QCOMPARE(kept->size(), 3);
        QCOMPARE(world.cache->events().references(room, EventId(u"$poll"_s), 150, 2, 2)->size(), 2);
    }

    void severalMayBeChosen()
    {
        World world;
        world.live({poll(u"disclosed"_s, 2), vote(u"$1"_s, u"@c:x"_s, 20, {u"b"_s, u"b"_s, u"c"_s}),
                    vote(u"$2"_s, u"@d:x"_s, 20, {u"b"_s, u"c"_s, u"a"_s})});
        QCOMPARE(tally(world), u"a: b:@c,@d c:@d"_s);
    }

    void whatComesAfterTheEndIsTooLate()
    {
        World world;
        world.live({poll(), vote(u"$1"_s, u"@c:x"_s, 20, {u"a"_s}), end(u"$evil"_s, u"@c:x"_s, 5)});
        QVERIFY(!world.at(0).poll->ended); // not theirs to end

        world.live({end(u"$2"_s, u"@b:x"_s, 40), vote(u"$3"_s, u"@c:x"_s, 50, {u"b"_s}),
                    vote(u"$4"_s, u"@d:x"_s, 40, {u"c"_s}), end(u"$5"_s, u"@b:x"_s, 60)});
        QVERIFY(world.at(0).poll->ended);
        QCOMPARE(tally(world), u"a:@c b: c:@d"_s);
    }

    void whoMayRemoveMessagesMayEndIt()
    {
        World world;
        world.live({poll(), end(u"$1"_s, u"@c:x"_s, 40)},
                   {make::state(u"$levels"_s, u"@b:x"_s, event_type::powerLevels, {},
                                {{"users"_L1, QJsonObject{{"@c:x"_L1, 50}}}})});
        QVERIFY(world.at(0).poll->ended);
    }

    void secretVotesAreToldAtTheEnd()
    {
        World world;
        world.live({poll(u"undisclosed"_s), vote(u"$1"_s, u"@c:x"_s, 20, {u"a"_s}),
                    vote(u"$2"_s, u"@me:x"_s, 20, {u"b"_s})});
        QVERIFY(world.at(0).poll->voters.isEmpty());
        QCOMPARE(world.at(0).poll->people, 0);
        QCOMPARE(world.at(0).poll->ownVote, QStringList{u"b"_s});

        world.live({end(u"$3"_s, u"@b:x"_s, 40)});
        QCOMPARE(tally(world), u"a:@c b:@me c:"_s);
    }

    void aCorrectionCountsUntilSomebodyHasVoted()
    {
        World world;
        QJsonObject corrected = question(u"disclosed"_s, 1);
        QJsonObject asked = corrected[startType].toObject();
        asked["question"_L1] = QJsonObject{{"org.matrix.msc1767.text"_L1, u"Où ?"_s}};
        corrected[startType] = asked;
        QJsonObject content = corrected;
        content["m.new_content"_L1] = corrected;
        content["m.relates_to"_L1] =
            QJsonObject{{"rel_type"_L1, u"m.replace"_s}, {"event_id"_L1, u"$poll"_s}};
        world.live({poll(), at(make::event(make::envelope(u"$1"_s, u"@b:x"_s, startType, content)), 15)});
        QCOMPARE(world.at(0).body(), u"Où ?"_s);
        QVERIFY(world.at(0).edited);

        world.live({vote(u"$2"_s, u"@c:x"_s, 20, {u"a"_s})});
        QCOMPARE(world.at(0).body(), u"Quand ?"_s);
    }

    void aClearVoteInAnEncryptedPollIsNone()
    {
        World world;
        world.live({make::encrypted(u"$poll"_s, u"@b:x"_s, u"s"_s), vote(u"$1"_s, u"@c:x"_s, 20, {u"a"_s}),
                    end(u"$2"_s, u"@b:x"_s, 30)});
        const ClearText clear{.type = startType,
                              .content = QJsonDocument(question(u"disclosed"_s, 1)).toJson()};
        QVERIFY(world.cache->commit({.decryptions = {{room, EventId(u"$poll"_s), clear, {}}}}));

        QCOMPARE(tally(world), u"a: b: c:"_s);
        QVERIFY(!world.at(0).poll->ended);
    }

    void nonsenseIsNoPoll()
    {
        World world;
        const auto odd = [](const QJsonObject &said) {
            return make::event(make::envelope(u"$poll"_s, u"@b:x"_s, startType, {{startType, said}}));
        };
        QJsonArray many;
        for (int i = 0; i < 10'000; ++i)
            many.append(QJsonObject{{"id"_L1, QString::number(i)}, {"body"_L1, u"x"_s}});
        world.live({odd({{"answers"_L1, many}})});
        QCOMPARE(world.at(0).kind, ItemKind::Other);
        World other;
        other.live({odd({{"question"_L1, QJsonObject{{"body"_L1, QString(5000, u'q')}}},
                         {"answers"_L1, QJsonArray{many.at(0), many.at(0), many.at(1), 5}},
                         {"max_selections"_L1, 1e300}})});
        QVERIFY(other.at(0).poll);
        QCOMPARE(other.at(0).poll->start.answers.size(), 2);
        QVERIFY(other.at(0).poll->start.maxSelections <= 2);
        QCOMPARE(other.at(0).body().size(), PollStart::longestText);
    }

    void onlyAPlaceIsAPlace()
    {
        World world;
        const auto place = [](const QString &id, const QString &uri) {
            return make::message(id, u"@b:x"_s, u"ici"_s,
                                 {{"msgtype"_L1, u"m.location"_s}, {"geo_uri"_L1, uri}});
        };
        world.live({place(u"$1"_s, u"geo:48.85,2.35;u=10"_s), place(u"$2"_s, u"https://evil.example/"_s),
                    place(u"$3"_s, u"geo:91,0"_s), place(u"$4"_s, u"geo:1,2\nfile:///etc/passwd"_s)});
        QCOMPARE(world.at(0).geoUri, u"geo:48.85,2.35;u=10"_s);
        for (int i = 1; i < 4; ++i)
            QCOMPARE(world.at(i).geoUri, QString());
    }
};

QTEST_GUILESS_MAIN(PollsTest)
#include "tst_polls.moc"
