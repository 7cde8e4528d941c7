-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- Chunks below zero are islands: stretches that were looked up somewhere in the past (TimelinePlace).
-- 1: the server says that the room was not encrypted yet where the island begins.
ALTER TABLE gaps ADD COLUMN in_clear INTEGER NOT NULL DEFAULT 0;
