-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Everybody who has the key of a Megolm session can pass it on over Olm in their own name. Each sender's copy is a row of
-- its own, and so are the message indices that were read with it: whose it is, the sender of an event decides.
CREATE TABLE sender_session (
    room_id           TEXT NOT NULL,
    session_id        TEXT NOT NULL,
    sender_key        TEXT NOT NULL,
    pickle            BLOB NOT NULL,
    claimed_key       TEXT NOT NULL,
    sender            TEXT NOT NULL,
    sender_device     TEXT NOT NULL,
    trust             INTEGER NOT NULL,
    imported          INTEGER NOT NULL,
    shared_history    INTEGER NOT NULL,
    first_known_index INTEGER NOT NULL,
    received_ms       INTEGER NOT NULL,
    backup_version    TEXT NOT NULL,        -- empty: in no backup
    PRIMARY KEY (room_id, session_id, sender_key)
) STRICT;
INSERT INTO sender_session
    SELECT room_id, session_id, sender_key, pickle, claimed_key, sender, sender_device, trust, imported, shared_history,
           first_known_index, received_ms, backup_version
    FROM inbound_session;

-- One number a session, as before.
CREATE TABLE replay_sender (
    id         INTEGER PRIMARY KEY,
    room_id    TEXT NOT NULL,
    session_id TEXT NOT NULL,
    sender_key TEXT NOT NULL,
    UNIQUE (room_id, session_id, sender_key)
) STRICT;
INSERT INTO replay_sender
    SELECT id, room_id, session_id,
           coalesce((SELECT sender_key FROM inbound_session
                     WHERE inbound_session.room_id = replay_session.room_id
                     AND inbound_session.session_id = replay_session.session_id), '')
    FROM replay_session;

CREATE TABLE replay_index (
    replay_sender    INTEGER NOT NULL REFERENCES replay_sender (id) ON DELETE CASCADE,
    message_index    INTEGER NOT NULL,
    event_id         TEXT NOT NULL,
    origin_server_ts INTEGER NOT NULL,
    PRIMARY KEY (replay_sender, message_index)
) STRICT, WITHOUT ROWID;
INSERT INTO replay_index SELECT replay_session, message_index, event_id, origin_server_ts FROM replay;

DROP TABLE replay;
DROP TABLE replay_session;
DROP TABLE inbound_session;
ALTER TABLE sender_session RENAME TO inbound_session;
