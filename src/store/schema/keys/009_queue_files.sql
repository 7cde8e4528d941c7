-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- The file that goes with a message of the queue. Its ciphertext lies in the account's folder.
CREATE TABLE queue_file (
    txn_id        TEXT PRIMARY KEY REFERENCES queue (txn_id) ON DELETE CASCADE ON UPDATE CASCADE,
    name          TEXT NOT NULL,    -- of the ciphertext
    bytes         INTEGER NOT NULL,
    opens         BLOB NOT NULL,    -- JSON as in an event, but for the url: holds the key
    media_type    TEXT NOT NULL,    -- told to the server where the file goes in clear
    url           TEXT NOT NULL,    -- where the server has it; empty before
    url_encrypted INTEGER NOT NULL  -- what lies there is the ciphertext
) STRICT;
