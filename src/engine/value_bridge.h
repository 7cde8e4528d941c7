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
                value->subscribe(tap, [channel](const T &now) {
                    if (channel->put(now))
                        QMetaObject::invokeMethod(channel->receiver, [channel] { channel->deliver(); });
                });
            },
            Qt::QueuedConnection);
    }

    ~ValueBridge()
    {
        m_channel->bridge = nullptr;
        m_tap->deleteLater();
    }

    ValueBridge(const ValueBridge &) = delete;
    ValueBridge &operator=(const ValueBridge &) = delete;

    [[nodiscard]] ObservableValue<T> &value() { return m_copy; }

private:
    struct Channel {
        ~Channel() { receiver->deleteLater(); }

        bool put(const T &now) // core thread
        {
            const QMutexLocker lock(&mutex);
            newest = now;
            return !std::exchange(woken, true);
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

        QObject *receiver = new QObject; ///< of the UI thread
        ValueBridge *bridge = nullptr;   ///< UI thread only
        QMutex mutex;
        std::optional<T> newest;
        bool woken = false;
    };

    QObject *m_tap; ///< of the core thread: its death ends the subscription
    std::shared_ptr<Channel> m_channel;
    ObservableValue<T> m_copy;
};

} // namespace parvis
