// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_request.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis::sync_request {

namespace {

/// More than the newest: that one may have nothing to show (a reaction), and what comes while we are away is
/// counted as unread only as far as it is here.
constexpr int previewTimeline = 10;
constexpr int openTimeline = 20;
constexpr int toDeviceLimit = 100;

QJsonArray requiredState()
{
    QJsonArray state;
    for (const char *type :
         {"m.room.name", "m.room.encryption", "m.room.topic", "m.room.avatar", "m.room.canonical_alias",
          "m.room.power_levels", "m.room.join_rules", "m.room.tombstone", "m.room.create",
          "m.room.history_visibility", "m.room.guest_access", "m.room.server_acl", "m.room.retention",
          "m.room.pinned_events", "im.vector.room.access_rules", "io.element.functional_members"})
        state.append(QJsonArray{QLatin1StringView(type), u""_s});
    for (const char *type : {"m.space.parent", "m.space.child"})
        state.append(QJsonArray{QLatin1StringView(type), u"*"_s});
    state.append(QJsonArray{u"m.room.member"_s, u"$LAZY"_s});
    state.append(QJsonArray{u"m.room.member"_s, u"$ME"_s});
    return state;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray encryption(const QString &since)
{
    QJsonObject toDevice{{"enabled"_L1, true}, {"limit"_L1, toDeviceLimit}};
    if (!since.isEmpty())
        toDevice["since"_L1] = since;
    return compact(
        {{"conn_id"_L1, "encryption"_L1},
         {"extensions"_L1,
          QJsonObject{{"to_device"_L1, toDevice}, {"e2ee"_L1, QJsonObject{{"enabled"_L1, true}}}}}});
}

QByteArray roomList(const RoomWindow &window)
{
    const QJsonObject list{{"ranges"_L1, QJsonArray{QJsonArray{0, window.end}}},
                           {"timeline_limit"_L1, previewTimeline},
                           {"required_state"_L1, requiredState()}};
    QJsonObject subscriptions;
    for (const RoomId &room : window.open)
        subscriptions[room.toString()] =
            QJsonObject{{"timeline_limit"_L1, openTimeline}, {"required_state"_L1, requiredState()}};
    const QJsonObject everywhere{
        {"enabled"_L1, true}, {"lists"_L1, QJsonArray{u"*"_s}}, {"rooms"_L1, QJsonArray{u"*"_s}}};
    return compact(
        {{"conn_id"_L1, "room-list"_L1},
         {"lists"_L1, QJsonObject{{"all_rooms"_L1, list}}},
         {"room_subscriptions"_L1, subscriptions},
         {"extensions"_L1,
          QJsonObject{
              {"account_data"_L1, everywhere}, {"receipts"_L1, everywhere}, {"typing"_L1, everywhere}}}});
}

QString classicFilter()
{
    return QString::fromLatin1(R"({"room":{"timeline":{"limit":20,"lazy_load_members":true},)"
                               R"("state":{"lazy_load_members":true}},"presence":{"not_types":["*"]}})");
}

} // namespace parvis::sync_request
