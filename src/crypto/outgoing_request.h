// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <variant>

namespace parvis::crypto {

/// Names a request from the moment it is asked for until markSent or markFailed.
using RequestId = Id<struct CryptoRequestIdTag>;

/// POST /_matrix/client/v3/keys/upload
struct KeysUpload {
    QByteArray body;
};

/// POST /_matrix/client/v3/keys/query
struct KeysQuery {
    QByteArray body;
    QList<UserId> users; ///< answers about anyone else are ignored
};

/// POST /_matrix/client/v3/keys/claim. Uses up a key at the server: never repeated blindly below the machine.
struct KeysClaim {
    QByteArray body;
};

/// POST /_matrix/client/v3/keys/signatures/upload
struct SignaturesUpload {
    QByteArray body;
};

/// PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}. To be sent one after the other, in the order of
/// outgoing().
struct SendToDevice {
    QString eventType;
    TransactionId txnId;
    QByteArray body;
};

/// GET /_matrix/client/v3/room_keys/version
struct BackupVersionQuery {
};

/// PUT /_matrix/client/v3/room_keys/keys?version=...
struct BackupUpload {
    QString version;
    QByteArray body;
};

/// GET /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}?version=...
struct BackupDownload {
    QString version;
    RoomId room;
    SessionId session;
};

/// What the machine wants the server to be told. Sent by someone else, who comes back with markSent or
/// markFailed.
struct OutgoingRequest {
    RequestId id;
    std::variant<KeysUpload, KeysQuery, KeysClaim, SignaturesUpload, SendToDevice, BackupVersionQuery,
                 BackupUpload, BackupDownload>
        what;
};

} // namespace parvis::crypto
