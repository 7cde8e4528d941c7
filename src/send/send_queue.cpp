// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/send_queue.h"

#include "base/log.h"
#include "net/retry.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

using store::QueueRow;
using store::QueueState;

namespace {

/// In the row's record, in the place of the last failure: a restart must not forget it.
QString mayBeSent()
{
    return u"PARVIS_MAY_BE_SENT"_s;
}

/// What went over the wire for a row that has been sent.
WireEvent wireEvent(const QueueRow &row)
{
    if (row.ciphertext)
        return {.type = u"m.room.encrypted"_s, .content = *row.ciphertext};
    return {.type = row.kind, .content = row.content};
}

} // namespace

/// The rows of one room and what it is doing.
struct SendQueue::Lane {
    RoomId room;
    QList<QueueRow> rows;
    TransactionId current;  ///< on its way; empty: none
    bool onTheWire = false; ///< of `current`: the request has left
    int pauses = 0;         ///< in a row, without a success between
    Waiting pause;
    QTimer wake;
    bool advancing = false; ///< the loop in advance() runs
    bool again = false;     ///< and has another round to do

    QueueRow *find(const TransactionId &txn)
    {
        const auto it =
            std::find_if(rows.begin(), rows.end(), [&](const auto &row) { return row.txnId == txn; });
        return it == rows.end() ? nullptr : &*it;
    }
};

SendQueue::SendQueue(store::QueueStore &store, EventPath &path, const Clock &clock)
    : m_store(store), m_path(path), m_clock(clock)
{
    m_finish.setSingleShot(true);
    connect(&m_finish, &QTimer::timeout, this, &SendQueue::finishSent);
}

SendQueue::~SendQueue() = default;

Result<void> SendQueue::load()
{
    const auto rooms = m_store.rooms();
    if (!rooms)
        return tl::unexpected(rooms.error());
    for (const RoomId &room : *rooms) {
        auto rows = m_store.list(room);
        if (!rows)
            return tl::unexpected(rows.error());
        for (QueueRow &row : *rows) {
            const bool begun = row.state == QueueState::Sending && m_path.mayHaveLeft(row);
            if (begun || row.errorCode == mayBeSent())
                m_mayBeSent.insert(row.txnId);
            if (row.state == QueueState::Sending)
                row.state = QueueState::Queued;
        }
        lane(room).rows = *std::move(rows);
    }
    qCInfo(log::send) << allRows().size() << "rows are left from the last run";
    finishSent();
    for (const RoomId &room : *rooms)
        Q_EMIT changed(room);
    return {};
}

void SendQueue::finishSent()
{
    std::optional<Error> trouble;
    const auto lanes = m_lanes.values();
    for (const auto &lane : lanes) {
        bool held = false;
        const auto rows = lane->rows;
        for (const QueueRow &row : rows) {
            if (row.state != QueueState::Sent)
                continue;
            // The event id first, then the event, then the row goes: after a crash in between, or when the
            // disk is full, the rest is done later, and nothing is sent a second time.
            Result<void> done = m_store.markSent(row.txnId, row.eventId);
            if (done && held)
                continue; // the local history has them in the order in which they were sent
            if (done)
                done = m_path.keep(row, wireEvent(row), row.eventId);
            if (done)
                done = m_store.remove(row.txnId).map([](const auto &) {});
            if (!done) {
                qCWarning(log::send) << "row" << row.seq << "is sent, but stays:" << done.error().code;
                m_errors.insert(row.txnId, done.error());
                trouble = done.error();
                held = true;
                continue;
            }
            qCInfo(log::send) << "row" << row.seq << "is at the server";
            lane->rows.removeIf([&](const QueueRow &one) { return one.txnId == row.txnId; });
            m_errors.remove(row.txnId);
            Q_EMIT sent(lane->room, row.txnId, row.eventId);
            Q_EMIT changed(lane->room);
        }
    }
    if (trouble)
        m_finish.start(retry::delayMs(++m_finishAttempts, *trouble));
    else
        m_finishAttempts = 0;
}

void SendQueue::setOnline(bool online)
{
    if (m_online == online)
        return;
    m_online = online;
    if (!online)
        return;
    m_everyone = {};
    const auto lanes = m_lanes.values();
    for (const auto &lane : lanes) {
        lane->pause = {};
        advance(*lane);
    }
}

