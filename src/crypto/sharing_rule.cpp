// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_trust_p.h"
#include "crypto/sharing_rule_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

Exclusion exclusionOf(CryptoStep &step, const DeviceRecord &device, SharingStrategy strategy)
{
    if (device.trust == LocalTrust::Blacklisted)
        return Exclusion::Blocked;
    const DeviceTrust trust = deviceTrust(step, device);
    // It has no owner at its keyboard: only a signature says that it is the owner's.
    if (device.dehydrated && trust < DeviceTrust::Signed)
        return Exclusion::Unsigned;
    switch (strategy) {
    case SharingStrategy::AllDevices:
        return Exclusion::None;
    case SharingStrategy::SignedDevices:
        if (trust < DeviceTrust::Signed)
            return Exclusion::Unsigned;
        // The password alone, or the server, makes up an identity of ours that signs whatever it wants.
        return device.user == step.own().user && trust < DeviceTrust::Verified ? Exclusion::Unverified
                                                                               : Exclusion::None;
    case SharingStrategy::VerifiedDevices:
        return trust < DeviceTrust::Verified ? Exclusion::Unverified : Exclusion::None;
    }
    Q_UNREACHABLE();
    return Exclusion::Blocked;
}

QString withheldCode(Exclusion exclusion)
{
    switch (exclusion) {
    case Exclusion::None:
        return {};
    case Exclusion::Blocked:
        return u"m.blacklisted"_s;
    case Exclusion::Unsigned:
    case Exclusion::Unverified:
        return u"m.unverified"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString withheldReason(const QString &code)
{
    if (code == "m.no_olm"_L1)
        return u"Unable to establish a secure channel."_s;
    return code == "m.unverified"_L1 ? u"The sender does not send keys to devices that are not verified."_s
                                     : u"The sender has blocked this device."_s;
}

QList<UserId> violatedAmong(CryptoStep &step, const QList<UserId> &users)
{
    step.identities.load(users);
    QList<UserId> violated;
    for (const UserId &user : users) {
        if (identityView(step, user).violated)
            violated.append(user);
    }
    return violated;
}

} // namespace parvis::crypto
