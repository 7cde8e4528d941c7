// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArrayView>
#include <QHash>
#include <QString>
#include <QStringList>

namespace parvis::policy {

/// Where things stand in a JSON text, which QJsonDocument does not say.
struct JsonLines {
    QHash<QString, int>
        lines;           ///< "key" and "key/inner key" -> line, from 1; the first one where there are two
    QStringList doubled; ///< the paths that stand there twice

    /// @p text is valid JSON.
    [[nodiscard]] static JsonLines of(QByteArrayView text);
    /// The line of a byte.
    [[nodiscard]] static int lineAt(QByteArrayView text, qsizetype offset);
};

} // namespace parvis::policy
