// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event_reader.h"

#include <array>
#include <simdjson.h>

namespace parvis::detail {

/// Remembers the last strings of a kind: a synchronisation repeats a few types and senders ten thousand
/// times, and a shared QString costs less than a new one.
class StringPool
{
public:
    [[nodiscard]] QString intern(std::string_view text);

private:
    static constexpr size_t slots_ = 1024;
    struct Slot {
        std::string key;
        QString value;
    };
    std::array<Slot, slots_> m_slots;
};

/// Reads the envelope of @p object, which is consumed; empty when it breaks a rule. The only place that does
/// so.
[[nodiscard]] std::optional<Event> eventFrom(simdjson::ondemand::object object, Envelope envelope,
                                             StringPool &pool);

[[nodiscard]] inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace parvis::detail
