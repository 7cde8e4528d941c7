-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Outbound sessions as they stood where somebody shall read from: a device that could not be reached then gets the key
-- from there later.
CREATE TABLE outbound_ratchet (
    room_id       TEXT NOT NULL,
    session_id    TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    pickle        BLOB NOT NULL,
    PRIMARY KEY (room_id, session_id, message_index)
) STRICT, WITHOUT ROWID;
