// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// Writes timelines inside the transaction of a commit. The rules of order (matrix-client 2.4):
///
/// - a live event goes to the end, also when it was known: the newest place wins, an event has one place;
/// - a limited timeline begins a new chunk with a gap before it, unless it overlaps the end of what is there;
/// - a page of history goes before the first event of its chunk; what is known in an older chunk moves there;
/// - a page that ends in known older events closes the gap;
/// - an own event that was sent stands at the end until the server shows its place, and is no known event
/// before
///   that: what others sent in the meantime is between it and what is there.
class TimelineWriter
{
public:
    TimelineWriter(Database &database, const UserId &own) : m_database(database), m_own(own) {}

    [[nodiscard]] Result<void> append(qint64 row, const RoomChanges &changes, RoomApplied &applied);
    [[nodiscard]] Result<void> backfill(qint64 row, const BackfillPage &page, RoomApplied &applied);
    [[nodiscard]] Result<void> decrypted(qint64 row, const LateDecryption &late, RoomApplied &applied);

private:
    struct Known {
        TimelinePlace place;
        bool redacted = false;
        bool readable = false;
        bool kept = false;
    };

    [[nodiscard]] Result<std::optional<Known>> known(qint64 row, const EventId &id);
    [[nodiscard]] Result<std::optional<TimelinePlace>> edge(qint64 row, bool newest, qint64 chunk);
    [[nodiscard]] Result<std::optional<qint64>> lastChunk(qint64 row);
    [[nodiscard]] Result<void> keep(qint64 row, const QList<RoomEvent> &events, RoomApplied &applied);
    [[nodiscard]] Result<void> confirm(qint64 row, const Event &event, RoomApplied &applied);
    [[nodiscard]] Result<bool> isTail(qint64 row, const QList<RoomEvent> &events);
    [[nodiscard]] Result<void> openGap(qint64 row, qint64 chunk, const QString &token);
    [[nodiscard]] Result<void> closeGap(qint64 row, qint64 chunk);
    [[nodiscard]] Result<void> insert(qint64 row, TimelinePlace place, const RoomEvent &event);
    [[nodiscard]] Result<void> place(qint64 row, std::optional<TimelinePlace> where, const RoomEvent &event,
                                     RoomApplied &applied);
    [[nodiscard]] Result<void> afterInsert(qint64 row, const RoomEvent &event, RoomApplied &applied);
    /// An older encryption event came in: from there on messages in clear are suspicious.
    [[nodiscard]] Result<void> firstEncryption(qint64 row);
    [[nodiscard]] Result<void> update(qint64 row, const RoomEvent &event, const Known &was,
                                      RoomApplied &applied);
    [[nodiscard]] Result<void> rewrite(qint64 row, const RoomEvent &event);
    [[nodiscard]] Result<void> redact(qint64 row, const EventId &target, const Event &because,
                                      RoomApplied &applied);
    /// A redaction may have come before what it takes back: through a gap, or a server that forgot to empty
    /// it.
    [[nodiscard]] Result<void> redactLate(qint64 row, const EventId &id, RoomApplied &applied);
    [[nodiscard]] Result<void> touchTarget(qint64 row, const EventId &id, RoomApplied &applied);
    [[nodiscard]] Result<bool> restKnown(qint64 row, const QList<RoomEvent> &events, qint64 chunk);

    Database &m_database;
    const UserId &m_own;
    bool m_keeping = false;     ///< what is written now is kept
    bool m_afterOthers = false; ///< what is written now may be older than what is there
};

} // namespace parvis
