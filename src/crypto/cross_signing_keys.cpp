// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/cross_signing_keys.h"

#include "base/base64.h"
#include "base/raw_object.h"
#include "crypto/primitives.h"
#include "crypto/signing.h"
#include "crypto/sizes_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr int maxUsages = 16;

tl::unexpected<Error> malformedIdentity(const QString &what)
{
    return fail(ErrorKind::Crypto, u"PARVIS_BAD_IDENTITY"_s, what);
}

bool hasUsage(const RawObject &object, CrossSigningRole role)
{
    const QJsonArray usages = QJsonDocument::fromJson(object.raw(u"usage"_s)).array();
    return usages.size() <= maxUsages && usages.contains(word(role));
}

/// One of the two lower keys, with the master key's signature on it.
Result<CrossSigningKey> parseSignedKey(const QByteArray &json, const UserId &user, CrossSigningRole role,
                                       const Ed25519Key &master)
{
    auto key = parseCrossSigningKey(json, user, role);
    if (!key)
        return key;
    if (key->key == master)
        return malformedIdentity(word(role) + u": the master key again"_s);
    if (auto verified = verifySigned(json, user, master.toString(), master); !verified)
        return tl::unexpected(verified.error());
    return key;
}

} // namespace

QString word(CrossSigningRole role)
{
    switch (role) {
    case CrossSigningRole::Master:
        return u"master"_s;
    case CrossSigningRole::SelfSigning:
        return u"self_signing"_s;
    case CrossSigningRole::UserSigning:
        return u"user_signing"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString secretName(CrossSigningRole role)
{
    return u"m.cross_signing."_s + word(role);
}

bool isKeyOf(const PublicIdentity &identity, const DeviceId &device)
{
    const QString id = device.toString();
    for (const auto *key : {&identity.master, &identity.selfSigning, &identity.userSigning}) {
        if (!key->key.isEmpty() && id == key->key.toString())
            return true;
    }
    return false;
}

Result<CrossSigningKey> parseCrossSigningKey(const QByteArray &json, const UserId &user,
                                             CrossSigningRole role)
{
    if (json.size() > maxObjectBytes)
        return malformedIdentity(u"too large"_s);
    const auto object = RawObject::parse(json);
    if (!object)
        return malformedIdentity(word(role) + u": no object"_s);
    if (user.isEmpty() || object->text(u"user_id"_s) != user.toString())
        return malformedIdentity(word(role) + u": foreign user"_s);
    if (!hasUsage(*object, role))
        return malformedIdentity(word(role) + u": usage"_s);
    const RawObject keys = object->object(u"keys"_s);
    const QStringList ids = keys.names();
    if (ids.size() != 1)
        return malformedIdentity(word(role) + u": not one key"_s);
    const QString value = keys.text(ids.first());
    // The id is looked up as a name of the key wherever it signs: it must say what the key is.
    if (ids.first() != u"ed25519:"_s + value)
        return malformedIdentity(word(role) + u": the id is not the key"_s);
    // One spelling, without padding: keys are compared as text.
    const QByteArray bytes = publicKeyBytes(value);
    if (bytes.isEmpty() || QString::fromLatin1(toBase64(bytes)) != value)
        return malformedIdentity(word(role) + u": the key"_s);
    const Ed25519Key key(value);
    if (!isSafeKey(key))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    return CrossSigningKey{key, json};
}

Result<PublicIdentity> parseIdentity(const IdentityJson &json, const UserId &user, bool own)
{
    PublicIdentity identity{.user = user, .master = {}, .selfSigning = {}, .userSigning = {}};
    auto master = parseCrossSigningKey(json.master, user, CrossSigningRole::Master);
    if (!master)
        return tl::unexpected(master.error());
    identity.master = *master;
    auto self = parseSignedKey(json.selfSigning, user, CrossSigningRole::SelfSigning, master->key);
    if (!self)
        return tl::unexpected(self.error());
    identity.selfSigning = *self;
    if (!own)
        return identity;
    auto others = parseSignedKey(json.userSigning, user, CrossSigningRole::UserSigning, master->key);
    if (!others)
        return tl::unexpected(others.error());
    if (others->key == self->key)
        return malformedIdentity(u"one key in two roles"_s);
    identity.userSigning = *others;
    return identity;
}

} // namespace parvis::crypto
