// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

namespace parvis {

/// One of the pictures that are compared.
struct VerificationEmoji {
    QString symbol;
    QString english; ///< its name, in both languages of the specification that we show
    QString french;

    bool operator==(const VerificationEmoji &) const = default;
};

/// One verification of a device of ours or of a person, in either role.
struct VerificationInfo {
    enum class State {
        Requested, ///< with byUs: the other side is waited for; else the person has to accept or decline
        Ready,     ///< the way of comparing is to be chosen, by whichever side
        Started,   ///< emoji are on their way
        Comparing, ///< emoji and numbers are there: the person says whether they are the same
        Scanned,   ///< the other device read our code: the person confirms that it shows so
        Waiting,   ///< for the other side
        Done,
        Cancelled,
        Passive, ///< another device of ours takes care of it
    };

    QString txn; ///< its id; never shown
    UserId user; ///< ourselves where it is about a device of ours
    DeviceId device;
    RoomId room; ///< empty: none
    bool byUs = false;
    State state = State::Requested;
    QList<VerificationEmoji> emoji; ///< seven, or none where only numbers can be compared
    QList<int> decimal;             ///< three
    bool canSas = false;            ///< what can be chosen now
    bool canShow = false;           ///< our QR code
    bool canScan = false;           ///< theirs
    QString cancelCode;             ///< "m.user", with Cancelled; VerificationSentences has the words
    QString reason;                 ///< what the other side said; in whatever language
    bool cancelledByUs = false;

    [[nodiscard]] bool isOver() const
    {
        return state == State::Done || state == State::Cancelled || state == State::Passive;
    }
    bool operator==(const VerificationInfo &) const = default;
};

/// Verifications of the open account. UI thread.
///
/// Each call fails with PARVIS_NO_SUCH_VERIFICATION where there is none with this id, and with
/// PARVIS_VERIFICATION_NOT_NOW where it is at another step.
class VerificationPort
{
public:
    virtual ~VerificationPort() = default;

    /// The oldest first; those that are over stay for a while.
    virtual void subscribe(const QObject *context, ValueSink<QList<VerificationInfo>> sink) = 0;

    /// Asks a device of ours (@p user empty or ourselves; @p device empty: all of them), or a person, in a
    /// room with them. Answers its id once it is on its way.
    /// PARVIS_UNKNOWN_DEVICE, PARVIS_VERIFICATION_NO_IDENTITY, PARVIS_VERIFICATION_OTHER_NO_IDENTITY.
    [[nodiscard]] virtual Task<QString> request(const UserId &user, const DeviceId &device,
                                                const RoomId &room) = 0;
    [[nodiscard]] virtual Task<void> accept(const QString &txn) = 0;
    [[nodiscard]] virtual Task<void> startSas(const QString &txn) = 0;
    /// The emoji are the same; or: the other device shows that it read our code.
    [[nodiscard]] virtual Task<void> confirm(const QString &txn) = 0;
    [[nodiscard]] virtual Task<void> mismatch(const QString &txn) = 0;
    [[nodiscard]] virtual Task<void> cancel(const QString &txn) = 0;
    /// The bytes of our code, which are no text.
    [[nodiscard]] virtual Task<QByteArray> qr(const QString &txn) = 0;
    /// The bytes of theirs. PARVIS_QR_NOT_VERIFICATION, PARVIS_QR_UNSUPPORTED, PARVIS_QR_DAMAGED and
    /// PARVIS_QR_OTHER_VERIFICATION leave it as it is: another try is possible.
    [[nodiscard]] virtual Task<void> scan(const QString &txn, const QByteArray &bytes) = 0;
};

} // namespace parvis
