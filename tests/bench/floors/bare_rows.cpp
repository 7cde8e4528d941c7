// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "bare_rows.h"

#include "events/member.h"
#include "events/room_event.h"
#include "search/words.h"
#include "store/migrations.h"

#include <ctime>

#include "plain_fold.h"

using namespace Qt::StringLiterals;

namespace parvis::bench {

namespace {

constexpr int pageCacheKib = 32 * 1024; // as session/account_files.cpp opens the cache

Utf8 text(std::string_view view)
{
    return Utf8{QByteArrayView(view.data(), qsizetype(view.size()))};
}

[[noreturn]] void give(const Error &error)
{
    qFatal("%s %s", qPrintable(error.code), qPrintable(error.detail));
}

void must(const Result<void> &done)
{
    if (!done)
        give(done.error());
}

std::unique_ptr<Database> opened(const QString &path)
{
    DatabaseOptions options;
    options.path = path;
    options.pageCacheKiB = pageCacheKib;
    auto database = Database::open(options, Secret(QByteArray(32, 'k')));
    if (!database)
        give(database.error());
    must(migrate(**database, cacheSchema()));
    return *std::move(database);
}

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

MemberState memberState(std::string_view word)
{
    return word == "join"  ? MemberState::Join
        : word == "invite" ? MemberState::Invite
        : word == "ban"    ? MemberState::Ban
                           : MemberState::Leave;
}

} // namespace

BareRows::BareRows(const QString &path, std::string own, bool stems)
    : m_own(std::move(own)),
      m_stems(stems),
      m_database(opened(path)),
      m_room(m_database->prepare("INSERT INTO rooms (room_id) VALUES (?)")),
      m_event(m_database->prepare(
          "INSERT INTO events (room, chunk, place, event_id, type, state_key, sender, ts, txn, redacted, raw,"
          " shield, shield_reason, reason, session, rel_type, rel_target, own, counts, preview)"
          " VALUES (?, 0, ?, ?, ?, ?, ?, ?, '', 0, ?, 0, '', ?, ?, ?, ?, ?, ?, ?)")),
      m_state(m_database->prepare(
          "INSERT INTO state (room, type, state_key, event_id, sender, raw) VALUES (?, ?, ?, ?, ?, ?)"
          " ON CONFLICT DO UPDATE SET event_id = excluded.event_id, sender = excluded.sender, raw = "
          "excluded.raw")),
      m_member(m_database->prepare(
          "INSERT INTO members (room, user_id, membership, display_name, avatar) VALUES (?, ?, ?, ?, ?)"
          " ON CONFLICT DO UPDATE SET membership = excluded.membership, display_name = "
          "excluded.display_name, avatar = excluded.avatar")),
      m_receipt(m_database->prepare(
          "INSERT INTO receipts (room, user_id, type, thread, event_id, ts) VALUES (?, ?, 'm.read', ?, ?, ?)"
          " ON CONFLICT DO UPDATE SET event_id = excluded.event_id, ts = excluded.ts")),
      m_roomData(m_database->prepare("INSERT INTO room_account_data (room, type, raw) VALUES (?, ?, ?)"
                                     " ON CONFLICT DO UPDATE SET raw = excluded.raw")),
      m_data(m_database->prepare("INSERT INTO account_data (type, raw) VALUES (?, ?)"
                                 " ON CONFLICT DO UPDATE SET raw = excluded.raw")),
      m_roomEnd(m_database->prepare(
          "UPDATE rooms SET recency = ?, name = ?, alias = ?, topic = ?, avatar = ?, heroes = ?, "
          "joined_count "
          "= ?, room_type = ?, room_version = ?, join_rule = ?, history = ?, encryption = ?,"
          " encryption_event = ?, unread = ?, highlight = ?, read_up_to = ?, last_event = ? WHERE id = ?")),
      m_text(m_database->prepare("INSERT INTO search_text (rowid, words, stems) VALUES (?, ?, ?)")),
      m_position(m_database->prepare("INSERT INTO positions (name, value) VALUES ('classic', ?)"
                                     " ON CONFLICT DO UPDATE SET value = excluded.value"))
{
}

void BareRows::begin()
{
    must(m_database->run("BEGIN IMMEDIATE"));
}

void BareRows::commit()
{
    must(m_database->run("COMMIT"));
}

void BareRows::startRoom(BareRoom &room, std::string_view id)
{
    must(m_room.bind(text(id)).run());
    room.row = m_database->lastInsertId();
}

void BareRows::timelineEvent(BareRoom &room, const BareEvent &event)
{
    const bool encrypted = event.type == "m.room.encrypted";
    const bool message = event.type == "m.room.message";
    const bool own = event.sender == m_own;
    const bool preview = (encrypted || message) && event.relType != "m.replace";
    const auto key = event.isState ? std::optional(text(event.stateKey)) : std::nullopt;
    must(m_event
             .bind(room.row, room.nextPlace++, text(event.id), text(event.type), key, text(event.sender),
                   event.ts, text(event.raw), encrypted ? Undecryptable::MissingKey : Undecryptable::None,
                   text(event.session), text(event.relType), text(event.relTarget), own, preview && !own,
                   preview)
             .run());
    room.recency = std::max(room.recency, event.ts);
    if (preview)
        room.lastEvent = event.id;
    if (event.isState)
        return stateEvent(room, event);
    if (message && preview)
        index(m_database->lastInsertId(), event.body);
}

void BareRows::index(qint64 row, std::string_view body)
{
    ++m_documents;
    if (!m_stems) {
        foldPlainly(body, m_folded);
        return must(m_text.bind(row, text(m_folded), Utf8{}).run());
    }
    const double before = processorSeconds();
    QByteArray words, stems;
    const QString wide = QString::fromUtf8(body.data(), qsizetype(body.size()));
    for (const search::Word &word : search::wordsOf(wide)) {
        words += word.folded.toUtf8() + ' ';
        for (const QString &stem : m_stemmer.stemsOf(QStringView(wide).sliced(word.from, word.length)))
            stems += stem.toUtf8() + ' ';
    }
    m_stemmingSeconds += processorSeconds() - before;
    must(m_text.bind(row, Utf8{words}, Utf8{stems}).run());
}

void BareRows::stateEvent(BareRoom &room, const BareEvent &event)
{
    if (event.type == "m.room.member")
        return must(m_member
                        .bind(room.row, text(event.stateKey), memberState(event.membership),
                              text(event.displayName), text(event.avatar))
                        .run());
    must(m_state
             .bind(room.row, text(event.type), text(event.stateKey), text(event.id), text(event.sender),
                   text(event.raw))
             .run());
    if (event.type == "m.room.name")
        room.name = event.name;
    else if (event.type == "m.room.topic")
        room.topic = event.topic;
    else if (event.type == "m.room.canonical_alias")
        room.alias = event.alias;
    else if (event.type == "m.room.avatar")
        room.avatar = event.avatar;
    else if (event.type == "m.room.join_rules")
        room.joinRule = event.joinRule;
    else if (event.type == "m.room.history_visibility")
        room.history = event.history;
    else if (event.type == "m.room.create") {
        room.roomType = event.roomType;
        room.roomVersion = event.roomVersion;
    } else if (event.type == "m.room.encryption") {
        room.encryption = event.algorithm;
        room.encryptionEvent = event.id;
    }
}

void BareRows::receipt(BareRoom &room, std::string_view user, std::string_view thread, std::string_view event,
                       qint64 ts)
{
    must(m_receipt.bind(room.row, text(user), text(thread), text(event), ts).run());
    if (user == m_own)
        room.readUpTo = event;
}

void BareRows::roomAccountData(const BareRoom &room, std::string_view type, std::string_view raw)
{
    must(m_roomData.bind(room.row, text(type), text(raw)).run());
}

void BareRows::accountData(std::string_view type, std::string_view raw)
{
    must(m_data.bind(text(type), text(raw)).run());
}

void BareRows::finishRoom(const BareRoom &room)
{
    must(m_roomEnd
             .bind(room.recency, text(room.name), text(room.alias), text(room.topic), text(room.avatar),
                   text(room.heroes), room.joined, text(room.roomType), text(room.roomVersion),
                   text(room.joinRule), text(room.history), text(room.encryption), text(room.encryptionEvent),
                   room.unread, room.highlight, text(room.readUpTo), text(room.lastEvent), room.row)
             .run());
}

void BareRows::position(std::string_view value)
{
    must(m_position.bind(text(value)).run());
}

} // namespace parvis::bench
