// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QThread>

#include <memory>

namespace parvis {

/// The thread where every account's work is done: network, crypto, store. Started by the constructor;
/// stop() ends it in order. Owned by the composition root, which outlives every call into it.
class CoreThread
{
public:
    CoreThread();
    ~CoreThread();
    CoreThread(const CoreThread &) = delete;
    CoreThread &operator=(const CoreThread &) = delete;

    /// What runOn() takes as its worker: an object that lives on the core thread.
    [[nodiscard]] QObject *executor() const { return m_executor.get(); }
    /// Runs what is already posted, then ends the thread. Blocks: only for the end of the program.
    void stop();

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_executor;
};

} // namespace parvis
