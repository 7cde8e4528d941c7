// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/vectors.h"
#include "notify/glob.h"
#include "notify/push_rules.h"

#include <QJsonArray>
#include <QTest>

using namespace parvis;
using namespace parvis::notify;
using namespace Qt::StringLiterals;

/// What the push rules want of an event.
class PushRulesTest : public QObject
{
    Q_OBJECT

private:
    const UserId m_me{u"@me:x"_s};
    const RoomId m_room{u"!r:x"_s};
    const PushRules m_defaults = PushRules::defaultsFor(m_me);

    [[nodiscard]] PushContext context(qint64 joined = 5) const
    {
        return {.own = m_me, .ownName = u"Zoé Martin"_s, .joinedMembers = joined};
    }
    [[nodiscard]] QString ruleFor(const Event &event, qint64 joined = 5) const
    {
        return m_defaults.decide(m_room, make::stored(event), context(joined)).rule;
    }
    static PushRules with(const QString &kind, const QJsonObject &rule)
    {
        return PushRules::of({{"global"_L1, QJsonObject{{kind, QJsonArray{rule}}}}});
    }
    static QJsonObject condition(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

private Q_SLOTS:
    void knownAnswers()
    {
        const QJsonArray cases = test::ownVectors(u"push-event-match"_s).array();
        QVERIFY(cases.size() >= 10);
        for (const auto &one : cases) {
            const QJsonObject asked = one["condition"_L1].toObject();
            const QString key = asked["key"_L1].toString();
            const QJsonObject event = key.startsWith("content."_L1)
                ? QJsonObject{{"content"_L1, QJsonObject{{key.sliced(8), one["value"_L1]}}}}
                : QJsonObject{{key, one["value"_L1]}};
            QVERIFY2(holds(asked, event, {}) == one["match"_L1].toBool(),
                     QJsonDocument(one.toObject()).toJson(QJsonDocument::Compact));
        }
    }

    void globs_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<bool>("words");
        QTest::newRow("same") << u"été"_s << u"ÉTÉ"_s << true << true;
        QTest::newRow("part") << u"bel"_s << u"label"_s << false << false;
        QTest::newRow("word") << u"bel"_s << u"un bel air"_s << false << true;
        QTest::newRow("one character") << u"b?l"_s << u"bal"_s << true << true;
        QTest::newRow("emoji is one") << u"a?b"_s << u"a🙂b"_s << true << true;
        QTest::newRow("anything") << u"a*z"_s << u"abcz"_s << true << true;
        QTest::newRow("several") << u"*b*c*"_s << u"abxcx"_s << true << true;
        QTest::newRow("nothing") << QString() << QString() << false << false;
        QTest::newRow("everything") << u"*"_s << QString() << true << true;
        QTest::newRow("punctuation") << u"c++"_s << u"j'aime c++ !"_s << false << true;
        QTest::newRow("end") << u"fin"_s << u"enfin fin"_s << false << true;
        QTest::newRow("low line") << u"fin"_s << u"fin_du"_s << false << false;
    }
    void globs()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, value);
        QTEST(matchesWhole(pattern, value), "whole");
        QTEST(matchesWords(pattern, value), "words");
    }

    void noPatternIsSlow()
    {
        // Way by way this would never end: the time that a test has is the bound.
        QVERIFY(!matchesWords(u"*a"_s.repeated(100) + u"z"_s, u"a"_s.repeated(64 * 1024)));
    }

    void properties()
    {
        const QJsonObject event = condition(R"({"a":{"b.c":{"d\\e":1}},"type":"t","":{"":2}})");
        QCOMPARE(propertyOf(event, u"a.b\\.c.d\\\\e"), QJsonValue(1));
        QCOMPARE(propertyOf(event, u"type"), QJsonValue(u"t"_s));
        QCOMPARE(propertyOf(event, u"."), QJsonValue(2));
        for (const QString &absent : {u"b"_s, u"a.b.c"_s, u"type.x"_s, u"a.b\\.c.d\\\\e.f"_s})
            QVERIFY(propertyOf(event, absent).isUndefined());
    }

    void conditions_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<bool>("held");
        const auto row = [](const char *name, const char *asked, bool held) {
            QTest::newRow(name) << QByteArray(asked) << held;
        };
        row("is text", R"({"kind":"event_property_is","key":"content.a","value":"x"})", true);
        row("is number", R"({"kind":"event_property_is","key":"content.n","value":3})", true);
        row("is no text", R"({"kind":"event_property_is","key":"content.n","value":"3"})", false);
        row("is null", R"({"kind":"event_property_is","key":"content.nil","value":null})", true);
        row("absent is not null", R"({"kind":"event_property_is","key":"content.none","value":null})", false);
        row("objects are not compared", R"({"kind":"event_property_is","key":"content.o","value":{}})",
            false);
        row("no value", R"({"kind":"event_property_is","key":"content.none"})", false);
        row("contains", R"({"kind":"event_property_contains","key":"content.l","value":true})", true);
        row("contains not", R"({"kind":"event_property_contains","key":"content.l","value":1})", false);
        row("no list", R"({"kind":"event_property_contains","key":"content.a","value":"x"})", false);
        row("match of a number", R"({"kind":"event_match","key":"content.n","pattern":"3"})", false);
        row("five", R"({"kind":"room_member_count","is":"5"})", true);
        row("five again", R"({"kind":"room_member_count","is":"==5"})", true);
        row("more", R"({"kind":"room_member_count","is":">4"})", true);
        row("at most", R"({"kind":"room_member_count","is":"<=4"})", false);
        row("nonsense", R"({"kind":"room_member_count","is":"~5"})", false);
        row("no number", R"({"kind":"room_member_count","is":">"})", false);
        row("own name", R"({"kind":"contains_display_name"})", true);
        row("unknown", R"({"kind":"org.example.always"})", false);
    }
    void conditions()
    {
        QFETCH(QByteArray, asked);
        const QJsonObject event = condition(
            R"({"content":{"a":"x","n":3,"nil":null,"o":{},"l":[true,"1"],"body":"merci zoé martin !"}})");
        QTEST(holds(condition(asked), event, context()), "held");
    }

    void whoMayCallTheWholeRoom()
    {
        const QJsonObject levels{{"users"_L1, QJsonObject{{"@b:x"_L1, 50}}}};
        const PowerLevels powers(make::state(u"$p"_s, u"@b:x"_s, event_type::powerLevels, {}, levels), {});
        PushContext known = context();
        known.powerLevels = &powers;
        const QJsonObject mention{{"m.mentions"_L1, QJsonObject{{"room"_L1, true}}}};
        const auto decided = [&](const QString &sender, const PushContext &where) {
            return m_defaults
                .decide(m_room, make::stored(make::message(u"$1"_s, sender, u"@room"_s, mention)), where)
                .rule;
        };
        QCOMPARE(decided(u"@b:x"_s, known), u".m.rule.is_room_mention"_s);
        QCOMPARE(decided(u"@c:x"_s, known), u".m.rule.message"_s);
        QCOMPARE(decided(u"@b:x"_s, context()), u".m.rule.message"_s); // nobody knows
        known.toCallTheRoom = 60;
        QCOMPARE(decided(u"@b:x"_s, known), u".m.rule.message"_s);
    }

    void defaults()
    {
        QCOMPARE(ruleFor(make::message(u"$1"_s, u"@b:x"_s, u"oui"_s)), u".m.rule.message"_s);
        QCOMPARE(ruleFor(make::message(u"$1"_s, u"@b:x"_s, u"oui"_s), 2), u".m.rule.room_one_to_one"_s);
        QCOMPARE(ruleFor(make::encrypted(u"$1"_s, u"@b:x"_s, u"S"_s)), u".m.rule.encrypted"_s);
        QCOMPARE(ruleFor(make::encrypted(u"$1"_s, u"@b:x"_s, u"S"_s), 2),
                 u".m.rule.encrypted_room_one_to_one"_s);
        QCOMPARE(ruleFor(make::member(u"$1"_s, u"@b:x"_s, u"join"_s)), u".m.rule.member_event"_s);
        QCOMPARE(ruleFor(make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"non"_s)), u".m.rule.suppress_edits"_s);
        QCOMPARE(ruleFor(make::message(u"$1"_s, u"@b:x"_s, u"robot"_s, {{"msgtype"_L1, "m.notice"_L1}})),
                 u".m.rule.suppress_notices"_s);
        QCOMPARE(ruleFor(make::state(u"$1"_s, u"@b:x"_s, u"m.room.tombstone"_s, {}, {})),
                 u".m.rule.tombstone"_s);
        QCOMPARE(ruleFor(make::state(u"$1"_s, u"@b:x"_s, u"m.room.topic"_s, {}, {})), QString());
        const QJsonObject mention{{"m.mentions"_L1, QJsonObject{{"user_ids"_L1, QJsonArray{"@me:x"_L1}}}}};
        const auto actions = m_defaults.decide(
            m_room, make::stored(make::message(u"$1"_s, u"@b:x"_s, u"oui"_s, mention)), context());
        QCOMPARE(actions, (PushActions{u".m.rule.is_user_mention"_s, true, true, u"default"_s}));
        QCOMPARE(m_defaults.decide(
                     m_room, make::stored(make::message(u"$1"_s, u"@me:x"_s, u"oui"_s, mention)), context()),
                 PushActions());
    }

    void aDecryptedEventIsJudgedByWhatItSays()
    {
        RoomEvent event = make::stored(make::encrypted(u"$1"_s, u"@b:x"_s, u"S"_s));
        QCOMPARE(m_defaults.decide(m_room, event, context()).rule, u".m.rule.encrypted"_s);
        event.clear = make::clearText(u"oui"_s);
        QCOMPARE(m_defaults.decide(m_room, event, context()).rule, u".m.rule.message"_s);
    }

    void ofThePersonsOwnMaking()
    {
        const RoomEvent event = make::stored(make::message(u"$1"_s, u"@b:x"_s, u"le budget est là"_s));
        const QJsonArray loud{"notify"_L1, QJsonObject{{"set_tweak"_L1, "highlight"_L1}}};
        const auto decided = [&](const QString &kind, const QJsonObject &rule) {
            return with(kind, rule).decide(m_room, event, context());
        };
        const QJsonObject keyword{{"rule_id"_L1, "k"_L1}, {"pattern"_L1, "budget"_L1}, {"actions"_L1, loud}};
        QCOMPARE(decided(u"content"_s, keyword), (PushActions{u"k"_s, true, true, {}}));
        QJsonObject off = keyword;
        off["enabled"_L1] = false;
        QCOMPARE(decided(u"content"_s, off), PushActions());
        QCOMPARE(decided(u"room"_s, {{"rule_id"_L1, "!r:x"_L1}, {"actions"_L1, QJsonArray{}}}),
                 (PushActions{u"!r:x"_s, false, false, {}}));
        QCOMPARE(decided(u"room"_s, {{"rule_id"_L1, "!other:x"_L1}, {"actions"_L1, loud}}), PushActions());
        QVERIFY(decided(u"sender"_s, {{"rule_id"_L1, "@b:x"_L1}, {"actions"_L1, loud}}).highlight);
        QCOMPARE(decided(u"override"_s, {{"rule_id"_L1, ".m.rule.master"_L1}, {"actions"_L1, QJsonArray{}}}),
                 (PushActions{u".m.rule.master"_s, false, false, {}}));
        // Without the keyword's pattern, with conditions of nonsense, without an id: it matches nothing.
        QCOMPARE(decided(u"content"_s, {{"rule_id"_L1, "k"_L1}, {"actions"_L1, loud}}), PushActions());
        QCOMPARE(decided(u"override"_s,
                         {{"rule_id"_L1, "k"_L1}, {"conditions"_L1, QJsonArray{3}}, {"actions"_L1, loud}}),
                 PushActions());
        QCOMPARE(decided(u"override"_s, {{"actions"_L1, loud}}), PushActions());
    }

    void theTextOfAMessageThatSaysWhomItMeansIsNotSearchedForNames()
    {
        const QJsonObject rule{
            {"rule_id"_L1, ".m.rule.contains_display_name"_L1},
            {"conditions"_L1, QJsonArray{QJsonObject{{"kind"_L1, "contains_display_name"_L1}}}},
            {"actions"_L1, QJsonArray{"notify"_L1}}};
        const PushRules rules = with(u"override"_s, rule);
        const auto notifies = [&](const QJsonObject &more) {
            return rules
                .decide(m_room, make::stored(make::message(u"$1"_s, u"@b:x"_s, u"Zoé Martin ?"_s, more)),
                        context())
                .notify;
        };
        QVERIFY(notifies({}));
        QVERIFY(!notifies({{"m.mentions"_L1, QJsonObject()}}));
    }
};

QTEST_GUILESS_MAIN(PushRulesTest)
#include "tst_push_rules.moc"
