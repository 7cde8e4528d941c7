-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- To count what one stranger has sent, and to find what is old.
CREATE INDEX inbound_session_sender ON inbound_session (sender, received_ms);
CREATE INDEX withheld_sender ON withheld (room_id, sender);
CREATE INDEX withheld_received ON withheld (received_ms);
