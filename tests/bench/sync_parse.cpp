// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync_parse.h"

#include "sync/sync_reader.h"

#include <QElapsedTimer>

#include <simdjson.h>
#include <vector>

namespace parvis::bench {

namespace {

template <typename Work>
double timeMs(Work work)
{
    QElapsedTimer timer;
    timer.start();
    [[maybe_unused]] const auto kept = work(); // its destruction is not counted
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

QByteArray syntheticSync(qsizetype bytes)
{
    QByteArray body = R"({"next_batch":"s1_2_3","rooms":{"join":{)";
    int number = 0;
    for (int room = 0; body.size() < bytes; ++room) {
        body += (room ? ",\"!room" : "\"!room") + QByteArray::number(room)
            + R"(:bench.example":{"summary":{"m.joined_member_count":12},"state":{"events":[]},"timeline":{"limited":true,)"
              R"("prev_batch":"t1","events":[)";
        for (int event = 0; event < 100; ++event, ++number) {
            body += (event ? "," : "") + QByteArray(R"({"type":"m.room.message","sender":"@person)")
                + QByteArray::number(number % 300) + R"(:bench.example","event_id":"$)"
                + QByteArray::number(number).rightJustified(43, 'a') + R"(","origin_server_ts":17000000)"
                + QByteArray::number(10000 + number % 80000)
                + R"(,"unsigned":{"age":1234,"membership":"join"},"content":{"msgtype":"m.text","body":")"
                + QByteArray("Bonjour \\u00e0 tous, la r\xc3\xa9union est \\\"report\xc3\xa9"
                             "e\\\". ")
                      .repeated(1 + number % 7)
                + R"(","m.mentions":{}}})";
        }
        body += "]}}";
    }
    return body + "}}}";
}

SyncParse measureSyncParse(const QByteArray &body, int rounds)
{
    SyncParse found;
    std::vector<char> out(size_t(body.size()) + simdjson::SIMDJSON_PADDING);
    size_t written = 0;
    for (int round = 0; round < rounds; ++round) {
        bool good = true;
        found.floor.ms += timeMs([&] {
            good = simdjson::minify(body.constData(), size_t(body.size()), out.data(), written)
                == simdjson::SUCCESS;
            return 0;
        });
        QByteArray copy; // with the room to spare that an answer from the network has
        copy.reserve(body.size() + qsizetype(simdjson::SIMDJSON_PADDING));
        copy.append(body);
        found.events = 0;
        found.read.ms += timeMs([&] {
            auto update = readSync(std::move(copy), SyncDialect::Classic);
            for (const auto &room : update ? std::as_const(update->rooms) : QList<RoomUpdate>())
                found.events += room.timeline.size();
            return update;
        });
        if (!good)
            found.events = 0;
    }
    return found;
}

} // namespace parvis::bench
