# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A matrix-js-sdk client (tests/interop/peer.mjs) as a Python object.

    alice = Peer("alice").start(server)            registers, logs in, syncs
    room = alice.create_room(encrypted=True)
    alice.call("send", room=room, text="bonjour")  any command of peer.mjs
"""
import functools
import os
import subprocess

from json_lines import JsonLines

INTEROP = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "interop")
PASSWORD = "parvis-passw0rd"


@functools.cache
def node():
    """The pinned Node; installed with the packages on first use, instant afterwards."""
    done = subprocess.run([f"{INTEROP}/setup.sh"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


class Peer(JsonLines):
    """One device, for its whole life: its crypto store is in memory."""

    def __init__(self, name, log=None):
        super().__init__([node(), f"{INTEROP}/peer.mjs"], name=name, nested=False,
                         log=log or os.environ.get("PARVIS_PEER_LOG"))
        self.user_id = self.device_id = None

    def start(self, server, user=None, register=True, password=PASSWORD, **login):
        """Makes the account (unless it exists: register=False) and logs in with a new device."""
        user = user or self.name
        if register:
            self.call("register", baseUrl=server.base_url, user=user, password=password)
        answer = self.call("login", baseUrl=server.base_url, user=user, password=password, **login)
        self.user_id, self.device_id = answer["userId"], answer["deviceId"]
        self.token = answer["accessToken"]
        return self

    def create_room(self, **arguments):
        return self.call("createRoom", **arguments)["room"]

    def send(self, room, text, **more):
        return self.call("send", room=room, text=text, **more)["eventId"]

    def join(self, room, **more):
        return self.call("join", room=room, **more)

    def wait_text(self, room, text, timeout=20_000, **more):
        """The event once it is there and readable."""
        return self.call("waitMessage", room=room, text=text, timeout=timeout, **more)
