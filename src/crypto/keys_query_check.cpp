// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/keys_query_check.h"

#include "base/raw_object.h"
#include "crypto/cross_signing_keys.h"
#include "crypto/device_keys.h"
#include "crypto/signing.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

struct Answer {
    RawObject devices;
    RawObject masters;
    RawObject selfSigning;
};

CheckedUser check(const Answer &answer, const UserId &user)
{
    const QString id = user.toString();
    CheckedUser checked;
    PublicIdentity identity;
    if (answer.masters.contains(id)) {
        const auto parsed = parseIdentity(
            {.master = answer.masters.raw(id), .selfSigning = answer.selfSigning.raw(id), .userSigning = {}},
            user, false);
        checked.identity = parsed ? CheckedUser::Identity::Accepted : CheckedUser::Identity::Rejected;
        identity = parsed.value_or(PublicIdentity());
    }
    const Ed25519Key owner = identity.selfSigning.key;
    const RawObject devices = answer.devices.object(id);
    const QStringList names = devices.names();
    for (const QString &name : names) {
        const DeviceId device(name);
        const QByteArray json = devices.raw(name);
        CheckedUser::Device &verdict = checked.devices[device];
        if (isKeyOf(identity, device) || !parseDeviceKeys(json, user, device))
            verdict = CheckedUser::Device::Rejected;
        else if (!owner.isEmpty() && verifySigned(json, user, owner.toString(), owner))
            verdict = CheckedUser::Device::CrossSigned;
        else
            verdict = CheckedUser::Device::Signed;
    }
    return checked;
}

} // namespace

Result<std::map<UserId, CheckedUser>> checkKeysQuery(const QByteArray &answer)
{
    const auto object = RawObject::parse(answer);
    if (!object)
        return tl::unexpected(object.error());
    const Answer parts{.devices = object->object(u"device_keys"_s),
                       .masters = object->object(u"master_keys"_s),
                       .selfSigning = object->object(u"self_signing_keys"_s)};
    const QStringList withDevices = parts.devices.names();
    const QStringList withIdentity = parts.masters.names();
    QSet<QString> users(withDevices.cbegin(), withDevices.cend());
    users.unite(QSet<QString>(withIdentity.cbegin(), withIdentity.cend()));
    std::map<UserId, CheckedUser> checked;
    for (const QString &user : std::as_const(users))
        checked[UserId(user)] = check(parts, UserId(user));
    return checked;
}

} // namespace parvis::crypto
