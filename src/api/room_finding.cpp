// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/room_finding.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

constexpr qint64 maxFindingBytes = qint64(32) << 20; // a page of spaces with a hundred thousand children
constexpr qsizetype maxRoomsAPage = 1000;            // whatever was asked for
constexpr qsizetype maxChildren = 20'000;

std::optional<RoomSummaryChunk> chunkOf(const QJsonObject &object)
{
    const QString id = object["room_id"_L1].toString();
    if (id.size() < 2 || id.size() > 255 || !id.startsWith(u'!'))
        return {};
    RoomSummaryChunk chunk{.roomId = RoomId(id),
                           .name = object["name"_L1].toString(),
                           .topic = object["topic"_L1].toString(),
                           .alias = object["canonical_alias"_L1].toString(),
                           .avatar = object["avatar_url"_L1].toString(),
                           .roomType = object["room_type"_L1].toString(),
                           .joinRule = object["join_rule"_L1].toString(u"public"_s),
                           .members = -1,
                           .worldReadable = object["world_readable"_L1].toBool(),
                           .childrenState = {}};
    if (const double members = object["num_joined_members"_L1].toDouble(-1); members >= 0 && members < 1e15)
        chunk.members = qint64(members);
    const QJsonArray children = object["children_state"_L1].toArray();
    for (const auto &child : children) {
        if (child.isObject() && chunk.childrenState.size() < maxChildren)
            chunk.childrenState.append(child.toObject());
    }
    return chunk;
}

RoomSummaryPage pageOf(const QJsonArray &rooms, const QString &next, qint64 total)
{
    RoomSummaryPage page{.rooms = {}, .next = next, .total = total};
    for (const auto &room : rooms) {
        if (page.rooms.size() >= maxRoomsAPage)
            break;
        if (auto chunk = chunkOf(room.toObject()))
            page.rooms.append(*std::move(chunk));
    }
    return page;
}

} // namespace

HttpRequest SpaceHierarchy::build() const
{
    HttpRequest request = getFrom("/_matrix/client/v1/rooms/" + encoded(roomId.toString()) + "/hierarchy"
                                  + query({{"limit", QString::number(limit)},
                                           {"max_depth", QString::number(maxDepth)},
                                           {"suggested_only", suggestedOnly ? u"true"_s : QString()},
                                           {"from", from}}));
    request.maxReplyBytes = maxFindingBytes;
    request.timeoutMs = 60'000; // other servers are asked
    return request;
}

Result<RoomSummaryPage> SpaceHierarchy::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QJsonArray rooms = fields.array("rooms"_L1);
        const QString next = fields.optionalText("next_batch"_L1);
        return fields.result(pageOf(rooms, next, -1));
    });
}

HttpRequest PublicRooms::build() const
{
    QJsonObject body{{u"limit"_s, limit}};
    if (!since.isEmpty())
        body.insert(u"since"_s, since);
    if (!text.isEmpty())
        body.insert(u"filter"_s, QJsonObject{{u"generic_search_term"_s, text}});
    HttpRequest request = postTo(v3({u"publicRooms"_s}) + query({{"server", server}}), compact(body));
    request.idempotent = true; // a question, whatever its verb
    request.maxReplyBytes = maxFindingBytes;
    request.timeoutMs = 60'000;
    return request;
}

Result<RoomSummaryPage> PublicRooms::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QJsonArray rooms = fields.array("chunk"_L1);
        const QString next = fields.optionalText("next_batch"_L1);
        const double total = object["total_room_count_estimate"_L1].toDouble(-1);
        return fields.result(pageOf(rooms, next, total >= 0 && total < 1e15 ? qint64(total) : -1));
    });
}

HttpRequest UpgradeRoom::build() const
{
    HttpRequest request =
        postTo(v3({u"rooms"_s, roomId.toString(), u"upgrade"_s}), compact({{u"new_version"_s, newVersion}}));
    request.timeoutMs = 3 * 60'000; // the server copies the state of a large room
    return request;
}

Result<RoomId> UpgradeRoom::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const RoomId room(fields.text("replacement_room"_L1));
        return fields.result(room);
    });
}

} // namespace parvis::api
