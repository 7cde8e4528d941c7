-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- keys.db: what no server can give back. Times are milliseconds since 1970. STRICT, so that a wrong type is an error
-- here and not a surprise at the next start.

-- Who is signed in, and the tokens. One row.
CREATE TABLE session (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    user_id       TEXT NOT NULL,
    device_id     TEXT NOT NULL,
    base_url      TEXT NOT NULL,
    access_token  BLOB NOT NULL,
    refresh_token BLOB NOT NULL,            -- empty: none
    expires_ms    INTEGER NOT NULL          -- 0: not known
) STRICT;

-- How far the streams of the server were consumed: the to-device stream ("to_device.since") and the sync positions.
CREATE TABLE position (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The Olm account of this device. One row.
CREATE TABLE account (
    one                    INTEGER PRIMARY KEY CHECK (one = 1),
    user_id                TEXT NOT NULL,
    device_id              TEXT NOT NULL,
    pickle                 BLOB NOT NULL,
    created_ms             INTEGER NOT NULL,
    server_checked         INTEGER NOT NULL,
    device_keys_uploaded   INTEGER NOT NULL,
    identity_conflict      INTEGER NOT NULL,
    server_one_time_keys   INTEGER NOT NULL,
    fallback_created_ms    INTEGER NOT NULL,
    fallback_unpublished   INTEGER NOT NULL,
    fallback_published_ms  INTEGER NOT NULL,
    previous_fallback_kept INTEGER NOT NULL
) STRICT;

CREATE TABLE tracked_user (
    user_id  TEXT PRIMARY KEY,
    outdated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tracked_user_outdated ON tracked_user (user_id) WHERE outdated = 1;

CREATE TABLE device (
    user_id         TEXT NOT NULL,
    device_id       TEXT NOT NULL,
    curve_key       TEXT NOT NULL,
    signing_key     TEXT NOT NULL,
    signed_json     BLOB NOT NULL,          -- byte for byte: signatures cover it
    algorithms      TEXT NOT NULL,          -- JSON, a list of strings
    display_name    TEXT NOT NULL,
    dehydrated      INTEGER NOT NULL,
    trust           INTEGER NOT NULL,
    first_seen_ms   INTEGER NOT NULL,
    no_olm_sent     INTEGER NOT NULL,
    wedging_index   INTEGER NOT NULL,
    unwedge_pending INTEGER NOT NULL,
    last_unwedge_ms INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id)
) STRICT;
CREATE INDEX device_unwedge ON device (user_id, device_id) WHERE unwedge_pending = 1;

CREATE TABLE olm_session (
    peer             TEXT NOT NULL,         -- its Curve25519 key
    session_id       TEXT NOT NULL,
    pickle           BLOB NOT NULL,
    created_ms       INTEGER NOT NULL,
    last_received_ms INTEGER NOT NULL,
    PRIMARY KEY (peer, session_id)
) STRICT;

-- Olm messages that were decrypted, so that the same one a second time is known as harmless.
CREATE TABLE olm_hash (
    hash    BLOB PRIMARY KEY,
    seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX olm_hash_seen ON olm_hash (seen_ms);

CREATE TABLE inbound_session (
    room_id           TEXT NOT NULL,
    session_id        TEXT NOT NULL,
    pickle            BLOB NOT NULL,
    sender_key        TEXT NOT NULL,
    claimed_key       TEXT NOT NULL,
    sender            TEXT NOT NULL,
    sender_device     TEXT NOT NULL,
    trust             INTEGER NOT NULL,
    imported          INTEGER NOT NULL,
    shared_history    INTEGER NOT NULL,
    first_known_index INTEGER NOT NULL,
    received_ms       INTEGER NOT NULL,
    backup_version    TEXT NOT NULL,        -- empty: in no backup
    PRIMARY KEY (room_id, session_id)
) STRICT;

-- One number a Megolm session: the replay table has a row a message, and two long ids in each would double the file.
CREATE TABLE replay_session (
    id         INTEGER PRIMARY KEY,
    room_id    TEXT NOT NULL,
    session_id TEXT NOT NULL,
    UNIQUE (room_id, session_id)
) STRICT;

-- Which event a message index was first seen in. A row is never replaced.
CREATE TABLE replay (
    replay_session   INTEGER NOT NULL REFERENCES replay_session (id) ON DELETE CASCADE,
    message_index    INTEGER NOT NULL,
    event_id         TEXT NOT NULL,
    origin_server_ts INTEGER NOT NULL,
    PRIMARY KEY (replay_session, message_index)
) STRICT, WITHOUT ROWID;

-- Hints why a key did not come; they change words and nothing else.
CREATE TABLE withheld (
    room_id     TEXT NOT NULL,
    session_id  TEXT NOT NULL,
    code        TEXT NOT NULL,
    sender      TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id)
) STRICT, WITHOUT ROWID;

-- `encrypted` is a latch: it is set and never cleared, whatever the state of the room says later.
CREATE TABLE room_encryption (
    room_id            TEXT PRIMARY KEY,
    encrypted          INTEGER NOT NULL,
    supported          INTEGER NOT NULL,
    algorithm          TEXT NOT NULL,
    rotation_period_ms INTEGER NOT NULL,
    rotation_messages  INTEGER NOT NULL,
    visibility         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbound_session (
    room_id       TEXT PRIMARY KEY,
    session_id    TEXT NOT NULL,
    pickle        BLOB NOT NULL,
    created_ms    INTEGER NOT NULL,
    message_count INTEGER NOT NULL,
    invalidated   INTEGER NOT NULL,
    visibility    INTEGER NOT NULL
) STRICT;

-- Who got the key of an outbound session, and from which index on.
CREATE TABLE share (
    room_id       TEXT NOT NULL,
    session_id    TEXT NOT NULL,
    user_id       TEXT NOT NULL,
    device_id     TEXT NOT NULL,
    curve_key     TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    wedging_index INTEGER NOT NULL,
    withheld_code TEXT NOT NULL,            -- empty: the device got the key
    PRIMARY KEY (room_id, session_id, user_id, device_id)
) STRICT, WITHOUT ROWID;

-- sendToDevice requests that the server has not accepted yet.
CREATE TABLE to_device (
    seq        INTEGER PRIMARY KEY,
    txn_id     TEXT NOT NULL,
    event_type TEXT NOT NULL,
    body       BLOB NOT NULL,
    room_id    TEXT NOT NULL,
    session_id TEXT NOT NULL
) STRICT;
CREATE INDEX to_device_session ON to_device (room_id, session_id) WHERE session_id <> '';

-- Messages of the person that are not known to be on the server. Sent in the order of seq, room by room.
CREATE TABLE queue (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    txn_id     TEXT NOT NULL UNIQUE,
    room_id    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    content    BLOB NOT NULL,
    ciphertext BLOB,                        -- what goes out, on the first try and on each retry
    state      INTEGER NOT NULL,            -- 0 queued, 1 sending, 2 failed, 3 sent
    attempts   INTEGER NOT NULL,
    error_code TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    depends_on TEXT,                        -- the txn_id whose event this one edits, answers or redacts
    target     TEXT NOT NULL,               -- the event id of depends_on; empty until the server has named it
    event_id   TEXT NOT NULL                -- the event id of this one; empty until the server has named it
) STRICT;
CREATE INDEX queue_room ON queue (room_id, seq);
CREATE INDEX queue_dependents ON queue (depends_on) WHERE depends_on IS NOT NULL;

CREATE TABLE draft (
    room_id TEXT PRIMARY KEY,
    body    TEXT NOT NULL
) STRICT;
