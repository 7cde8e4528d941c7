#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real homeservers for tests, on free loopback ports; see README.md for the command line.

    with TestBed(federation=True) as bed:
        alice = bed.servers[0].register("alice")
"""
import contextlib
import os
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import configuration
import database
from fedproxy import FederationProxy
from matrix_api import Acting, Api

HERE = os.path.dirname(os.path.abspath(__file__))
PASSWORD = "parvis-passw0rd"
START_TIMEOUT = 90
NAMES = ("alpha.parvis.test", "beta.parvis.test", "gamma.parvis.test")


class StartError(Exception):
    """The server did not come up; the message ends with its last words."""


def synapse_root():
    """The unpacked Synapse; fetched on first use, instant afterwards."""
    done = subprocess.run([f"{HERE}/fetch.sh"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          text=True, check=True)
    return done.stdout.strip()


def free_port():
    """A port below the range from which outgoing connections take theirs."""
    for _ in range(200):
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise StartError("no free port")


class Homeserver:
    """One Synapse process and its folder. `remove`: what goes if this process is killed."""

    def __init__(self, name, folder, *, root=None, port=None, federation=None, remove=None,
                 **options):
        self.name, self.folder = name, os.path.abspath(folder)
        self.options = options
        self.port, self.federation_port = port, None
        self._federation, self._remove, self._fixed_port = federation, remove, port is not None
        self._root = root or synapse_root()
        self._process = self._ready = None

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self):
        return f"{self.folder}/homeserver.db"

    @property
    def running(self):
        return self._process is not None and self._process.poll() is None

    def describe(self):
        return {"base_url": self.base_url, "name": self.name, "dir": self.folder,
                "database": self.database, "as_token": configuration.AS_TOKEN,
                "registration_shared_secret": configuration.SHARED_SECRET,
                "pid": self._process.pid if self._process else None}

    def start(self):
        for attempt in range(5):
            self.spawn(new_ports=attempt > 0 and not self._fixed_port)
            try:
                return self.wait_ready()
            except StartError as error:
                if "ddress already in use" not in str(error) or attempt == 4:
                    raise
                time.sleep(0.2 * attempt)

    def spawn(self, new_ports=False):
        """Begins to start: several servers come up at the same time."""
        if self.running:
            return
        if self.port is None or new_ports:
            self.port = free_port()
        federating = {}
        if self._federation:
            if self.federation_port is None or new_ports:
                self.federation_port = free_port()
            proxy, authority = self._federation
            proxy.names[self.name] = self.federation_port
            federating = {"federation_port": self.federation_port, "proxy_port": proxy.port,
                          "authority": authority}
        configuration.write(self.folder, name=self.name, port=self.port, **federating,
                            **self.options)
        self._ready, ready = os.pipe()
        environment = {**os.environ, "PARVIS_SYNAPSE_ROOT": self._root,
                       "PARVIS_READY_FD": str(ready), "PARVIS_REMOVE": self._remove or "",
                       "PARVIS_EVENT_TIME": f"{self.folder}/event-time"}
        with open(f"{self.folder}/stdout", "wb") as output:
            self._process = subprocess.Popen(
                [f"{HERE}/synapse-python", "-W", "ignore", f"{HERE}/synapse_main.py",
                 "-c", f"{self.folder}/homeserver.yaml"],
                stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, env=environment,
                pass_fds=(ready,), start_new_session=True)
        os.close(ready)

    def wait_ready(self):
        try:
            readable, _, _ = select.select([self._ready], [], [], START_TIMEOUT)
            if not readable or not os.read(self._ready, 16):
                words = self._last_words()
                self.kill()
                raise StartError(f"{self.name} did not start:\n{words}")
        finally:
            os.close(self._ready)
            self._ready = None
        return self

    def _last_words(self):
        words = ""
        for name in ("stdout", "homeserver.log"):
            try:
                with open(f"{self.folder}/{name}", errors="replace") as file:
                    words += file.read()[-3000:]
            except OSError:
                pass
        return words

    def stop(self, timeout=15):
        """Orderly; the folder stays."""
        if not self.running:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def kill(self):
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._process.stdin.close()
        self._process = None

    def restart(self, **options):
        """With other options, on the same port and data."""
        self.stop()
        self.options.update(options)
        self._fixed_port = True
        return self.start()

    # --- what tests ask of a server ---------------------------------------------------------

    def register(self, user, password=PASSWORD, **more):
        return Api(self.base_url).register(user, password, **more)

    def login(self, user, password=PASSWORD, **more):
        return Api(self.base_url).login(user, password, **more)

    def appservice(self):
        """May act as anybody (query user_id) and write into the past (query ts)."""
        return Api(self.base_url, configuration.AS_TOKEN)

    def acting(self, user_id):
        """Requests as somebody, without their password or a device of theirs."""
        return Acting(self.base_url, configuration.AS_TOKEN, user_id)

    def date_events(self, milliseconds):
        """From now on, new events bear this time; None: the true one again."""
        path = f"{self.folder}/event-time"
        if milliseconds is None:
            if os.path.exists(path):
                os.remove(path)
            return
        with open(path + ".new", "w") as file:
            file.write(str(int(milliseconds)))
        os.replace(path + ".new", path)

    def sql(self, statement, parameters=()):
        return database.query(self.database, statement, parameters)

    def db_search(self, needles):
        return database.search(self.database, needles)


class TestBed:
    """One or several homeservers which live as long as the `with` block or this process.

    names          the servers' names; two or more (or federation=True) federate with each other
    keep           a folder of the caller's that survives; otherwise a temporary one is removed
    sliding        the sliding sync endpoint: on or off
    limits         "lifted" or "real" (Synapse's defaults)
    overrides      anything else of Synapse's configuration, see configuration.write
    """

    __test__ = False

    def __init__(self, names=None, federation=False, keep=None, ports=None, **options):
        names = list(names or (NAMES[:2] if federation else ["parvis.test"]))
        self._keep = keep
        self.folder = os.path.abspath(keep) if keep else tempfile.mkdtemp(prefix="parvis-hs-")
        os.makedirs(self.folder, exist_ok=True)
        self.servers, self._proxy = [], None
        try:
            pair = self._federation() if federation or len(names) > 1 else None
            root = synapse_root()
            self.servers = [
                Homeserver(name, f"{self.folder}/{name}", root=root, federation=pair,
                           port=ports[i] if ports else None,
                           remove=None if keep else self.folder, **dict(options))
                for i, name in enumerate(names)]
        except BaseException:
            self.close()
            raise

    def _federation(self):
        authority = f"{self.folder}/authority"
        if not os.path.exists(f"{authority}/ca.crt"):
            configuration.make_authority(authority)
        self._proxy = FederationProxy()
        return self._proxy, authority

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    @contextlib.contextmanager
    def cut_off(self, server):
        """What other servers have for this one waits; its own people, and what it has for others, do not."""
        self._proxy.cut(server.name)
        try:
            yield
        finally:
            self._proxy.mend(server.name)

    def start(self):
        try:
            for server in self.servers:
                server.spawn()
            for server in self.servers:
                try:
                    server.wait_ready()
                except StartError as error:
                    if "ddress already in use" not in str(error):
                        raise
                    server.start()
        except BaseException:
            self.close()
            raise
        return self

    def close(self):
        for server in self.servers:
            if self._keep:
                server.stop()
            else:
                server.kill()
        if self._proxy:
            self._proxy.close()
        if not self._keep:
            shutil.rmtree(self.folder, ignore_errors=True)


if __name__ == "__main__":
    from command_line import main

    sys.exit(main())
