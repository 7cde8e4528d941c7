// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "models/error_text.h"

#include <optional>

namespace parvis {

/// An error on show, or none. Its sentence is made when it is read, so that it follows the language.
class ShownError
{
public:
    using During = ErrorText::During;

    ShownError() = default;
    explicit ShownError(Error error, During during = During::Anything)
        : m_error(std::move(error)), m_during(during)
    {
    }

    /// What went wrong, if something did.
    template <typename T>
    [[nodiscard]] static ShownError of(const Result<T> &result, During during = During::Anything)
    {
        return result ? ShownError() : ShownError(result.error(), during);
    }

    [[nodiscard]] bool isEmpty() const { return !m_error; }
    [[nodiscard]] bool is(ErrorKind kind) const { return m_error && m_error->kind == kind; }
    [[nodiscard]] QString text() const { return m_error ? ErrorText::of(*m_error, m_during) : QString(); }

private:
    std::optional<Error> m_error;
    During m_during = During::Anything;
};

} // namespace parvis
