// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/backup_versions_p.h"

namespace parvis::crypto {

/// Takes room keys to the backup as they come, a hundred at a time. A key counts as backed up once the server
/// has said so, and only as the ratchet that was sent.
class BackupUploads
{
public:
    static constexpr qsizetype batch = 100;

    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step,
                                                         const std::optional<BackupTarget> &target);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_upload && m_upload->id == id; }
    /// Until the first wait after a failure ends, in milliseconds; -1: none runs.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const { return m_refusals.leftMs(nowMs); }
    void answered(CryptoStep &step, const QByteArray &body);
    /// True: the server has another backup by now, or none.
    [[nodiscard]] bool rejected(qint64 nowMs, const Error &error);

private:
    struct Sent {
        InboundKey key;
        quint32 firstKnownIndex;
        bool opened;
    };
    [[nodiscard]] QByteArray bodyFor(CryptoStep &step, const BackupTarget &target,
                                     const QList<QPair<RoomId, SessionId>> &sessions);
    void drop();

    std::optional<OutgoingRequest> m_upload;
    QString m_version;
    QList<Sent> m_sent;
    BackOff<QString> m_refusals; ///< by version: another one need not wait
};

} // namespace parvis::crypto
