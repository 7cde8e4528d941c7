// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/http.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

QByteArray HttpReply::header(QByteArrayView name) const
{
    const auto it = std::find_if(headers.cbegin(), headers.cend(), [&](const HttpHeader &h) {
        return h.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return it == headers.cend() ? QByteArray() : it->value;
}

bool HttpReply::isHtml() const
{
    const QByteArray type = header("content-type").toLower();
    if (type.startsWith("text/html") || type.startsWith("application/xhtml"))
        return true;
    const QByteArray start = body.first(std::min<qsizetype>(body.size(), 64)).trimmed().toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html");
}

bool isLoopback(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

bool mayConnect(QByteArrayView absoluteUrl)
{
    const QUrl url = QUrl::fromEncoded(absoluteUrl.toByteArray(), QUrl::StrictMode);
    // A name in front of the host would be sent as a password; nothing of ours makes one.
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url.host()));
}

} // namespace parvis
