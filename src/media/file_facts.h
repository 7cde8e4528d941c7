// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QSize>
#include <QString>

class QIODevice;

namespace parvis {

/// What is told of a file that is sent.
struct FileFacts {
    QString name;      ///< cleaned
    QString mediaType; ///< by content and name: "image/png"
    qint64 bytes = 0;
    QSize size = {}; ///< of a picture, in pixels; empty for everything else

    bool operator==(const FileFacts &) const = default;
};

/// Looks into @p file from its start on. @p name as its owner says. Any thread, rather not the window's.
[[nodiscard]] FileFacts factsOf(QIODevice &file, const QString &name);
/// Looks into an existing, regular file. PARVIS_FILE_UNREADABLE. Any thread, rather not the window's.
[[nodiscard]] Result<FileFacts> factsOf(const QString &path);

} // namespace parvis
