// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "crypto/key_transfer.h"
#include "engine/engine.h"
#include "engine/engine_work.h"

#include <atomic>

namespace parvis {

/// Many keys at once: a key file written or read, or the whole backup fetched. The pool does what takes long;
/// the core thread takes the keys in, a slice a save, between other work. One at a time an account; deletes
/// itself when it has answered. Core thread.
///
/// PARVIS_KEY_WORK_BUSY while another one runs, PARVIS_CANCELLED; the errors of crypto/key_export.h;
/// PARVIS_BACKUP_NONE where there is no backup of ours, PARVIS_BACKUP_NO_KEY where this device cannot read
/// it, PARVIS_BACKUP_TOO_LARGE. What was taken in before a failure stays.
class BulkKeys : public EngineWork
{
public:
    /// @p path: replaced as a whole, for its owner alone.
    [[nodiscard]] static Task<KeyCounts> exportFile(Engine &engine, const QString &path, Secret passphrase);
    [[nodiscard]] static Task<KeyCounts> importFile(Engine &engine, const QString &path, Secret passphrase);
    [[nodiscard]] static Task<KeyCounts> restoreBackup(Engine &engine);
    /// Ends what runs, if something does.
    static void cancel(Engine &engine);

    ~BulkKeys() override;

private:
    /// Between the core thread and the pool.
    struct Gate;

    explicit BulkKeys(Engine &engine);
    [[nodiscard]] static Result<BulkKeys *> begin(Engine &engine, KeyProgress::Kind kind);

    void download(const crypto::BackupView &backup);
    [[nodiscard]] Task<crypto::KeyCounts> prepare(const QByteArray &contents, const QString &version,
                                                  Secret backupKey);
    [[nodiscard]] crypto::PreparedSink sink();
    [[nodiscard]] crypto::FileProgress progress();
    void take(const QList<crypto::InboundSessionRecord> &keys);
    void takeSlice();
    void readAgain();
    void show(qint64 done, qint64 total);
    void finish(const Result<crypto::KeyCounts> &counts, bool imported);
    void answer(const Result<crypto::KeyCounts> &counts, bool imported);

    std::shared_ptr<Gate> m_gate;
    KeyProgress::Kind m_kind = KeyProgress::Kind::None;
    CancelSource m_network;
    QList<QList<crypto::InboundSessionRecord>> m_windows; ///< that came from the pool, not all taken in
    qsizetype m_at = 0;                                   ///< in the first
    std::function<void()> m_whenTaken;                    ///< once the pool has no more
    qint64 m_imported = 0;
    QList<QPair<RoomId, SessionId>> m_arrived; ///< for which nothing was read again yet
    std::optional<Error> m_failed;
    Promise<KeyCounts> m_promise;
};

} // namespace parvis
