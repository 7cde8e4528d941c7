// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/http_errors_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

struct TlsReason {
    QSslError::SslError error;
    const char *code;
};

// The first one that occurs is named: a wrong host or issuer is no matter of dates.
constexpr std::array tlsReasons{
    TlsReason{QSslError::HostNameMismatch, "PARVIS_TLS_WRONG_HOST"},
    TlsReason{QSslError::CertificateRevoked, "PARVIS_TLS_REVOKED"},
    TlsReason{QSslError::SelfSignedCertificate, "PARVIS_TLS_SELF_SIGNED"},
    TlsReason{QSslError::SelfSignedCertificateInChain, "PARVIS_TLS_UNKNOWN_ISSUER"},
    TlsReason{QSslError::UnableToGetLocalIssuerCertificate, "PARVIS_TLS_UNKNOWN_ISSUER"},
    TlsReason{QSslError::UnableToGetIssuerCertificate, "PARVIS_TLS_UNKNOWN_ISSUER"},
    TlsReason{QSslError::UnableToVerifyFirstCertificate, "PARVIS_TLS_UNKNOWN_ISSUER"},
    TlsReason{QSslError::CertificateUntrusted, "PARVIS_TLS_UNKNOWN_ISSUER"},
    TlsReason{QSslError::CertificateNotYetValid, "PARVIS_TLS_NOT_YET_VALID"},
    TlsReason{QSslError::CertificateExpired, "PARVIS_TLS_EXPIRED"},
};

Error make(ErrorKind kind, const char *code, QString detail = {})
{
    return {kind, QString::fromLatin1(code), std::move(detail), 0};
}

Error tlsError(const QList<QSslError> &errors)
{
    if (errors.isEmpty())
        return make(ErrorKind::Tls, "PARVIS_TLS_HANDSHAKE", u"no common way of encrypting"_s);
    for (const TlsReason &reason : tlsReasons) {
        const bool occurs = std::any_of(errors.cbegin(), errors.cend(),
                                        [&](const QSslError &e) { return e.error() == reason.error; });
        if (occurs)
            return make(ErrorKind::Tls, reason.code);
    }
    return make(ErrorKind::Tls, "PARVIS_TLS_UNTRUSTED", errors.constFirst().errorString());
}

} // namespace

bool onlyDatesAreWrong(const QList<QSslError> &tlsErrors)
{
    return !tlsErrors.isEmpty() && std::all_of(tlsErrors.cbegin(), tlsErrors.cend(), [](const QSslError &e) {
        return e.error() == QSslError::CertificateExpired || e.error() == QSslError::CertificateNotYetValid;
    });
}

Error networkError(QNetworkReply::NetworkError error, const QList<QSslError> &tlsErrors)
{
    // Whatever Qt calls it: a certificate that was refused ends the connection.
    if (!tlsErrors.isEmpty())
        return tlsError(tlsErrors);
    // No -Wswitch here: Qt adds values, and all the others are "something with the network".
    switch (int(error)) {
    case QNetworkReply::SslHandshakeFailedError:
        return tlsError(tlsErrors);
    case QNetworkReply::HostNotFoundError:
        return make(ErrorKind::Network, "PARVIS_HOST_NOT_FOUND");
    case QNetworkReply::ConnectionRefusedError:
        return make(ErrorKind::Network, "PARVIS_CONNECTION_REFUSED");
    case QNetworkReply::RemoteHostClosedError:
        return make(ErrorKind::Network, "PARVIS_CONNECTION_LOST");
    case QNetworkReply::TimeoutError:
        return make(ErrorKind::Timeout, "PARVIS_TIMEOUT");
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return make(ErrorKind::Network, "PARVIS_PROXY_UNREACHABLE");
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return make(ErrorKind::Network, "PARVIS_PROXY_SIGN_IN");
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError: // a body that does not decompress
        return make(ErrorKind::Protocol, "PARVIS_BAD_HTTP");
    default:
        return make(ErrorKind::Network, "PARVIS_NETWORK", u"Qt network error %1"_s.arg(int(error)));
    }
}

} // namespace parvis
