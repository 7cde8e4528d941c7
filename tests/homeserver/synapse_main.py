# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synapse's main process as a test wants it. Run by synapse-python, never by the host's Python.

- SQLite without fsync: test data needs to survive no power cut.
- Standard input is a pipe from whoever started it: when that closes, the server dies and, if
  PARVIS_REMOVE names a folder, takes the folder with it.
- The file descriptor PARVIS_READY_FD hears one line when the listeners are open: no polling.
- While the file PARVIS_EVENT_TIME exists, new events bear the time (milliseconds) it holds: for
  worlds with a past. Synapse itself lets only application services date some kinds of events.
"""
import os
import shutil
import threading
import time

from synapse.app import _base
from synapse.events import builder
from synapse.storage.engines.sqlite import Sqlite3Engine

_their_connection = Sqlite3Engine.on_new_connection
_their_notify = _base.setup_sdnotify
_their_event = builder.create_local_event_from_event_dict


def _fast_connection(self, db_conn):
    _their_connection(self, db_conn)
    for pragma in ("synchronous = OFF", "cache_size = -65536", "temp_store = MEMORY"):
        db_conn.execute(f"PRAGMA {pragma};")


def _dated_event(*arguments, **named):
    try:
        with open(os.environ["PARVIS_EVENT_TIME"]) as file:
            then = int(file.read())
    except OSError:
        return _their_event(*arguments, **named)
    event = named["event_dict"]
    event["origin_server_ts"] = then
    event.setdefault("unsigned", {})["age"] = int(time.time() * 1000) - then
    return _their_event(*arguments, **named)


def _notify(hs):
    _their_notify(hs)
    os.write(int(os.environ["PARVIS_READY_FD"]), b"ready\n")


def _die_with_parent():
    while os.read(0, 4096):
        pass
    folder = os.environ.get("PARVIS_REMOVE")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    Sqlite3Engine.on_new_connection = _fast_connection
    _base.setup_sdnotify = _notify
    if os.environ.get("PARVIS_EVENT_TIME"):
        builder.create_local_event_from_event_dict = _dated_event
    threading.Thread(target=_die_with_parent, daemon=True).start()
    from synapse.app.homeserver import main

    main()
