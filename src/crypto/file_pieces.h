// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

class QIODevice;

/// \file
/// Files that are larger than memory should be, piece by piece.
namespace parvis::crypto {

/// Called now and then with what is done and what is to be done, in bytes; stops by answering false, which
/// ends in PARVIS_CANCELLED.
using FileProgress = std::function<bool(qint64 done, qint64 total)>;

constexpr qsizetype filePieceBytes = 65'536;

/// The next piece; empty at the end. PARVIS_FILE_UNREADABLE.
[[nodiscard]] Result<QByteArray> readPiece(QIODevice &file);
/// PARVIS_FILE_UNREADABLE where the file cannot be read a second time.
[[nodiscard]] Result<void> rewind(QIODevice &file);
/// PARVIS_FILE_NOT_WRITTEN unless all of it is.
[[nodiscard]] Result<void> writeAll(QIODevice &file, QByteArrayView bytes);
/// PARVIS_CANCELLED where @p progress says so.
[[nodiscard]] Result<void> tell(const FileProgress &progress, qint64 done, qint64 total);

[[nodiscard]] tl::unexpected<Error> fileUnreadable(const QIODevice &file);

} // namespace parvis::crypto
