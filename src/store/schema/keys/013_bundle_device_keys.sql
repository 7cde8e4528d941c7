-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Who invited may have signed the device out before the person accepts: its signed keys stay with what it sent.
ALTER TABLE bundle ADD COLUMN device_keys BLOB NOT NULL DEFAULT x'';
