// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event.h"

#include <QStringList>

namespace parvis {

namespace event_type {
extern const QString accessRules, retention, spaceChild, spaceParent;
} // namespace event_type

/// The most servers that are kept of one list of them.
inline constexpr qsizetype maxVia = 20;

/// Servers through which a room is reached; empty where the value is no list of texts, or has none.
[[nodiscard]] QStringList viaOf(const QJsonValue &value);
/// True for what may be the id of a room: "!", and neither blank nor control characters.
[[nodiscard]] bool isRoomId(const QString &id);

/// What an im.vector.room.access_rules says: which people of a State's messenger may enter.
struct AccessRules {
    QString rule; ///< "restricted", "unrestricted", "direct"; empty: the room has no such event
    QString visibility;
    bool forceUnencrypted = false; ///< made without encryption, and for ever so

    bool operator==(const AccessRules &) const = default;
};

/// An unknown rule is the strictest one.
[[nodiscard]] AccessRules accessRulesOf(const QJsonObject &content);

/// How long an m.room.retention keeps messages, in milliseconds; empty: for ever, or nothing that counts.
[[nodiscard]] std::optional<qint64> retentionOf(const QJsonObject &content);

/// Shorter is a mistake of units, and takes everything away that was ever said.
inline constexpr qint64 leastRetentionMs = qint64(3600) * 1000;

/// How old a message of the room may become here, in milliseconds: retentionOf(), but never less than
/// leastRetentionMs; 0: as old as it likes.
[[nodiscard]] qint64 lifetimeOf(const QJsonObject &content);

/// The messages that an m.room.pinned_events names, each once; no more than @p most of them.
[[nodiscard]] QList<EventId> pinnedOf(const QJsonObject &content, qsizetype most = 1000);

/// The room that an m.room.create says to replace; empty: none.
[[nodiscard]] RoomId predecessorOf(const QJsonObject &content);

/// The rooms whose members an m.room.join_rules lets in.
[[nodiscard]] QStringList joinAllowOf(const QJsonObject &content);

/// What an m.space.child says of the room in its state key.
struct SpaceChild {
    RoomId room;
    QStringList via; ///< never empty
    QString order;   ///< empty: none that counts
    bool suggested = false;
    qint64 ts = 0; ///< of the event

    bool operator==(const SpaceChild &) const = default;
};

/// Empty where the event makes no child: without servers, or of no room.
[[nodiscard]] std::optional<SpaceChild> spaceChildOf(const Event &event);
/// The order of the specification: those with an order by it, then the older event, then the id.
[[nodiscard]] bool childGoesBefore(const SpaceChild &a, const SpaceChild &b);

/// What an m.space.parent claims of the space in its state key: whether it holds, the space decides.
struct SpaceParent {
    RoomId space;
    UserId claimedBy;
    QStringList via; ///< never empty
    bool canonical = false;

    bool operator==(const SpaceParent &) const = default;
};

[[nodiscard]] std::optional<SpaceParent> spaceParentOf(const Event &event);

} // namespace parvis
