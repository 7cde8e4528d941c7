-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Everything that can be fetched again. Rows are keyed, so that applying one answer twice changes nothing.

-- One row holds all that the room list shows: opening it is one query and reads no event.
CREATE TABLE rooms (
    id               INTEGER PRIMARY KEY,
    room_id          TEXT    NOT NULL UNIQUE,
    membership       INTEGER NOT NULL DEFAULT 0,   -- MemberState
    recency          INTEGER NOT NULL DEFAULT 0,   -- larger is newer; one scale an account
    name             TEXT    NOT NULL DEFAULT '',  -- m.room.name
    alias            TEXT    NOT NULL DEFAULT '',
    topic            TEXT    NOT NULL DEFAULT '',
    avatar           TEXT    NOT NULL DEFAULT '',
    server_name      TEXT    NOT NULL DEFAULT '',  -- as the server computed it: the last resort
    heroes           TEXT    NOT NULL DEFAULT '[]',
    joined_count     INTEGER NOT NULL DEFAULT 0,
    invited_count    INTEGER NOT NULL DEFAULT 0,
    room_type        TEXT    NOT NULL DEFAULT '',
    room_version     TEXT    NOT NULL DEFAULT '1',
    replaced_by      TEXT    NOT NULL DEFAULT '',
    join_rule        TEXT    NOT NULL DEFAULT '',
    history          TEXT    NOT NULL DEFAULT '',
    encryption       TEXT    NOT NULL DEFAULT '',  -- the algorithm; never emptied again
    inviter          TEXT    NOT NULL DEFAULT '',
    direct_user      TEXT    NOT NULL DEFAULT '',  -- from m.direct
    members_complete INTEGER NOT NULL DEFAULT 0,
    favourite        INTEGER NOT NULL DEFAULT 0,
    low_priority     INTEGER NOT NULL DEFAULT 0,
    marked_unread    INTEGER NOT NULL DEFAULT 0,
    unread           INTEGER NOT NULL DEFAULT 0,
    highlight        INTEGER NOT NULL DEFAULT 0,
    read_up_to       TEXT    NOT NULL DEFAULT '',  -- the own receipt
    last_event       TEXT    NOT NULL DEFAULT ''   -- the event of the preview
) STRICT;
CREATE INDEX rooms_by_recency ON rooms (membership, recency DESC);

-- Current state, members apart.
CREATE TABLE state (
    room      INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    type      TEXT    NOT NULL,
    state_key TEXT    NOT NULL,
    event_id  TEXT    NOT NULL,                    -- empty: stripped, so nothing is proven
    sender    TEXT    NOT NULL,
    raw       TEXT    NOT NULL,
    PRIMARY KEY (room, type, state_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    room         INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id      TEXT    NOT NULL,
    membership   INTEGER NOT NULL,
    display_name TEXT    NOT NULL,
    avatar       TEXT    NOT NULL,
    PRIMARY KEY (room, user_id)
) STRICT, WITHOUT ROWID;

-- The order of a timeline is (chunk, place): the server's order, never a clock's. A chunk has no hole; between two
-- chunks there is one exactly if the newer has a row in gaps.
CREATE TABLE events (
    id            INTEGER PRIMARY KEY,
    room          INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    chunk         INTEGER NOT NULL,
    place         INTEGER NOT NULL,
    event_id      TEXT    NOT NULL,
    type          TEXT    NOT NULL,                -- of the envelope
    state_key     TEXT,
    sender        TEXT    NOT NULL,
    ts            INTEGER NOT NULL,
    txn           TEXT    NOT NULL,
    redacted      INTEGER NOT NULL,
    raw           TEXT    NOT NULL,
    clear_type    TEXT,                            -- NULL: not encrypted, or not (yet) readable
    clear         TEXT,
    shield        INTEGER NOT NULL,
    shield_reason TEXT    NOT NULL,
    reason        INTEGER NOT NULL,                -- Undecryptable
    session       TEXT    NOT NULL,                -- whose key would make it readable
    rel_type      TEXT    NOT NULL,
    rel_target    TEXT    NOT NULL,
    own           INTEGER NOT NULL,
    counts        INTEGER NOT NULL,                -- 1: unread until read; 2: and names the person
    preview       INTEGER NOT NULL,                -- 1: may stand in the room list
    UNIQUE (room, event_id)
) STRICT;
CREATE UNIQUE INDEX events_in_order ON events (room, chunk, place);
CREATE INDEX events_that_count ON events (room, chunk, place) WHERE counts > 0;
CREATE INDEX events_of_own ON events (room, chunk, place) WHERE own = 1;
CREATE INDEX events_related ON events (room, rel_target) WHERE rel_target <> '';
CREATE INDEX events_unreadable ON events (room, session) WHERE session <> '' AND clear IS NULL;

CREATE TABLE gaps (
    room       INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    chunk      INTEGER NOT NULL,
    prev_batch TEXT    NOT NULL,                   -- empty: only the end of the room is known as a start
    PRIMARY KEY (room, chunk)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts (
    room     INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id  TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    thread   TEXT    NOT NULL,
    event_id TEXT    NOT NULL,
    ts       INTEGER NOT NULL,
    PRIMARY KEY (room, user_id, type, thread)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_account_data (
    room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    type TEXT    NOT NULL,
    raw  TEXT    NOT NULL,
    PRIMARY KEY (room, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_data (
    type TEXT PRIMARY KEY,
    raw  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where each way of synchronising continues.
CREATE TABLE positions (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
