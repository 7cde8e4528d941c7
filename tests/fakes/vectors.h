// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonValue>
#include <QString>

#include <cstdio>
#include <optional>

namespace parvis::test {

inline QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray latin1(const QJsonValue &value)
{
    return value.toString().toLatin1();
}

/// Known answers of our own: tests/data/vectors/@p name. Null where the file is missing or no JSON.
inline QJsonDocument ownVectors(const QString &name)
{
    return QJsonDocument::fromJson(
        fileBytes(QDir(QStringLiteral(PARVIS_VECTORS)).filePath(name + QStringLiteral(".json"))));
}

/// The folder of other projects' known answers, which are not ours to copy; says so where there is none.
inline std::optional<QDir> sharedVectors()
{
    const QString shared = qEnvironmentVariable("PARVIS_SHARED");
    if (!shared.isEmpty())
        return QDir(shared + QStringLiteral("/vectors"));
    std::puts("PARVIS_SHARED is not set: other projects' vectors are passed by");
    return std::nullopt;
}

} // namespace parvis::test
