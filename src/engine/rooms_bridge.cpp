// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/rooms_bridge.h"

#include "engine/member_cards.h"
#include "engine/room_rows.h"

#include <QPointer>

namespace parvis {

/// A subscription of the window, with the context that ends it.
struct RoomsBridge::View {
    QPointer<const QObject> context;
    ListBridge<RoomSummary> bridge;
};

RoomsBridge::RoomsBridge(CoreLink link)
    : m_link(link),
      m_totals(link.executor,
               [core = link.core](QObject *owner) {
                   return &(new EngineValue<UnreadTotals>(
                                *core, [](Engine & engine) -> auto & { return engine.totals(); }, {}, owner))
                               ->value();
               }),
      m_loaded(link.executor, [core = link.core](QObject *owner) {
          return &(new EngineValue<bool>(
                       *core, [](Engine & engine) -> auto & { return engine.loaded(); }, false, owner))
                      ->value();
      })
{
}

RoomsBridge::~RoomsBridge() = default;

void RoomsBridge::subscribe(const RoomFilter &filter, const QObject *context, ListSink<RoomSummary> sink)
{
    std::erase_if(m_views, [](const auto &view) { return view->context.isNull(); });
    auto find = [core = m_link.core, filter](QObject *owner) {
        auto *rows = new EngineList<RoomSummary>(
            *core, [filter](Engine &engine) { return roomRows(engine, filter); }, owner);
        return &rows->items();
    };
    m_views.emplace_back(new View{context, {m_link.executor, std::move(find)}});
    m_views.back()->bridge.list().subscribe(context, std::move(sink));
}

void RoomsBridge::subscribeTotals(const QObject *context, ValueSink<UnreadTotals> sink)
{
    m_totals.value().subscribe(context, std::move(sink));
}

void RoomsBridge::subscribeLoaded(const QObject *context, ValueSink<bool> sink)
{
    m_loaded.value().subscribe(context, std::move(sink));
}

Task<RoomId> RoomsBridge::create(const NewRoom &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.actions().create(room); });
}

Task<RoomId> RoomsBridge::join(const QString &roomOrAlias, const QStringList &via)
{
    return m_link.askEngine(
        this, [roomOrAlias, via](Engine &engine) { return engine.actions().join(roomOrAlias, via); });
}

Task<void> RoomsBridge::leave(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.actions().leave(room); });
}

Task<void> RoomsBridge::invite(const RoomId &room, const UserId &user, const QString &reason)
{
    return m_link.askEngine(
        this, [room, user, reason](Engine &engine) { return engine.actions().invite(room, user, reason); });
}

Task<QList<MemberCard>> RoomsBridge::members(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return memberCards(engine, room); });
}

Task<void> RoomsBridge::markRead(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.receipts().markAllRead(room); });
}

} // namespace parvis
