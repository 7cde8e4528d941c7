// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_timeline_port.h"

namespace parvis {

namespace {

class View : public QObject, public Timeline
{
public:
    explicit View(FakeConversation &conversation) : m_it(conversation) {}
    void subscribeItems(const QObject *context, ListSink<TimelineItem> sink) override
    {
        m_it.items.subscribe(context, std::move(sink));
    }
    void subscribeHeader(const QObject *context, ValueSink<RoomHeader> sink) override
    {
        m_it.header.subscribe(context, std::move(sink));
    }
    void subscribeRepaired(const QObject *context, ValueSink<RepairedMessages> sink) override
    {
        m_it.repaired.subscribe(context, std::move(sink));
    }
    Task<void> setTyping(bool on) override
    {
        m_it.typing += on;
        return Task<void>::ready({});
    }
    Task<void> askAgain(const EventId &event) override
    {
        m_it.asked += event;
        return Task<void>::ready(m_it.askAnswer);
    }
    Task<Paginated> paginateBack(int) override
    {
        if (m_it.holdPage) {
            m_it.held.emplace_back();
            return m_it.held.back().task();
        }
        if (m_it.pageError)
            return Task<Paginated>::ready(tl::unexpected(*m_it.pageError));
        const auto page = std::exchange(m_it.older, {});
        m_it.items.insert(0, page);
        m_it.items.flush();
        auto header = m_it.header.get();
        header.atStart = true;
        m_it.header.set(header);
        return Task<Paginated>::ready(Paginated{int(page.size()), true});
    }
    Task<Paginated> paginateForward(int) override
    {
        if (m_it.holdPage) {
            m_it.held.emplace_back();
            return m_it.held.back().task();
        }
        const auto page = std::exchange(m_it.newer, {});
        m_it.items.insert(m_it.items.size(), page);
        m_it.items.flush();
        setAtEnd(true);
        return Task<Paginated>::ready(Paginated{.added = int(page.size()), .atStart = false, .atEnd = true});
    }
    Task<void> goTo(const EventId &event) override
    {
        m_it.wentTo += event;
        if (m_it.pageError)
            return Task<void>::ready(tl::unexpected(*m_it.pageError));
        m_it.items.reset(m_it.past);
        m_it.items.flush();
        setAtEnd(false);
        return Task<void>::ready({});
    }
    Task<EventId> goToTime(qint64) override
    {
        const EventId event = m_it.past.isEmpty() ? EventId() : m_it.past.first().eventId;
        return goTo(event).andThen(this, [event] { return Result<EventId>(event); });
    }
    Task<void> backToNewest() override
    {
        m_it.items.reset(m_it.newer);
        m_it.items.flush();
        setAtEnd(true);
        return Task<void>::ready({});
    }
    Task<void> markRead(const EventId &event, ReceiptKind) override
    {
        m_it.read += event;
        auto header = m_it.header.get();
        header.readUpTo = event;
        m_it.header.set(header);
        return Task<void>::ready({});
    }

private:
    void setAtEnd(bool on)
    {
        auto header = m_it.header.get();
        header.atEnd = on;
        m_it.header.set(header);
    }

    FakeConversation &m_it;
};

} // namespace

std::unique_ptr<Timeline> FakeTimelinePort::open(const RoomId &room, const EventId &)
{
    return std::make_unique<View>(conversation(room));
}

Task<QList<TimelineItem>> FakeTimelinePort::pinned(const RoomId &room)
{
    FakeConversation &it = conversation(room);
    QList<TimelineItem> all = it.items.items().toList();
    all.removeIf([&](const TimelineItem &item) { return !it.header.get().pinned.contains(item.eventId); });
    return Task<QList<TimelineItem>>::ready(all);
}

Task<void> FakeTimelinePort::setPinned(const RoomId &room, const EventId &event, bool on)
{
    FakeConversation &it = conversation(room);
    RoomHeader header = it.header.get();
    header.pinned.removeAll(event);
    if (on)
        header.pinned.append(event);
    it.header.set(header);
    return Task<void>::ready({});
}

FakeConversation &FakeTimelinePort::conversation(const RoomId &room)
{
    auto &known = m_conversations[room];
    if (!known) {
        known = std::make_shared<FakeConversation>();
        RoomHeader header;
        header.roomId = room;
        known->header.set(header);
    }
    return *known;
}

} // namespace parvis
