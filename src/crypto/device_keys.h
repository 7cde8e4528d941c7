// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QStringList>

namespace parvis::crypto {

/// A device's keys, its self-signature checked.
struct DeviceKeys {
    UserId user;
    DeviceId device;
    Curve25519Key curveKey;
    Ed25519Key signingKey;
    QStringList algorithms;
    QString displayName; ///< from `unsigned`: the server's word alone; at most 255 characters
    bool dehydrated = false;

    bool operator==(const DeviceKeys &) const = default;
};

/// Reads a device_keys object (specification, "Device keys") as it stands in /keys/query under this user and
/// device. Fails with PARVIS_BAD_DEVICE_KEYS for a wrong shape or foreign ids, PARVIS_UNSAFE_KEY for a key of
/// small order or in a second encoding, PARVIS_BAD_SIGNATURE where the device did not sign it itself,
/// PARVIS_BAD_JSON where it cannot be signed at all (canonicalJson()). Keys come out without padding.
[[nodiscard]] Result<DeviceKeys> parseDeviceKeys(const QByteArray &json, const UserId &user,
                                                 const DeviceId &device);

/// Reads a signed_curve25519 key from /keys/claim and checks that @p signer signed it. The same errors.
[[nodiscard]] Result<Curve25519Key> parseSignedOneTimeKey(const QByteArray &json, const UserId &user,
                                                          const DeviceId &device, const Ed25519Key &signer);

} // namespace parvis::crypto
