// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace parvis {

/// One JSON object from the network, split into its members; the values stay raw text, since signatures cover
/// the bytes and large integers must survive. Lookups never fail: what is absent or of another type is empty.
class RawObject
{
public:
    RawObject() = default;
    /// Fails on anything but one object in valid UTF-8, and on a member that occurs twice. The values' own
    /// insides are checked only when they are parsed in their turn.
    [[nodiscard]] static Result<RawObject> parse(QByteArrayView json);

    [[nodiscard]] bool isEmpty() const { return m_members.isEmpty(); }
    [[nodiscard]] bool contains(const QString &name) const { return m_members.contains(name); }
    /// In no particular order.
    [[nodiscard]] QStringList names() const { return m_members.keys(); }
    /// The value's text; empty if absent.
    [[nodiscard]] QByteArray raw(const QString &name) const;
    [[nodiscard]] std::optional<QString> string(const QString &name) const;
    [[nodiscard]] QString text(const QString &name) const { return string(name).value_or(QString()); }
    [[nodiscard]] std::optional<qint64> integer(const QString &name) const;
    [[nodiscard]] std::optional<bool> boolean(const QString &name) const;
    [[nodiscard]] RawObject object(const QString &name) const;
    [[nodiscard]] bool isObject(const QString &name) const;

private:
    struct Slice {
        qsizetype from;
        qsizetype size;
    };
    [[nodiscard]] QByteArrayView view(const QString &name) const;

    QByteArray m_json;
    QHash<QString, Slice> m_members;
};

/// @p text as a JSON string, quotes included.
[[nodiscard]] QByteArray jsonString(const QString &text);

} // namespace parvis
