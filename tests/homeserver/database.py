# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking into Synapse's own database: what would an operator of the server see?"""
import base64
import json
import os
import sqlite3

MINIMUM_NEEDLE = 6  # bytes; anything shorter is found by chance in ciphertext


def query(path, statement, parameters=()):
    """Rows of a read-only query, as dicts."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(statement, parameters).fetchall()
        return [{key: _plain(row[key]) for key in row.keys()} for row in rows]
    finally:
        connection.close()


def _plain(value):
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def encodings(needle):
    """The byte strings in which a text may hide: UTF-8, JSON escapes, base64 at each alignment."""
    raw = needle.encode()
    if len(raw) < MINIMUM_NEEDLE:
        raise ValueError(f"needle {needle!r} is too short to be searched for")
    found = {raw, json.dumps(needle)[1:-1].encode(), needle.encode("utf-16-le")}
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw)
        # characters which also depend on the neighbours of the needle are left out
        start = (8 * shift + 5) // 6
        end = 8 * (shift + len(raw)) // 6
        found.add(text[start:end])
        found.add(text[start:end].replace(b"+", b"-").replace(b"/", b"_"))
    return found


def _values(path):
    """Every text and blob of every table: a long value is cut into pages in the file."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    connection.text_factory = bytes
    try:
        tables = [name.decode() for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")]
        for table in tables:
            try:
                rows = connection.execute(f'SELECT * FROM "{table}"')
            except sqlite3.OperationalError as problem:
                if "no such table" in str(problem):
                    continue  # a background job of the server has just dropped its scratch table
                raise
            for row in rows:
                yield from (value for value in row if isinstance(value, bytes))
    finally:
        connection.close()


def search(path, needles):
    """{needle: how often it is found} in the database's rows and in all bytes of its files."""
    patterns = {needle: encodings(needle) for needle in needles}
    rows = b"\n".join(_values(path))
    files = [rows]
    for suffix in ("", "-wal", "-journal"):
        if os.path.exists(path + suffix):
            with open(path + suffix, "rb") as file:
                files.append(file.read())
    return {needle: sum(data.count(form) for form in forms for data in files)
            for needle, forms in patterns.items()}
