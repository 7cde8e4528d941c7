// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/raw_object.h"
#include "crypto/back_off_p.h"
#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Makes Olm sessions: claims one-time keys for devices that need one, checks them, and tells a device whose
/// messages could not be read that there is a new session. One claim at a time.
///
/// A claim uses up keys whether or not its answer is read. Where one device makes the answer larger than is
/// read, the same claim is never made again: it goes on in sixteen parts, and these in sixteen, so that 250
/// devices lose three keys each at most; and whoever is it alone is left alone for a while.
class SessionClaims
{
public:
    static constexpr qsizetype devicesPerClaim = 250;
    static constexpr qsizetype partsOfAClaim = 16;
    /// So many answers about single devices of one user that are too large, and no device of theirs is
    /// claimed for.
    static constexpr int tooLargePerUser = 10;
    static constexpr qint64 longestAsideMs = 60 * 60'000;

    /// These devices need a session. Those in their back-off are left out.
    void want(const QList<DeviceRecord> &devices, qint64 nowMs);
    /// True where claiming for the device makes no sense for now.
    [[nodiscard]] bool leavesAlone(const DeviceRecord &device, qint64 nowMs) const;

    /// The claim in flight, or a new one if a device needs a session.
    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_claim && m_claim->id == id; }
    /// Until the first wait after a failure ends, in milliseconds; -1: none runs.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const
    {
        return sooner(
            sooner(sooner(sooner(m_devices.leftMs(nowMs), m_servers.leftMs(nowMs)), m_requests.leftMs(nowMs)),
                   m_tooLarge.leftMs(nowMs)),
            m_users.leftMs(nowMs));
    }
    [[nodiscard]] Result<void> answered(CryptoStep &step, const QByteArray &body);
    void rejected(CryptoStep &step, const Error &error);

private:
    using Target = QPair<UserId, DeviceId>;
    struct Claim {
        RequestId id;
        QList<Target> targets;
    };
    [[nodiscard]] bool isAsked(const Target &target) const;
    [[nodiscard]] QList<Target> nextTargets(qint64 nowMs);
    void setAside(CryptoStep &step, const Target &target);
    [[nodiscard]] static KeysClaim build(QList<Target> targets);
    [[nodiscard]] bool take(CryptoStep &step, const Target &target, const RawObject &keys);
    [[nodiscard]] static Result<OlmSession> makeSession(CryptoStep &step, const DeviceRecord &device,
                                                        const RawObject &keys);
    static void sayHello(CryptoStep &step, DeviceRecord &device);

    std::optional<Claim> m_claim;
    QList<Target> m_wanted;
    QList<QList<Target>> m_parts; ///< of claims whose answer was of no use
    BackOff<Target> m_devices;
    BackOff<QString> m_servers;
    BackOff<int> m_requests;
    BackOff<Target> m_tooLarge{15'000, longestAsideMs};
    BackOff<UserId> m_users{15'000, longestAsideMs};
    QHash<UserId, int> m_tooLargeOf;
};

/// True where Olm messages can be written to the device at all.
[[nodiscard]] bool speaksOlm(const DeviceRecord &device);

/// The body of a sendToDevice request for several devices: content by user and device.
[[nodiscard]] QByteArray toDeviceBody(const QList<std::pair<DeviceRecord, QByteArray>> &messages);

} // namespace parvis::crypto
