// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/answer_p.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

tl::unexpected<Error> noJson(const HttpReply &reply)
{
    // The server that we know suddenly speaks HTML: something on the way answers in its place.
    if (reply.isHtml())
        return fail(ErrorKind::Network, u"PARVIS_CAPTIVE_PORTAL"_s);
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_JSON"_s);
}

} // namespace

Result<QJsonObject> objectOf(const HttpReply &reply)
{
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    if (!document.isObject())
        return noJson(reply);
    return document.object();
}

Result<QByteArray> bodyOf(const HttpReply &reply)
{
    // Its reader finds out about the rest; a page must not look like a broken answer.
    const auto first = std::find_if(reply.body.cbegin(), reply.body.cend(),
                                    [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
    if (first == reply.body.cend() || *first != '{')
        return noJson(reply);
    return reply.body;
}

Result<void> nothingOf(const HttpReply &reply)
{
    if (reply.isHtml())
        return noJson(reply);
    return {};
}

void Fields::spoil(QLatin1StringView key, QLatin1StringView wanted)
{
    if (m_wrong.isEmpty())
        m_wrong = key + u": "_s + wanted + u" expected"_s;
}

bool Fields::isMissing(QLatin1StringView key) const
{
    const QJsonValue value = m_object.value(key);
    return value.isUndefined() || value.isNull();
}

QString Fields::text(QLatin1StringView key)
{
    const QString value = m_object.value(key).toString();
    if (value.isEmpty())
        spoil(key, "text"_L1);
    return value;
}

QString Fields::optionalText(QLatin1StringView key)
{
    if (!isMissing(key) && !m_object.value(key).isString())
        spoil(key, "text"_L1);
    return m_object.value(key).toString();
}

qint64 Fields::optionalNumber(QLatin1StringView key)
{
    if (isMissing(key))
        return 0;
    const QJsonValue value = m_object.value(key);
    const double number = value.toDouble(-1);
    constexpr double largest = 9007199254740991.0; // 2^53 - 1: above it a double skips whole numbers
    if (number != std::floor(number) || number < 0 || number > largest) {
        spoil(key, "whole number"_L1);
        return 0;
    }
    return qint64(number);
}

QJsonObject Fields::object(QLatin1StringView key)
{
    if (!m_object.value(key).isObject())
        spoil(key, "object"_L1);
    return m_object.value(key).toObject();
}

QJsonObject Fields::optionalObject(QLatin1StringView key)
{
    return isMissing(key) ? QJsonObject() : object(key);
}

QJsonArray Fields::array(QLatin1StringView key)
{
    if (!m_object.value(key).isArray())
        spoil(key, "list"_L1);
    return m_object.value(key).toArray();
}

QJsonArray Fields::optionalArray(QLatin1StringView key)
{
    return isMissing(key) ? QJsonArray() : array(key);
}

std::shared_ptr<const Secret> Fields::secret(QLatin1StringView key)
{
    QByteArray bytes = text(key).toUtf8();
    // A header ends at a line break: a token that holds one would add headers of its own.
    for (const char c : bytes) {
        if (c <= ' ' || c > '~')
            spoil(key, "token"_L1);
    }
    auto secret = std::make_shared<const Secret>(QByteArrayView(bytes));
    wipe(bytes);
    return secret;
}

std::shared_ptr<const Secret> Fields::optionalSecret(QLatin1StringView key)
{
    return isMissing(key) ? nullptr : secret(key);
}

} // namespace parvis::api
