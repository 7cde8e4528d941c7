// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/outgoing_request.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace parvis::crypto {

/// The key backups and the account data of one user, as a homeserver keeps them. Public members are the
/// levers of hostile tests.
class FakeBackups
{
public:
    struct Backup {
        QJsonObject info; ///< algorithm and auth_data
        std::map<std::pair<QString, QString>, QJsonObject> sessions;
    };
    std::map<int, Backup> versions; ///< the highest is the current one
    std::map<QString, QByteArray> accountData;
    int created = 0; ///< versions are never used twice
    int uploads = 0;
    int downloads = 0;
    [[nodiscard]] QString current() const;
    QString create(const QByteArray &body);
    [[nodiscard]] Result<QByteArray> version() const;
    [[nodiscard]] Result<QByteArray> upload(const BackupUpload &request);
    [[nodiscard]] Result<QByteArray> download(const BackupDownload &request);

    /// GET room_keys/keys
    [[nodiscard]] QByteArray all() const;
    [[nodiscard]] std::optional<QByteArray> data(const QString &type) const;

private:
    static QByteArray text(const QJsonObject &object);
};

} // namespace parvis::crypto
