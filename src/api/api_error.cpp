// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/api_error.h"

#include "net/retry.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Those whose meaning does not follow from the status.
std::optional<ErrorKind> kindOf(const QString &errcode)
{
    static const QHash<QString, ErrorKind> kinds{
        {u"M_UNKNOWN_TOKEN"_s, ErrorKind::Auth},
        {u"M_MISSING_TOKEN"_s, ErrorKind::Auth},
        {u"M_LIMIT_EXCEEDED"_s, ErrorKind::RateLimited},
        {u"M_NOT_FOUND"_s, ErrorKind::NotFound},
        {u"M_UNRECOGNIZED"_s, ErrorKind::NotFound},
        {u"M_TOO_LARGE"_s, ErrorKind::TooLarge},
        // 401 for a locked account, and still nothing that signing in again would change.
        {u"M_USER_LOCKED"_s, ErrorKind::Forbidden},
        {u"M_USER_SUSPENDED"_s, ErrorKind::Forbidden},
        {u"M_USER_DEACTIVATED"_s, ErrorKind::Forbidden},
        {u"M_FORBIDDEN"_s, ErrorKind::Forbidden},
    };
    const auto it = kinds.find(errcode);
    return it == kinds.end() ? std::nullopt : std::optional(*it);
}

struct ByStatus {
    ErrorKind kind;
    const char *code; ///< where the server gave no errcode
};

ByStatus byStatus(int status)
{
    if (status == 511)
        return {ErrorKind::Network, "PARVIS_CAPTIVE_PORTAL"};
    if (status >= 500)
        return {ErrorKind::Server, "PARVIS_SERVER_ERROR"};
    switch (status) {
    case 401:
        return {ErrorKind::Auth, "PARVIS_UNAUTHORISED"};
    case 404:
    case 405:
        return {ErrorKind::NotFound, "PARVIS_NOT_FOUND"};
    case 408:
        return {ErrorKind::Timeout, "PARVIS_TIMEOUT"};
    case 413:
        return {ErrorKind::TooLarge, "PARVIS_REQUEST_TOO_LARGE"};
    case 429:
        return {ErrorKind::RateLimited, "PARVIS_RATE_LIMITED"};
    default:
        break;
    }
    if (status >= 400)
        return {ErrorKind::Forbidden, "PARVIS_REFUSED"};
    return {ErrorKind::Protocol, "PARVIS_BAD_HTTP"};
}

/// A machine word, and nothing that a server could make people read.
bool isErrcode(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_'
            || c == u'.';
    }) && !text.startsWith("PARVIS_"_L1);
}

int retryAfterMs(const HttpReply &reply, const QJsonObject &body, qint64 nowMs)
{
    if (const auto header = retry::parseRetryAfter(reply.header("retry-after"), nowMs))
        return *header;
    const double named = body.value("retry_after_ms"_L1).toDouble();
    return int(std::clamp(named, 0.0, double(retry::longestServerDelayMs)));
}

} // namespace

Error errorFromReply(const HttpReply &reply, qint64 nowMs)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QString errcode = body.value("errcode"_L1).toString();
    const ByStatus status = byStatus(reply.status);

    Error error{status.kind, QString::fromLatin1(status.code), u"HTTP %1"_s.arg(reply.status), 0};
    if (isErrcode(errcode)) {
        error.kind = kindOf(errcode).value_or(status.kind);
        error.code = errcode;
    }
    if (isTransient(error))
        error.retryAfterMs = retryAfterMs(reply, body, nowMs);
    return error;
}

} // namespace parvis
