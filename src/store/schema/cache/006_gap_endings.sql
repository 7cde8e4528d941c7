-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- How often the server said that there is nothing older, although the room's first event is not here: one whose
-- neighbour does not answer for a moment says so too.
ALTER TABLE gaps ADD COLUMN endings INTEGER NOT NULL DEFAULT 0;
-- Edits whose key came late were documents of their own.
INSERT OR IGNORE INTO search_pending (event) SELECT event FROM search_entries
    WHERE event IN (SELECT id FROM events WHERE rel_type = 'm.replace');
