// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_finder.h"

#include "engine/summaries.h"
#include "events/plain_text.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype mostChildren = 20'000; ///< of one space; what is beyond stays out of sight
constexpr int pageSize = 50;
constexpr int mostPages = 40; ///< a server may hand out tokens for ever
constexpr qsizetype longestTopic = 64 * 1024;
constexpr qsizetype longestToken = 4096;

Event asEvent(const QJsonObject &stripped)
{
    Event event;
    event.type = stripped["type"_L1].toString();
    event.stateKey = stripped["state_key"_L1].toString();
    event.originServerTs = stripped["origin_server_ts"_L1].toInteger();
    event.raw = QJsonDocument(stripped).toJson(QJsonDocument::Compact);
    return event;
}

QList<SpaceChild> childrenIn(const api::RoomSummaryChunk &space)
{
    QList<SpaceChild> children;
    for (const QJsonObject &stripped : space.childrenState) {
        if (stripped["type"_L1].toString() != event_type::spaceChild)
            continue;
        if (const auto child = spaceChildOf(asEvent(stripped)))
            children.append(*child);
    }
    std::sort(children.begin(), children.end(), childGoesBefore);
    return children;
}

FoundRoom fromHere(const rooms::Summary &room)
{
    return {.roomId = room.id,
            .name = shownName(room),
            .topic = room.topic,
            .alias = {},
            .avatar = room.avatar,
            .space = room.roomType == "m.space"_L1,
            .membership = toClient(room.membership),
            .members = room.memberCount,
            .joinRule = room.joinRule.isEmpty() ? u"invite"_s : room.joinRule,
            .worldReadable = room.history == "world_readable"_L1,
            .via = {},
            .order = {},
            .suggested = false};
}

bool isServerName(const QString &name)
{
    static const QRegularExpression grammar(uR"(\A([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?\z)"_s);
    return name.size() <= 255 && grammar.match(name).hasMatch();
}

} // namespace

struct RoomFinder::Walk {
    RoomId space;
    bool suggestedOnly = false;
    int limit = 0;
    bool joined = false;
    QList<SpaceChild> children; ///< in their order
    QHash<RoomId, api::RoomSummaryChunk> chunks;
    QString from;
    QSet<QString> tokens; ///< that were used: one that comes again would go round for ever
    int pages = 0;
    Promise<FoundRooms> promise;
};

Result<QList<SpaceChild>> RoomFinder::childrenHere(const RoomId &space)
{
    const auto events = m_cache.rooms().childrenOf(space, mostChildren);
    if (!events)
        return tl::unexpected(events.error());
    QList<SpaceChild> children = m_rooms.spaces().childrenOf(space); // with those that claim it as a parent
    QSet<RoomId> known;
    for (const SpaceChild &child : std::as_const(children))
        known.insert(child.room);
    for (const Event &event : *events) {
        const auto child = spaceChildOf(event);
        if (child && child->room != space && !known.contains(child->room))
            children.append(*child);
    }
    std::sort(children.begin(), children.end(), childGoesBefore);
    return children;
}

Task<FoundRooms> RoomFinder::children(const RoomId &space, bool suggestedOnly, int limit)
{
    if (!isRoomId(space.toString()))
        return Task<FoundRooms>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_ADDRESS"_s));
    if (limit < 1 || limit > mostRooms)
        return Task<FoundRooms>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s, u"limit"_s));
    auto walk = std::make_shared<Walk>();
    walk->space = space;
    walk->suggestedOnly = suggestedOnly;
    walk->limit = limit;
    const auto room = m_rooms.room(space);
    walk->joined = room && room->membership == MemberState::Join;
    if (walk->joined) {
        if (room->roomType != "m.space"_L1)
            return Task<FoundRooms>::ready(fail(ErrorKind::Usage, u"PARVIS_NOT_A_SPACE"_s));
        auto here = childrenHere(space);
        if (!here)
            return Task<FoundRooms>::ready(tl::unexpected(here.error()));
        walk->children = *std::move(here);
    }
    auto task = walk->promise.task();
    nextPage(walk);
    return task;
}

void RoomFinder::nextPage(const std::shared_ptr<Walk> &walk)
{
    walk->tokens.insert(walk->from);
    ++walk->pages;
    m_api
        .send(api::SpaceHierarchy{.roomId = walk->space,
                                  .suggestedOnly = walk->suggestedOnly,
                                  .limit = pageSize,
                                  .maxDepth = 1,
                                  .from = walk->from})
        .then(this, [this, walk](const Result<api::RoomSummaryPage> &page) { take(walk, page); });
}

