// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/room_name.h"
#include "rooms/summary.h"

namespace parvis::rooms {

/// Of a row of the room list, what takes queries to make. No word of it depends on the language.
struct DerivedRow {
    QList<Hero> heroes; ///< of NameParts, as the counts are; empty where the room has a name
    qint64 joined = 0;
    qint64 invited = 0;
    QString inviterName;
    Preview last;

    bool operator==(const DerivedRow &) const = default;
};

/// From the store; core thread, a few queries.
[[nodiscard]] Result<DerivedRow> deriveRow(const Cache &cache, const StoredRoom &room);

/// As it is kept with the room. Another meaning of it is another version: what an older program kept is then
/// made again.
[[nodiscard]] QByteArray toBytes(const DerivedRow &row);
/// Empty where it is not whole, of another version, or of another message than the room's newest.
[[nodiscard]] std::optional<DerivedRow> keptRow(const StoredRoom &room);

} // namespace parvis::rooms
