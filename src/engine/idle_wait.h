// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "send/outgoing_pump.h"
#include "send/send_queue.h"
#include "sync/sync_loop.h"

namespace parvis {

/// Waits until nothing is left to do: a synchronisation that began afterwards brings nothing, the queue is
/// empty but for failed rows, and no key request is open. Deletes itself when it has answered. Core thread.
class IdleWait : public QObject
{
    Q_OBJECT

public:
    IdleWait(SyncLoop &sync, OutgoingPump &pump, SendQueue &queue, QObject *parent);
    [[nodiscard]] Task<void> start();

private:
    void drain();
    void look();

    SyncLoop &m_sync;
    OutgoingPump &m_pump;
    SendQueue &m_queue;
    Promise<void> m_promise;
    bool m_draining = false;
    bool m_dirty = false; ///< something happened since the drain began
};

} // namespace parvis
