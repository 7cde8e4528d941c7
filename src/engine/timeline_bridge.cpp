// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/timeline_bridge.h"

#include "engine/list_bridge.h"
#include "engine/open_room.h"
#include "engine/room_pins.h"
#include "engine/room_threads.h"
#include "engine/value_bridge.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// The core's end of an open conversation: follows the account that is open. Core thread.
class RoomSeat : public QObject
{
public:
    RoomSeat(Core &core, RoomId room, EventId thread, QObject *parent)
        : QObject(parent), m_core(core), m_room(std::move(room)), m_thread(std::move(thread))
    {
        connect(&core, &Core::engineChanged, this, [this] { attach(); });
        attach();
    }

    [[nodiscard]] ObservableList<TimelineItem> &items() { return m_items; }
    [[nodiscard]] ObservableValue<RoomHeader> &header() { return m_header; }
    [[nodiscard]] ObservableValue<RepairedMessages> &repaired() { return m_repaired; }
    [[nodiscard]] OpenRoom *room() { return m_open.get(); }

private:
    void attach()
    {
        m_context.reset();
        m_open.reset();
        if (!m_core.engine() && m_core.isRenewing())
            return; // what is shown stays, until there is something to show instead
        if (!m_items.items().isEmpty())
            m_items.reset({});
        if (!m_core.engine())
            return m_header.set({});
        m_open = std::make_unique<OpenRoom>(*m_core.engine(), m_room, m_thread);
        m_context = std::make_unique<QObject>();
        m_open->items().subscribe(m_context.get(), [this](const ListDiffs<TimelineItem> &diffs) {
            replay(diffs, m_items);
            m_items.flush();
        });
        m_open->header().subscribe(m_context.get(),
                                   [this](const RoomHeader &header) { m_header.set(header); });
        m_open->repaired().subscribe(m_context.get(),
                                     [this](const RepairedMessages &now) { m_repaired.set(now); });
    }

    Core &m_core;
    RoomId m_room;
    EventId m_thread;
    std::unique_ptr<OpenRoom> m_open;
    std::unique_ptr<QObject> m_context;
    ObservableList<TimelineItem> m_items;
    ObservableValue<RoomHeader> m_header;
    ObservableValue<RepairedMessages> m_repaired;
};

/// Where the window's end finds the core's; only looked into on the core thread.
struct Place {
    QPointer<RoomSeat> seat;
};

/// The conversation, or the error that a call without an account gets. Core thread.
Result<OpenRoom *> opened(Core &core, const Place &place)
{
    if (const auto engine = core.needEngine(); !engine)
        return tl::unexpected(engine.error());
    if (!place.seat || !place.seat->room())
        return fail(ErrorKind::Auth, u"PARVIS_NOT_SIGNED_IN"_s);
    return place.seat->room();
}

class BridgedTimeline final : public QObject, public Timeline
{
public:
    BridgedTimeline(CoreLink link, const RoomId &room, const EventId &thread)
        : m_link(link),
          m_slot(std::make_shared<Place>()),
          m_items(link.executor,
                  [core = link.core, room, thread, slot = m_slot](QObject *owner) {
                      slot->seat = new RoomSeat(*core, room, thread, owner);
                      return &slot->seat->items();
                  }),
          // Asked after the list, so that the header never comes before the lines.
          m_header(link.executor,
                   [slot = m_slot](QObject *) { return slot->seat ? &slot->seat->header() : nullptr; }),
          m_repaired(link.executor,
                     [slot = m_slot](QObject *) { return slot->seat ? &slot->seat->repaired() : nullptr; })
    {
    }

    void subscribeItems(const QObject *context, ListSink<TimelineItem> sink) override
    {
        m_items.list().subscribe(context, std::move(sink));
    }

    void subscribeHeader(const QObject *context, ValueSink<RoomHeader> sink) override
    {
        m_header.value().subscribe(context, std::move(sink));
    }

    void subscribeRepaired(const QObject *context, ValueSink<RepairedMessages> sink) override
    {
        m_repaired.value().subscribe(context, std::move(sink));
    }

    [[nodiscard]] Task<Paginated> paginateBack(int count) override
    {
        return m_link.ask(this, [slot = m_slot, count](Core &core) {
            const auto room = opened(core, *slot);
            return room ? (*room)->paginateBack(count) : Task<Paginated>::ready(tl::unexpected(room.error()));
        });
    }

    [[nodiscard]] Task<Paginated> paginateForward(int count) override
    {
        return m_link.ask(this, [slot = m_slot, count](Core &core) {
            const auto room = opened(core, *slot);
            return room ? (*room)->paginateForward(count)
                        : Task<Paginated>::ready(tl::unexpected(room.error()));
        });
    }

    [[nodiscard]] Task<void> goTo(const EventId &event) override
    {
        return m_link.ask(this, [slot = m_slot, event](Core &core) {
            const auto room = opened(core, *slot);
            return room ? (*room)->goTo(event) : Task<void>::ready(tl::unexpected(room.error()));
        });
    }

    [[nodiscard]] Task<EventId> goToTime(qint64 ts) override
    {
        return m_link.ask(this, [slot = m_slot, ts](Core &core) {
            const auto room = opened(core, *slot);
            return room ? (*room)->goToTime(ts) : Task<EventId>::ready(tl::unexpected(room.error()));
        });
    }

    [[nodiscard]] Task<void> backToNewest() override
    {
        return m_link.ask(this, [slot = m_slot](Core &core) {
            return opened(core, *slot).and_then([](OpenRoom *room) { return room->backToNewest(); });
        });
    }

    [[nodiscard]] Task<void> markRead(const EventId &event, ReceiptKind kind) override
    {
        return m_link.ask(this, [slot = m_slot, event, kind](Core &core) {
            return opened(core, *slot).and_then([&](OpenRoom *room) { return room->markRead(event, kind); });
        });
    }

    [[nodiscard]] Task<void> setTyping(bool on) override
    {
        return m_link.ask(this, [slot = m_slot, on](Core &core) {
            const auto room = opened(core, *slot);
            return room ? (*room)->setTyping(on) : Task<void>::ready(tl::unexpected(room.error()));
        });
    }

    [[nodiscard]] Task<void> askAgain(const EventId &event) override
    {
        return m_link.ask(this, [slot = m_slot, event](Core &core) {
            return opened(core, *slot).and_then([&](OpenRoom *room) { return room->askAgain(event); });
        });
    }

private:
    CoreLink m_link;
    std::shared_ptr<Place> m_slot;
    ListBridge<TimelineItem> m_items;
    ValueBridge<RoomHeader> m_header;
    ValueBridge<RepairedMessages> m_repaired;
};

} // namespace

std::unique_ptr<Timeline> TimelineBridge::open(const RoomId &room, const EventId &thread)
{
    return std::make_unique<BridgedTimeline>(m_link, room, thread);
}

Task<QList<ThreadCard>> TimelineBridge::threads(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return threadsIn(engine, room); });
}

Task<QList<TimelineItem>> TimelineBridge::pinned(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return pinnedLines(engine, room); });
}

Task<void> TimelineBridge::setPinned(const RoomId &room, const EventId &event, bool on)
{
    return m_link.askEngine(
        this, [room, event, on](Engine &engine) { return parvis::setPinned(engine, room, event, on); });
}

} // namespace parvis
