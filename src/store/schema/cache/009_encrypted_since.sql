-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- The earliest time, in milliseconds since 1970, that an m.room.encryption event of the room had; 0: none is known. Where
-- an island stands nobody knows: there it says what cannot have been sent in clear.
ALTER TABLE rooms ADD COLUMN encrypted_ms INTEGER NOT NULL DEFAULT 0;
UPDATE rooms SET encrypted_ms = coalesce((SELECT min(ts) FROM (
    SELECT ts FROM events WHERE events.room = rooms.id AND type = 'm.room.encryption' AND state_key = ''
    UNION ALL SELECT json_extract(raw, '$.origin_server_ts') FROM state
    WHERE state.room = rooms.id AND type = 'm.room.encryption' AND state_key = '' AND json_valid(raw))
    WHERE typeof(ts) = 'integer' AND ts > 0), 0) WHERE encryption <> '';

-- The first of them is found without reading the room.
CREATE INDEX events_that_encrypt ON events (room, chunk, place) WHERE type = 'm.room.encryption' AND state_key = '';
