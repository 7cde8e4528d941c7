// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/base64.h"
#include "base/error.h"
#include "base/result.h"
#include "base/secret.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

namespace parvis::test {

/// What the known answers of the formats are written in.
inline QByteArray hex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

inline QByteArray base64(const QJsonValue &value)
{
    return fromBase64(value.toString().toLatin1()).value_or(QByteArray());
}

inline QByteArray compact(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

inline QByteArray bytesOf(const Secret &secret)
{
    return secret.view().toByteArray();
}

/// @p bytes with one bit turned over.
inline QByteArray flipped(QByteArray bytes, qsizetype at, int bit = 0)
{
    bytes[at] = char(bytes[at] ^ (1 << bit));
    return bytes;
}

/// The code of a failure; empty where there is none.
template <typename T>
QString codeOf(const Result<T> &result)
{
    return result ? QString() : result.error().code;
}

} // namespace parvis::test
