// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "open_timelines.h"

namespace parvis::driver {

namespace {

using Diff = ListDiff<TimelineItem>;

void apply(QList<TimelineItem> &items, const Diff &diff)
{
    if (const auto *reset = std::get_if<Diff::Reset>(&diff.change)) {
        items = reset->items;
    } else if (const auto *update = std::get_if<Diff::Update>(&diff.change)) {
        items[update->at] = update->item;
    } else if (const auto *remove = std::get_if<Diff::Remove>(&diff.change)) {
        items.remove(remove->at, remove->count);
    } else {
        const auto &insert = std::get<Diff::Insert>(diff.change);
        for (qsizetype i = 0; i < insert.items.size(); ++i)
            items.insert(insert.at + i, insert.items[i]);
    }
}

/// Looks again on every change until something matches.
template <typename T>
class Wait : public QObject
{
public:
    Wait(OpenTimelines &open, std::function<std::optional<T>()> look)
        : QObject(&open), m_look(std::move(look))
    {
        connect(
            &open, &OpenTimelines::changed, this, [this] { check(); }, Qt::QueuedConnection);
    }

    Task<T> start()
    {
        auto task = m_promise.task();
        check();
        return task;
    }

private:
    void check()
    {
        if (m_done)
            return;
        if (auto found = m_look()) {
            m_done = true;
            m_promise.resolve(*std::move(found));
            deleteLater();
        }
    }

    Promise<T> m_promise;
    std::function<std::optional<T>()> m_look;
    bool m_done = false;
};

} // namespace

OpenTimelines::OpenTimelines(TimelinePort &port, RoomListPort &rooms, QObject *parent)
    : QObject(parent), m_port(port), m_rooms(rooms)
{
}

Task<OpenTimeline *> OpenTimelines::open(const RoomId &room, const EventId &thread)
{
    ensure(room, thread);
    auto look = [this, room, thread]() -> std::optional<OpenTimeline *> {
        OpenTimeline &open = ensure(room, thread);
        return open.loaded() ? std::optional(&open) : std::nullopt;
    };
    return (new Wait<OpenTimeline *>(*this, std::move(look)))->start();
}

Task<OpenTimeline *> OpenTimelines::waitFor(const RoomId &room,
                                            std::function<bool(const OpenTimeline &)> holds)
{
    ensure(room);
    auto look = [this, room, holds = std::move(holds)]() -> std::optional<OpenTimeline *> {
        OpenTimeline &open = ensure(room);
        return open.loaded() && holds(open) ? std::optional(&open) : std::nullopt;
    };
    return (new Wait<OpenTimeline *>(*this, std::move(look)))->start();
}

Task<TimelineItem> OpenTimelines::wait(const RoomId &room, std::function<bool(const TimelineItem &)> matches)
{
    if (room.isEmpty())
        watchAllRooms();
    else
        ensure(room);
    auto look = [this, room, matches = std::move(matches)]() -> std::optional<TimelineItem> {
        for (auto it = m_open.cbegin(); it != m_open.cend(); ++it) {
            if (!it.key().second.isEmpty() || (!room.isEmpty() && it.key().first != room))
                continue;
            for (auto item = (*it)->items.crbegin(); item != (*it)->items.crend(); ++item) {
                if (matches(*item))
                    return *item;
            }
        }
        return std::nullopt;
    };
    return (new Wait<TimelineItem>(*this, std::move(look)))->start();
}

void OpenTimelines::closeAll()
{
    m_roomList.reset();
    m_open.clear();
}

OpenTimeline &OpenTimelines::ensure(const RoomId &room, const EventId &thread)
{
    auto &open = m_open[{room, thread}];
    if (!open) {
        open = std::make_shared<OpenTimeline>();
        auto *kept = open.get();
        kept->timeline = m_port.open(room, thread);
        kept->timeline->subscribeItems(kept, [this, kept, room](const ListDiffs<TimelineItem> &diffs) {
            for (const auto &diff : diffs)
                apply(kept->items, diff);
            Q_EMIT changed(room);
        });
        kept->timeline->subscribeHeader(kept, [this, kept, room](const RoomHeader &header) {
            kept->header = header;
            Q_EMIT changed(room);
        });
        kept->timeline->subscribeRepaired(kept, [this, room](const RepairedMessages &now) {
            if (now.batch > 0)
                Q_EMIT repaired(room, now.count);
        });
    }
    return *m_open[{room, thread}];
}

void OpenTimelines::watchAllRooms()
{
    if (m_roomList)
        return;
    m_roomList = std::make_unique<QObject>();
    m_rooms.subscribe({}, m_roomList.get(), [this](const ListDiffs<RoomSummary> &diffs) {
        for (const auto &diff : diffs) {
            if (const auto *reset = std::get_if<ListDiff<RoomSummary>::Reset>(&diff.change)) {
                for (const RoomSummary &room : reset->items)
                    ensure(room.roomId);
            } else if (const auto *insert = std::get_if<ListDiff<RoomSummary>::Insert>(&diff.change)) {
                for (const RoomSummary &room : insert->items)
                    ensure(room.roomId);
            }
        }
    });
}

} // namespace parvis::driver
