# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Devices of either client under one name each, so that a crowd of them can be steered alike."""
import time
from types import SimpleNamespace

from bad_line import BadLine
from driver import Driver
from json_lines import CommandError
from peer import Peer


WAITS = "a key may be a little behind its message"  # said for some seconds, whatever will be said then


def now():
    return int(time.time() * 1000)


class ParvisDevice:
    """Parvis behind a bad line; may go offline, be killed, and queues what it is told meanwhile."""
    kind = "parvis"

    def __init__(self, server, user, dice, share):
        self.server, self.user = server, user
        self.line = BadLine(server.base_url, dice, share).start()
        self.driver = Driver(user)
        self.online = True
        self.expected_from = 0  # the number of the first message that it must be able to read
        self.expected_ms = 0    # what was sent later, in milliseconds, is waited for
        self.born = None        # when it signed in, in milliseconds

    @property
    def name(self):
        return f"{self.user} {self.driver.device_id}"

    @property
    def user_id(self):
        return self.driver.user_id

    @property
    def device_id(self):
        return self.driver.device_id

    def log_in(self, register):
        if register:
            self.server.register(self.user, "parvis-passw0rd", inhibit_login=True)
        self.driver.launch()
        self.born = now()
        answer = self.driver.call("login", server=self.line.base_url, user=self.user,
                                  password="parvis-passw0rd", timeout=120_000)
        self.driver.user_id, self.driver.device_id = answer["user_id"], answer["device_id"]
        self.driver.call("start")
        return self

    def join(self, room):
        for _ in range(60):
            self.idle()
            if any(known["room_id"] == room for known in self.driver.call("rooms")):
                break
            time.sleep(0.5)
        self.driver.call("join", room=room, timeout=120_000)

    def send(self, room, body):
        self.driver.call("send", room=room, body=body)

    def go_offline(self):
        self.driver.call("stop")
        self.online = False

    def go_online(self):
        self.driver.call("start")
        self.online = True

    def die_and_come_back(self):
        self.driver.kill()
        self.driver.launch()
        self.driver.call("restore", timeout=120_000)
        self.driver.call("start")
        self.online = True

    def idle(self):
        self.driver.wait_idle(300_000)

    def knows(self, user, devices):
        known = {one["device_id"] for one in self.driver.call("devices", user=user)}
        return set(devices) <= known

    def log_out(self):
        self.driver.call("logout", timeout=120_000)
        self.close()

    def messages(self, room):
        """(event id, body or None with the reason, time, Megolm session where it is told) of every message in the room."""
        items = [item for item in self.driver.history(room)
                 if item["type"] == "m.room.message" or not item["readable"]]
        return [(item["event_id"], item["body"] if item["readable"] else None,
                 WAITS if item.get("remedy") == "wait" else item.get("reason"), item["ts"], None) for item in items]

    def close(self):
        self.driver.close()
        self.line.close()


class OtherDevice:
    """The other client behind a bad line; it is always there, and never killed: its keys are in its memory."""
    kind = "other"
    online = True

    def __init__(self, server, user, dice, share):
        self.server, self.user, self.peer = server, user, Peer(user)
        self.line = BadLine(server.base_url, dice, share).start()
        self.expected_from, self.expected_ms, self.born = 0, 0, None

    @property
    def name(self):
        return f"{self.user} {self.peer.device_id}"

    @property
    def user_id(self):
        return self.peer.user_id

    @property
    def device_id(self):
        return self.peer.device_id

    def log_in(self, register):
        if register:
            self.server.register(self.user, "parvis-passw0rd", inhibit_login=True)
        self.born = now()
        self.peer.start(SimpleNamespace(base_url=self.line.base_url), register=False, syncLimit=200)
        return self

    def join(self, room):
        self.peer.join(room, timeout=60_000)
        self.peer.call("waitEncrypted", room=room, timeout=60_000)

    def send(self, room, body):
        return self.peer.send(room, body, tries=8, timeout=120_000)

    def idle(self):
        pass

    def knows(self, user, devices):
        known = self._patiently("waitDevices", user=user, count=1, timeout=60_000)["devices"]
        return set(devices) <= set(known)

    def log_out(self):
        try:
            self.peer.call("logout", timeout=60_000)
        except CommandError:
            pass  # the line lost the answer
        self.close()

    def messages(self, room):
        return [(message["eventId"], message["body"], message.get("reason"), message["ts"], message.get("session"))
                for message in self._patiently("bodies", room=room, everything=True, timeout=120_000)]

    def _patiently(self, command, tries=8, **arguments):
        """What the line lost is asked for again."""
        for attempt in range(tries):
            try:
                return self.peer.call(command, **arguments)
            except CommandError:
                if attempt == tries - 1:
                    raise
                time.sleep(1)
        return None

    def close(self):
        self.peer.close()
        self.line.close()