Result<TransactionId> SendQueue::enqueue(const RoomId &room, const QString &type, const QByteArray &content,
                                         const std::optional<store::QueueFile> &file,
                                         const store::QueueStore::Along &along)
{
    QueueRow row{.txnId = TransactionId(QUuid::createUuid().toString(QUuid::WithoutBraces)),
                 .roomId = room,
                 .kind = type,
                 .content = content,
                 .createdMs = m_clock.nowMs()};
    const auto seq = file ? m_store.enqueue(row, *file, along) : m_store.enqueue(row, along);
    if (!seq)
        return tl::unexpected(seq.error());
    row.seq = *seq;
    Lane &to = lane(room);
    to.rows.append(row);
    Q_EMIT changed(room);
    advance(to);
    return row.txnId;
}

Result<void> SendQueue::retry(const TransactionId &txn)
{
    Lane *lane = laneOf(txn);
    if (!lane)
        return fail(ErrorKind::NotFound, u"PARVIS_NOT_IN_QUEUE"_s);
    QueueRow *row = lane->find(txn);
    if (row->state == QueueState::Sent) {
        finishSent();
        return {};
    }
    if (row->state == QueueState::Failed) {
        auto stored = m_mayBeSent.contains(txn) ? m_store.markQueued(txn, mayBeSent()) : m_store.retry(txn);
        if (!stored)
            return stored;
        row->state = QueueState::Queued;
        row->attempts = 0;
        row->errorCode.clear();
        m_errors.remove(txn);
        Q_EMIT changed(lane->room);
    }
    lane->pause = {};
    advance(*lane);
    return {};
}

Result<void> SendQueue::cancel(const TransactionId &txn)
{
    Lane *lane = laneOf(txn);
    if (!lane || lane->find(txn)->state == QueueState::Sent)
        return fail(ErrorKind::NotFound, u"PARVIS_NOT_IN_QUEUE"_s);
    if (lane->current == txn && lane->onTheWire)
        return fail(ErrorKind::Usage, u"PARVIS_ALREADY_SENDING"_s);
    if (m_mayBeSent.contains(txn) && lane->find(txn)->state != QueueState::Failed)
        return fail(ErrorKind::Usage, mayBeSent());
    const auto removed = m_store.remove(txn);
    if (!removed)
        return tl::unexpected(removed.error());
    lane->rows.removeIf([&](const QueueRow &row) { return removed->contains(row.txnId); });
    m_errors.remove(txn);
    m_mayBeSent.remove(txn);
    if (lane->current == txn)
        lane->current = TransactionId();
    Q_EMIT changed(lane->room);
    advance(*lane);
    return {};
}

std::optional<Error> SendQueue::error(const QueueRow &row) const
{
    if (const auto known = m_errors.constFind(row.txnId); known != m_errors.cend())
        return *known;
    if (row.errorCode.isEmpty())
        return std::nullopt;
    return rememberedError(row.errorCode);
}

QList<QueueRow> SendQueue::rows(const RoomId &room) const
{
    const auto it = m_lanes.constFind(room);
    return it == m_lanes.cend() ? QList<QueueRow>() : (*it)->rows;
}

QList<QueueRow> SendQueue::allRows() const
{
    QList<QueueRow> all;
    for (const auto &lane : m_lanes)
        all += lane->rows;
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.seq < b.seq; });
    return all;
}

bool SendQueue::isEmpty() const
{
    return std::all_of(m_lanes.cbegin(), m_lanes.cend(),
                       [](const auto &lane) { return lane->rows.isEmpty(); });
}

int SendQueue::waiting() const
{
    int count = 0;
    for (const auto &lane : m_lanes)
        count += int(std::count_if(lane->rows.cbegin(), lane->rows.cend(),
                                   [](const auto &row) { return row.state != QueueState::Failed; }));
    return count;
}

SendQueue::Lane &SendQueue::lane(const RoomId &room)
{
    auto &lane = m_lanes[room];
    if (!lane) {
        lane = std::make_shared<Lane>();
        lane->room = room;
        lane->wake.setSingleShot(true);
        connect(&lane->wake, &QTimer::timeout, this, [this, room] { advance(this->lane(room)); });
    }
    return *lane;
}

SendQueue::Lane *SendQueue::laneOf(const TransactionId &txn)
{
    for (const auto &lane : std::as_const(m_lanes)) {
        if (lane->find(txn))
            return lane.get();
    }
    return nullptr;
}

