// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/crypto_values.h"
#include "crypto/verification_values.h"

#include <QByteArrayView>
#include <QHash>

#include <functional>
#include <memory>
#include <vector>

namespace parvis::crypto {

struct StepContext;
struct VerificationCall;
struct VerificationMessage;
class DeviceTracker;
class VerificationFlow;

/// All verifications of this device: takes their messages, says what to send, and saves what they show.
///
/// Each call is one save at most; when it fails, the verification that it was about ends without trust. In
/// memory alone and bounded: at most ten at once, whoever asks more than that is not heard. Core thread.
class Verifications
{
public:
    static constexpr qsizetype mostActive = 10;
    /// Those that are over stay visible until so many came after them.
    static constexpr qsizetype mostOver = 20;
    /// What a request may be off our clock.
    static constexpr qint64 oldestMs = 10 * 60'000;
    static constexpr qint64 newestMs = 5 * 60'000;
    static constexpr int requestsPerUser = 10; ///< within ten minutes

    Verifications(StepContext &context, DeviceTracker &tracker);
    ~Verifications();
    Verifications(const Verifications &) = delete;
    Verifications &operator=(const Verifications &) = delete;

    // --- What comes in. Anything that is none of a verification's business is ignored.

    [[nodiscard]] Result<VerificationOutcome> receive(const ReceivedToDevice &event);
    [[nodiscard]] Result<VerificationOutcome> receive(const RoomVerificationEvent &event);
    /// Devices became known: requests that waited for them are looked at again.
    [[nodiscard]] Result<VerificationOutcome> devicesChanged();
    /// Time has passed; to be called every few seconds while isActive().
    [[nodiscard]] Result<VerificationOutcome> tick();
    /// The request with this handle is @p event now.
    void roomRequestSent(const QString &handle, const EventId &event);

    // --- What the person does. PARVIS_NO_SUCH_VERIFICATION; PARVIS_VERIFICATION_NOT_NOW at the wrong time.

    /// Asks a device of ours; an empty @p device: all of them. PARVIS_UNKNOWN_DEVICE.
    [[nodiscard]] Result<VerificationOutcome> requestOwn(const DeviceId &device);
    /// Asks a person, in a room with both. PARVIS_VERIFICATION_NO_IDENTITY where we have none ourselves,
    /// PARVIS_VERIFICATION_OTHER_NO_IDENTITY where the other has none.
    [[nodiscard]] Result<VerificationOutcome> requestPerson(const UserId &user, const RoomId &room);
    [[nodiscard]] Result<VerificationOutcome> accept(const QString &flow);
    [[nodiscard]] Result<VerificationOutcome> startSas(const QString &flow);
    /// The emoji are the same; or, after our code was read: the other device shows that it was.
    [[nodiscard]] Result<VerificationOutcome> confirm(const QString &flow);
    [[nodiscard]] Result<VerificationOutcome> mismatch(const QString &flow);
    [[nodiscard]] Result<VerificationOutcome> cancel(const QString &flow);
    /// The bytes of the code to be shown.
    [[nodiscard]] Result<QByteArray> qr(const QString &flow);
    /// PARVIS_QR_NOT_VERIFICATION, PARVIS_QR_UNSUPPORTED, PARVIS_QR_DAMAGED, PARVIS_QR_OTHER_VERIFICATION: it
    /// can be tried again.
    [[nodiscard]] Result<VerificationOutcome> scan(const QString &flow, QByteArrayView bytes);

    /// The oldest first, those that are over included.
    [[nodiscard]] QList<VerificationInfo> all() const;
    [[nodiscard]] bool isActive() const;

private:
    using Work = std::function<Result<void>(VerificationCall &)>;
    struct Waiting {
        std::shared_ptr<const VerificationMessage> message;
        qint64 untilMs = 0;
    };
    struct Asked {
        qint64 sinceMs = 0;
        int count = 0;
    };

    /// One step on @p touched, or on all.
    [[nodiscard]] Result<VerificationOutcome> run(VerificationFlow *touched, const Work &work);
    [[nodiscard]] Result<VerificationOutcome>
    act(const QString &flow, const std::function<Result<void>(VerificationFlow &, VerificationCall &)> &what);
    [[nodiscard]] Result<VerificationOutcome> take(const std::shared_ptr<const VerificationMessage> &message);
    void request(VerificationCall &call, const VerificationMessage &message);
    [[nodiscard]] bool mayAsk(const VerificationCall &call, const VerificationMessage &message);
    [[nodiscard]] bool isKnownDevice(VerificationCall &call,
                                     const std::shared_ptr<const VerificationMessage> &message);
    [[nodiscard]] bool bindEcho(const VerificationCall &call, const VerificationMessage &message);
    void answerUnknown(VerificationCall &call, const VerificationMessage &message);
    [[nodiscard]] bool heardTooOften(const UserId &user, qint64 nowMs);
    void begin(VerificationCall &call, std::unique_ptr<VerificationFlow> flow);
    [[nodiscard]] VerificationFlow *find(const QString &flow, const RoomId &room) const;
    [[nodiscard]] VerificationFlow *findAny(const QString &flow) const;
    [[nodiscard]] bool seenBefore(const EventId &event);
    [[nodiscard]] qsizetype active() const;
    void forgetOld();

    StepContext &m_context;
    DeviceTracker &m_tracker;
    std::vector<std::unique_ptr<VerificationFlow>> m_flows; ///< the oldest first
    QList<Waiting> m_waiting;                               ///< for the keys of who sent them
    QHash<UserId, Asked> m_asked;
    QList<QString> m_answeredUnknown;
    QList<EventId> m_seen; ///< events of rooms can come twice
};

} // namespace parvis::crypto
