// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>

namespace parvis::crypto {

/// A room key as key files, the backup and bundles carry it. Nobody vouches for any of it: whoever imports it
/// compares the session's id with the one that the key itself says, and marks the session as imported.
struct ExportedSession {
    RoomId room;       ///< empty in the backup, where the path says it
    SessionId session; ///< empty in the backup
    Curve25519Key senderKey;
    Ed25519Key claimedKey; ///< empty: none was named
    Secret sessionKey;     ///< the export format, base64
    bool sharedHistory = false;

    /// No record of a key needs more, whatever it carries besides.
    static constexpr qsizetype maxJson = 65'536;

    /// Of a key file. PARVIS_ROOM_KEY_RECORD for anything but a Megolm key with every member that is needed.
    [[nodiscard]] static Result<ExportedSession> parse(QByteArrayView json);
    /// Of the backup, without room and session.
    [[nodiscard]] static Result<ExportedSession> parseBackedUp(QByteArrayView json);
    /// For a key file, or for the backup where @p room is empty. Holds the key: wipe() it.
    [[nodiscard]] QByteArray toJson() const;
};

} // namespace parvis::crypto
