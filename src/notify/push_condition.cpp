// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "notify/push_condition.h"

#include "notify/glob.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::notify {

namespace {

/// "==" and "" for equal, "<", ">", "<=", ">=".
bool countIs(const QString &wanted, qint64 count)
{
    const qsizetype digits =
        std::find_if(wanted.begin(), wanted.end(), [](QChar c) { return c.isDigit(); }) - wanted.begin();
    bool good = false;
    const qint64 number = QStringView(wanted).sliced(digits).toLongLong(&good);
    if (!good || count <= 0)
        return false;
    const QStringView sign = QStringView(wanted).first(digits);
    if (sign.isEmpty() || sign == "=="_L1)
        return count == number;
    if (sign == "<"_L1)
        return count < number;
    if (sign == ">"_L1)
        return count > number;
    if (sign == "<="_L1)
        return count <= number;
    return sign == ">="_L1 && count >= number;
}

/// Text, whole numbers, truth and null: what a condition may compare with.
bool isComparable(const QJsonValue &value)
{
    return value.isString() || value.isBool() || value.isNull()
        || (value.isDouble() && double(value.toInteger()) == value.toDouble());
}

bool eventMatches(const QJsonObject &condition, const QJsonObject &event)
{
    const QString key = condition["key"_L1].toString();
    const QJsonValue value = propertyOf(event, key);
    const QString pattern = condition["pattern"_L1].toString();
    if (!value.isString())
        return false;
    return key == "content.body"_L1 ? matchesWords(pattern, value.toString())
                                    : matchesWhole(pattern, value.toString());
}

bool propertyIs(const QJsonObject &condition, const QJsonObject &event)
{
    const QJsonValue wanted = condition["value"_L1];
    return isComparable(wanted) && condition.contains("value"_L1)
        && propertyOf(event, condition["key"_L1].toString()) == wanted;
}

bool propertyContains(const QJsonObject &condition, const QJsonObject &event)
{
    const QJsonValue wanted = condition["value"_L1];
    const QJsonValue value = propertyOf(event, condition["key"_L1].toString());
    return isComparable(wanted) && condition.contains("value"_L1) && value.isArray()
        && value.toArray().contains(wanted);
}

bool mayCall(const QJsonObject &condition, const QJsonObject &event, const PushContext &context)
{
    return condition["key"_L1].toString() == "room"_L1 && context.powerLevels
        && context.powerLevels->of(UserId(event["sender"_L1].toString())) >= context.toCallTheRoom;
}

/// The name stands in the text as it is: no sign in it means anything.
bool namesPerson(const QJsonObject &event, const PushContext &context)
{
    const QJsonValue body = propertyOf(event, u"content.body");
    if (context.ownName.isEmpty() || !body.isString())
        return false;
    QString pattern = context.ownName;
    pattern.replace(u'*', u'?'); // a question mark stands for it, among others
    return matchesWords(pattern, body.toString());
}

} // namespace

QJsonValue propertyOf(const QJsonObject &event, QStringView path)
{
    QJsonValue value = event;
    QString name;
    for (qsizetype at = 0; at <= path.size(); ++at) {
        const bool escaped = at + 1 < path.size() && path.at(at) == u'\\'
            && (path.at(at + 1) == u'.' || path.at(at + 1) == u'\\');
        if (at == path.size() || (path.at(at) == u'.')) {
            value = value.toObject().value(name); // undefined goes on as undefined
            name.clear();
            continue;
        }
        if (escaped)
            ++at;
        name += path.at(at);
    }
    return value;
}

bool holds(const QJsonObject &condition, const QJsonObject &event, const PushContext &context)
{
    const QString kind = condition["kind"_L1].toString();
    if (kind == "event_match"_L1)
        return eventMatches(condition, event);
    if (kind == "event_property_is"_L1)
        return propertyIs(condition, event);
    if (kind == "event_property_contains"_L1)
        return propertyContains(condition, event);
    if (kind == "room_member_count"_L1)
        return countIs(condition["is"_L1].toString(), context.joinedMembers);
    if (kind == "sender_notification_permission"_L1)
        return mayCall(condition, event, context);
    if (kind == "contains_display_name"_L1)
        return namesPerson(event, context);
    return false;
}

} // namespace parvis::notify
