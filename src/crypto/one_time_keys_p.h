// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/back_off_p.h"
#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Keeps the server supplied with one-time keys and a fallback key, and uploads the device keys.
///
/// Keys are made in a step that is saved before they can be uploaded, and never while others still wait for
/// their upload: what the server holds, this device can open.
class OneTimeKeys
{
public:
    /// On the server. The account holds twice as many private keys, so that keys which were handed out but
    /// not used yet survive the next refill.
    static constexpr int target = 50;
    static constexpr qint64 fallbackLifeMs = 7 * 24 * 3'600'000LL;
    /// A fallback key reported as used is replaced no sooner than this, since messages for its predecessor
    /// may be under way and the account holds two.
    static constexpr qint64 fallbackShortestLifeMs = 3'600'000;
    /// When the private half of the fallback key before the present one goes.
    static constexpr qint64 previousFallbackLifeMs = 24 * 3'600'000LL;

    /// What a sync answer says about the server's stock.
    [[nodiscard]] Result<void> replenish(CryptoStep &step, const SyncCrypto &sync);

    /// The upload in flight, or a new one if there is something to upload.
    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_upload && m_upload->id == id; }
    /// Until the first wait after a failure ends, in milliseconds; -1: none runs.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const { return m_refusals.leftMs(nowMs); }
    [[nodiscard]] Result<void> answered(CryptoStep &step, const QByteArray &body);
    [[nodiscard]] Result<void> rejected(CryptoStep &step, const Error &error, const QByteArray &body);
    /// The upload may or may not have arrived.
    void unanswered(CryptoStep &step);

private:
    /// Takes in how many one-time keys the server holds.
    [[nodiscard]] Result<void> count(CryptoStep &step, int held);
    /// What is unpublished was in the upload, and the server has it.
    [[nodiscard]] Result<void> published(CryptoStep &step);
    [[nodiscard]] static Result<void> refill(CryptoStep &step);
    [[nodiscard]] static Result<void> renewFallback(CryptoStep &step,
                                                    const std::optional<QStringList> &unusedTypes);
    /// The body of an upload; empty if there is nothing to upload.
    [[nodiscard]] static Result<QByteArray> build(CryptoStep &step);

    std::optional<OutgoingRequest> m_upload;
    bool m_awaitsCount = true;      ///< an upload may have arrived, perhaps one from before the start
    bool m_buildAgain = false;      ///< the body of the upload may hold keys that were used since
    bool m_withDeviceKeys = false;  ///< the upload in flight holds them
    bool m_nothingToUpload = false; ///< known since the account was last looked at
    BackOff<int> m_refusals;
};

} // namespace parvis::crypto
