// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace parvis {

/// A new, empty file that only its owner reads and writes, whatever the umask is; its name is on disk when
/// this returns. Fails where there is one already.
[[nodiscard]] Result<void> createPrivateFile(const QString &path);

/// Takes every right of others away; a file that is not there is no failure.
[[nodiscard]] Result<void> restrictToOwner(const QString &path);

/// Folder and missing parents, each new one with mode 0700; an existing @p path is narrowed to that.
[[nodiscard]] Result<void> makePrivateFolder(const QString &path);

/// Replaces the file as a whole, mode 0600, on disk when this returns: after a crash there is the old content
/// or the new one.
[[nodiscard]] Result<void> writePrivateFile(const QString &path, QByteArrayView content);

/// PARVIS_STORE_ABSENT where there is none; PARVIS_STORE_DAMAGED above @p maxBytes.
[[nodiscard]] Result<QByteArray> readPrivateFile(const QString &path, qint64 maxBytes);

/// Removes it, with its name gone from the disk when this returns; a file that is not there is no failure.
[[nodiscard]] Result<void> removePrivateFile(const QString &path);

} // namespace parvis
