// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "base/task.h"
#include "send/failure.h"
#include "store/keys/queue_store.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>

namespace parvis {

/// What goes over the wire for one entry of the queue.
struct WireEvent {
    QString type; ///< m.room.encrypted where the room is
    QByteArray content;
};

/// The way from a queue row to the server and into the local history. Core thread.
class EventPath
{
public:
    virtual ~EventPath() = default;
    /// What to send for this row; a ciphertext is in the row's record by the time that this answers.
    [[nodiscard]] virtual Task<WireEvent> prepare(const store::QueueRow &row) = 0;
    /// The row's transaction id makes a repetition harmless.
    [[nodiscard]] virtual Task<EventId> put(const store::QueueRow &row, const WireEvent &event) = 0;
    /// The server has it: puts it into the local history. Doing it twice does no harm.
    [[nodiscard]] virtual Result<void> keep(const store::QueueRow &row, const WireEvent &event,
                                            const EventId &id) = 0;
    /// False where a row that a run before left behind as being sent cannot have reached the server as an
    /// event: its file had not.
    [[nodiscard]] virtual bool mayHaveLeft(const store::QueueRow &) { return true; }
};

/// Sends what the person wrote, in the order in which it was written, one after the other in each room. A row
/// is on the disk before enqueue() answers and goes only when the event is in the local history: a crash at
/// any line sends it again under the same transaction id, which the server recognises. Core thread.
///
/// An error that can pass pauses the room (a rate limit: all rooms); a final one leaves the row there as
/// failed, for the person to retry or cancel, and the room goes on with the next. What the server has and the
/// disk would not note stays there as sent, and is noted later.
class SendQueue : public QObject
{
    Q_OBJECT

public:
    SendQueue(store::QueueStore &store, EventPath &path, const Clock &clock);
    ~SendQueue() override;

    /// Reads what a previous run left; a row that was on its way is queued again.
    [[nodiscard]] Result<void> load();
    /// Offline, nothing is started. Going online ends all pauses.
    void setOnline(bool online);

    /// @p type and @p content in clear. Answers once it is on the disk. @p file lies ready; the EventPath
    /// completes the content with its address. @p along: see QueueStore::enqueue().
    [[nodiscard]] Result<TransactionId> enqueue(const RoomId &room, const QString &type,
                                                const QByteArray &content,
                                                const std::optional<store::QueueFile> &file = std::nullopt,
                                                const store::QueueStore::Along &along = {});
    /// A failed row goes back to its place; PARVIS_NOT_IN_QUEUE where there is no such row.
    [[nodiscard]] Result<void> retry(const TransactionId &txn);
    /// Takes a row out. PARVIS_NOT_IN_QUEUE: it was sent already; PARVIS_ALREADY_SENDING: it is on its way;
    /// PARVIS_MAY_BE_SENT: an earlier try may have reached the server, so it has to go through, and can be
    /// redacted then. A failed row can always go: it is not sent by itself any more.
    [[nodiscard]] Result<void> cancel(const TransactionId &txn);

    /// Why a row waits or failed; empty where nothing went wrong yet.
    [[nodiscard]] std::optional<Error> error(const store::QueueRow &row) const;
    /// In the order of sending.
    [[nodiscard]] QList<store::QueueRow> rows(const RoomId &room) const;
    [[nodiscard]] QList<store::QueueRow> allRows() const;
    [[nodiscard]] bool isEmpty() const;
    /// Rows that will still be sent by themselves: all but the failed ones.
    [[nodiscard]] int waiting() const;

Q_SIGNALS:
    /// Rows of this room came, went or changed.
    void changed(const parvis::RoomId &room);
    /// The server has it; its row is gone.
    void sent(const parvis::RoomId &room, const parvis::TransactionId &txn, const parvis::EventId &event);

private:
    struct Lane;

    [[nodiscard]] Lane &lane(const RoomId &room);
    [[nodiscard]] Lane *laneOf(const TransactionId &txn);
    void advance(Lane &lane);
    void startNext(Lane &lane);
    void put(const RoomId &room, const TransactionId &txn, const WireEvent &event);
    void arrived(const RoomId &room, const TransactionId &txn, const EventId &id);
    void failed(const RoomId &room, const TransactionId &txn, const Error &error);
    void pause(Lane &lane, const Error &error);
    void finishSent();

    store::QueueStore &m_store;
    EventPath &m_path;
    const Clock &m_clock;
    QHash<RoomId, std::shared_ptr<Lane>> m_lanes;
    QHash<TransactionId, Error> m_errors; ///< of this run; the store keeps the code alone
    QSet<TransactionId> m_mayBeSent;      ///< a request left, and what became of it is not known
    Waiting m_everyone;                   ///< a rate limit counts for the person, not for the room
    QTimer m_finish;                      ///< tries again what the disk refused of sent rows
    int m_finishAttempts = 0;
    bool m_online = false;
};

} // namespace parvis
