-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What one device of the account wants of the others.
CREATE TABLE gossip (
    device_id  TEXT NOT NULL,               -- who asks; this device too
    request_id TEXT NOT NULL,
    secret     TEXT NOT NULL,               -- empty: the key of the session
    room_id    TEXT NOT NULL,
    session_id TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    served_ms  INTEGER NOT NULL,            -- 0: not yet
    PRIMARY KEY (device_id, request_id)
) STRICT, WITHOUT ROWID;

-- Keys of rooms' pasts that came with invitations, and the invitations that were accepted.
CREATE TABLE bundle (
    room_id     TEXT NOT NULL,
    sender      TEXT NOT NULL,
    sender_key  TEXT NOT NULL,
    signing_key TEXT NOT NULL,
    file        BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    PRIMARY KEY (room_id, sender)
) STRICT, WITHOUT ROWID;
CREATE TABLE invitation (
    room_id     TEXT PRIMARY KEY,
    inviter     TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who passed a key on; and the backup out of which all keys of a room were fetched.
ALTER TABLE inbound_session ADD COLUMN shared_by TEXT NOT NULL DEFAULT '';
ALTER TABLE room_encryption ADD COLUMN history_from TEXT NOT NULL DEFAULT '';
