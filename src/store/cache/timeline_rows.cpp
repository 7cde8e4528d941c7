// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/redaction.h"
#include "store/cache/encryption_latch_p.h"
#include "store/cache/event_traits_p.h"
#include "store/cache/rows_p.h"
#include "store/cache/timeline_writer_p.h"
#include "store/cache/try_p.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr auto replaces = "m.replace"_L1;

} // namespace

Result<void> TimelineWriter::place(qint64 row, std::optional<TimelinePlace> where, const RoomEvent &event,
                                   RoomApplied &applied)
{
    // Almost all that has a place is new: it is not looked for first.
    if (where) {
        const EventTraits traits = traitsOf(event, m_own);
        const auto inserted = insert(row, *where, event, traits);
        if (!inserted)
            return tl::unexpected(inserted.error());
        if (*inserted)
            return afterInsert(row, event, traits, applied);
    }
    const auto was = known(row, event.event.id);
    if (!was)
        return tl::unexpected(was.error());
    if (!*was)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"another event has its place"_s);
    // Where encryption began is no later than it was known to be, or what slipped in since would look right.
    const bool later = where && (*was)->place.chunk >= 0 && (where->chunk < 0 || *where > (*was)->place);
    auto moves = Result<bool>(where.has_value());
    if (later && isEncryption(event) && !m_reachesBehind)
        moves = m_filling ? isLastBefore(row, (*was)->place, where->chunk) : Result<bool>(false);
    if (!moves)
        return tl::unexpected(moves.error());
    if (*moves)
        PARVIS_TRY(m_database.run("UPDATE events SET chunk = ?, place = ? WHERE room = ? AND event_id = ?",
                                  where->chunk, where->place, row, event.event.id));
    return update(row, event, **was, applied);
}

Result<bool> TimelineWriter::insert(qint64 row, TimelinePlace where, const RoomEvent &event,
                                    const EventTraits &traits)
{
    const Event &e = event.event;
    const auto clear = [&] { return event.clear ? std::optional(event.clear->type) : std::nullopt; }();
    const auto text = [&] {
        return event.clear ? std::optional(Utf8{event.clear->content}) : std::nullopt;
    }();
    // In clear, where the room is known to be encrypted: whatever comes later, that stays.
    const bool suspicious = m_encrypted && !e.isState() && e.type != event_type::encrypted;
    const auto shield = event.clear ? event.clear->shield
        : suspicious                ? ShieldColour::Red
                                    : ShieldColour::None;
    PARVIS_TRY(m_database.run(
        "INSERT INTO events (room, chunk, place, event_id, type, state_key, sender, ts, txn, redacted, raw,"
        " clear_type, clear, shield, shield_reason, reason, session, rel_type, rel_target, own, counts, "
        "preview, kept)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        row, where.chunk, where.place, e.id, e.type, e.stateKey, e.sender, e.originServerTs, e.transactionId,
        e.redacted, Utf8{e.raw}, clear, text, shield, event.clear ? event.clear->shieldReason : QString(),
        event.reason, event.session, traits.relType, traits.relTarget, traits.own, traits.counts,
        traits.preview, m_keeping));
    return m_database.changes() > 0;
}

Result<void> TimelineWriter::confirm(qint64 row, const Event &event, RoomApplied &applied)
{
    // The time is the server's now, not that of a clock here which may be hours off.
    applied.events.insert(event.id);
    return m_database.run("UPDATE events SET kept = 0, ts = ?, raw = ? WHERE room = ? AND event_id = ?",
                          event.originServerTs, Utf8{event.raw}, row, event.id);
}