void RoomFinder::take(const std::shared_ptr<Walk> &walk, const Result<api::RoomSummaryPage> &page)
{
    if (!page) {
        // What is known of a space that one is in is known without a network as well.
        if (walk->joined)
            return walk->promise.resolve(found(*walk, walk->pages > 1));
        return walk->promise.resolve(tl::unexpected(page.error()));
    }
    for (const api::RoomSummaryChunk &chunk : page->rooms) {
        if (chunk.roomId != walk->space)
            walk->chunks.insert(chunk.roomId, chunk);
        else if (!walk->joined && walk->pages == 1) {
            if (chunk.roomType != "m.space"_L1)
                return walk->promise.resolve(fail(ErrorKind::Usage, u"PARVIS_NOT_A_SPACE"_s));
            walk->children = childrenIn(chunk);
        }
    }
    const bool over = page->next.isEmpty() || page->next.size() > longestToken
        || walk->tokens.contains(page->next) || walk->pages >= mostPages || walk->chunks.size() > walk->limit;
    walk->from = page->next;
    if (!over)
        return nextPage(walk);
    walk->promise.resolve(found(*walk, true));
}

FoundRooms RoomFinder::found(const Walk &walk, bool asked) const
{
    FoundRooms out{.rooms = {}, .more = false, .next = {}, .total = -1, .asked = asked};
    QSet<RoomId> seen;
    for (const SpaceChild &child : walk.children) {
        if (seen.contains(child.room) || (walk.suggestedOnly && !child.suggested))
            continue;
        seen.insert(child.room);
        const auto chunk = walk.chunks.constFind(child.room);
        const auto here = m_rooms.room(child.room);
        // What neither the server nor we know anything of cannot be entered.
        if (chunk == walk.chunks.cend() && (!here || !rooms::isPresent(*here)))
            continue;
        if (out.rooms.size() >= walk.limit) {
            out.more = true;
            break;
        }
        FoundRoom room = here && rooms::isPresent(*here) ? fromHere(*here) : fromServer(*chunk);
        room.via = child.via;
        room.order = child.order;
        room.suggested = child.suggested;
        out.rooms.append(room);
    }
    return out;
}

FoundRoom RoomFinder::fromServer(const api::RoomSummaryChunk &chunk) const
{
    FoundRoom room{.roomId = chunk.roomId,
                   .name = plainLine(chunk.name),
                   .topic = chunk.topic.left(longestTopic),
                   .alias = plainLine(chunk.alias),
                   .avatar = chunk.avatar.left(1024),
                   .space = chunk.roomType == "m.space"_L1,
                   .membership = {},
                   .members = chunk.members,
                   .joinRule = chunk.joinRule.left(maxIdLength),
                   .worldReadable = chunk.worldReadable,
                   .via = {},
                   .order = {},
                   .suggested = false};
    if (room.name.isEmpty())
        room.name = room.alias;
    if (const auto here = m_rooms.room(chunk.roomId))
        room.membership = toClient(here->membership);
    return room;
}

Task<FoundRooms> RoomFinder::directory(const DirectoryQuery &query)
{
    if (!query.server.isEmpty() && !isServerName(query.server))
        return Task<FoundRooms>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_SERVER_NAME"_s));
    if (query.limit < 1 || query.limit > mostRooms)
        return Task<FoundRooms>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s, u"limit"_s));
    if (query.next.size() > longestToken || query.text.size() > maxIdLength)
        return Task<FoundRooms>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s, u"search"_s));
    return m_api
        .send(api::PublicRooms{
            .server = query.server, .text = query.text, .since = query.next, .limit = query.limit})
        .andThen(this, [this, query](const api::RoomSummaryPage &page) {
            FoundRooms out{.rooms = {}, .more = false, .next = page.next, .total = page.total, .asked = true};
            QSet<RoomId> seen;
            for (const api::RoomSummaryChunk &chunk : page.rooms) {
                if (seen.contains(chunk.roomId))
                    continue;
                seen.insert(chunk.roomId);
                out.rooms.append(fromServer(chunk));
            }
            // A token that leads back to where it came from leads nowhere.
            if (out.next == query.next || out.next.size() > longestToken)
                out.next.clear();
            out.more = !out.next.isEmpty();
            return Result<FoundRooms>(out);
        });
}

} // namespace parvis
