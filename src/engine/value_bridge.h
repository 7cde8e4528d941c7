// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"

#include <QMutex>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace parvis {

/// The UI thread's copy of a value that the core owns; see ListBridge. Only the newest value crosses.
template <typename T>
class ValueBridge
{
public:
    /// Answers, on the core thread, the value to follow, or null where there is none (any more).
    using Find = std::function<ObservableValue<T> *(QObject *owner)>;

    ValueBridge(QObject *executor, Find find) : m_tap(new QObject), m_channel(std::make_shared<Channel>())
    {
        m_channel->bridge = this;
        m_tap->moveToThread(executor->thread());
        QMetaObject::invokeMethod(
            executor,
            [tap = QPointer<QObject>(m_tap), find = std::move(find), channel = m_channel] {
                ObservableValue<T> *value = tap ? find(tap) : nullptr;
                if (!value)
                    return;
                value->subscribe(tap, [channel](const T &now) { Channel::put(channel, now); });
            },
            Qt::QueuedConnection);
    }

    ~ValueBridge()
    {
        m_channel->close();
        m_tap->deleteLater();
    }

    ValueBridge(const ValueBridge &) = delete;
    ValueBridge &operator=(const ValueBridge &) = delete;

    [[nodiscard]] ObservableValue<T> &value() { return m_copy; }

private:
    struct Channel {
        /// UI thread. What is on its way goes with the receiver: left in the queue it would be freed by Qt's
        /// own end, under the lock that freeing it needs.
        void close()
        {
            bridge = nullptr;
            std::unique_ptr<QObject> last;
            const QMutexLocker lock(&mutex);
            last.swap(receiver);
        }

        static void put(const std::shared_ptr<Channel> &self, const T &now) // core thread
        {
            const QMutexLocker lock(&self->mutex);
            if (!self->receiver)
                return;
            self->newest = now;
            if (!std::exchange(self->woken, true))
                QMetaObject::invokeMethod(
                    self->receiver.get(), [self] { self->deliver(); }, Qt::QueuedConnection);
        }

        void deliver() // UI thread
        {
            std::optional<T> now;
            {
                const QMutexLocker lock(&mutex);
                woken = false;
                now = newest;
            }
            if (bridge)
                bridge->m_copy.set(*std::move(now));
        }

        /// Of the UI thread; null once closed.
        std::unique_ptr<QObject> receiver = std::make_unique<QObject>();
        ValueBridge *bridge = nullptr; ///< UI thread only
        QMutex mutex;
        std::optional<T> newest;
        bool woken = false;
    };

    QObject *m_tap; ///< of the core thread: its death ends the subscription
    std::shared_ptr<Channel> m_channel;
    ObservableValue<T> m_copy;
};

} // namespace parvis
