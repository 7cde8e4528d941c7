-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- What the push rules want of an unread message (Attention); -1: not asked yet, or read before anybody asked.
ALTER TABLE events ADD COLUMN attention INTEGER NOT NULL DEFAULT -1;
-- Unread messages that the push rules tell of.
ALTER TABLE rooms ADD COLUMN notifications INTEGER NOT NULL DEFAULT 0;
