// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"

namespace parvis {

/// Devices and identities as /keys/query would have left them in the store of an engine, without their
/// signatures: what is made of the rows is tested here, not how they come there.
struct KeyRows {
    explicit KeyRows(Engine &engine) : m_engine(engine) {}

    /// @p signer: the owner's self-signing key; empty: nobody signed it.
    void device(const UserId &user, const QString &device, const QString &signer = {},
                crypto::LocalTrust trust = crypto::LocalTrust::Unset)
    {
        crypto::DeviceRecord record{.user = user,
                                    .device = DeviceId(device),
                                    .curveKey = Curve25519Key(device + QStringLiteral("-curve")),
                                    .signingKey = Ed25519Key(device + QStringLiteral("-ed")),
                                    .displayName = QStringLiteral("Poste ") + device,
                                    .trust = trust};
        record.checkedFor = Ed25519Key(signer);
        record.ownerSigned = !signer.isEmpty();
        m_changes.devices.append(record);
        m_changes.users.append({user, false});
    }
    /// @p signedBy: our user-signing key; empty: not verified.
    void identity(const UserId &user, const QString &name, const QString &signedBy = {},
                  bool wasVerified = false)
    {
        crypto::IdentityRecord record;
        record.user = user;
        record.master = {Ed25519Key(name + QStringLiteral("-msk")), "{}"};
        record.selfSigning = {Ed25519Key(name + QStringLiteral("-ssk")), "{}"};
        record.pinned = record.master.key;
        record.signedBy = Ed25519Key(signedBy);
        record.wasVerified = wasVerified;
        if (user == m_engine.user()) {
            record.userSigning = {Ed25519Key(name + QStringLiteral("-usk")), "{}"};
            record.verified = record.master.key;
        }
        m_changes.identities.append(record);
    }
    void save()
    {
        if (!m_engine.cryptoStore().save(std::exchange(m_changes, {})))
            qFatal("the test's rows are not taken");
        Q_EMIT m_engine.trustChanged({});
    }

private:
    Engine &m_engine;
    crypto::CryptoChanges m_changes;
};

} // namespace parvis
