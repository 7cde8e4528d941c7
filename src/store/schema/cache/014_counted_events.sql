-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- What is unread is counted with every message that comes: thousands of rows in a room that nobody reads. All that
-- is asked of them is in the index.
DROP INDEX events_that_count;
CREATE INDEX events_that_count ON events (room, chunk, place, counts, attention) WHERE counts > 0;
