# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The program under test, started by a person who speaks French, with its window and what it says at its end."""
import os
import pathlib
import re
import subprocess

from desktop import Window, keys

BIN = pathlib.Path(os.environ.get("PARVIS_BIN", "build/release/bin"))
TURNS = re.compile(r"turns: (\d+), p50 ([\d.e-]+) ms, p99 ([\d.e-]+) ms, p99.9 ([\d.e-]+) ms, longest ([\d.e-]+) ms")


class Application:
    def __init__(self, profile, log, *arguments, before=(), environment=None):
        """`before`: a command in front of the program's, which it becomes."""
        self._log = pathlib.Path(log)
        environment = {**os.environ, "LC_ALL": "fr_FR.UTF-8", "QT_LOGGING_RULES": "parvis.ui.info=true",
                       **(environment or {})}
        with open(log, "wb") as file:
            self._process = subprocess.Popen([*before, BIN / "parvis", "--profile", profile, *arguments],
                                             env=environment, stdout=file, stderr=file)
        self.window = Window(self._process.pid)
        self.window.wait_shown()
        # The first key of a display changes its keyboard, and the window manager loses what is pressed meanwhile.
        keys("Shift_L")

    def close(self):
        """By the window manager's key; answers the exit code."""
        keys("alt+F4")
        return self.wait()

    def wait(self):
        return self._process.wait(timeout=20)

    def kill(self):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def said(self):
        return self._log.read_text(encoding="utf-8", errors="replace")

    def turns(self):
        """How long the UI thread worked at a time: (count, p50, p99, p99.9, longest), in ms of its CPU time."""
        found = TURNS.search(self.said())
        if not found:
            raise AssertionError("the program does not say how long its turns were:\n" + self.said())
        count, *times = found.groups()
        return int(count), *map(float, times)
