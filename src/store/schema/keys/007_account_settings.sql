-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What the person has set for this account on this device.
CREATE TABLE account_setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
