-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- The first m.room.encryption event that is known; never emptied again, like the encryption itself.
ALTER TABLE rooms ADD COLUMN encryption_event TEXT NOT NULL DEFAULT '';
UPDATE rooms SET encryption_event = coalesce((SELECT event_id FROM state
    WHERE state.room = rooms.id AND state.type = 'm.room.encryption' AND state.state_key = ''), '');
