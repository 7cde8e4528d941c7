-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Cross-signing: who signs whom, and what the person has said of it.
ALTER TABLE device ADD COLUMN checked_for TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN owner_signed INTEGER NOT NULL DEFAULT 0;

-- The person's wish for one room.
ALTER TABLE room_encryption ADD COLUMN only_verified INTEGER NOT NULL DEFAULT 0;

CREATE TABLE identity (
    user_id           TEXT NOT NULL PRIMARY KEY,
    master_key        TEXT NOT NULL,
    master_json       BLOB NOT NULL,
    self_signing_key  TEXT NOT NULL,
    self_signing_json BLOB NOT NULL,
    user_signing_key  TEXT NOT NULL,            -- ours alone
    user_signing_json BLOB NOT NULL,
    pinned            TEXT NOT NULL,            -- the master key of the first sight, or accepted since
    signed_by         TEXT NOT NULL,            -- our user-signing key that signed master_key
    checked_for       TEXT NOT NULL,            -- our user-signing key that was looked for last
    verified          TEXT NOT NULL,            -- ours alone: the master key known to be ours
    was_verified      INTEGER NOT NULL,         -- a latch
    signature_owed    INTEGER NOT NULL          -- the server does not have our signature yet
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_to_sign ON identity (user_id) WHERE signature_owed = 1;

-- Private keys and other secrets, sealed under the pickle key.
CREATE TABLE secret (
    name   TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Nobody was asked for an identity yet.
UPDATE tracked_user SET outdated = 1;
