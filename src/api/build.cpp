// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/build_p.h"

#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parvis::api {

QByteArray encoded(const QString &part)
{
    QByteArray bytes = QUrl::toPercentEncoding(part);
    // As a whole part of a path these two would be taken for "here" and "above".
    if (bytes == "." || bytes == "..")
        bytes.replace(".", "%2E");
    return bytes;
}

QByteArray v3(std::initializer_list<QString> parts)
{
    QByteArray path = "/_matrix/client/v3";
    for (const QString &part : parts)
        path += '/' + encoded(part);
    return path;
}

QByteArray query(const QList<std::pair<const char *, QString>> &items)
{
    QByteArray text;
    for (const auto &[name, value] : items) {
        if (!value.isEmpty())
            text += (text.isEmpty() ? '?' : '&') + QByteArray(name) + '=' + encoded(value);
    }
    return text;
}

HttpRequest getFrom(QByteArray url)
{
    return {.verb = HttpVerb::Get, .url = std::move(url), .idempotent = true};
}

HttpRequest putTo(QByteArray url, QByteArray body)
{
    return {.verb = HttpVerb::Put, .url = std::move(url), .body = std::move(body), .idempotent = true};
}

HttpRequest postTo(QByteArray url, QByteArray body)
{
    return {.verb = HttpVerb::Post, .url = std::move(url), .body = std::move(body)};
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray reasonBody(const QString &reason)
{
    return reason.isEmpty() ? QByteArray("{}") : compact({{u"reason"_s, reason}});
}

} // namespace parvis::api
