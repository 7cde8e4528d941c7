// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QString>

namespace parvis {

/// One process a profile folder. The lock is the kernel's, on an open file: it goes with the process however
/// that ends, so a file that is left behind locks nobody out.
class ProfileLock
{
public:
    /// PARVIS_PROFILE_IN_USE where another process has it.
    [[nodiscard]] static Result<ProfileLock> acquire(const QString &folder);

    ProfileLock(ProfileLock &&other) noexcept;
    ProfileLock &operator=(ProfileLock &&other) noexcept;
    ProfileLock(const ProfileLock &) = delete;
    ProfileLock &operator=(const ProfileLock &) = delete;
    ~ProfileLock();

private:
    explicit ProfileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace parvis
