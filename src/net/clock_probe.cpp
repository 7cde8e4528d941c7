// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/clock_probe_p.h"
#include "net/retry.h"

#include <QDateTime>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace parvis {

Task<qint64> ClockProbe::ask(const QUrl &url, const QSslConfiguration &tls, QNetworkProxyFactory *proxies,
                             const QList<QSslError> &dateErrors)
{
    m_manager.setProxyFactory(proxies);
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    origin.setPath(u"/"_s);

    QNetworkRequest request(origin);
    request.setSslConfiguration(tls);
    request.setTransferTimeout(timeoutMs);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    QNetworkReply *reply = m_manager.head(request);
    reply->ignoreSslErrors(dateErrors);

    auto promise = std::make_shared<Promise<qint64>>();
    auto task = promise->task();
    connect(reply, &QNetworkReply::finished, this, [this, reply, promise] {
        const auto date = retry::parseHttpDate(reply->rawHeader("Date"));
        deleteLater();
        if (date)
            promise->resolve(*date - QDateTime::currentMSecsSinceEpoch());
        else
            promise->resolve(fail(ErrorKind::Network, u"PARVIS_NETWORK"_s, u"no Date header"_s));
    });
    return task;
}

} // namespace parvis
