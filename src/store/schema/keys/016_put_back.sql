-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- When this file was found to be an older copy that somebody put back; 0: never. Ratchets of before are not sent with
-- any more, whatever the clock said then or says now.
ALTER TABLE account ADD COLUMN put_back_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE olm_session ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;
