-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- 1: an own event that the server accepted and no answer of it has shown in its place yet
ALTER TABLE events ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
