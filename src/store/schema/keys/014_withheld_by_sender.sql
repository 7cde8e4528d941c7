-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What one sender has sent is counted with every further hint.
CREATE INDEX withheld_of_sender ON withheld (sender, received_ms);
