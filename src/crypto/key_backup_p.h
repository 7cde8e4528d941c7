// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/backup_downloads_p.h"
#include "crypto/backup_uploads_p.h"

namespace parvis::crypto {

/// The server-side key backup (specification, "Server-side key backups"): which one is used, what goes there
/// and what is fetched from there.
struct KeyBackup {
    BackupVersions versions;
    BackupUploads uploads;
    BackupDownloads downloads;

    [[nodiscard]] QList<OutgoingRequest> requests(CryptoStep &step);
    [[nodiscard]] bool owns(const RequestId &id) const;
    [[nodiscard]] Result<void> answered(CryptoStep &step, const RequestId &id, const QByteArray &body,
                                        AnswerOutcome &outcome);
    [[nodiscard]] Result<void> rejected(CryptoStep &step, const RequestId &id, const Error &error);
};

} // namespace parvis::crypto
