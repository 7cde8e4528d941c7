// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_encryption.h"
#include "crypto/exported_session.h"
#include "crypto/primitives.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

/// The first byte says what the rest is: the session data as the server has it, or what is encrypted in it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Secret key(QByteArray(32, 'k'));
    static const Secret ephemeral(QByteArray(32, 'e'));
    static const Curve25519Key publicKey = backupPublicKey(key).value();
    if (size == 0)
        return 0;
    const QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    if (data[0] % 2 == 0) {
        const auto session = BackupSessionData::parse(bytes);
        if (!session)
            return 0;
        fuzz::require(isSafeKey(session->ephemeral), "an ephemeral key is safe");
        const auto again = BackupSessionData::parse(session->toJson());
        fuzz::require(again && again->toJson() == session->toJson(), "what was read can be read again");
        (void)decryptFromBackup(key, *session);
        return 0;
    }
    const auto made = encryptForBackup(publicKey, Secret(bytes), ephemeral);
    if (!made)
        return 0;
    const auto opened = decryptFromBackup(key, *made);
    fuzz::require(opened && opened->equals(bytes), "what was encrypted opens");
    if (const auto session = ExportedSession::parseBackedUp(bytes)) {
        const auto again = ExportedSession::parseBackedUp(session->toJson());
        fuzz::require(again && again->toJson() == session->toJson(),
                      "a session that was read can be written");
    }
    return 0;
}
