-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Master keys that the person gave up by taking another one: signatures of ours under them count no more.
ALTER TABLE identity ADD COLUMN given_up TEXT NOT NULL DEFAULT '';  -- separated by spaces
