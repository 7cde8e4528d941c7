// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "sync/poller.h"
#include "sync/sync_apply.h"
#include "sync/sync_request.h"
#include "sync/sync_transport.h"

#include <QSet>

namespace parvis {

/// How the account stands with its server.
struct SyncStatus {
    enum class Phase {
        Stopped,    ///< not begun, or only the person can help: see error
        Connecting, ///< nothing was heard yet
        Online,
        Offline, ///< the last try failed, the next is planned
    };

    Phase phase = Phase::Stopped;
    std::optional<Error> error;
    qint64 retryAtMs = 0;               ///< UTC; 0: none is planned
    std::optional<SyncDialect> dialect; ///< empty until the server was asked
    bool caughtUp = false;              ///< everything that the server had at the start has been written

    bool operator==(const SyncStatus &) const = default;
};

/// Keeps one account in step with its server: two sliding connections where the server has them, else
/// /v3/sync.
///
/// Order of every answer: the encryption's part is saved in keys.db, then rooms and position in the cache.
/// Core thread; everything that waits, waits through Delay and SyncTransport.
class SyncLoop : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        SyncTransport &transport;
        Cache &cache;
        SyncCrypto &crypto;
        SyncApply &apply;
        const Clock &clock;
        Delay &delay;
    };

    explicit SyncLoop(Parts parts, QObject *parent = nullptr);

    void start();
    void stop();
    /// Ends the waiting of a back-off.
    void retryNow();
    /// The rooms that the person looks at: more of their timeline comes.
    void setOpenRooms(const QList<RoomId> &rooms);
    /// Answers when a request that was made after this call brought nothing, on every connection.
    [[nodiscard]] Task<void> waitIdle();

    [[nodiscard]] ObservableValue<SyncStatus> &status() { return m_status; }
    /// When the newest position was stored; 0: never in this run.
    [[nodiscard]] qint64 positionStoredAtMs() const { return m_storedAt; }

Q_SIGNALS:
    /// An answer was written.
    void synced();

private:
    void probe();
    void begin(SyncDialect dialect);
    [[nodiscard]] Poller::Hooks encryptionHooks();
    [[nodiscard]] Poller::Hooks roomHooks();
    [[nodiscard]] Poller::Hooks classicHooks();
    [[nodiscard]] Task<Poller::Taken> takeEncryption(QByteArray body);
    [[nodiscard]] Task<Poller::Taken> takeRooms(QByteArray body);
    [[nodiscard]] Task<Poller::Taken> takeClassic(QByteArray body);
    [[nodiscard]] Poller::Remedy remedy(const Error &error, QString &position);
    [[nodiscard]] Result<QString> load(const QString &name);
    [[nodiscard]] Result<void> leaveUnseen();
    [[nodiscard]] bool growWindow(); ///< true: there are rooms beyond it
    void refreshStatus();
    void stored();

    Parts m_parts;
    ObservableValue<SyncStatus> m_status;
    std::optional<SyncDialect> m_dialect;
    std::vector<std::unique_ptr<Poller>> m_pollers;
    bool m_started = false;
    int m_probes = 0;
    std::optional<Error> m_probeError;
    qint64 m_probeRetryAt = 0;
    std::vector<Promise<void>> m_beforeProbe; ///< waitIdle() before the server was asked
    QString m_encryptionPos, m_roomPos, m_since;
    RoomWindow m_window;
    qint64 m_listCount = -1;    ///< of the room list at the server; -1: not heard yet
    bool m_fromScratch = false; ///< the connection began without a position: what is not seen is left
    QSet<RoomId> m_seen;
    qint64 m_storedAt = 0;
};

} // namespace parvis
