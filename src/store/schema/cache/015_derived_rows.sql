-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- What the room list shows beside this row and takes queries to make: the newest message as one line, whose names the
-- room goes by. Empty: to be made again, as after every commit that touched the room.
ALTER TABLE rooms ADD COLUMN derived BLOB NOT NULL DEFAULT x'';
