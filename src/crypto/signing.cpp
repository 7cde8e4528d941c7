// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/signing.h"

#include "base/base64.h"
#include "base/canonical_json.h"
#include "crypto/primitives.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

Result<void> verifySigned(const QByteArray &json, const UserId &user, const QString &keyId,
                          const Ed25519Key &key)
{
    const auto message = canonicalJsonWithout(json, {"signatures", "unsigned"});
    if (!message)
        return tl::unexpected(message.error());
    // The canonical form exists, so keys are unique: QJson's "last one wins" cannot mislead.
    const QJsonValue signature =
        QJsonDocument::fromJson(json)["signatures"_L1][user.toString()][u"ed25519:"_s + keyId];
    if (!signature.isString() || !ed25519Verify(key, *message, signature.toString().toUtf8()))
        return fail(ErrorKind::Crypto, u"PARVIS_BAD_SIGNATURE"_s);
    return {};
}

Result<QByteArray> signatureOf(const QByteArray &json, const Secret &seed)
{
    const auto message = canonicalJsonWithout(json, {"signatures", "unsigned"});
    if (!message)
        return message;
    return ed25519Sign(seed, *message).map([](const QByteArray &signature) { return toBase64(signature); });
}

} // namespace parvis::crypto
