// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/push_judge.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Of account data as it is stored.
QJsonObject contentOf(const QByteArray &raw)
{
    return QJsonDocument::fromJson(raw).object()["content"_L1].toObject();
}

Attention attentionOf(const notify::PushActions &actions)
{
    if (!actions.notify)
        return Attention::None;
    return actions.highlight ? Attention::Highlight : Attention::Notify;
}

/// A room that says nothing else lets everybody call it who has the level 50.
qint64 toCallTheRoom(const std::optional<Event> &levels)
{
    return levels ? levels->content()["notifications"_L1]["room"_L1].toInteger(50) : 50;
}

} // namespace

PushJudge::PushJudge(const Cache &cache)
    : m_cache(cache), m_rules(notify::PushRules::defaultsFor(cache.own())), m_ignored(cache)
{
}

Result<void> PushJudge::readRules()
{
    const auto raw = m_cache.rooms().accountData(event_type::pushRules);
    if (!raw)
        return tl::unexpected(raw.error());
    if (*raw == m_rawRules)
        return {};
    m_rawRules = *raw;
    m_rules = raw->isEmpty() ? notify::PushRules::defaultsFor(m_cache.own())
                             : notify::PushRules::of(contentOf(*raw));
    return {};
}

Result<const PushJudge::Room *> PushJudge::roomOf(const RoomId &id)
{
    // Of one commit a room is asked about more than once: when it is counted, and when it is told of.
    if (std::exchange(m_generation, m_cache.generation()) != m_cache.generation())
        m_rooms.clear();
    if (const auto known = m_rooms.constFind(id); known != m_rooms.cend())
        return &*known;
    const auto &store = m_cache.rooms();
    const auto row = store.room(id);
    const auto self = store.member(id, m_cache.own());
    const auto levels = store.state(id, event_type::powerLevels);
    const auto create = store.state(id, event_type::create);
    if (!row || !self || !levels || !create)
        return tl::unexpected(!row          ? row.error()
                                  : !self   ? self.error()
                                  : !levels ? levels.error()
                                            : create.error());
    return &*m_rooms.insert(id,
                            {.ownName = *self ? (*self)->displayName : QString(),
                             .joinedMembers = *row ? (*row)->joinedCount : 0,
                             .powers = PowerLevels(*levels, *create),
                             .toCallTheRoom = toCallTheRoom(*levels)});
}

Result<QList<Attention>> PushJudge::judge(const RoomId &room, const QList<RoomEvent> &events)
{
    const auto rules = readRules();
    const auto ignored = m_ignored.read();
    if (!rules || !ignored)
        return tl::unexpected(!rules ? rules.error() : ignored.error());
    const auto asked = roomOf(room);
    if (!asked)
        return tl::unexpected(asked.error());
    const notify::PushContext context{.own = m_cache.own(),
                                      .ownName = (*asked)->ownName,
                                      .joinedMembers = (*asked)->joinedMembers,
                                      .powerLevels = &(*asked)->powers,
                                      .toCallTheRoom = (*asked)->toCallTheRoom};
    QList<Attention> out;
    out.reserve(events.size());
    for (const RoomEvent &event : events)
        out.append(m_ignored.contains(event.event.sender)
                       ? Attention::Ignored
                       : attentionOf(m_rules.decide(room, event, context)));
    return out;
}

} // namespace parvis
