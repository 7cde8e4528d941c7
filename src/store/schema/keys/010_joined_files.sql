-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Files that are joined to what is being written and are not in the queue yet.
CREATE TABLE joined_file (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of joining
    room_id    TEXT NOT NULL,
    path       TEXT NOT NULL,     -- empty: a picture that was pasted
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes      INTEGER NOT NULL,  -- of the clear text; -1: nobody has looked at the file yet
    changed_ms INTEGER NOT NULL,  -- when the file had been written last, as bytes
    sealed     TEXT NOT NULL,     -- the name of a picture's ciphertext in the account's folder; empty: it lies at path
    opens      BLOB NOT NULL      -- of that: JSON as in an event, but for the url: holds the key
) STRICT;
CREATE INDEX joined_file_room ON joined_file (room_id, id);
