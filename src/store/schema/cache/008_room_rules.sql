-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- The room that m.room.create names as its predecessor; and im.vector.room.access_rules: the rule (empty: no such
-- event), "public" or "private", and whether the room may never be encrypted.
ALTER TABLE rooms ADD COLUMN predecessor TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN access_rule TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN access_visibility TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN force_unencrypted INTEGER NOT NULL DEFAULT 0;
UPDATE rooms SET predecessor = coalesce((SELECT substr(json_extract(raw, '$.content.predecessor.room_id'), 1, 255)
    FROM state WHERE state.room = rooms.id AND state.type = 'm.room.create' AND state.state_key = ''
    AND json_valid(raw)), '');
UPDATE rooms SET
    access_rule = CASE json_extract(raw, '$.content.rule') WHEN 'unrestricted' THEN 'unrestricted'
        WHEN 'direct' THEN 'direct' ELSE 'restricted' END,
    access_visibility = CASE json_extract(raw, '$.content.visibility') WHEN 'public' THEN 'public' ELSE 'private' END,
    force_unencrypted = json_extract(raw, '$.content.force_unencrypted_at_creation') IS 1
    FROM state WHERE state.room = rooms.id AND type = 'im.vector.room.access_rules' AND state_key = '' AND json_valid(raw);

-- Which rooms claim to be in a space is found without reading the state of all.
CREATE INDEX state_of_parents ON state (type, room, state_key) WHERE type = 'm.space.parent';
