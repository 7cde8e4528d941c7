// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QJsonArray>

#include <cmath>

#include "driver.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

constexpr double largestInteger = 9'007'199'254'740'992; // of JSON, 2^53

QJsonObject coverageJson(const SearchCoverage &coverage)
{
    return {{"rooms"_L1, coverage.rooms},
            {"indexed_events"_L1, coverage.indexedEvents},
            {"waiting"_L1, coverage.waiting},
            {"rooms_without_all_keys"_L1, coverage.roomsWithoutAllKeys}};
}

QJsonObject hitJson(const SearchHit &hit)
{
    QJsonArray highlights;
    for (const TextStretch &one : hit.highlights)
        highlights.append(QJsonArray{one.from, one.length});
    QJsonObject json{{"room_id"_L1, hit.roomId.toString()},
                     {"event_id"_L1, hit.eventId.toString()},
                     {"ts"_L1, hit.ts},
                     {"sender"_L1, hit.sender.toString()},
                     {"snippet"_L1, hit.snippet},
                     {"highlights"_L1, highlights},
                     {"encrypted"_L1, hit.encrypted}};
    addShield(json, hit.shield, hit.shieldReason);
    return json;
}

QJsonValue resultJson(const SearchResult &result)
{
    QJsonArray hits;
    for (const SearchHit &hit : result.hits)
        hits.append(hitJson(hit));
    return QJsonObject{{"hits"_L1, hits},
                       {"more"_L1, !result.next.isEmpty()},
                       {"next"_L1, result.next},
                       {"coverage"_L1, coverageJson(result.coverage)}};
}

QJsonValue statusJson(const IndexStatus &status)
{
    QJsonArray rooms;
    for (const RoomCoverage &room : status.rooms)
        rooms.append(QJsonObject{{"room_id"_L1, room.roomId.toString()},
                                 {"indexed_events"_L1, room.indexedEvents},
                                 {"oldest_ts"_L1, room.oldestMs},
                                 {"complete"_L1, room.complete},
                                 {"unreadable"_L1, room.unreadable}});
    static const QHash<HistoryFetching::State, QString> words{
        {HistoryFetching::State::Waiting, u"waiting"_s},   {HistoryFetching::State::Off, u"off"_s},
        {HistoryFetching::State::Fetching, u"fetching"_s}, {HistoryFetching::State::Paused, u"paused"_s},
        {HistoryFetching::State::Full, u"full"_s},         {HistoryFetching::State::Done, u"done"_s}};
    return QJsonObject{{"coverage"_L1, coverageJson(status.coverage)},
                       {"history"_L1, words.value(status.history.state)},
                       {"history_rooms"_L1, status.history.roomsLeft},
                       {"bytes"_L1, status.bytes},
                       {"most_bytes"_L1, status.mostBytes},
                       {"rooms"_L1, rooms}};
}

std::optional<SearchFor> searchFor(const QString &word)
{
    static const QHash<QString, SearchFor> words{
        {{}, SearchFor::Anything},      {u"file"_s, SearchFor::File},   {u"image"_s, SearchFor::Image},
        {u"video"_s, SearchFor::Video}, {u"audio"_s, SearchFor::Audio}, {u"link"_s, SearchFor::Link}};
    const auto found = words.constFind(word);
    return found == words.cend() ? std::nullopt : std::optional(*found);
}

std::optional<qint64> timeOf(const QJsonObject &args, QLatin1StringView name)
{
    return args.contains(name) ? std::optional(args[name].toInteger()) : std::nullopt;
}

Task<QJsonValue> search(const Ports &ports, const QJsonObject &args, QObject *home)
{
    const auto has = searchFor(args["has"_L1].toString());
    const QString order = args["order"_L1].toString(u"newest"_s);
    if (!has)
        return usage(u"has: file, image, video, audio or link"_s);
    if (order != "newest"_L1 && order != "best"_L1)
        return usage(u"order: newest or best"_s);
    const double limit = args["limit"_L1].toDouble(20);
    if (limit < 1 || limit > SearchRequest::longestPage || limit != std::floor(limit))
        return usage(u"limit: a whole number from 1 to %1"_s.arg(SearchRequest::longestPage));
    for (const auto name : {"from"_L1, "until"_L1}) {
        const double ms = args[name].toDouble();
        if (std::abs(ms) > largestInteger || ms != std::floor(ms))
            return usage(name + u": milliseconds, a whole number"_s);
    }
    return ports.search
        .search({.text = args["text"_L1].toString(),
                 .room = roomOf(args),
                 .sender = UserId(args["sender"_L1].toString()),
                 .from = timeOf(args, "from"_L1),
                 .until = timeOf(args, "until"_L1),
                 .has = *has,
                 .best = order == "best"_L1,
                 .limit = int(limit),
                 .after = args["after"_L1].toString()})
        .andThen(home, [](const SearchResult &result) { return Result<QJsonValue>(resultJson(result)); });
}

} // namespace

void addSearchCommands(LineProtocol &protocol, const Ports &ports)
{
    auto *home = &protocol;
    protocol.on(u"search"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(search(ports, args, home), timeoutOf(args), home);
    });
    protocol.on(u"index_status"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(
            ports.search.status().andThen(
                home, [](const IndexStatus &status) { return Result<QJsonValue>(statusJson(status)); }),
            timeoutOf(args), home);
    });
}

} // namespace parvis::driver
