// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// What the caller can do about it, not where it came from.
enum class ErrorKind {
    Network,     ///< no answer; retrying later can help
    Timeout,     ///< the answer did not come in time; retrying can help
    Tls,         ///< the server's certificate cannot be trusted; only what runs in the background asks again
    Server,      ///< the server failed (5xx); retrying later can help
    Protocol,    ///< the answer breaks the Matrix specification
    Auth,        ///< the token or the password is not accepted; only a new sign-in helps
    Forbidden,   ///< the server says no
    NotFound,    ///< what was asked for is not there
    RateLimited, ///< the server named a delay, see Error::retryAfterMs
    TooLarge,    ///< over a limit of ours or of the server
    Storage,     ///< disk or database
    Keychain,    ///< the operating system's keychain is absent, locked or empty
    Crypto,      ///< a key is missing or a signature is wrong
    Cancelled,   ///< the person, or the end of the program
    Policy,      ///< the administrator's configuration says no
    Usage,       ///< the caller asked for something that makes no sense
    Bug,         ///< a promise that this program broke
};

/// The stable lower-case word for a kind, as logs and the driver print it ("rate_limited").
[[nodiscard]] QString kindName(ErrorKind kind);

/// An expected failure, as a value. Holds no user content: it is safe to log.
struct Error {
    ErrorKind kind = ErrorKind::Protocol;
    QString code;         ///< machine word: an errcode such as M_LIMIT_EXCEEDED, or our own PARVIS_...
    QString detail;       ///< for developers, in English, never shown to the person
    int retryAfterMs = 0; ///< 0: the server named no delay

    bool operator==(const Error &) const = default;
};

/// True where the same call may succeed later without the person.
[[nodiscard]] bool isTransient(const Error &error);

} // namespace parvis
