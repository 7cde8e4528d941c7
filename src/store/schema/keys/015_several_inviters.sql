-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Several people may have invited into the room that was joined.
CREATE TABLE invitation_by (
    room_id     TEXT NOT NULL,
    inviter     TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL,
    PRIMARY KEY (room_id, inviter)
) STRICT, WITHOUT ROWID;
INSERT INTO invitation_by (room_id, inviter, accepted_ms) SELECT room_id, inviter, accepted_ms FROM invitation;
DROP TABLE invitation;
ALTER TABLE invitation_by RENAME TO invitation;
