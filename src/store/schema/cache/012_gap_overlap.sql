-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- How many known events in a row the last pages ended with. What came late from another server stands among what
-- is known, in the order of the history: the first known event does not end a hole.
ALTER TABLE gaps ADD COLUMN overlap INTEGER NOT NULL DEFAULT 0;
-- What is behind the hole: 0 is hidden by it, 1 is shown all the same, 2 is shown, for a page has come to it.
ALTER TABLE gaps ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;
