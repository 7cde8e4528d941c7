// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// How long a 100 MB synchronisation takes to read, against what the machine cannot do faster: simdjson's
// minify over the same bytes. Prints one JSON line.
#include "sync/sync_reader.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <simdjson.h>
#include <vector>

namespace {

QByteArray synthetic(qsizetype megabytes)
{
    QByteArray body = R"({"next_batch":"s1_2_3","rooms":{"join":{)";
    int number = 0;
    for (int room = 0; body.size() < megabytes * 1'000'000; ++room) {
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

/// The best of five; @p prepare is not counted.
template <typename Prepare, typename Work>
double bestMs(Prepare prepare, Work work)
{
    double best = 1e300;
    for (int round = 0; round < 5; ++round) {
        auto input = prepare();
        QElapsedTimer timer;
        timer.start();
        [[maybe_unused]] const auto kept = work(std::move(input)); // its destruction is not counted
        best = std::min(best, double(timer.nsecsElapsed()) / 1e6);
    }
    return best;
}

} // namespace

int main(int argc, char **argv)
{
    QByteArray body = synthetic(argc > 1 ? std::atoi(argv[1]) : 100);
    body.reserve(body.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    std::vector<char> out(size_t(body.size()) + simdjson::SIMDJSON_PADDING);
    size_t written = 0;
    bool good = true;
    const double floor =
        bestMs([] { return 0; },
               [&](int) {
                   good = good
                       && simdjson::minify(body.constData(), size_t(body.size()), out.data(), written)
                           == simdjson::SUCCESS;
                   return written;
               });
    qsizetype events = 0;
    const auto ownCopy = [&] {
        QByteArray copy; // with the room to spare that an answer from the network has
        copy.reserve(body.size() + qsizetype(simdjson::SIMDJSON_PADDING));
        return copy.append(body);
    };
    const double read = bestMs(ownCopy, [&](QByteArray input) {
        auto update = parvis::readSync(std::move(input), parvis::SyncDialect::Classic);
        events = 0;
        for (const auto &room : update ? std::as_const(update->rooms) : QList<parvis::RoomUpdate>())
            events += room.timeline.size();
        return update;
    });
    std::printf("{\"bench\":\"sync_parse\",\"megabytes\":%.1f,\"events\":%lld,\"floor_ms\":%.1f,\"read_ms\":%"
                ".1f,\"ratio\":%.2f}\n",
                double(body.size()) / 1e6, static_cast<long long>(events), floor, read, read / floor);
    return good && events > 0 ? 0 : 1;
}
