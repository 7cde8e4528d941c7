// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/network_rules.h"

#include <QFile>
#include <QSslCertificate>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QNetworkProxy proxyFrom(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    const auto type = url.scheme() == "socks5"_L1 ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    return {type, url.host(), quint16(url.port()), url.userName(QUrl::FullyDecoded),
            url.password(QUrl::FullyDecoded)};
}

std::optional<Error> addAuthorities(QSslConfiguration &tls, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Policy, u"PARVIS_CA_FILE"_s, u"the CA file cannot be opened"_s, 0};
    const auto certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return Error{ErrorKind::Policy, u"PARVIS_CA_FILE"_s, u"the CA file holds no certificate"_s, 0};
    // Named here, because an explicit list ends Qt's loading of the system's own on demand.
    tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + certificates);
    return {};
}

} // namespace

NetworkRules::NetworkRules() : tls(QSslConfiguration::defaultConfiguration())
{
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
}

NetworkRules::NetworkRules(const policy::Policy &policy) : NetworkRules()
{
    if (policy.text(policy::Key::MinimumTls) == "1.3"_L1)
        tls.setProtocol(QSsl::TlsV1_3OrLater);

    const QString address = policy.text(policy::Key::Proxy);
    if (address == "none"_L1) {
        proxyKind = ProxyKind::None;
    } else if (address != "system"_L1) {
        proxyKind = ProxyKind::Manual;
        proxy = proxyFrom(address);
    }

    if (const QString path = policy.path(policy::Key::CaFile); !path.isEmpty())
        problem = addAuthorities(tls, path);
}

} // namespace parvis
