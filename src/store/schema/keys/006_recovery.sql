-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What this device knows of the account's recovery and key backup. One row.
CREATE TABLE recovery (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    storage_key    TEXT NOT NULL,           -- the id of the storage key made or typed here; empty: none
    backup_version TEXT NOT NULL,           -- the backup that is ours; empty: none is
    backup_key     TEXT NOT NULL,
    backup_lost    INTEGER NOT NULL
) STRICT;

-- What a backup does not hold yet.
CREATE INDEX inbound_session_backup ON inbound_session (backup_version);