Result<void> TimelineWriter::rewrite(qint64 row, const RoomEvent &event)
{
    const EventTraits traits = traitsOf(event, m_own);
    const Event &e = event.event;
    const auto clear = [&] { return event.clear ? std::optional(event.clear->type) : std::nullopt; }();
    const auto text = [&] {
        return event.clear ? std::optional(Utf8{event.clear->content}) : std::nullopt;
    }();
    const auto shield = event.clear ? std::optional(qint64(event.clear->shield)) : std::nullopt;
    const auto written = m_database.run(
        "UPDATE events SET redacted = ?, raw = ?, clear_type = ?, clear = ?, shield = coalesce(?, shield),"
        " shield_reason = ?, reason = ?,"
        " session = ?, counts = ?, preview = ?, attention = -1 WHERE room = ? AND event_id = ?",
        e.redacted, Utf8{e.raw}, clear, text, shield, event.clear ? event.clear->shieldReason : QString(),
        event.reason, event.session, traits.counts, traits.preview, row, e.id);
    if (!written)
        return written;
    // An edit is no document of its own, also where its key came late.
    const bool document = traits.preview && !e.redacted;
    PARVIS_TRY(document ? lookAgain(row, e.id) : leaveIndex(row, e.id));
    if (traits.relType.isEmpty())
        return {}; // what it related to stays known after a redaction: an edit does not become a message
    return m_database.run("UPDATE events SET rel_type = ?, rel_target = ? WHERE room = ? AND event_id = ?",
                          traits.relType, traits.relTarget, row, e.id);
}

Result<void> TimelineWriter::afterInsert(qint64 row, const RoomEvent &event, const EventTraits &traits,
                                         RoomApplied &applied)
{
    const qint64 inserted = m_database.lastInsertId();
    const auto earlier =
        m_afterOthers && !event.event.redacted ? relatedTo(row, event.event.id) : Result<QSet<QString>>();
    if (!earlier)
        return tl::unexpected(earlier.error());
    if (traits.preview && event.isReadable()) {
        if (earlier->contains(replaces))
            PARVIS_TRY(m_search.lookAt(inserted));
        else
            m_fresh.add(inserted, row, event);
    }
    if (earlier->contains(event_type::redaction))
        PARVIS_TRY(redactLate(row, event.event.id, applied));
    if (isEncryption(event)) {
        // Also where the server leaves it out of the room's state.
        if (!event.event.redacted)
            PARVIS_TRY(latchEncryption(m_database, row, event.event));
        PARVIS_TRY(firstEncryption(row));
    }
    if (traits.relTarget.isEmpty())
        return {};
    if (event.event.type == event_type::redaction)
        return redact(row, traits.relTarget, event.event, applied);
    applied.events.insert(traits.relTarget);
    return traits.relType == replaces ? lookAgain(row, EventId(traits.relTarget)) : Result<void>();
}

Result<void> TimelineWriter::lookAgain(qint64 row, const EventId &id)
{
    const auto fresh = m_fresh.take(row, id);
    return fresh ? m_search.lookAt(*fresh) : m_search.lookAgain(row, id);
}

Result<void> TimelineWriter::leaveIndex(qint64 row, const EventId &id)
{
    return m_fresh.take(row, id) ? Result<void>() : m_search.remove(row, id);
}

Result<void> TimelineWriter::firstEncryption(qint64 row)
{
    // One that is not in the timeline is older than all of it. Where an island stands nobody knows, and a
    // loose one stands nowhere.
    return m_database.run(
        "UPDATE rooms SET encryption_event = coalesce("
        "(SELECT event_id FROM events WHERE room = ?1 AND chunk >= 0 AND type = 'm.room.encryption'"
        " AND state_key = '' ORDER BY chunk, place LIMIT 1),"
        "(SELECT event_id FROM events WHERE room = ?1 AND chunk < 0 AND chunk > ?2 AND type = "
        "'m.room.encryption'"
        " AND state_key = '' ORDER BY chunk, place LIMIT 1), encryption_event)"
        " WHERE id = ?1 AND EXISTS (SELECT 1 FROM events WHERE room = ?1 AND event_id = encryption_event)",
        row, TimelinePlace::looseChunk);
}

