// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event.h"

#include <QHash>
#include <QSet>

namespace parvis {

/// Who may do what in a room, by m.room.power_levels and, from room version 12 on, by who created it.
class PowerLevels
{
public:
    /// Above every number: the creators of a room of version 12 and later.
    static constexpr qint64 creatorLevel = Q_INT64_C(1) << 53;

    /// Either may be missing: then the defaults of the specification hold.
    PowerLevels(const std::optional<Event> &levels, const std::optional<Event> &create);

    [[nodiscard]] qint64 of(const UserId &user) const;
    [[nodiscard]] qint64 toSend(const QString &type) const;
    [[nodiscard]] qint64 toSetState(const QString &type) const;
    [[nodiscard]] qint64 toInvite() const { return m_invite; }
    [[nodiscard]] qint64 toKick() const { return m_kick; }
    [[nodiscard]] qint64 toBan() const { return m_ban; }
    [[nodiscard]] qint64 toRedact() const { return m_redact; }
    /// To tell everybody in the room at once.
    [[nodiscard]] qint64 toNotifyRoom() const { return m_notifyRoom; }
    [[nodiscard]] bool maySend(const UserId &user, const QString &type) const
    {
        return of(user) >= toSend(type);
    }
    [[nodiscard]] bool maySetState(const UserId &user, const QString &type) const
    {
        return of(user) >= toSetState(type);
    }

    /// What the event says of single people and kinds of events; bounded.
    [[nodiscard]] const QHash<QString, qint64> &users() const { return m_users; }
    [[nodiscard]] const QHash<QString, qint64> &events() const { return m_events; }
    [[nodiscard]] qint64 usersDefault() const { return m_usersDefault; }
    [[nodiscard]] qint64 eventsDefault() const { return m_eventsDefault; }
    [[nodiscard]] qint64 stateDefault() const { return m_stateDefault; }
    /// Who made the room.
    [[nodiscard]] const QSet<QString> &creators() const { return m_creators; }
    /// True where those have more power than any number, and none that the event could give or take.
    [[nodiscard]] bool creatorsAreAbove() const { return m_creatorsRule; }

private:
    QHash<QString, qint64> m_users;
    QHash<QString, qint64> m_events;
    QSet<QString> m_creators;
    bool m_creatorsRule = false; ///< room version 12
    bool m_present = false;      ///< there is a power levels event
    qint64 m_usersDefault = 0, m_eventsDefault = 0, m_stateDefault = 50;
    qint64 m_invite = 0, m_kick = 50, m_ban = 50, m_redact = 50, m_notifyRoom = 50;
};

} // namespace parvis
