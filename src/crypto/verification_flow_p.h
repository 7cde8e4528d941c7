// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/verification_qr.h"
#include "crypto/verification_trust_p.h"

namespace parvis::crypto {

inline constexpr QLatin1StringView sasMethod("m.sas.v1");
inline constexpr QLatin1StringView showMethod("m.qr_code.show.v1");
inline constexpr QLatin1StringView scanMethod("m.qr_code.scan.v1");
inline constexpr QLatin1StringView reciprocateMethod("m.reciprocate.v1");

/// The person asked for something that has no place at this moment of a verification.
[[nodiscard]] inline tl::unexpected<Error> notNow()
{
    return fail(ErrorKind::Usage, QStringLiteral("PARVIS_VERIFICATION_NOT_NOW"));
}

/// What one call on a verification works with.
struct VerificationCall {
    CryptoStep &step;
    DeviceTracker &tracker;
    VerificationOutcome &outcome;
};

/// One verification, from the request to its end, in either role. In memory alone: a restart forgets it, and
/// the other side runs out of time.
///
/// Whatever breaks a rule cancels it; nothing of it is trusted then. Messages of the protocol are answered
/// at once; the person is waited for only where something is to be decided.
class VerificationFlow
{
public:
    static constexpr qint64 lifeMs = 10 * 60'000;

    /// Who talks to whom. @p id: of a request in a room that was not sent yet, a handle.
    struct Start {
        QString id;
        UserId user;
        DeviceId device; ///< empty: whichever answers
        RoomId room;     ///< empty: to-device
        bool byUs = false;
        QList<DeviceId> asked; ///< by us, by to-device messages
        QStringList methods;   ///< theirs, where they asked
        qint64 startedMs = 0;  ///< the earlier of now and what the request says
    };
    explicit VerificationFlow(Start start);

    [[nodiscard]] const VerificationInfo &info() const { return m_info; }
    [[nodiscard]] bool isOver() const;
    /// Over, or what was compared is saved and only the other side's word is missing.
    [[nodiscard]] bool isSettled() const { return isOver() || m_finished; }
    /// A step begins: what was settled before it stays so, whatever becomes of the step.
    void stepBegins() { m_wasSettled = isSettled(); }
    /// Before this step; false of one that is only made in it.
    [[nodiscard]] bool wasSettled() const { return m_wasSettled; }
    /// Bound to the event of its request; before that it has only its handle.
    [[nodiscard]] bool isBound() const { return m_bound; }
    void setBound(bool bound) { m_bound = bound; }
    void bind(const QString &eventId);
    [[nodiscard]] qint64 deadlineMs() const { return m_startedMs + lifeMs; }
    [[nodiscard]] bool asked(const DeviceId &device) const { return m_asked.contains(device); }

    /// Sends our request.
    void ask(VerificationCall &call);
    /// A message of the other side, or of another device of ours, that names this verification.
    void receive(VerificationCall &call, const VerificationMessage &message);
    void timeOut(VerificationCall &call);
    /// Ends it; the other side is told.
    void cancel(VerificationCall &call, CancelCode code);
    /// Its results could not be saved: it ends without them, and without a word that could not be saved
    /// either.
    void abandon();

    // --- What the person does; each fails with PARVIS_VERIFICATION_NOT_NOW at another time.

    [[nodiscard]] Result<void> accept(VerificationCall &call);
    [[nodiscard]] Result<void> startSas(VerificationCall &call);
    /// The emoji are the same; or: the other device shows that it read our code.
    [[nodiscard]] Result<void> confirm(VerificationCall &call);
    [[nodiscard]] Result<void> mismatch(VerificationCall &call);
    /// The bytes of our code.
    [[nodiscard]] Result<QByteArray> qr(VerificationCall &call);
    [[nodiscard]] Result<void> scan(VerificationCall &call, QByteArrayView bytes);

    /// PARVIS_VERIFICATION_NO_IDENTITY, PARVIS_VERIFICATION_OTHER_NO_IDENTITY where a person cannot be
    /// verified.
    [[nodiscard]] static Result<void> mayVerify(CryptoStep &step, const UserId &user);

private:
    enum class Qr { None, Shown, Scanned };

    [[nodiscard]] bool isOwn(const VerificationCall &call) const
    {
        return m_info.user == call.step.own().user;
    }
    /// Answers the content as it goes out.
    QByteArray send(VerificationCall &call, VerificationMessage::Kind kind, QJsonObject content,
                    const QList<DeviceId> &devices);
    void send(VerificationCall &call, VerificationMessage::Kind kind, const QJsonObject &content);
    void sendCancel(VerificationCall &call, CancelCode code, const QList<DeviceId> &devices);
    void ended(const QString &code, const QString &reason, bool byUs);
    void setState(VerificationState state);
    [[nodiscard]] QStringList ourMethods(CryptoStep &step) const;
    [[nodiscard]] bool bothWant(const VerificationCall &call);
    void receiveOwn(const VerificationMessage &message);
    void receiveReady(VerificationCall &call, const VerificationMessage &message);
    void receiveStart(VerificationCall &call, const VerificationMessage &message);
    void receiveSasStart(VerificationCall &call, const VerificationMessage &message);
    void receiveDone(VerificationCall &call);
    void receiveCancel(VerificationCall &call, const VerificationMessage &message);
    /// Sends what the exchange answered, or cancels as it says.
    [[nodiscard]] bool take(VerificationCall &call, const SasStep &step);
    void finishSas(VerificationCall &call);
    /// Trust and `done`; false: cancelled.
    bool finish(VerificationCall &call, const SasExchange::Vouched &shown);

    [[nodiscard]] std::optional<VerificationQr> makeQr(const VerificationCall &call) const;
    [[nodiscard]] bool fits(const VerificationCall &call, const VerificationQr &code) const;
    void receiveReciprocate(VerificationCall &call, const VerificationMessage &message);
    [[nodiscard]] SasExchange::Vouched shownByQr(const VerificationCall &call) const;

    VerificationInfo m_info;
    bool m_bound = true;
    qint64 m_startedMs;
    QList<DeviceId> m_asked;
    QStringList m_theirMethods;
    QStringList m_ourMethods;
    std::optional<FrozenKeys> m_frozen; ///< from `ready` on
    std::optional<SasExchange> m_sas;
    Qr m_qr = Qr::None;
    VerificationQr::Mode m_qrMode = VerificationQr::Mode::OtherPerson; ///< of the code shown or scanned
    QByteArray m_qrBytes;
    Secret m_qrSecret;
    bool m_wasSettled = false;
    bool m_finished = false; ///< our part: trust is saved, `done` is on its way
};

} // namespace parvis::crypto
