-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- The algorithm that an invitation tells of: whoever invites may make it up, and it goes when the room itself comes.
ALTER TABLE rooms ADD COLUMN told_encryption TEXT NOT NULL DEFAULT '';
UPDATE rooms SET told_encryption = encryption, encryption = '', encryption_event = '', encrypted_ms = 0
    WHERE membership IN (1, 2) AND encryption <> '';
