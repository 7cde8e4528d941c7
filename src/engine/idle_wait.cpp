// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/idle_wait.h"

namespace parvis {

IdleWait::IdleWait(SyncLoop &sync, OutgoingPump &pump, SendQueue &queue, QObject *parent)
    : QObject(parent), m_sync(sync), m_pump(pump), m_queue(queue)
{
    const auto happened = [this] {
        m_dirty = true;
        look();
    };
    connect(&pump, &OutgoingPump::progressed, this, happened, Qt::QueuedConnection);
    connect(&queue, &SendQueue::changed, this, happened, Qt::QueuedConnection);
}

Task<void> IdleWait::start()
{
    auto task = m_promise.task();
    drain();
    return task;
}

void IdleWait::drain()
{
    m_draining = true;
    m_dirty = false;
    m_sync.waitIdle().then(this, [this](const Result<void> &done) {
        m_draining = false;
        if (!done) {
            deleteLater();
            return m_promise.resolve(done);
        }
        m_pump.kick();
        look();
    });
}

void IdleWait::look()
{
    if (m_draining || m_queue.waiting() > 0 || !m_pump.isIdle())
        return;
    // What was sent may have an answer: asked once more, until a whole round was quiet.
    if (m_dirty)
        return drain();
    if (!parent())
        return;
    setParent(nullptr); // once
    deleteLater();
    m_promise.resolve({});
}

} // namespace parvis
