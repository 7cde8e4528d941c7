// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace parvis {

/// Why a device does not get what is sent.
enum class ReaderExclusion {
    None,
    Blocked,    ///< by the person
    Unsigned,   ///< its owner has not signed it
    Unverified, ///< its owner is not verified
};

/// Which devices get what is sent, from the widest to the narrowest. Those that the person blocked never do.
enum class ReadersRule {
    AllDevices,
    SignedDevices,   ///< those that their owners have signed
    VerifiedDevices, ///< those of people whom the person verified
};

/// In a conversation: how many of its people and devices will not be able to read what is sent now, and why;
/// this device is not counted. All zero: everybody reads everything on devices that are theirs for certain.
struct ReaderCounts {
    int people = 0; ///< that have devices, and read on none of them
    int devices = 0;
    int blocked = 0; ///< of `devices`, as the next two
    int notSigned = 0;
    int notVerified = 0;
    int readingUnsigned = 0;       ///< devices that get keys although their owners have not signed them
    int readingUnsignedPeople = 0; ///< whose devices these are
    int violated = 0; ///< people whose verified identity changed: nothing is sent until it is answered

    bool operator==(const ReaderCounts &) const = default;
};

/// What is to be thought of a person's identity.
struct PersonIdentity {
    bool known = false; ///< the person has one
    bool verified = false;
    bool violated = false; ///< was verified, and is another one now: nothing is sent until it is answered
    bool changed = false;  ///< another one than at first sight, not accepted yet

    bool operator==(const PersonIdentity &) const = default;
};

} // namespace parvis
