# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The windows that measure themselves (windows/), and an account for the one of them that is the program."""
import json
import os
import queue
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

from account_run import POLICY
from driver import Driver, program
from process_stats import settle

LONGEST_S = 120


def built(name):
    """A program of build/.../bench."""
    path = os.path.join(os.path.dirname(os.path.dirname(program())), "bench", name)
    if not os.access(path, os.X_OK):
        sys.exit(f"bench: {path} is not built (target bench_{name})")
    return path


class Window:
    """One of them, from its start on; see windows/window_watch.h."""

    def __init__(self, name, *arguments):
        command = [built(name), *map(str, arguments)]
        self._began = time.monotonic_ns()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(json.loads(line))
        self._lines.put(None)

    @property
    def pid(self):
        return self._process.pid

    def take(self, what, timeout=LONGEST_S):
        """The next line that says this, with the milliseconds since the start as `wall`; None where it says that
        nothing came of what was asked."""
        deadline = time.monotonic() + timeout
        while True:
            line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.01))
            if line is None:
                raise RuntimeError("the window has ended")
            if line["what"] in (what, "late"):
                line["wall"] = (line["at"] - self._began) / 1e6
                return line if line["what"] == what else None

    def ask(self, *words, timeout=LONGEST_S):
        self._process.stdin.write((" ".join(map(str, words)) + "\n").encode())
        self._process.stdin.flush()
        return self.take(words[0], timeout)

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def make_profile(server, folder):
    """A profile with all that the server has; the key lies in the keychain of the session. Answers its folder."""
    with Driver("bench", folder=folder, policy=POLICY, vault="keychain") as driver:
        driver.launch()
        driver.call("login", server=server.base_url, user="alice", password="bench")
        driver.call("start")
        deadline = time.monotonic() + 900
        while time.monotonic() < deadline:
            settle(driver.pid, [server.pid])
            if driver.call("status")["rooms"] >= server.rooms \
                    and driver.call("index_status")["coverage"]["waiting"] == 0:
                return driver.profile
    raise RuntimeError("the account is not complete")
