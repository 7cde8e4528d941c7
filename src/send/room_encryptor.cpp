// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/room_encryptor.h"

#include <QTimer>

using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Longest wait for key requests before the queue is told and tries again later.
constexpr int patienceMs = 60'000;

/// One message on its way through prepareSend; deletes itself when it has answered.
class EncryptJob : public QObject
{
public:
    struct Message {
        RoomId room;
        QString type;
        QByteArray content;
        TransactionId row;
        std::optional<QByteArray> before; ///< the ciphertext of an earlier try
    };

    EncryptJob(CryptoMachine &machine, OutgoingPump &pump, MemberSource &members, Message message,
               QObject *parent)
        : QObject(parent), m_machine(machine), m_pump(pump), m_members(members), m_message(std::move(message))
    {
        m_again.setSingleShot(true);
        m_patience.setSingleShot(true);
        connect(&m_again, &QTimer::timeout, this, &EncryptJob::advance);
        connect(&m_patience, &QTimer::timeout, this, [this] {
            finish(fail(ErrorKind::Timeout, u"PARVIS_KEYS_NOT_DELIVERED"_s, u"key requests take too long"_s));
        });
        // Queued: an answer that is taken in must be through with its own work first.
        connect(&m_pump, &OutgoingPump::progressed, this, &EncryptJob::advance, Qt::QueuedConnection);
        m_patience.start(patienceMs);
    }

    [[nodiscard]] Task<QByteArray> task() { return m_promise.task(); }

    void advance()
    {
        if (m_done || std::exchange(m_asking, true))
            return;
        m_again.stop();
        // Anew each time: somebody may have come or gone while keys were on their way.
        m_members.completeMembers(m_message.room).then(this, [this](const Result<RoomMembers> &members) {
            m_asking = false;
            if (m_done)
                return;
            if (members)
                prepare(*members);
            else
                finish(tl::unexpected(members.error()));
        });
    }

private:
    void prepare(const RoomMembers &members)
    {
        // What a verification says has to reach devices that no rule lets read yet.
        const bool verifies = crypto::isVerificationEvent(m_message.type, m_message.content);
        const auto readiness = m_machine.prepareSend(
            m_message.room, members, verifies ? std::optional(SharingStrategy::AllDevices) : std::nullopt);
        if (!readiness)
            return finish(tl::unexpected(readiness.error()));
        if (readiness->ready)
            return finish(encrypt());
        m_pump.kick();
        if (const auto trouble = m_pump.trouble(readiness->waitingFor))
            return finish(tl::unexpected(*trouble));
        if (readiness->callAgainMs >= 0)
            m_again.start(readiness->callAgainMs);
    }

    [[nodiscard]] Result<QByteArray> encrypt()
    {
        if (m_message.before) {
            const auto mayGo = m_machine.mayStillGo(m_message.room, *m_message.before);
            if (!mayGo)
                return tl::unexpected(mayGo.error());
            if (*mayGo)
                return *m_message.before;
        }
        return m_machine.encrypt(m_message.room, m_message.type, m_message.content, m_message.row);
    }

    void finish(Result<QByteArray> answer)
    {
        if (std::exchange(m_done, true))
            return;
        deleteLater();
        m_promise.resolve(std::move(answer));
    }

    CryptoMachine &m_machine;
    OutgoingPump &m_pump;
    MemberSource &m_members;
    Message m_message;
    Promise<QByteArray> m_promise;
    QTimer m_again;
    QTimer m_patience;
    bool m_asking = false; ///< who is in the room
    bool m_done = false;
};

} // namespace

RoomEncryptor::RoomEncryptor(CryptoMachine &machine, OutgoingPump &pump, MemberSource &members)
    : m_machine(machine), m_pump(pump), m_members(members)
{
}

Task<QByteArray> RoomEncryptor::encrypt(const RoomId &room, const QString &type, const QByteArray &content,
                                        const TransactionId &row, const std::optional<QByteArray> &before)
{
    auto *job =
        new EncryptJob(m_machine, m_pump, m_members,
                       {.room = room, .type = type, .content = content, .row = row, .before = before}, this);
    auto task = job->task();
    job->advance();
    return task;
}

} // namespace parvis
