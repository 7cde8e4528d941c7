// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/values.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace parvis {

/// Which people of a State's messenger may enter a room.
enum class AccessRule {
    Restricted,   ///< no guests from outside
    Unrestricted, ///< guests from outside, where somebody invited them
    Direct,       ///< two people, for ever
};

/// How much power is needed for what in a room, and who has how much.
struct RoomLevels {
    qint64 usersDefault = 0, eventsDefault = 0, stateDefault = 50;
    qint64 invite = 0, kick = 50, ban = 50, redact = 50, notifyRoom = 50;
    QHash<QString, qint64> users;
    QHash<QString, qint64> events; ///< by their type
    QStringList creators;          ///< above every number; empty before room version 12

    bool operator==(const RoomLevels &) const = default;
};

/// What the person may do in a room, as far as is known here: the server has the last word.
struct RoomRights {
    qint64 power = 0;
    bool send = false, name = false, topic = false, avatar = false, history = false, joinRule = false;
    bool retention = false, powerLevels = false, pin = false, children = false, upgrade = false;
    bool invite = false, kick = false, ban = false, redact = false, notifyRoom = false;

    bool operator==(const RoomRights &) const = default;
};

/// The room before or after this one.
struct RoomLink {
    RoomId room; ///< empty: there is none
    QStringList via;
    /// Each of the two rooms names the other. Without it, one alone says so, or the other one is not known.
    bool confirmed = false;

    bool operator==(const RoomLink &) const = default;
};

/// What is known of a room, all from this device.
struct RoomDetails {
    RoomId roomId;
    QString name;
    QString topic;
    QString avatar; ///< mxc address; empty: none
    QString alias;
    RoomKind kind = RoomKind::Private;
    Membership membership = Membership::Join;
    AccessRule rule = AccessRule::Restricted;
    bool ruleStated = false; ///< false: the room has no access rules, which counts as the strictest
    bool forceUnencrypted = false;
    RoomLevels levels;
    QString encryption; ///< the algorithm; empty: not encrypted
    QString history;    ///< the word of the specification, as with the next
    QString joinRule;
    QStringList joinAllow;             ///< rooms and spaces whose members may come in
    std::optional<qint64> retentionMs; ///< how long messages are kept; empty: for ever
    QList<EventId> pinned;
    QString version;
    RoomLink replacedBy;
    RoomLink predecessor;
    RoomRights rights;

    bool operator==(const RoomDetails &) const = default;
};

/// What is to become of a room; what is not given stays.
struct RoomEdit {
    std::optional<QString> name = {};
    std::optional<QString> topic = {};
    std::optional<QString> avatar = {};   ///< mxc address; empty: none
    std::optional<QString> history = {};  ///< "invited", "joined", "shared" or "world_readable"
    std::optional<QString> joinRule = {}; ///< "invite", "knock", "public", "restricted" or "knock_restricted"
    std::optional<qint64> retentionMs = {}; ///< 0: for ever

    bool operator==(const RoomEdit &) const = default;
};

/// One room from within: what it is, and how that is changed. UI thread.
///
/// What the person has no right to is PARVIS_RIGHTS_NOT_ENOUGH, a value that cannot be PARVIS_BAD_ROOM_VALUE;
/// both before anything is sent. What the server has taken shows with the next synchronisation.
class RoomDetailsPort
{
public:
    virtual ~RoomDetailsPort() = default;

    /// PARVIS_NO_SUCH_ROOM. Never asks the server.
    [[nodiscard]] virtual Task<RoomDetails> details(const RoomId &room) = 0;
    /// Answers once the server has everything; what it refuses ends the change there, and is named.
    [[nodiscard]] virtual Task<void> change(const RoomId &room, const RoomEdit &edit) = 0;
    /// @p power: of the person from now on; the room's default takes their entry away.
    [[nodiscard]] virtual Task<void> setPower(const RoomId &room, const UserId &user, qint64 power) = 0;
    /// A new room takes this one's place, at once and for ever; answers with it. Its members are invited
    /// after that where they could not come by themselves, and the spaces that the person may change name it.
    /// @p version: empty for the server's own. PARVIS_ROOM_REPLACED.
    [[nodiscard]] virtual Task<RoomId> upgrade(const RoomId &room, const QString &version = {}) = 0;
};

} // namespace parvis
