// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/power_levels.h"
#include "notify/push_rules.h"
#include "rooms/ignored_people.h"
#include "store/cache/cache.h"

namespace parvis {

/// The account's push rules, as the cache has them, and the rooms that they ask about. Core thread.
class PushJudge final : public AttentionJudge
{
public:
    /// @p cache outlives it.
    explicit PushJudge(const Cache &cache);

    [[nodiscard]] Result<QList<Attention>> judge(const RoomId &room, const QList<RoomEvent> &events) override;

private:
    /// What the rules ask of a room.
    struct Room {
        QString ownName;
        qint64 joinedMembers = 0;
        PowerLevels powers;
        qint64 toCallTheRoom = 50;
    };

    [[nodiscard]] Result<void> readRules();
    [[nodiscard]] Result<const Room *> roomOf(const RoomId &id);

    const Cache &m_cache;
    QHash<RoomId, Room> m_rooms; ///< read since the cache has its generation
    quint64 m_generation = 0;
    QByteArray m_rawRules; ///< what the rules were read from
    notify::PushRules m_rules;
    rooms::IgnoredPeople m_ignored;
};

} // namespace parvis
