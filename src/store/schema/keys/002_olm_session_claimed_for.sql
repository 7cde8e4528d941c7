-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- A device may publish the Curve25519 key of another one as its own: for whose one-time key a session was made has to be
-- known apart from the key. Empty: the peer made it, which proves that it holds the key.
ALTER TABLE olm_session ADD COLUMN claimed_for TEXT NOT NULL DEFAULT '';
