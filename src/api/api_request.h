// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "net/http.h"

#include <concepts>

namespace parvis {

/// One endpoint: how to ask, and how to read the answer. Does no input or output itself.
/// parse() sees 2xx answers only: what else a server says has become an Error before.
template <typename R>
concept ApiRequest = requires(const R &request, const HttpReply &reply)
{
    typename R::Response;
    {
        request.build()
        } -> std::same_as<HttpRequest>;
    {
        R::parse(reply)
        } -> std::same_as<Result<typename R::Response>>;
};

} // namespace parvis
