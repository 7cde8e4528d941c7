// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_timeline_port.h"

namespace parvis {

namespace {

class View : public Timeline
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
    Task<void> markRead(const EventId &event, ReceiptKind) override
    {
        m_it.read += event;
        auto header = m_it.header.get();
        header.readUpTo = event;
        m_it.header.set(header);
        return Task<void>::ready({});
    }

private:
    FakeConversation &m_it;
};

} // namespace

std::unique_ptr<Timeline> FakeTimelinePort::open(const RoomId &room)
{
    return std::make_unique<View>(conversation(room));
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
