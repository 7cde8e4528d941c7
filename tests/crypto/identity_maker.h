// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/primitives.h"
#include "crypto/signing.h"

#include <QJsonArray>

#include "fake_key_server.h"

namespace parvis::crypto {

/// A user's cross-signing identity as a foreign client makes it, private keys in hand.
class IdentityMaker
{
public:
    explicit IdentityMaker(QString user, char seed = 'i') : m_user(std::move(user))
    {
        master = make(seed);
        selfSigning = make(char(seed + 1));
        userSigning = make(char(seed + 2));
    }

    struct Pair {
        Secret seed;
        QString key;
    };
    Pair master;
    Pair selfSigning;
    Pair userSigning;

    static Pair make(char seed)
    {
        Secret bytes(QByteArray(32, seed));
        const QString key = ed25519PublicKey(bytes)->toString();
        return {std::move(bytes), key};
    }

    [[nodiscard]] QJsonObject keyObject(const Pair &pair, const QString &usage) const
    {
        return {{QLatin1String("user_id"), m_user},
                {QLatin1String("usage"), QJsonArray{usage}},
                {QLatin1String("keys"), QJsonObject{{id(pair.key), pair.key}}}};
    }

    /// @p object with one more signature.
    static QJsonObject signedWith(QJsonObject object, const QString &signer, const Pair &pair)
    {
        const auto signature = signatureOf(FakeKeyServer::text(object), pair.seed);
        QJsonObject signatures = object[QLatin1String("signatures")].toObject();
        QJsonObject ours = signatures[signer].toObject();
        ours[id(pair.key)] = QString::fromLatin1(signature.value_or(QByteArray()));
        signatures[signer] = ours;
        object[QLatin1String("signatures")] = signatures;
        return object;
    }

    [[nodiscard]] QJsonObject masterObject() const { return keyObject(master, QStringLiteral("master")); }
    [[nodiscard]] QJsonObject selfSigningObject() const
    {
        return signedWith(keyObject(selfSigning, QStringLiteral("self_signing")), m_user, master);
    }
    [[nodiscard]] QJsonObject userSigningObject() const
    {
        return signedWith(keyObject(userSigning, QStringLiteral("user_signing")), m_user, master);
    }

    /// The identity stands at the server from now on.
    void publish(FakeKeyServer &server) const
    {
        server.identities[m_user] = {masterObject(), selfSigningObject(), userSigningObject()};
        server.announce(m_user);
    }

    /// Signs a device that is at the server.
    void signDevice(FakeKeyServer &server, const QString &device) const
    {
        auto &keys = server.devices[{m_user, device}].keys;
        keys = signedWith(keys, m_user, selfSigning);
        server.announce(m_user);
    }

    static QString id(const QString &key) { return QLatin1String("ed25519:") + key; }

private:
    QString m_user;
};

} // namespace parvis::crypto
