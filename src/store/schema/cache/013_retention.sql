-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- How long the room's m.room.retention keeps messages, in milliseconds, as lifetimeOf() reads it; 0: for ever.
ALTER TABLE rooms ADD COLUMN retention_ms INTEGER NOT NULL DEFAULT 0;
UPDATE rooms SET retention_ms = coalesce((SELECT max(3600000, CAST(most AS INTEGER)) FROM
    (SELECT CASE WHEN json_valid(raw) THEN json_extract(raw, '$.content.max_lifetime') END AS most FROM state
     WHERE state.room = rooms.id AND type = 'm.room.retention' AND state_key = '')
    WHERE typeof(most) IN ('integer', 'real') AND most BETWEEN 1 AND 9007199254740991), 0)
    WHERE membership NOT IN (1, 2);
CREATE INDEX rooms_that_expire ON rooms (id) WHERE retention_ms > 0;
-- When somebody last looked at the conversation, in milliseconds since 1970.
ALTER TABLE rooms ADD COLUMN opened_ms INTEGER NOT NULL DEFAULT 0;

-- Messages by age. State events do not age: they say how the room came to be what it is.
CREATE INDEX events_by_time ON events (room, ts) WHERE state_key IS NULL;

-- 1: what was behind the hole is not kept on this machine. Whoever reads on asks for it; the background does not.
ALTER TABLE gaps ADD COLUMN cut INTEGER NOT NULL DEFAULT 0;
