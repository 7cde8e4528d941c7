// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_encryption.h"

#include <QBuffer>

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

/// The `file` object of an event, and a download that does not belong to it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json = fuzz::bytes(data, size);
    const auto file = EncryptedFile::parse(json);
    if (!file)
        return 0;
    fuzz::require(file->key.size() == 32 && file->iv.size() == 16 && file->sha256.size() == 32,
                  "everything has its size");
    const auto again = EncryptedFile::parse(file->toJson());
    fuzz::require(again && again->toJson() == file->toJson(), "what was read can be read again");
    QBuffer download;
    download.setData(json);
    QBuffer opened;
    if (download.open(QIODevice::ReadOnly) && opened.open(QIODevice::WriteOnly)) {
        const auto done = decryptAttachment(download, *file, opened);
        fuzz::require(!done && opened.data().isEmpty(), "nothing of another file is opened");
    }
    return 0;
}
