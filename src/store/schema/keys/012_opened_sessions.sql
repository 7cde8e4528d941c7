-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What a key has opened shows that it is no made-up one. What somebody passed on with an invitation stays here until then.
ALTER TABLE inbound_session ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
UPDATE inbound_session SET opened = 1
    WHERE (room_id, session_id, sender_key) IN (SELECT room_id, session_id, sender_key FROM replay_sender);
ALTER TABLE inbound_session ADD COLUMN may_leave INTEGER
    GENERATED ALWAYS AS (imported = 0 OR shared_by = '' OR opened = 1) VIRTUAL;

DROP INDEX inbound_session_backup;
CREATE INDEX inbound_session_backup ON inbound_session (may_leave, backup_version);
-- To count what one sender, who need not be in the room, has sent for it.
CREATE INDEX inbound_session_unopened ON inbound_session (sender, room_id, received_ms)
    WHERE opened = 0 AND imported = 0;

-- The same ratchet under another sender key must not open an event of the same sender a second time. Where a member
-- repeats it under their own name, with their own copy, it takes nothing from the first.
CREATE TABLE replay_reader (
    id         INTEGER PRIMARY KEY,
    room_id    TEXT NOT NULL,
    session_id TEXT NOT NULL,
    sender_key TEXT NOT NULL,
    sender     TEXT NOT NULL,               -- of the events; empty: not known
    UNIQUE (room_id, session_id, sender_key, sender)
) STRICT;
INSERT INTO replay_reader
    SELECT id, room_id, session_id, sender_key,
           coalesce((SELECT sender FROM inbound_session
                     WHERE inbound_session.room_id = replay_sender.room_id
                     AND inbound_session.session_id = replay_sender.session_id
                     AND inbound_session.sender_key = replay_sender.sender_key), '')
    FROM replay_sender;

-- Which event a message index was first seen in. A row is never replaced.
CREATE TABLE replay (
    replay_reader    INTEGER NOT NULL REFERENCES replay_reader (id) ON DELETE CASCADE,
    message_index    INTEGER NOT NULL,
    event_id         TEXT NOT NULL,
    origin_server_ts INTEGER NOT NULL,
    PRIMARY KEY (replay_reader, message_index)
) STRICT, WITHOUT ROWID;
-- Of two in one sender's name the first keeps the index; it is that of the key which was used first.
INSERT INTO replay
    SELECT replay_sender, message_index, event_id, origin_server_ts FROM replay_index AS late
    WHERE NOT EXISTS (
        SELECT 1 FROM replay_reader AS reader
        JOIN replay_reader AS earlier ON earlier.room_id = reader.room_id AND earlier.session_id = reader.session_id
            AND earlier.id < reader.id
            AND (earlier.sender = reader.sender OR earlier.sender = '' OR reader.sender = '')
        JOIN replay_index AS early ON early.replay_sender = earlier.id AND early.message_index = late.message_index
        WHERE reader.id = late.replay_sender);

DROP TABLE replay_index;
DROP TABLE replay_sender;
