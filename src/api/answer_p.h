// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "net/http.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>

/// \file
/// Reading small answers, with the types checked.
namespace parvis::api {

/// The object that the answer is. Errors: Protocol PARVIS_BAD_JSON, or Network PARVIS_CAPTIVE_PORTAL for a
/// web page.
[[nodiscard]] Result<QJsonObject> objectOf(const HttpReply &reply);
/// The whole body, once it looks like an object; for those who read it elsewhere.
[[nodiscard]] Result<QByteArray> bodyOf(const HttpReply &reply);
/// For answers of which nothing is wanted.
[[nodiscard]] Result<void> nothingOf(const HttpReply &reply);

/// Takes fields out of an object; the first one that is wrong spoils the whole (Protocol PARVIS_BAD_ANSWER).
class Fields
{
public:
    explicit Fields(QJsonObject object) : m_object(std::move(object)) {}

    [[nodiscard]] QString text(QLatin1StringView key);         ///< must be there, and not be empty
    [[nodiscard]] QString optionalText(QLatin1StringView key); ///< empty where it is not there or null
    [[nodiscard]] qint64
    optionalNumber(QLatin1StringView key); ///< 0 where it is not there or null; never negative
    [[nodiscard]] QJsonObject object(QLatin1StringView key);
    [[nodiscard]] QJsonObject optionalObject(QLatin1StringView key);
    [[nodiscard]] QJsonArray array(QLatin1StringView key);
    [[nodiscard]] QJsonArray optionalArray(QLatin1StringView key);
    [[nodiscard]] std::shared_ptr<const Secret> secret(QLatin1StringView key);
    [[nodiscard]] std::shared_ptr<const Secret>
    optionalSecret(QLatin1StringView key); ///< null where it is not there

    template <typename T>
    [[nodiscard]] Result<T> result(T value) const
    {
        if (!m_wrong.isEmpty())
            return fail(ErrorKind::Protocol, QStringLiteral("PARVIS_BAD_ANSWER"), m_wrong);
        return value;
    }

private:
    void spoil(QLatin1StringView key, QLatin1StringView wanted);
    [[nodiscard]] bool isMissing(QLatin1StringView key) const;

    QJsonObject m_object;
    QString m_wrong;
};

} // namespace parvis::api
