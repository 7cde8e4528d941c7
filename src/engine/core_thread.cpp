// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/core_thread.h"

#include <QCoreApplication>

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace parvis {

CoreThread::CoreThread() : m_executor(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"parvis-core"_s);
    m_executor->moveToThread(&m_thread);
    m_thread.start();
}

CoreThread::~CoreThread()
{
    stop();
}

void CoreThread::stop()
{
    if (!m_thread.isRunning())
        return;
    // Posted last, so it runs after everything that was posted before.
    QMetaObject::invokeMethod(
        m_executor.get(),
        [this] {
            // wait() does not wait for what the system's thread cleans up behind itself.
            OPENSSL_thread_stop();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
    // What was asked after the end is not done. Dropped here, while those who asked can still be told so.
    QCoreApplication::removePostedEvents(m_executor.get());
}

} // namespace parvis
