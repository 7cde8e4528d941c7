// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/expired_events_p.h"
#include "store/cache/fresh_events_p.h"
#include "store/cache/room_writer_p.h"
#include "store/cache/summary_writer_p.h"
#include "store/cache/timeline_purge_p.h"
#include "store/cache/timeline_writer_p.h"
#include "store/transaction.h"

#include <QMap>

namespace parvis {

/// One commit, while its transaction is open. Gone without finish(), nothing of it was written.
class CacheCommit
{
public:
    /// Who is asked while it is written; null: nobody.
    struct Asked {
        AttentionJudge *judge = nullptr;
        SearchDocuments *documents = nullptr;
        const Clock *clock = nullptr; ///< null: nothing expires
    };

    CacheCommit(Database &database, Transaction transaction, const UserId &own, Asked asked,
                DirectRooms &direct);

    /// May be called several times; after an error only finish() must not.
    [[nodiscard]] Result<void> write(const StateChanges &changes);
    /// What follows from all that was written, the index, and the end of the transaction.
    [[nodiscard]] Result<AppliedChanges> finish();

    [[nodiscard]] qsizetype events() const { return m_events; } ///< that were written, state included

private:
    [[nodiscard]] Result<void> checkOpen() const;
    [[nodiscard]] Result<void> write(const RoomChanges &room);
    template <typename Page>
    [[nodiscard]] Result<void>
    write(const Page &page, Result<void> (TimelineWriter::*put)(qint64, const Page &, RoomApplied &));
    [[nodiscard]] Result<void> write(const LateDecryption &late);
    [[nodiscard]] Result<void> write(const PurgedRows &gone);
    [[nodiscard]] Result<void> forget(const RoomId &room);
    [[nodiscard]] Result<void> judgeAgain();
    [[nodiscard]] Result<void> refreshTouched();
    [[nodiscard]] Result<void> writeIndex();
    [[nodiscard]] Result<void> position(const QString &name, const QString &value);
    [[nodiscard]] Result<std::optional<qint64>> encryptedSince(qint64 row);
    RoomApplied &touch(qint64 row, const RoomId &room);

    Database &m_database;
    Transaction m_transaction;
    SearchDocuments *m_documents;
    FreshEvents m_fresh;
    RoomWriter m_rooms;
    ExpiredEvents m_expired;
    TimelineWriter m_timelines;
    TimelinePurge m_purge;
    SummaryWriter m_summaries;
    QMap<qint64, RoomApplied> m_touched; ///< by row; each once, however often it is written
    AppliedChanges m_applied;
    qsizetype m_events = 0;
};

} // namespace parvis
