// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <map>

namespace parvis::crypto {

/// What would be made of one user in an answer of /keys/query.
struct CheckedUser {
    enum class Identity { None, Accepted, Rejected };
    enum class Device {
        Rejected,
        Signed,      ///< by itself alone
        CrossSigned, ///< by its owner's identity too
    };
    Identity identity = Identity::None;
    std::map<DeviceId, Device> devices;

    bool operator==(const CheckedUser &) const = default;
};

/// Reads a whole answer of /keys/query as if none of its users had ever been seen: the same checks as the
/// machine's, without a store. For diagnosis and tests. PARVIS_BAD_JSON where it is no object.
[[nodiscard]] Result<std::map<UserId, CheckedUser>> checkKeysQuery(const QByteArray &answer);

} // namespace parvis::crypto