void SendQueue::advance(Lane &lane)
{
    // A row that fails at once starts the next one from in here: a loop, however many there are.
    lane.again = true;
    if (lane.advancing)
        return;
    lane.advancing = true;
    while (std::exchange(lane.again, false))
        startNext(lane);
    lane.advancing = false;
}

void SendQueue::startNext(Lane &lane)
{
    if (!m_online || !lane.current.isEmpty())
        return;
    const auto next = std::find_if(lane.rows.cbegin(), lane.rows.cend(), [](const auto &row) {
        return row.state == QueueState::Queued || row.state == QueueState::Sending;
    });
    if (next == lane.rows.cend())
        return;
    const qint64 now = m_clock.nowMs();
    const qint64 wait = std::max(lane.pause.leftMs(now), m_everyone.leftMs(now));
    if (wait > 0) {
        lane.wake.start(int(std::clamp<qint64>(wait, 1, 60'000)));
        return;
    }

    QueueRow row = *next; // a copy: whoever hears of the change may take it out
    lane.current = row.txnId;
    lane.onTheWire = false;
    if (auto marked = m_store.markSending(row.txnId); !marked)
        return failed(lane.room, row.txnId, marked.error());
    row.state = QueueState::Sending;
    *lane.find(row.txnId) = row;
    qCInfo(log::send) << "row" << row.seq << "starts";
    Q_EMIT changed(lane.room);
    m_path.prepare(row).then(this, [this, room = lane.room, txn = row.txnId](Result<WireEvent> event) {
        if (event)
            put(room, txn, *event);
        else
            failed(room, txn, event.error());
    });
}

void SendQueue::put(const RoomId &room, const TransactionId &txn, const WireEvent &event)
{
    Lane &lane = this->lane(room);
    QueueRow *row = lane.find(txn);
    if (!row || lane.current != txn)
        return advance(lane); // cancelled while it was being prepared
    if (event.type != row->kind)
        row->ciphertext = event.content; // the store has it already
    lane.onTheWire = true;
    qCInfo(log::send) << "row" << row->seq << "leaves";
    m_path.put(*row, event).then(this, [this, room, txn](Result<EventId> id) {
        if (id)
            arrived(room, txn, *id);
        else
            failed(room, txn, id.error());
    });
}

void SendQueue::arrived(const RoomId &room, const TransactionId &txn, const EventId &id)
{
    Lane &lane = this->lane(room);
    QueueRow *row = lane.find(txn);
    if (!row)
        return advance(lane);
    // From here on it is sent, whatever the disk says to that.
    row->state = QueueState::Sent;
    row->eventId = id;
    row->errorCode.clear();
    lane.current = TransactionId();
    lane.pauses = 0;
    m_errors.remove(txn);
    m_mayBeSent.remove(txn);
    finishSent();
    if (lane.find(txn))
        Q_EMIT changed(room);
    advance(lane);
}

void SendQueue::failed(const RoomId &room, const TransactionId &txn, const Error &error)
{
    Lane &lane = this->lane(room);
    QueueRow *row = lane.find(txn);
    if (!row || lane.current != txn)
        return advance(lane);
    lane.current = TransactionId();
    ++row->attempts;
    row->errorCode = error.code;
    m_errors.insert(txn, error);
    const bool final = isFinal(error, row->attempts);
    row->state = final ? QueueState::Failed : QueueState::Queued;
    if (lane.onTheWire && leavesOpen(error))
        m_mayBeSent.insert(txn);
    else if (lane.onTheWire && final && error.code.startsWith("M_"_L1))
        m_mayBeSent.remove(txn); // what it had, it would have answered with
    qCInfo(log::send) << "row" << row->seq << (final ? "failed:" : "waits:") << error.code;
    // Only how far the row got: should this be lost, it is sent again under its transaction id.
    const auto saved = final ? m_store.markFailed(txn, error.code)
                             : m_store.markQueued(txn, m_mayBeSent.contains(txn) ? mayBeSent() : error.code);
    if (!saved)
        qCWarning(log::send) << "row" << row->seq << "cannot be updated:" << saved.error().code;
    if (!final)
        pause(lane, error);
    Q_EMIT changed(room);
    advance(lane);
}

void SendQueue::pause(Lane &lane, const Error &error)
{
    const Waiting pause{m_clock.nowMs(), retry::delayMs(++lane.pauses, error)};
    if (error.kind != ErrorKind::RateLimited)
        lane.pause = pause;
    else if (pause.delayMs > m_everyone.leftMs(pause.sinceMs))
        m_everyone = pause;
}

} // namespace parvis
