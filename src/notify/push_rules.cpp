// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "notify/push_rules.h"

#include "notify/glob.h"
#include "notify/push_defaults_p.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::notify {

namespace {

constexpr qsizetype maxRules = 10'000;
constexpr qsizetype maxConditions = 100;

PushActions actionsOf(const QString &rule, const QJsonArray &actions)
{
    PushActions out{.rule = rule};
    for (const auto &action : actions) {
        if (action.toString() == "notify"_L1)
            out.notify = true;
        const QString tweak = action["set_tweak"_L1].toString();
        if (tweak == "highlight"_L1)
            out.highlight = action["value"_L1].toBool(true);
        else if (tweak == "sound"_L1)
            out.sound = action["value"_L1].toString();
    }
    return out;
}

QJsonObject asServerWrites(const RoomId &room, const RoomEvent &event)
{
    QJsonObject json{{"room_id"_L1, room.toString()},
                     {"event_id"_L1, event.event.id.toString()},
                     {"sender"_L1, event.event.sender.toString()},
                     {"type"_L1, event.type()},
                     {"content"_L1, event.content()}};
    if (event.event.stateKey)
        json["state_key"_L1] = *event.event.stateKey;
    return json;
}

} // namespace

PushRules PushRules::defaultsFor(const UserId &own)
{
    return of(defaultPushRules(own));
}

PushRules PushRules::of(const QJsonObject &content)
{
    PushRules rules;
    const QJsonObject global = content["global"_L1].toObject();
    for (const auto &[kind, name] :
         {std::pair(Kind::Override, "override"_L1), std::pair(Kind::Content, "content"_L1),
          std::pair(Kind::Room, "room"_L1), std::pair(Kind::Sender, "sender"_L1),
          std::pair(Kind::Underride, "underride"_L1)})
        rules.read(kind, global[name].toArray());
    return rules;
}

void PushRules::read(Kind kind, const QJsonArray &rules)
{
    for (const auto &json : rules) {
        const QString id = json["rule_id"_L1].toString();
        const QJsonArray conditions = json["conditions"_L1].toArray();
        if (id.isEmpty() || !json["enabled"_L1].toBool(true) || m_rules.size() >= maxRules
            || conditions.size() > maxConditions)
            continue;
        m_rules.append({.id = id,
                        .kind = kind,
                        .conditions = conditions,
                        .pattern = json["pattern"_L1].toString(),
                        .actions = actionsOf(id, json["actions"_L1].toArray()),
                        .yieldsToMentions = id == ".m.rule.contains_display_name"_L1
                            || id == ".m.rule.contains_user_name"_L1 || id == ".m.rule.roomnotif"_L1});
    }
}

bool PushRules::matches(const Rule &rule, const QJsonObject &event, const PushContext &context)
{
    if (rule.yieldsToMentions && event["content"_L1]["m.mentions"_L1].isObject())
        return false;
    switch (rule.kind) {
    case Kind::Content: {
        const QJsonValue body = propertyOf(event, u"content.body");
        return body.isString() && matchesWords(rule.pattern, body.toString());
    }
    case Kind::Room:
        return event["room_id"_L1].toString() == rule.id;
    case Kind::Sender:
        return event["sender"_L1].toString() == rule.id;
    case Kind::Override:
    case Kind::Underride:
        return std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const QJsonValue &condition) {
            return holds(condition.toObject(), event, context);
        });
    }
    Q_UNREACHABLE();
    return false;
}

PushActions PushRules::decide(const RoomId &room, const RoomEvent &event, const PushContext &context) const
{
    if (event.event.sender == context.own)
        return {};
    return decide(asServerWrites(room, event), context);
}

PushActions PushRules::decide(const QJsonObject &event, const PushContext &context) const
{
    if (UserId(event["sender"_L1].toString()) == context.own)
        return {};
    const auto rule = std::find_if(m_rules.cbegin(), m_rules.cend(),
                                   [&](const Rule &one) { return matches(one, event, context); });
    return rule == m_rules.cend() ? PushActions() : rule->actions;
}

} // namespace parvis::notify
