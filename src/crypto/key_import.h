// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/backup_contents.h"
#include "crypto/crypto_records.h"
#include "crypto/exported_session.h"

#include <optional>

namespace parvis::crypto {

/// Makes room keys from files and from the backup ready for the store, which is most of the work of an
/// import: decrypts, checks, seals. A value that moves; any thread, one at a time.
///
/// Nobody vouches for what it reads: everything is `imported`, of an unknown sender, and has exactly the
/// session id that it says.
class KeyImporter
{
public:
    explicit KeyImporter(Secret pickleKey) : m_pickleKey(std::move(pickleKey)) {}
    [[nodiscard]] KeyImporter clone() const { return KeyImporter(m_pickleKey.clone()); }

    /// Of a key file. Nothing for a key that is not what it says it is.
    [[nodiscard]] std::optional<InboundSessionRecord> prepare(const ExportedSession &key) const;
    /// Of the backup with this private key and version. Nothing for what is damaged, made for another key, or
    /// not what it says it is.
    [[nodiscard]] std::optional<InboundSessionRecord>
    open(const BackedUpSession &stored, const Secret &backupKey, const QString &version) const;

private:
    Secret m_pickleKey;
};

/// What became of keys that were imported.
struct ImportOutcome {
    qsizetype imported = 0; ///< new ones, and better copies of known ones
    QList<QPair<RoomId, SessionId>> sessions;
};

} // namespace parvis::crypto
