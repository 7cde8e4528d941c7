// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/state_changes.h"

namespace parvis::rooms {

/// What a room's name is made of, where it has none of its own.
struct NameParts {
    QString name;       ///< m.room.name
    QString alias;      ///< m.room.canonical_alias
    QList<Hero> heroes; ///< without ourselves and without service members
    qint64 joined = 0;  ///< ourselves included
    qint64 invited = 0;
};

/// The name of a room by the algorithm of the specification, in the language of the program: what the room
/// calls itself, else its address, else its members. Pure but for the translation; any thread.
[[nodiscard]] QString roomName(const NameParts &parts);

/// The name of a person among others: with the id where two share it or it looks like an id.
[[nodiscard]] QString heroName(const Hero &hero, const QList<Hero> &others);

} // namespace parvis::rooms
