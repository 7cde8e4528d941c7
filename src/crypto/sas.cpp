// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sas.h"

#include "base/base64.h"
#include "base/canonical_json.h"
#include "crypto/primitives.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype sasMacBytes = 32;
constexpr auto listId = "KEY_IDS"_L1;

/// "|user|device|key"
QString part(const SasParty &party)
{
    return u'|' + party.user.toString() + u'|' + party.device.toString() + u'|' + party.key.toString();
}

/// Base64 of the MAC. No separators between the ids: the format has none.
Result<QByteArray> macOf(const Secret &shared, const SasMacContext &context, const QString &keyId,
                         const QByteArray &message)
{
    const QString info = u"MATRIX_KEY_VERIFICATION_MAC"_s + context.sender.toString()
        + context.senderDevice.toString() + context.receiver.toString() + context.receiverDevice.toString()
        + context.flowId + keyId;
    return hkdfSha256(shared, {}, info.toUtf8(), sasMacBytes).map([&message](const Secret &key) {
        return toBase64(hmacSha256(key.view(), message));
    });
}

bool holds(const Result<QByteArray> &own, const QByteArray &theirs)
{
    const auto bytes = fromBase64(theirs);
    return own && bytes && bytes->size() == sasMacBytes && constantTimeEqual(toBase64(*bytes), *own);
}

/// The ids in the order of their code points, as both sides sort them.
QByteArray listOf(const QStringList &ids)
{
    QList<QByteArray> sorted;
    for (const QString &id : ids)
        sorted += id.toUtf8();
    std::sort(sorted.begin(), sorted.end());
    return sorted.join(',');
}

/// The six bytes, from the highest bit on.
quint64 bitsOf(const QByteArray &bytes)
{
    Q_ASSERT(bytes.size() == sasByteCount);
    quint64 bits = 0;
    for (const char byte : bytes)
        bits = (bits << 8) | static_cast<unsigned char>(byte);
    return bits << 16;
}

} // namespace

Result<Secret> sasSharedSecret(const Curve25519Pair &own, const Curve25519Key &theirs)
{
    if (publicKeyBytes(theirs.toString()) == publicKeyBytes(own.publicKey.toString()))
        return fail(ErrorKind::Crypto, u"PARVIS_SAS_REFLECTED"_s);
    return agreedSecret(own.privateKey, theirs);
}

Result<QByteArray> sasCommitment(const Curve25519Key &accepter, const QByteArray &startContent)
{
    return canonicalJson(startContent).map([&accepter](const QByteArray &canonical) {
        return toBase64(sha256(accepter.toString().toUtf8() + canonical));
    });
}

bool sasCommitmentHolds(const QByteArray &commitment, const Curve25519Key &accepter,
                        const QByteArray &startContent)
{
    return holds(sasCommitment(accepter, startContent), commitment);
}

Result<QByteArray> sasBytes(const Secret &shared, const SasParties &parties)
{
    const QString info = u"MATRIX_KEY_VERIFICATION_SAS"_s + part(parties.starter) + part(parties.accepter)
        + u'|' + parties.flowId;
    return hkdfSha256(shared, {}, info.toUtf8(), sasByteCount).map([](const Secret &bytes) {
        return bytes.view().toByteArray();
    });
}

SasEmojis sasEmojis(const QByteArray &bytes)
{
    quint64 bits = bitsOf(bytes);
    SasEmojis emojis{};
    for (int &emoji : emojis) {
        emoji = int(bits >> 58);
        bits <<= 6;
    }
    return emojis;
}

SasDecimals sasDecimals(const QByteArray &bytes)
{
    quint64 bits = bitsOf(bytes);
    SasDecimals decimals{};
    for (int &decimal : decimals) {
        decimal = int(bits >> 51) + 1000;
        bits <<= 13;
    }
    return decimals;
}

Result<SasMacs> sasMacs(const Secret &shared, const SasMacContext &context,
                        const QMap<QString, QString> &keys)
{
    SasMacs macs;
    for (auto it = keys.cbegin(); it != keys.cend(); ++it) {
        const auto mac = macOf(shared, context, it.key(), it->toUtf8());
        if (!mac)
            return tl::unexpected(mac.error());
        macs.keys.insert(it.key(), *mac);
    }
    const auto list = macOf(shared, context, listId, listOf(keys.keys()));
    if (!list)
        return tl::unexpected(list.error());
    macs.list = *list;
    return macs;
}

bool sasListHolds(const Secret &shared, const SasMacContext &context, const SasMacs &macs)
{
    return !macs.keys.isEmpty() && holds(macOf(shared, context, listId, listOf(macs.keys.keys())), macs.list);
}

bool sasKeyHolds(const Secret &shared, const SasMacContext &context, const SasMacs &macs,
                 const QString &keyId, const QString &key)
{
    const auto theirs = macs.keys.constFind(keyId);
    return theirs != macs.keys.cend() && holds(macOf(shared, context, keyId, key.toUtf8()), *theirs);
}

} // namespace parvis::crypto
