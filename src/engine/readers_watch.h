// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "engine/engine.h"

#include <QTimer>

namespace parvis {

/// How many of an open room's people and devices will not read what is sent, by now. Counted again when
/// members, devices, identities or rules change, at most three times a second. Core thread.
class ReadersWatch : public QObject
{
public:
    ReadersWatch(Engine &engine, RoomId room);

    [[nodiscard]] ObservableValue<ReaderCounts> &counts() { return m_counts; }
    /// Something about the room has changed that is not told otherwise.
    void countSoon();
    void askForMembers();

private:
    void follow(const AppliedChanges &applied);
    void count();

    Engine &m_engine;
    RoomId m_room;
    QTimer m_soon;
    ObservableValue<ReaderCounts> m_counts;
};

} // namespace parvis
