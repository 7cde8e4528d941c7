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
            || attempts >= strangeAnswers;
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

} // namespace parvis
