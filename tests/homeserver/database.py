# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking into Synapse's own database: what would an operator of the server see?"""
import base64
import os
import sqlite3

from needles import forms


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
    patterns = {needle: set(forms(needle).values()) for needle in needles}
    rows = b"\n".join(_values(path))
    files = [rows]
    for suffix in ("", "-wal", "-journal"):
        if os.path.exists(path + suffix):
            with open(path + suffix, "rb") as file:
                files.append(file.read())
    return {needle: sum(data.count(form) for form in wanted for data in files)
            for needle, wanted in patterns.items()}
