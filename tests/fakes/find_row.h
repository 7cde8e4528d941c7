// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

namespace parvis::crypto {

/// What stands under @p key; nothing where nothing does.
template <typename Map>
std::optional<typename Map::mapped_type> find(const Map &map, const typename Map::key_type &key)
{
    const auto it = map.find(key);
    return it == map.end() ? std::nullopt : std::optional(it->second);
}

} // namespace parvis::crypto
