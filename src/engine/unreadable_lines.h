// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "engine/unreadable_cause.h"
#include "net/delay.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace parvis {

/// Why the unreadable lines of one open room are so by now. A message whose key is a little late is given
/// some seconds before it counts as unreadable. Core thread.
class UnreadableLines : public QObject
{
    Q_OBJECT

public:
    static constexpr int graceMs = 4'000;

    struct Parts {
        const Clock &clock;
        Delay &delay;
        /// The key of this session is being fetched from the backup.
        std::function<bool(const SessionId &)> isBeingFetched;
    };
    explicit UnreadableLines(Parts parts) : m_parts(std::move(parts)) {}

    void setWays(const KeyWays &ways);
    [[nodiscard]] UnreadableCause explain(const timeline::Item &item);
    /// The message came so lately that it was not shown as unreadable yet.
    [[nodiscard]] bool isInGrace(const EventId &event) const;

Q_SIGNALS:
    /// What was explained may be explained otherwise now.
    void changed();

private:
    [[nodiscard]] bool justCame(const timeline::Item &item);

    Parts m_parts;
    KeyWays m_ways;
    QHash<EventId, qint64> m_firstSeen; ///< of messages that came while somebody looked
};

} // namespace parvis
