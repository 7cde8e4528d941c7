-- SPDX-FileCopyrightText: Parvis contributors
-- SPDX-License-Identifier: EUPL-1.2

-- The words of everything that can be read, folded and separated by blanks, and the stems of those that have
-- another one. It holds no text: what is found is read from events.
CREATE VIRTUAL TABLE search_text USING fts5 (words, stems, content = '', contentless_delete = 1,
    tokenize = 'ascii', prefix = '2 3');

-- One row a document. Its id is the first free one from that on which the time of its event stands for
-- (search_ids_p.h): the newest are found by falling id, without reading the rest.
CREATE TABLE search_entries (
    id     INTEGER PRIMARY KEY,        -- rowid in search_text
    event  INTEGER NOT NULL UNIQUE,    -- in events
    room   INTEGER NOT NULL,
    sender INTEGER NOT NULL,           -- in search_senders
    ts     INTEGER NOT NULL,
    has    INTEGER NOT NULL            -- SearchHas
) STRICT;
CREATE INDEX search_entries_of_room ON search_entries (room, id DESC);

CREATE TABLE search_senders (
    id      INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE
) STRICT;

-- Events that came or look different since the index was written: whoever writes it takes them from here.
CREATE TABLE search_pending (
    event INTEGER PRIMARY KEY
) STRICT;
INSERT INTO search_pending (event) SELECT id FROM events
    WHERE preview = 1 AND redacted = 0 AND (clear IS NOT NULL OR type <> 'm.room.encrypted');
