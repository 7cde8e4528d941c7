// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What a first synchronisation, and what comes after it, cannot cost less than: simdjson reads answers of
// /v3/sync, and every event, state, member and receipt in them becomes a row of an encrypted file with the
// product's own pragmas, tables, indices and full-text table.
//
//   first_sync [--stems] DATABASE USER INITIAL.json [BATCH.json...]
//
// The first answer goes in transactions of 1000 events, each batch in one of its own. Prints one JSON object.
#include <QByteArray>
#include <QString>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <simdjson.h>

#include "bare_rows.h"

namespace parvis::bench {

namespace {

namespace od = simdjson::ondemand;
using Clock = std::chrono::steady_clock;

constexpr int eventsInTransaction = 1000;

struct Spent {
    double cpu = 0;
    double wall = 0;
    long peakKib = 0;
};

Spent spent(Clock::time_point start, const BareRows &rows)
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](timeval t) { return double(t.tv_sec) + double(t.tv_usec) * 1e-6; };
    return {.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime) - rows.stemmingSeconds(),
            .wall = std::chrono::duration<double>(Clock::now() - start).count(),
            .peakKib = usage.ru_maxrss};
}

/// Walks answers of /v3/sync. simdjson throws where they are not as expected: the bodies are our own.
class Walk
{
public:
    explicit Walk(BareRows &rows) : m_rows(rows) {}

    void file(const char *path, bool inOne)
    {
        const simdjson::padded_string text = simdjson::padded_string::load(path);
        od::document document = m_parser.iterate(text);
        m_inOne = inOne;
        m_rows.begin();
        for (auto field : document.get_object()) {
            const std::string_view key = field.unescaped_key();
            if (key == "next_batch")
                m_rows.position(field.value().get_string());
            else if (key == "account_data")
                globalAccountData(field.value());
            else if (key == "rooms")
                joined(field.value());
        }
        m_rows.commit();
    }

    [[nodiscard]] qsizetype rooms() const { return qsizetype(m_rooms.size()); }
    [[nodiscard]] qint64 events() const { return m_events; }
    [[nodiscard]] qint64 states() const { return m_states; }

private:
    void globalAccountData(od::value value)
    {
        for (od::object event : value["events"].get_array()) {
            const std::string_view raw = event.raw_json();
            event.reset();
            m_rows.accountData(event["type"].get_string(), raw);
        }
    }

    void joined(od::value value)
    {
        for (auto field : value["join"].get_object()) {
            const std::string_view id = field.unescaped_key();
            BareRoom &room = m_rooms[std::string(id)];
            if (room.row == 0)
                m_rows.startRoom(room, id);
            for (auto part : field.value().get_object())
                roomPart(room, part.unescaped_key(), part.value());
            m_rows.finishRoom(room);
            room.heroes = "[]"; // a view into this answer
        }
    }

    void roomPart(BareRoom &room, std::string_view key, od::value value)
    {
        if (key == "timeline" || key == "state") {
            for (od::object event : value["events"].get_array())
                store(room, read(event), key == "timeline");
        } else if (key == "account_data") {
            for (od::object event : value["events"].get_array()) {
                const std::string_view raw = event.raw_json();
                event.reset();
                m_rows.roomAccountData(room, event["type"].get_string(), raw);
            }
        } else if (key == "ephemeral") {
            for (od::object event : value["events"].get_array())
                receipts(room, event["content"]);
        } else if (key == "unread_notifications") {
            room.unread = value["notification_count"].get_int64();
            room.highlight = value["highlight_count"].get_int64();
        } else if (key == "summary") {
            for (auto one : value.get_object()) {
                const std::string_view name = one.unescaped_key();
                if (name == "m.heroes")
                    room.heroes = od::array(one.value().get_array()).raw_json();
                else if (name == "m.joined_member_count")
                    room.joined = one.value().get_int64();
            }
        }
    }

    void store(BareRoom &room, const BareEvent &event, bool timeline)
    {
        if (timeline) {
            m_rows.timelineEvent(room, event);
            ++m_events;
        } else {
            m_rows.stateEvent(room, event);
            ++m_states;
        }
        if (!m_inOne && ++m_inTransaction == eventsInTransaction) {
            m_inTransaction = 0;
            m_rows.commit();
            m_rows.begin();
        }
    }

