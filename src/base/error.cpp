// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/error.h"

using namespace Qt::StringLiterals;

namespace parvis {

QString kindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
        return u"network"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::Tls:
        return u"tls"_s;
    case ErrorKind::Server:
        return u"server"_s;
    case ErrorKind::Protocol:
        return u"protocol"_s;
    case ErrorKind::Auth:
        return u"auth"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not_found"_s;
    case ErrorKind::RateLimited:
        return u"rate_limited"_s;
    case ErrorKind::TooLarge:
        return u"too_large"_s;
    case ErrorKind::Storage:
        return u"storage"_s;
    case ErrorKind::Keychain:
        return u"keychain"_s;
    case ErrorKind::Crypto:
        return u"crypto"_s;
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Policy:
        return u"policy"_s;
    case ErrorKind::Usage:
        return u"usage"_s;
    case ErrorKind::Bug:
        return u"bug"_s;
    }
    Q_UNREACHABLE();
    return {};
}

bool isTransient(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::RateLimited:
        return true;
    case ErrorKind::Storage:
        return error.code == u"PARVIS_DISK_FULL"_s; // nothing was lost, and room may come
    case ErrorKind::Tls:
    case ErrorKind::Protocol:
    case ErrorKind::Auth:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::TooLarge:
    case ErrorKind::Keychain:
    case ErrorKind::Crypto:
    case ErrorKind::Cancelled:
    case ErrorKind::Policy:
    case ErrorKind::Usage:
    case ErrorKind::Bug:
        return false;
    }
    Q_UNREACHABLE();
    return false;
}

} // namespace parvis