Result<QSet<QString>> TimelineWriter::relatedTo(qint64 row, const EventId &id)
{
    // Asked for every event that comes: by the order of the room each would read the whole of it.
    const auto kinds = m_database.all(
        "SELECT DISTINCT rel_type FROM events INDEXED BY events_related WHERE room = ? AND rel_target = ?"
        " AND rel_target <> '' AND rel_type IN ('m.room.redaction', 'm.replace')",
        [](const Statement &s) { return s.get<QString>(0); }, row, id);
    if (!kinds)
        return tl::unexpected(kinds.error());
    return QSet<QString>(kinds->cbegin(), kinds->cend());
}

Result<void> TimelineWriter::redactLate(qint64 row, const EventId &id, RoomApplied &applied)
{
    QByteArray sql = "SELECT ";
    sql.append(eventColumns)
        .append(
            " FROM events INDEXED BY events_related WHERE room = ? AND rel_target = ? AND rel_target <> ''"
            " AND rel_type = 'm.room.redaction' ORDER BY chunk, place LIMIT 1");
    const auto redaction = m_database.one(sql, readRow, row, id);
    if (!redaction)
        return tl::unexpected(redaction.error());
    return *redaction ? redact(row, id, (*redaction)->event.event, applied) : Result<void>();
}

Result<void> TimelineWriter::update(qint64 row, const RoomEvent &event, const Known &was,
                                    RoomApplied &applied)
{
    if (was.kept)
        PARVIS_TRY(confirm(row, event.event, applied));
    const bool newlyRedacted = event.event.redacted && !was.redacted;
    const bool newlyReadable = event.clear && !was.readable && !was.redacted;
    if (!newlyRedacted && !newlyReadable)
        return {};
    PARVIS_TRY(rewrite(row, event));
    applied.events.insert(event.event.id);
    return touchTarget(row, event.event.id, applied);
}

Result<void> TimelineWriter::touchTarget(qint64 row, const EventId &id, RoomApplied &applied)
{
    const auto target = m_database.one(
        "SELECT rel_target, rel_type FROM events WHERE room = ? AND event_id = ?",
        [](const Statement &s) { return std::pair(s.get<EventId>(0), s.get<QString>(1)); }, row, id);
    if (!target)
        return tl::unexpected(target.error());
    if (!*target || (*target)->first.isEmpty())
        return {};
    const auto &[original, how] = **target;
    applied.events.insert(original);
    return how == replaces ? lookAgain(row, original) : Result<void>();
}

Result<void> TimelineWriter::redact(qint64 row, const EventId &target, const Event &because,
                                    RoomApplied &applied)
{
    QByteArray sql = "SELECT ";
    sql.append(eventColumns).append(" FROM events WHERE room = ? AND event_id = ?");
    auto found = m_database.one(sql, readRow, row, target);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found || (*found)->event.event.redacted)
        return {};
    PARVIS_TRY(touchTarget(row, target, applied)); // an edit's original shows its former text again
    RoomEvent event;
    event.event = redacted((*found)->event.event, because);
    PARVIS_TRY(rewrite(row, event));
    applied.events.insert(target);
    return {};
}

Result<void> TimelineWriter::decrypted(qint64 row, const LateDecryption &late, RoomApplied &applied)
{
    QByteArray sql = "SELECT ";
    sql.append(eventColumns).append(" FROM events WHERE room = ? AND event_id = ?");
    auto found = m_database.one(sql, readRow, row, late.event);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found || (*found)->event.clear || (*found)->event.event.redacted)
        return {};
    RoomEvent event = (*found)->event;
    if (!late.clear && event.reason == late.reason)
        return {};
    event.clear = late.clear;
    event.reason = late.clear ? Undecryptable::None : late.reason;
    PARVIS_TRY(rewrite(row, event));
    applied.events.insert(late.event);
    return touchTarget(row, late.event, applied);
}

} // namespace parvis
