// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_agreement.h"

#include <QByteArray>
#include <QMap>

#include <array>

/// What two people compare, and how their devices then vouch for keys: m.sas.v1 with curve25519-hkdf-sha256,
/// sha256 and hkdf-hmac-sha256.v2. The older MAC, which is the output of a mistake, is not there. Pure
/// functions, any thread; the order of the messages is somebody else's business.
namespace parvis::crypto {

/// What both sides know once the keys are exchanged. PARVIS_SAS_REFLECTED where the other key is ours, as a
/// mirror in the middle would send it; PARVIS_UNSAFE_KEY for a key under which everyone knows the secret.
[[nodiscard]] Result<Secret> sasSharedSecret(const Curve25519Pair &own, const Curve25519Key &theirs);

/// What the accepting side promises before it shows its key, in base64; over the content of the start event
/// exactly as it was sent. PARVIS_BAD_JSON where that has no canonical form.
[[nodiscard]] Result<QByteArray> sasCommitment(const Curve25519Key &accepter, const QByteArray &startContent);
[[nodiscard]] bool sasCommitmentHolds(const QByteArray &commitment, const Curve25519Key &accepter,
                                      const QByteArray &startContent);

struct SasParty {
    UserId user;
    DeviceId device;
    Curve25519Key key; ///< the one of this verification
};

/// Who verifies whom. The starter sent the start event that counts.
struct SasParties {
    SasParty starter;
    SasParty accepter;
    QString flowId; ///< transaction or event id
};

constexpr qsizetype sasByteCount = 6;
using SasEmojis = std::array<int, 7>;   ///< each 0 to 63, for sasEmoji()
using SasDecimals = std::array<int, 3>; ///< each 1000 to 9191

/// The six bytes that are compared, in one of two spellings.
[[nodiscard]] Result<QByteArray> sasBytes(const Secret &shared, const SasParties &parties);
[[nodiscard]] SasEmojis sasEmojis(const QByteArray &bytes);
[[nodiscard]] SasDecimals sasDecimals(const QByteArray &bytes);

/// Who vouches to whom.
struct SasMacContext {
    UserId sender;
    DeviceId senderDevice;
    UserId receiver;
    DeviceId receiverDevice;
    QString flowId;
};

/// The content of m.key.verification.mac.
struct SasMacs {
    QMap<QString, QByteArray> keys; ///< key id ("ed25519:…"): MAC of the key, in base64
    QByteArray list;                ///< MAC of the list of those ids, in base64
};

/// Vouches for @p keys, which are public keys in base64 by their ids.
[[nodiscard]] Result<SasMacs> sasMacs(const Secret &shared, const SasMacContext &context,
                                      const QMap<QString, QString> &keys);
/// Whether the other side vouches for just the ids that it lists: checked before any of its keys.
[[nodiscard]] bool sasListHolds(const Secret &shared, const SasMacContext &context, const SasMacs &macs);
/// Whether it vouches for @p key, as we know it, under @p keyId.
[[nodiscard]] bool sasKeyHolds(const Secret &shared, const SasMacContext &context, const SasMacs &macs,
                               const QString &keyId, const QString &key);

} // namespace parvis::crypto
