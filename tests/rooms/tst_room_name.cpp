// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/power_levels.h"
#include "fakes/event_maker.h"
#include "rooms/members.h"
#include "rooms/room_name.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class tst_RoomName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesByTheVectors()
    {
        QFile file(QFINDTESTDATA("../data/vectors/room-display-name.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(!rows.isEmpty());
        for (const auto &row : rows) {
            rooms::NameParts parts{row["name"_L1].toString(),
                                   row["alias"_L1].toString(),
                                   {},
                                   row["joined"_L1].toInteger(),
                                   row["invited"_L1].toInteger()};
            for (const auto &hero : row["heroes"_L1].toArray())
                parts.heroes.append({UserId(hero.toString()), hero.toString().mid(1, 1).toUpper(), {}});
            const QString expected = row["expect"_L1].toString().remove(u"one hero: "_s);
            QCOMPARE(rooms::roomName(parts), expected);
        }
    }

    void namesTheEmptyAndTheUnknown()
    {
        const Hero ann{UserId(u"@a:x"_s), u"Ann"_s, {}};
        QCOMPARE(rooms::roomName({{}, {}, {ann}, 1, 0}), u"Empty room (was Ann)"_s);
        QCOMPARE(rooms::roomName({{}, {}, {}, 4, 0}), u"4 people"_s);
        QCOMPARE(rooms::roomName({u" \u202E\n "_s, u"#a:x"_s, {ann}, 4, 0}), u"#a:x"_s);
    }

    void tellsPeopleOfOneNameApart()
    {
        const QList<Hero> heroes{{UserId(u"@a:x"_s), u"Ann"_s, {}},
                                 {UserId(u"@b:x"_s), u"\uFF21nn\u200B"_s, {}}};
        QCOMPARE(rooms::roomName({{}, {}, heroes, 3, 0}), u"Ann (@a:x), \uFF21nn (@b:x)"_s);
        for (const QString &like : {u"\u0410lice"_s, u"Al\u0456c\u0435"_s, u"AIice"_s, u"A1ice"_s})
            QCOMPARE(rooms::confusable(like), rooms::confusable(u"Alice"_s));
        QVERIFY(rooms::confusable(u"Alicia"_s) != rooms::confusable(u"Alice"_s));
        QCOMPARE(rooms::personName(UserId(u"@evil:x"_s), u"@boss:gouv"_s, false), u"@boss:gouv (@evil:x)"_s);
        QCOMPARE(rooms::personName(UserId(u"@a:x"_s), u"\u200B"_s, false), u"@a:x"_s);
    }

    void powerLevelsAreReadLeniently()
    {
        const auto levels =
            make::state(u"$1"_s, u"@a:x"_s, event_type::powerLevels, {},
                        {{"users"_L1, QJsonObject{{"@a:x"_L1, " 100 "_L1}, {"@b:x"_L1, 1e300}}},
                         {"events_default"_L1, "50"_L1},
                         {"invite"_L1, QJsonArray()},
                         {"events"_L1, QJsonObject{{"m.room.name"_L1, 30.7}}}});
        const PowerLevels power(levels, {});
        QCOMPARE(power.of(UserId(u"@a:x"_s)), 100);
        QVERIFY(power.of(UserId(u"@b:x"_s)) < PowerLevels::creatorLevel);
        QVERIFY(!power.maySend(UserId(u"@c:x"_s), event_type::message));
        QCOMPARE(power.toSetState(event_type::name), 30);
        QCOMPARE(power.toInvite(), 0);
    }

    void creatorsRuleFromVersionTwelveOn()
    {
        const auto create = [](const QString &version) {
            return make::state(
                u"$c"_s, u"@a:x"_s, event_type::create, {},
                {{"room_version"_L1, version}, {"additional_creators"_L1, QJsonArray{"@b:x"_L1}}});
        };
        const auto levels = make::state(u"$1"_s, u"@a:x"_s, event_type::powerLevels, {}, {});
        QCOMPARE(PowerLevels(levels, create(u"12"_s)).of(UserId(u"@b:x"_s)), PowerLevels::creatorLevel);
        QCOMPARE(PowerLevels(levels, create(u"11"_s)).of(UserId(u"@b:x"_s)), 0);
        QCOMPARE(PowerLevels({}, create(u"11"_s)).of(UserId(u"@a:x"_s)), 100);
    }
};

QTEST_GUILESS_MAIN(tst_RoomName)
#include "tst_room_name.moc"
