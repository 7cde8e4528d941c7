# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis without a window (`parvis-driver`) as a Python object.

    parvis = Driver("claire").log_in(server)       a new profile, logged in, syncing
    parvis.call("send", room=room, body="bonjour") any command of the driver's protocol
    parvis.kill(); parvis.resume()                 a power cut, and the next start

PARVIS_DRIVER names the program; without it, a release or debug build beside the sources is taken.

Most people of the tests have no identity, so keys go to all devices here unless a test asks otherwise:
`policy=SHIPPED` is what holds where no administrator said anything, `policy={...}` what one said.
"""
import json
import os
import shutil
import tempfile

from json_lines import CommandError, JsonLines

PASSWORD = "parvis-passw0rd"
SHIPPED = {}
RELAXED = {"mandatory": {"encrypt_for": "all_devices"}}
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def program():
    """Where parvis-driver is, or None."""
    named = os.environ.get("PARVIS_DRIVER")
    if named:
        return named
    for kind in ("release", "debug", "asan"):
        built = f"{_ROOT}/build/{kind}/bin/parvis-driver"
        if os.access(built, os.X_OK):
            return built
    return None


class Driver:
    """One profile and the process that runs on it, again and again."""

    def __init__(self, name, folder=None, keep=False, log=None, vault=None, before=(), options=(),
                 environment=None, policy=RELAXED):
        """`vault`: as the program takes it; `before`: a command in front of the program's, `options` behind;
        `policy`: what the administrator's file says, or the path of one."""
        self.name = name
        self._options = list(options)
        self._keep = keep or folder is not None
        self.folder = folder or tempfile.mkdtemp(prefix="parvis-driver-")
        self._options += ["--policy", policy if isinstance(policy, str) else self._write(policy)]
        self.profile = f"{self.folder}/profile"
        self.log = log or f"{self.folder}/driver.log"
        self.user_id = self.device_id = None
        self._vault = vault or f"file:{self.folder}/vault"
        self._before, self._environment = tuple(before), environment
        self._lines = None

    def _write(self, policy):
        os.makedirs(self.folder, exist_ok=True)
        path = f"{self.folder}/policy.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(policy, file)
        os.chmod(path, 0o644)  # what anyone could change is not believed
        return path

    def launch(self):
        self._lines = JsonLines(
            [*self._before, program(), "--profile", self.profile, "--vault", self._vault, *self._options],
            name=f"parvis {self.name}", nested=True, log=self.log, environment=self._environment)
        self._lines.take_event("ready", timeout=30)
        return self

    def log_in(self, server, user=None, register=True, device_name=None):
        user = user or self.name
        if register:
            server.register(user, PASSWORD, inhibit_login=True)
        self.launch()
        named = {"device_name": device_name} if device_name else {}
        answer = self.call("login", server=server.base_url, user=user, password=PASSWORD, **named)
        self.user_id, self.device_id = answer["user_id"], answer["device_id"]
        self._sync()
        return self

    def resume(self):
        """A new process on the same profile."""
        self.launch()
        self.call("restore")
        self._sync()
        return self

    def _sync(self):
        try:
            self.call("start")
        except CommandError as error:
            if error.kind != "usage":  # a driver that syncs by itself
                raise

    @property
    def alive(self):
        return self._lines is not None and self._lines.alive

    @property
    def pid(self):
        return self._lines.pid

    def begin(self, command, **arguments):
        return self._lines.begin(command, **arguments)

    def finish(self, begun, timeout=60):
        return self._lines.finish(begun, timeout)

    def call(self, command, **arguments):
        return self._lines.call(command, **arguments)

    def events(self, name=None):
        return self._lines.events(name)

    def wait_event(self, name, timeout=30, **fields):
        return self._lines.take_event(name, timeout, **fields)

    def wait_idle(self, timeout=60_000):
        return self.call("wait_idle", timeout=timeout)

    def wait_text(self, room, body, timeout=30_000):
        return self.call("wait_message", room=room, body=body, readable=True, timeout=timeout)

    def history(self, room, rounds=200):
        """All of a room's timeline, oldest first."""
        for _ in range(rounds):
            if self.call("paginate", room=room, back=True, count=100)["at_start"]:
                break
        return self.call("timeline", room=room, limit=100_000)

    def log_size(self):
        return os.path.getsize(self.log) if os.path.exists(self.log) else 0

    def log_since(self, position):
        """The lines which the driver has written to standard error since log_size() was asked."""
        with open(self.log, "rb") as file:
            file.seek(position)
            return file.read().decode("utf-8", "replace").splitlines()

    def kill(self):
        """SIGKILL. Answers the dead process's lines: what it had answered can still be read."""
        lines, self._lines = self._lines, None
        lines.kill()
        return lines

    def stop(self):
        """An orderly end; answers the exit code."""
        lines, self._lines = self._lines, None
        return lines.close() if lines else None

    def close(self):
        self.stop()
        if not self._keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
