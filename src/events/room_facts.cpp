// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/room_facts.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <tuple>

using namespace Qt::StringLiterals;

namespace parvis {

namespace event_type {
const QString accessRules = u"im.vector.room.access_rules"_s, retention = u"m.room.retention"_s,
              spaceChild = u"m.space.child"_s, spaceParent = u"m.space.parent"_s;
} // namespace event_type

namespace {

constexpr qsizetype maxAllowed = 100;
constexpr qsizetype maxOrder = 50;

/// What does not follow the specification counts as if it were not there.
QString orderOf(const QJsonValue &value)
{
    const QString order = value.toString();
    const bool printable =
        std::all_of(order.cbegin(), order.cend(), [](QChar c) { return c >= u' ' && c <= u'~'; });
    return printable && order.size() <= maxOrder ? order : QString();
}

} // namespace

QStringList viaOf(const QJsonValue &value)
{
    QStringList servers;
    const QJsonArray list = value.toArray();
    for (const auto &server : list) {
        if (!server.isString())
            return {};
        const QString name = server.toString();
        if (!name.isEmpty() && name.size() <= maxIdLength && servers.size() < maxVia
            && !servers.contains(name))
            servers.append(name);
    }
    return servers;
}

bool isRoomId(const QString &id)
{
    return id.size() > 1 && id.size() <= maxIdLength && id.startsWith(u'!')
        && std::none_of(id.cbegin(), id.cend(), [](QChar c) { return c.isSpace() || !c.isPrint(); });
}

AccessRules accessRulesOf(const QJsonObject &content)
{
    const QString rule = content["rule"_L1].toString();
    const bool known = rule == "unrestricted"_L1 || rule == "direct"_L1;
    return {.rule = known ? rule : u"restricted"_s,
            .visibility = content["visibility"_L1].toString() == "public"_L1 ? u"public"_s : u"private"_s,
            .forceUnencrypted = content["force_unencrypted_at_creation"_L1].toBool()};
}

std::optional<qint64> retentionOf(const QJsonObject &content)
{
    const double most = content["max_lifetime"_L1].toDouble(0);
    constexpr double largest = 9007199254740991.0;
    if (!std::isfinite(most) || most < 1 || most > largest)
        return {};
    return qint64(most);
}

qint64 lifetimeOf(const QJsonObject &content)
{
    const auto most = retentionOf(content);
    return most ? std::max(*most, leastRetentionMs) : 0;
}

QList<EventId> pinnedOf(const QJsonObject &content, qsizetype most)
{
    QList<EventId> pinned;
    QSet<EventId> seen;
    const QJsonArray list = content["pinned"_L1].toArray();
    for (const auto &value : list) {
        const EventId event(value.toString());
        if (pinned.size() >= most)
            break;
        if (event.isEmpty() || event.toString().size() > maxIdLength || seen.contains(event))
            continue;
        seen.insert(event);
        pinned.append(event);
    }
    return pinned;
}

RoomId predecessorOf(const QJsonObject &content)
{
    const QString room = content["predecessor"_L1]["room_id"_L1].toString();
    return isRoomId(room) ? RoomId(room) : RoomId();
}

QStringList joinAllowOf(const QJsonObject &content)
{
    QStringList rooms;
    const QJsonArray allow = content["allow"_L1].toArray();
    for (const auto &one : allow) {
        const QString room = one["room_id"_L1].toString();
        if (one["type"_L1].toString() == "m.room_membership"_L1 && isRoomId(room) && rooms.size() < maxAllowed
            && !rooms.contains(room))
            rooms.append(room);
    }
    return rooms;
}

std::optional<SpaceChild> spaceChildOf(const Event &event)
{
    const QJsonObject content = event.content();
    const QStringList via = viaOf(content["via"_L1]);
    const QString room = event.stateKey.value_or(QString());
    if (via.isEmpty() || !isRoomId(room))
        return {};
    return SpaceChild{.room = RoomId(room),
                      .via = via,
                      .order = orderOf(content["order"_L1]),
                      .suggested = content["suggested"_L1].toBool(),
                      .ts = event.originServerTs};
}

bool childGoesBefore(const SpaceChild &a, const SpaceChild &b)
{
    const auto key = [](const SpaceChild &child) {
        return std::tuple(child.order.isEmpty(), QStringView(child.order), child.ts,
                          QStringView(child.room.toString()));
    };
    return key(a) < key(b);
}

std::optional<SpaceParent> spaceParentOf(const Event &event)
{
    const QJsonObject content = event.content();
    const QStringList via = viaOf(content["via"_L1]);
    const QString space = event.stateKey.value_or(QString());
    if (via.isEmpty() || !isRoomId(space))
        return {};
    return SpaceParent{.space = RoomId(space),
                       .claimedBy = event.sender,
                       .via = via,
                       .canonical = content["canonical"_L1].toBool()};
}

} // namespace parvis
