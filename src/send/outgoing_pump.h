// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "base/task.h"
#include "crypto/crypto_machine.h"
#include "send/failure.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>

namespace parvis {

/// What came back for a request of the crypto machine: the error keeps the body beside it, because the
/// machine reads the reason out of it.
struct CryptoReply {
    QByteArray body;
    std::optional<Error> error;
};

/// Takes a request of the crypto machine to the server. Core thread.
class CryptoTransport
{
public:
    virtual ~CryptoTransport() = default;
    /// Fails only with Cancelled; what the server says is in the reply.
    [[nodiscard]] virtual Task<CryptoReply> send(const crypto::OutgoingRequest &request) = 0;
};

/// Keeps the crypto machine's requests going: one upload, one query and one claim at a time, to-device
/// messages strictly one after the other; waits after failures that can pass. Core thread.
class OutgoingPump : public QObject
{
    Q_OBJECT

public:
    OutgoingPump(crypto::CryptoMachine &machine, CryptoTransport &transport, const Clock &clock);

    /// Sends what the machine wants sent. To be called after anything that may have given it work.
    void kick();
    /// Offline, nothing is sent; going online forgets all waiting times.
    void setOnline(bool online);
    /// True when nothing is in flight and the machine wants nothing.
    [[nodiscard]] bool isIdle() const { return m_idle && m_inFlight.isEmpty(); }
    /// The last failure of one of these requests, or of a to-device message that may stand before them, where
    /// it waits to be sent again; none: all is well.
    [[nodiscard]] std::optional<Error> trouble(const QList<crypto::RequestId> &requests) const;

Q_SIGNALS:
    /// An answer was taken in, or a failure: whoever waits for a request looks again.
    void progressed();
    void devicesChanged(const QList<parvis::UserId> &users);
    /// The server was asked for the devices of these, and has answered, whatever it knows of them.
    void devicesAnswered(const QList<parvis::UserId> &users);
    void noted(const QList<parvis::crypto::CryptoNote> &notes);
    /// Keys that came out of the backup: events that waited for them can be read now.
    void roomKeysArrived(const QList<parvis::crypto::RoomKeyNews> &keys);
    /// The key of the backup, which another device of ours gave, is here.
    void backupOpened();
    /// The machine's store fails: nothing is sent for a while.
    void stuck(const parvis::Error &error);

private:
    enum class Kind {
        ToDevice, ///< one waits for the other
        InParts,  ///< where its answer is too large, the machine asks for less
        Other,
    };
    struct Pause {
        int attempts = 0;
        int strangeAnswers = 0; ///< that came from no homeserver
        Waiting wait;
        Error error;
        bool toDevice = false;
    };

    void start(const crypto::OutgoingRequest &request);
    /// Answers whether it is done with: an answer, or a refusal, was taken in.
    bool finish(const crypto::RequestId &id, Kind kind, const CryptoReply &reply);
    [[nodiscard]] bool isRefused(const crypto::RequestId &id, Kind kind, const Error &error);
    void take(const crypto::RequestId &id, const crypto::AnswerOutcome &outcome);
    void standStill(const crypto::RequestId &id, bool toDevice, const Error &error);
    void pause(const crypto::RequestId &id, bool toDevice, const Error &error);
    void prolong(Pause &pause, const Error &error);
    void wakeLater();

    crypto::CryptoMachine &m_machine;
    CryptoTransport &m_transport;
    const Clock &m_clock;
    QSet<crypto::RequestId> m_inFlight;
    bool m_toDeviceInFlight = false;
    QHash<crypto::RequestId, Pause> m_pauses;
    Pause m_storePause; ///< of all requests, while what they answer cannot be saved
    QTimer m_wake;
    QTimer m_uploadRest; ///< runs between two parts of the key backup
    bool m_online = false;
    bool m_idle = false;
};

} // namespace parvis
