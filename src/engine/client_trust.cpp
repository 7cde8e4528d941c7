// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/client_trust.h"

namespace parvis {

DeviceTrust toClient(crypto::DeviceTrust trust)
{
    switch (trust) {
    case crypto::DeviceTrust::Blocked:
        return DeviceTrust::Blocked;
    case crypto::DeviceTrust::Unsigned:
        return DeviceTrust::Unsigned;
    case crypto::DeviceTrust::Violated:
        return DeviceTrust::Violated;
    case crypto::DeviceTrust::Signed:
        return DeviceTrust::Signed;
    case crypto::DeviceTrust::Verified:
        return DeviceTrust::Verified;
    }
    Q_UNREACHABLE();
    return DeviceTrust::Unsigned;
}

ReaderExclusion toClient(crypto::Exclusion exclusion)
{
    switch (exclusion) {
    case crypto::Exclusion::None:
        return ReaderExclusion::None;
    case crypto::Exclusion::Blocked:
        return ReaderExclusion::Blocked;
    case crypto::Exclusion::Unsigned:
        return ReaderExclusion::Unsigned;
    case crypto::Exclusion::Unverified:
        return ReaderExclusion::Unverified;
    }
    Q_UNREACHABLE();
    return ReaderExclusion::Blocked;
}

ReadersRule toClient(crypto::SharingStrategy strategy)
{
    switch (strategy) {
    case crypto::SharingStrategy::AllDevices:
        return ReadersRule::AllDevices;
    case crypto::SharingStrategy::SignedDevices:
        return ReadersRule::SignedDevices;
    case crypto::SharingStrategy::VerifiedDevices:
        return ReadersRule::VerifiedDevices;
    }
    Q_UNREACHABLE();
    return ReadersRule::VerifiedDevices;
}

PersonIdentity toClient(const crypto::IdentityView &view)
{
    return {
        .known = view.known, .verified = view.verified, .violated = view.violated, .changed = view.changed};
}

} // namespace parvis
