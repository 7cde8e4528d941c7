-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- What ignored people said and nobody has read: it counts for nothing (attention 3), until they are ignored no more.
CREATE INDEX events_of_ignored ON events (room) WHERE attention = 3;
