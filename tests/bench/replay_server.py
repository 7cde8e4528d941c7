# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The replay homeserver (`replay/server.mjs`) as a Python object."""
import json
import os
import re
import shutil
import subprocess
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
OLDEST_NODE = 18


def node():
    """The system's Node where it is new enough, else the one that comes with the peer client of the tests."""
    system = shutil.which("node")
    if system:
        said = subprocess.run([system, "--version"], capture_output=True, text=True, check=False).stdout
        number = re.match(r"v(\d+)", said)
        if number and int(number.group(1)) >= OLDEST_NODE:
            return system
    setup = os.path.join(os.path.dirname(HERE), "interop", "setup.sh")
    return subprocess.run([setup], capture_output=True, text=True, check=True).stdout.strip()


class ReplayServer:
    """Ends when the `with` does, and with this process in any case: its standard input closes then."""

    def __init__(self, rooms, sync, dump=None, batches=100, more=()):
        """`more`: other options of the server."""
        self._command = [node(), f"{HERE}/replay/server.mjs", "--sync", sync, "--rooms", str(rooms), "--hold",
                         "--batches", str(batches), *(["--dump", dump] if dump else []), *map(str, more)]
        self.rooms, self.batches, self.base_url = rooms, batches, None

    def __enter__(self):
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise RuntimeError("the replay server does not start")
        self.base_url = f"http://127.0.0.1:{json.loads(line)['port']}"
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    @property
    def pid(self):
        return self._process.pid

    def _get(self, path):
        with urllib.request.urlopen(f"{self.base_url}/_bench/{path}", timeout=60) as answer:
            return json.load(answer)

    def release(self, count):
        self._get(f"release?n={count}")

    @property
    def taken(self):
        """How many batches the client has."""
        return self._get("info")["taken"]

    def log(self):
        return self._get("log")
