// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_import.h"

#include "crypto/backup_encryption.h"
#include "crypto/megolm_inbound.h"

namespace parvis::crypto {

std::optional<InboundSessionRecord> KeyImporter::prepare(const ExportedSession &key) const
{
    const auto megolm = MegolmInbound::fromExport(key.sessionKey.view().toByteArray());
    if (!megolm || key.room.isEmpty() || megolm->id() != key.session)
        return {};
    auto pickle = megolm->pickle(m_pickleKey);
    if (!pickle)
        return {};
    return InboundSessionRecord{.room = key.room,
                                .session = key.session,
                                .pickle = *std::move(pickle),
                                .senderKey = key.senderKey,
                                .claimedKey = key.claimedKey,
                                .imported = true,
                                .sharedHistory = key.sharedHistory,
                                .firstKnownIndex = megolm->firstKnownIndex()};
}

std::optional<InboundSessionRecord> KeyImporter::open(const BackedUpSession &stored, const Secret &backupKey,
                                                      const QString &version) const
{
    const auto data = BackupSessionData::parse(stored.data);
    if (!data)
        return {};
    const auto plain = decryptFromBackup(backupKey, *data);
    if (!plain)
        return {};
    auto key = ExportedSession::parseBackedUp(plain->view());
    if (!key)
        return {};
    key->room = stored.room;
    key->session = stored.session;
    auto record = prepare(*key);
    if (record)
        record->backupVersion = version;
    return record;
}

} // namespace parvis::crypto
