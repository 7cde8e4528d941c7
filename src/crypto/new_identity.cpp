// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/canonical_json.h"
#include "base/raw_object.h"
#include "crypto/new_identity_p.h"
#include "crypto/primitives.h"
#include "crypto/signing.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype seedSize = 32;

/// Canonical as it stands.
QByteArray keyObject(const UserId &user, CrossSigningRole role, const Ed25519Key &key)
{
    return "{\"keys\":{" + jsonString(u"ed25519:"_s + key.toString()) + ':' + jsonString(key.toString())
        + "},\"usage\":[" + jsonString(word(role)) + "],\"user_id\":" + jsonString(user.toString()) + '}';
}

} // namespace

IdentitySeeds IdentitySeeds::random()
{
    return {Secret::random(seedSize), Secret::random(seedSize), Secret::random(seedSize)};
}

bool IdentitySeeds::isEmpty() const
{
    return master.isEmpty() || selfSigning.isEmpty() || userSigning.isEmpty();
}

Result<QByteArray> withSignature(const QByteArray &json, const UserId &signer, const QString &keyId,
                                 const QByteArray &signature)
{
    auto object = canonicalJsonWithout(json, {"signatures", "unsigned"});
    if (!object)
        return object;
    object->chop(1);
    return QByteArray(*object + ",\"signatures\":{" + jsonString(signer.toString()) + ":{"
                      + jsonString(u"ed25519:"_s + keyId) + ":\"" + signature + "\"}}}");
}

Result<QByteArray> withSignaturesOf(const QByteArray &json, const QByteArray &from, const UserId &signer)
{
    auto object = canonicalJsonWithout(json, {"signatures", "unsigned"});
    if (!object)
        return object;
    QMap<QString, QByteArray> signatures;
    for (const QByteArray &source : {from, json}) {
        const auto parsed = RawObject::parse(source);
        if (!parsed)
            return tl::unexpected(parsed.error());
        const RawObject theirs = parsed->object(u"signatures"_s).object(signer.toString());
        const QStringList names = theirs.names();
        for (const QString &name : names)
            signatures[name] = theirs.raw(name);
    }
    QByteArrayList members;
    for (auto it = signatures.cbegin(); it != signatures.cend(); ++it)
        members.append(jsonString(it.key()) + ':' + it.value());
    object->chop(1);
    return QByteArray(*object + ",\"signatures\":{" + jsonString(signer.toString()) + ":{" + members.join(',')
                      + "}}}");
}

Result<QByteArray> signedBy(const QByteArray &json, const UserId &signer, const Ed25519Key &key,
                            const Secret &seed)
{
    return signatureOf(json, seed).and_then([&](const QByteArray &signature) {
        return withSignature(json, signer, key.toString(), signature);
    });
}

Result<QByteArray> signedByDevice(CryptoStep &step, const QByteArray &json)
{
    OlmAccount *account = step.olmAccount();
    const auto message = canonicalJsonWithout(json, {"signatures", "unsigned"});
    if (!account || !message)
        return fail(ErrorKind::Crypto, u"PARVIS_CRYPTO_PICKLE"_s);
    return account->sign(*message).and_then([&](const QByteArray &signature) {
        return withSignature(json, step.own().user, step.own().device.toString(), signature);
    });
}

Result<PublicIdentity> publicIdentity(CryptoStep &step, const IdentitySeeds &seeds)
{
    const UserId user = step.own().user;
    const auto master = ed25519PublicKey(seeds.master);
    const auto self = ed25519PublicKey(seeds.selfSigning);
    const auto others = ed25519PublicKey(seeds.userSigning);
    OlmAccount *account = step.olmAccount();
    if (!master || !self || !others || !account)
        return fail(ErrorKind::Crypto, u"PARVIS_CRYPTO_PICKLE"_s, u"seeds"_s);

    const QByteArray masterObject = keyObject(user, CrossSigningRole::Master, *master);
    const auto masterJson = account->sign(masterObject).and_then([&](const QByteArray &signature) {
        return withSignature(masterObject, user, step.own().device.toString(), signature);
    });
    const auto selfJson =
        signedBy(keyObject(user, CrossSigningRole::SelfSigning, *self), user, *master, seeds.master);
    const auto othersJson =
        signedBy(keyObject(user, CrossSigningRole::UserSigning, *others), user, *master, seeds.master);
    for (const auto *json : {&masterJson, &selfJson, &othersJson}) {
        if (!*json)
            return tl::unexpected(json->error());
    }
    return PublicIdentity{.user = user,
                          .master = {*master, *masterJson},
                          .selfSigning = {*self, *selfJson},
                          .userSigning = {*others, *othersJson}};
}

} // namespace parvis::crypto
