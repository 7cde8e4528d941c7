// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "send/failure.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// So often an answer that came from no homeserver is taken for a portal's or a proxy's.
constexpr int strangeAnswers = 5;

} // namespace

bool isFinal(const Error &error, int attempts)
{
    if (isTransient(error))
        return false;
    switch (error.kind) {
    case ErrorKind::Auth:
    case ErrorKind::Tls:
    case ErrorKind::Storage:
    case ErrorKind::Cancelled:
        return false;
    case ErrorKind::Protocol:
    case ErrorKind::NotFound:
    case ErrorKind::Forbidden:
        // Without an errcode it was not the homeserver that spoke.
        return !error.code.startsWith("PARVIS_"_L1) || error.code == "PARVIS_NO_SUCH_ROOM"_L1
            || error.code == "PARVIS_OUTGOING_FILE_GONE"_L1 || attempts >= strangeAnswers;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::RateLimited:
    case ErrorKind::TooLarge:
    case ErrorKind::Keychain:
    case ErrorKind::Crypto:
    case ErrorKind::Policy:
    case ErrorKind::Usage:
    case ErrorKind::Bug:
        break;
    }
    return true;
}

bool leavesOpen(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Network:
        // Nothing leaves before there is a connection.
        return error.code != "PARVIS_HOST_NOT_FOUND"_L1 && error.code != "PARVIS_CONNECTION_REFUSED"_L1
            && error.code != "PARVIS_PROXY_UNREACHABLE"_L1 && error.code != "PARVIS_PROXY_SIGN_IN"_L1;
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::Protocol:
    case ErrorKind::Cancelled:
        return true;
    case ErrorKind::Tls:
    case ErrorKind::Auth:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::RateLimited:
    case ErrorKind::TooLarge:
    case ErrorKind::Storage:
    case ErrorKind::Keychain:
    case ErrorKind::Crypto:
    case ErrorKind::Policy:
    case ErrorKind::Usage:
    case ErrorKind::Bug:
        break;
    }
    return false;
}

Error rememberedError(const QString &code)
{
    ErrorKind kind = ErrorKind::Protocol;
    if (code.endsWith("_TOO_LARGE"_L1))
        kind = ErrorKind::TooLarge;
    else if (code == "M_FORBIDDEN"_L1)
        kind = ErrorKind::Forbidden;
    else if (code == "PARVIS_MAY_BE_SENT"_L1)
        kind = ErrorKind::Timeout;
    return {kind, code, {}, 0};
}

} // namespace parvis
