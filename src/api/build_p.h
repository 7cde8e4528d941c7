// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "net/http.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <initializer_list>
#include <utility>

/// \file
/// How the requests of this module are put together: every part of a path or a query is encoded here.
namespace parvis::api {

/// One part of a path or a query, with everything encoded that could end it: ids hold strange bytes.
[[nodiscard]] QByteArray encoded(const QString &part);

/// "/_matrix/client/v3/" and the parts, each encoded.
[[nodiscard]] QByteArray v3(std::initializer_list<QString> parts);

/// "?a=b&c=d" of those that are not empty; empty if none is.
[[nodiscard]] QByteArray query(const QList<std::pair<const char *, QString>> &items);

[[nodiscard]] HttpRequest getFrom(QByteArray url);
/// Idempotent: for endpoints where a second call with the same content changes nothing.
[[nodiscard]] HttpRequest putTo(QByteArray url, QByteArray body);
[[nodiscard]] HttpRequest postTo(QByteArray url, QByteArray body);

[[nodiscard]] QByteArray compact(const QJsonObject &object);
/// {"reason": ...}, or {} where none is given.
[[nodiscard]] QByteArray reasonBody(const QString &reason);

} // namespace parvis::api
