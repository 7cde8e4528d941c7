// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/power_levels.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype maxEntries = 50'000;

/// Rooms up to version 9 may hold texts and fractions.
std::optional<qint64> level(const QJsonValue &value)
{
    double number = 0;
    if (value.isDouble())
        number = value.toDouble();
    else if (bool good = false; value.isString()) {
        number = double(value.toString().trimmed().toLongLong(&good));
        if (!good)
            return {};
    } else {
        return {};
    }
    if (!std::isfinite(number))
        return {};
    constexpr auto most = double(PowerLevels::creatorLevel - 1);
    return qint64(std::clamp(number, -most, most));
}

void readAll(const QJsonObject &object, QHash<QString, qint64> &out)
{
    for (auto it = object.begin(); it != object.end() && out.size() < maxEntries; ++it) {
        if (const auto number = level(it.value()))
            out.insert(it.key(), *number);
    }
}

} // namespace

PowerLevels::PowerLevels(const std::optional<Event> &levels, const std::optional<Event> &create)
{
    if (create) {
        const QJsonObject content = create->content();
        m_creators.insert(create->sender.toString());
        m_creatorsRule = content["room_version"_L1].toString().toInt() >= 12;
        if (m_creatorsRule) {
            for (const auto &user : content["additional_creators"_L1].toArray()) {
                if (m_creators.size() < maxEntries)
                    m_creators.insert(user.toString());
            }
        }
    }
    m_present = levels.has_value();
    if (!levels) {
        m_stateDefault = 0;
        return;
    }
    const QJsonObject content = levels->content();
    const auto read = [&](QLatin1StringView key, qint64 &out) { out = level(content[key]).value_or(out); };
    read("users_default"_L1, m_usersDefault);
    read("events_default"_L1, m_eventsDefault);
    read("state_default"_L1, m_stateDefault);
    read("invite"_L1, m_invite);
    read("kick"_L1, m_kick);
    read("ban"_L1, m_ban);
    read("redact"_L1, m_redact);
    m_notifyRoom = level(content["notifications"_L1]["room"_L1]).value_or(m_notifyRoom);
    readAll(content["users"_L1].toObject(), m_users);
    readAll(content["events"_L1].toObject(), m_events);
}

qint64 PowerLevels::of(const UserId &user) const
{
    const bool creator = m_creators.contains(user.toString());
    if (creator && m_creatorsRule)
        return creatorLevel;
    if (!m_present)
        return creator ? 100 : 0;
    return m_users.value(user.toString(), m_usersDefault);
}

qint64 PowerLevels::toSend(const QString &type) const
{
    return m_events.value(type, m_eventsDefault);
}

qint64 PowerLevels::toSetState(const QString &type) const
{
    const qint64 standard = m_creatorsRule && type == event_type::tombstone ? 150 : m_stateDefault;
    return m_events.value(type, standard);
}

} // namespace parvis
