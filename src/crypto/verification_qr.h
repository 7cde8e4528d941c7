// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace parvis::crypto {

/// What a QR code of a verification says (specification, "QR codes"): bytes, never text.
struct VerificationQr {
    enum class Mode {
        OtherPerson = 0,  ///< my master key, and theirs as I know it
        OwnTrusting = 1,  ///< my master key, which I trust, and the other device's key
        OwnUntrusting = 2 ///< my device's key, and the master key that I do not trust yet
    };

    Mode mode = Mode::OtherPerson;
    QString flowId; ///< transaction or event id
    Ed25519Key firstKey;
    Ed25519Key secondKey;
    Secret secret; ///< at least 8 bytes; comes back to prove that the code was seen

    static constexpr qsizetype minSecret = 8;
    static constexpr qsizetype newSecret = 16;
    static constexpr qsizetype maxBytes = 2953; ///< what the largest code can hold

    /// PARVIS_QR_NOT_VERIFICATION for another code, PARVIS_QR_UNSUPPORTED for another version or mode,
    /// PARVIS_QR_DAMAGED for the rest. Whether it is the code of this verification, with the right keys, only
    /// the caller knows.
    [[nodiscard]] static Result<VerificationQr> parse(QByteArrayView bytes);
    /// PARVIS_QR_DAMAGED for what parse() would refuse. Holds the secret.
    [[nodiscard]] Result<QByteArray> toBytes() const;
};

} // namespace parvis::crypto
