// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/file_pieces.h"

#include <QIODevice>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

tl::unexpected<Error> fileUnreadable(const QIODevice &file)
{
    return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, file.errorString());
}

Result<QByteArray> readPiece(QIODevice &file)
{
    QByteArray piece(filePieceBytes, Qt::Uninitialized);
    const qint64 size = file.read(piece.data(), piece.size());
    if (size < 0 && !file.atEnd())
        return fileUnreadable(file);
    piece.truncate(qMax(size, 0));
    return piece;
}

Result<void> rewind(QIODevice &file)
{
    if (!file.isReadable() || file.isSequential() || !file.seek(0))
        return fileUnreadable(file);
    return {};
}

Result<void> writeAll(QIODevice &file, QByteArrayView bytes)
{
    if (file.write(bytes.data(), bytes.size()) != bytes.size())
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, file.errorString());
    return {};
}

Result<void> tell(const FileProgress &progress, qint64 done, qint64 total)
{
    if (progress && !progress(done, total))
        return fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s);
    return {};
}

} // namespace parvis::crypto
