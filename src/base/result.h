// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"

#include <tl/expected.hpp>

namespace parvis {

/// A value, or the reason why there is none. std::expected arrives with C++23.
template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, QString code, QString detail = {})
{
    return tl::unexpected(Error{kind, std::move(code), std::move(detail), 0});
}

} // namespace parvis