    void receipts(BareRoom &room, od::value content)
    {
        for (auto event : content.get_object()) {
            const std::string_view id = event.unescaped_key();
            for (auto type : event.value().get_object()) {
                for (auto user : type.value().get_object()) {
                    const std::string_view name = user.unescaped_key();
                    std::string_view thread;
                    qint64 ts = 0;
                    for (auto field : user.value().get_object()) {
                        const std::string_view key = field.unescaped_key();
                        if (key == "ts")
                            ts = field.value().get_int64();
                        else
                            thread = field.value().get_string();
                    }
                    m_rows.receipt(room, name, thread, id, ts);
                }
            }
        }
    }

    static BareEvent read(od::object object)
    {
        BareEvent event;
        event.raw = object.raw_json();
        object.reset();
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "type")
                event.type = field.value().get_string();
            else if (key == "sender")
                event.sender = field.value().get_string();
            else if (key == "event_id")
                event.id = field.value().get_string();
            else if (key == "origin_server_ts")
                event.ts = field.value().get_int64();
            else if (key == "content")
                content(event, field.value());
            else if (key == "state_key") {
                event.stateKey = field.value().get_string();
                event.isState = true;
            }
        }
        return event;
    }

    static void content(BareEvent &event, od::object object)
    {
        static const std::map<std::string_view, std::string_view BareEvent::*> words{
            {"body", &BareEvent::body},
            {"session_id", &BareEvent::session},
            {"membership", &BareEvent::membership},
            {"displayname", &BareEvent::displayName},
            {"avatar_url", &BareEvent::avatar},
            {"url", &BareEvent::avatar},
            {"name", &BareEvent::name},
            {"topic", &BareEvent::topic},
            {"alias", &BareEvent::alias},
            {"algorithm", &BareEvent::algorithm},
            {"room_version", &BareEvent::roomVersion},
            {"type", &BareEvent::roomType},
            {"join_rule", &BareEvent::joinRule},
            {"history_visibility", &BareEvent::history},
        };
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "m.relates_to") {
                for (auto part : field.value().get_object()) {
                    const std::string_view name = part.unescaped_key();
                    if (name == "rel_type")
                        event.relType = part.value().get_string();
                    else if (name == "event_id")
                        event.relTarget = part.value().get_string();
                }
            } else if (const auto known = words.find(key); known != words.end()) {
                event.*(known->second) = field.value().get_string();
            }
        }
    }

    BareRows &m_rows;
    od::parser m_parser;
    std::map<std::string, BareRoom, std::less<>> m_rooms;
    qint64 m_events = 0, m_states = 0;
    int m_inTransaction = 0;
    bool m_inOne = false;
};

void print(const char *name, const Spent &spent, const Walk &walk, const BareRows &rows)
{
    std::printf(
        "\"%s\": {\"cpu\": %.6f, \"wall\": %.6f, \"peak_kib\": %ld, \"rooms\": %lld, \"events\": %lld,"
        " \"state\": %lld, \"documents\": %lld}",
        name, spent.cpu, spent.wall, spent.peakKib, qint64(walk.rooms()), walk.events(), walk.states(),
        rows.documents());
}

int run(int argc, char **argv)
{
    const auto start = Clock::now();
    const bool stems = argc > 1 && std::string_view(argv[1]) == "--stems";
    argc -= stems;
    argv += stems;
    if (argc < 4) {
        (void)std::fprintf(stderr, "first_sync [--stems] DATABASE USER INITIAL.json [BATCH.json...]\n");
        return 2;
    }
    BareRows rows(QString::fromLocal8Bit(argv[1]), argv[2], stems);
    Walk walk(rows);
    walk.file(argv[3], false);
    const Spent first = spent(start, rows);
    std::printf("{");
    print("first", first, walk, rows);
    for (int i = 4; i < argc; ++i)
        walk.file(argv[i], true);
    Spent batches = spent(start, rows);
    batches.cpu -= first.cpu;
    batches.wall -= first.wall;
    std::printf(", ");
    print("batches", batches, walk, rows);
    std::printf("}\n");
    return 0;
}

} // namespace

} // namespace parvis::bench

int main(int argc, char **argv)
{
    try {
        return parvis::bench::run(argc, argv);
    } catch (const std::exception &error) { // simdjson's: the bodies are not what the replay server writes
        (void)std::fprintf(stderr, "first_sync: %s\n", error.what());
        return 1;
    }
}
