// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/list_diff.h"
#include "base/observable_list.h"

#include <QMutex>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace parvis {

/// Replays diffs into a list on the same thread.
template <typename T>
void replay(const ListDiffs<T> &diffs, ObservableList<T> &list)
{
    for (const auto &diff : diffs) {
        if (const auto *insert = std::get_if<typename ListDiff<T>::Insert>(&diff.change))
            list.insert(insert->at, insert->items);
        else if (const auto *update = std::get_if<typename ListDiff<T>::Update>(&diff.change))
            list.update(update->at, update->item);
        else if (const auto *remove = std::get_if<typename ListDiff<T>::Remove>(&diff.change))
            list.remove(remove->at, remove->count);
        else
            list.reset(std::get<typename ListDiff<T>::Reset>(diff.change).items);
    }
}

/// The UI thread's copy of a list that the core owns. Made, used and destroyed on the UI thread, which
/// never waits for the core. Batches that the UI has not taken yet merge; above a limit they become one
/// Reset, so a busy core cannot flood a slow window.
template <typename T>
class ListBridge
{
public:
    /// Answers, on the core thread, the list to follow, or null where there is none (any more). Whatever
    /// must live as long as the bridge becomes a child of the object that is passed.
    using Find = std::function<ObservableList<T> *(QObject *owner)>;

    ListBridge(QObject *executor, Find find) : m_tap(new QObject), m_channel(std::make_shared<Channel>())
    {
        m_channel->bridge = this;
        m_tap->moveToThread(executor->thread());
        QMetaObject::invokeMethod(
            executor,
            [tap = QPointer<QObject>(m_tap), find = std::move(find), channel = m_channel] {
                ObservableList<T> *list = tap ? find(tap) : nullptr;
                if (!list)
                    return;
                list->subscribe(tap, [channel, list](const ListDiffs<T> &diffs) {
                    Channel::put(channel, diffs, list->items());
                });
            },
            Qt::QueuedConnection);
    }

    ~ListBridge()
    {
        m_channel->close();
        m_tap->deleteLater();
    }

    ListBridge(const ListBridge &) = delete;
    ListBridge &operator=(const ListBridge &) = delete;

    [[nodiscard]] ObservableList<T> &list() { return m_copy; }

private:
    /// Lives as long as either end: the core may still hold it when the bridge is gone.
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

        static void put(const std::shared_ptr<Channel> &self, const ListDiffs<T> &diffs,
                        const StableList<T> &whole) // core thread
        {
            const QMutexLocker lock(&self->mutex);
            if (!self->receiver)
                return;
            self->pending += diffs;
            if (self->pending.size() > ObservableList<T>::resetAbove)
                self->pending = {{typename ListDiff<T>::Reset{whole.toList()}}};
            if (!std::exchange(self->woken, true))
                QMetaObject::invokeMethod(
                    self->receiver.get(), [self] { self->deliver(); }, Qt::QueuedConnection);
        }

        void deliver() // UI thread
        {
            ListDiffs<T> diffs;
            {
                const QMutexLocker lock(&mutex);
                woken = false;
                diffs = std::exchange(pending, {});
            }
            if (bridge) {
                replay(diffs, bridge->m_copy);
                bridge->m_copy.flush();
            }
        }

        /// Of the UI thread; null once closed.
        std::unique_ptr<QObject> receiver = std::make_unique<QObject>();
        ListBridge *bridge = nullptr; ///< UI thread only
        QMutex mutex;
        ListDiffs<T> pending;
        bool woken = false;
    };

    QObject *m_tap; ///< of the core thread: its death ends the subscription
    std::shared_ptr<Channel> m_channel;
    ObservableList<T> m_copy;
};

} // namespace parvis
