// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/encrypted_copy.h"

#include "crypto/attachment_encryption.h"
#include "store/private_file.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

Error written(const QFile &file, const Error &error)
{
    if (error.code == "PARVIS_FILE_NOT_WRITTEN"_L1 && file.error() == QFileDevice::ResourceError)
        return {ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, error.detail, 0};
    return error;
}

} // namespace

Result<QByteArray> encryptedCopy(QIODevice &clear, const QString &to, const crypto::FileProgress &progress)
{
    if (!clear.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, clear.errorString());
    if (auto made = makePrivateFolder(QFileInfo(to).path()).and_then([&] { return createPrivateFile(to); });
        !made)
        return tl::unexpected(made.error());
    QFile ciphertext(to);
    if (!ciphertext.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, ciphertext.errorString());
    const auto file = crypto::encryptAttachment(clear, ciphertext, progress);
    if (!file)
        return tl::unexpected(written(ciphertext, file.error()));
    if (::fsync(ciphertext.handle()) != 0)
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, u"fsync"_s);
    return file->toJson();
}

Result<QByteArray> clearBytes(const QString &path, const QByteArray &opens)
{
    const auto file = crypto::EncryptedFile::parse(opens);
    if (!file)
        return tl::unexpected(file.error());
    QFile ciphertext(path);
    if (!ciphertext.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, ciphertext.errorString());
    QBuffer clear;
    if (!clear.open(QIODevice::WriteOnly))
        return fail(ErrorKind::Bug, u"PARVIS_FILE_UNREADABLE"_s, clear.errorString());
    return crypto::decryptAttachment(ciphertext, *file, clear).map([&] { return clear.data(); });
}

} // namespace parvis
