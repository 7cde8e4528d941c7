// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "push_function.h"

#include "notify/push_rules.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// An event that has nothing but @p value, where @p key says.
QJsonObject eventWith(const QString &key, const QJsonValue &value)
{
    const bool inContent = key.startsWith("content."_L1);
    QString name = inContent ? key.sliced(8) : key;
    name.replace(u"\\."_s, u"."_s).replace(u"\\\\"_s, u"\\"_s);
    const QJsonObject holder{{name, value}};
    return inContent ? QJsonObject{{"content"_L1, holder}} : holder;
}

std::optional<Event> stateOf(const QString &type, const QJsonValue &content, const QString &sender)
{
    if (!content.isObject())
        return {};
    Event event;
    event.type = type;
    event.sender = UserId(sender);
    event.stateKey = QString();
    event.raw = QJsonDocument(QJsonObject{{"content"_L1, content}}).toJson(QJsonDocument::Compact);
    return event;
}

} // namespace

Result<QJsonValue> pushMatch(const QJsonObject &input)
{
    if (input.contains("condition"_L1)) {
        const QJsonObject condition = input["condition"_L1].toObject();
        const QJsonObject event = eventWith(condition["key"_L1].toString(), input["value"_L1]);
        return QJsonObject{{"match"_L1, notify::holds(condition, event, {.own = {}})}};
    }
    const QJsonObject said = input["context"_L1].toObject();
    const UserId own(said["user_id"_L1].toString());
    const PowerLevels levels(stateOf(event_type::powerLevels, said["power_levels"_L1], {}),
                             stateOf(event_type::create, said["create"_L1], said["creator"_L1].toString()));
    const bool known = said["power_levels"_L1].isObject();
    const notify::PushContext context{
        .own = own,
        .ownName = said["display_name"_L1].toString(),
        .joinedMembers = said["joined"_L1].toInteger(),
        .powerLevels = known ? &levels : nullptr,
        .toCallTheRoom = said["power_levels"_L1]["notifications"_L1]["room"_L1].toInteger(50)};
    const notify::PushRules rules = input["rules"_L1].isObject()
        ? notify::PushRules::of(input["rules"_L1].toObject())
        : notify::PushRules::defaultsFor(own);
    const notify::PushActions actions = rules.decide(input["event"_L1].toObject(), context);
    QJsonArray out;
    if (actions.notify)
        out.append("notify"_L1);
    if (!actions.sound.isEmpty())
        out.append(QJsonObject{{"set_tweak"_L1, "sound"_L1}, {"value"_L1, actions.sound}});
    if (actions.highlight)
        out.append(QJsonObject{{"set_tweak"_L1, "highlight"_L1}, {"value"_L1, true}});
    return QJsonObject{{"rule_id"_L1, actions.rule}, {"actions"_L1, out}};
}

} // namespace parvis::driver
