// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/power_levels.h"

#include <QJsonObject>

namespace parvis::notify {

/// What a condition may ask of the room in which an event stands.
struct PushContext {
    UserId own;
    QString ownName{};                        ///< the person's name in this room; empty: none
    qint64 joinedMembers = 0;                 ///< 0: not known
    const PowerLevels *powerLevels = nullptr; ///< null: not known, and nobody may call the whole room
    qint64 toCallTheRoom = 50;                ///< notifications.room of the power levels
};

/// The value at @p path of @p event ("content.body"): dots divide it, a backslash before a dot or a backslash
/// takes that from it. Undefined where there is none.
[[nodiscard]] QJsonValue propertyOf(const QJsonObject &event, QStringView path);

/// Whether one condition of a push rule holds (specification, "Conditions for push rules"); one of an unknown
/// kind never does. @p event: as a server would write it, decrypted where it was encrypted.
[[nodiscard]] bool holds(const QJsonObject &condition, const QJsonObject &event, const PushContext &context);

} // namespace parvis::notify
