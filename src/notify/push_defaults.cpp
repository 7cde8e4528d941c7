// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "notify/push_defaults_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::notify {

namespace {

QJsonObject match(QLatin1StringView key, const QString &pattern)
{
    return {{"kind"_L1, "event_match"_L1}, {"key"_L1, key}, {"pattern"_L1, pattern}};
}

QJsonObject is(QLatin1StringView key, const QJsonValue &value)
{
    return {{"kind"_L1, "event_property_is"_L1}, {"key"_L1, key}, {"value"_L1, value}};
}

QJsonObject rule(QLatin1StringView id, const QJsonArray &conditions, const QJsonArray &actions)
{
    return {{"rule_id"_L1, id},
            {"default"_L1, true},
            {"enabled"_L1, true},
            {"conditions"_L1, conditions},
            {"actions"_L1, actions}};
}

QJsonObject tweak(QLatin1StringView name, const QJsonValue &value)
{
    return {{"set_tweak"_L1, name}, {"value"_L1, value}};
}

} // namespace

QJsonObject defaultPushRules(const UserId &own)
{
    const QJsonArray nothing;
    const QJsonArray notify{"notify"_L1};
    const QJsonArray ring{"notify"_L1, tweak("sound"_L1, "default"_L1)};
    const QJsonArray shine{"notify"_L1, tweak("highlight"_L1, true)};
    const QJsonObject two{{"kind"_L1, "room_member_count"_L1}, {"is"_L1, "2"_L1}};
    const QString &me = own.toString();
    const QJsonArray overrides{
        rule(".m.rule.suppress_notices"_L1, {match("content.msgtype"_L1, u"m.notice"_s)}, nothing),
        rule(".m.rule.invite_for_me"_L1,
             {match("type"_L1, u"m.room.member"_s), match("content.membership"_L1, u"invite"_s),
              is("state_key"_L1, me)},
             ring),
        rule(".m.rule.member_event"_L1, {match("type"_L1, u"m.room.member"_s)}, nothing),
        rule(".m.rule.is_user_mention"_L1,
             {QJsonObject{{"kind"_L1, "event_property_contains"_L1},
                          {"key"_L1, "content.m\\.mentions.user_ids"_L1},
                          {"value"_L1, me}}},
             {"notify"_L1, tweak("sound"_L1, "default"_L1), tweak("highlight"_L1, true)}),
        rule(".m.rule.is_room_mention"_L1,
             {is("content.m\\.mentions.room"_L1, true),
              QJsonObject{{"kind"_L1, "sender_notification_permission"_L1}, {"key"_L1, "room"_L1}}},
             shine),
        rule(".m.rule.tombstone"_L1,
             {match("type"_L1, u"m.room.tombstone"_s), is("state_key"_L1, QString(""_L1))}, shine),
        rule(".m.rule.reaction"_L1, {match("type"_L1, u"m.reaction"_s)}, nothing),
        rule(".m.rule.room.server_acl"_L1,
             {match("type"_L1, u"m.room.server_acl"_s), is("state_key"_L1, QString(""_L1))}, nothing),
        rule(".m.rule.suppress_edits"_L1, {is("content.m\\.relates_to.rel_type"_L1, "m.replace"_L1)},
             nothing),
    };
    const QJsonArray underrides{
        rule(".m.rule.call"_L1, {match("type"_L1, u"m.call.invite"_s)},
             {"notify"_L1, tweak("sound"_L1, "ring"_L1)}),
        rule(".m.rule.encrypted_room_one_to_one"_L1, {two, match("type"_L1, u"m.room.encrypted"_s)}, ring),
        rule(".m.rule.room_one_to_one"_L1, {two, match("type"_L1, u"m.room.message"_s)}, ring),
        rule(".m.rule.message"_L1, {match("type"_L1, u"m.room.message"_s)}, notify),
        rule(".m.rule.encrypted"_L1, {match("type"_L1, u"m.room.encrypted"_s)}, notify),
    };
    return {{"global"_L1, QJsonObject{{"override"_L1, overrides}, {"underride"_L1, underrides}}}};
}

} // namespace parvis::notify
