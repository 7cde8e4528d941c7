# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What scenes between Parvis and an independent client have in common: servers, people, and what must hold after each."""
import itertools
import time
import unittest
from urllib.parse import quote

from driver import RELAXED, Driver, program
from homeserver import TestBed
from peer import Peer

_numbers = itertools.count(1)


def everywhere(scenes, module, suffix=""):
    """Scenes as cases of a test module: Sliding, SyncV2, SlidingFederated, SyncV2Federated.

    The other person is on the second server where there are two, the devices of one person on one.
    """
    cases = {}
    for federation in (False, True):
        for sliding in (True, False):
            name = ("Sliding" if sliding else "SyncV2") + ("Federated" if federation else "") + suffix
            cases[name] = type(name, (scenes, unittest.TestCase),
                               {"federation": federation, "sliding": sliding, "__module__": module})
    return cases


class Scene:
    federation = False
    sliding = True

    @classmethod
    def setUpClass(cls):
        if not program():
            raise unittest.SkipTest("no parvis-driver (PARVIS_DRIVER)")
        cls.bed = TestBed(federation=cls.federation, sliding=cls.sliding).start()

    @classmethod
    def tearDownClass(cls):
        cls.bed.close()

    def setUp(self):
        self.number = next(_numbers)
        self.said = []
        self.opened = []

    def tearDown(self):
        """Whatever was said in the scene is nowhere in the servers' databases."""
        for one in reversed(self.opened):
            one.close()
        for server in self.bed.servers:
            counts = server.db_search(self.said) if self.said else {}
            self.assertEqual({body for body, count in counts.items() if count}, set(), server.name)

    def body(self, text):
        """A text that occurs nowhere else, and that the servers must not be able to read."""
        unique = f"{text} n° {self.number}-{len(self.said)}"
        self.said.append(unique)
        return unique

    def login(self, name):
        return f"{name}{self.number}"

    def parvis(self, name, policy=RELAXED, **more):
        driver = Driver(self.login(name), policy=policy)
        self.opened.append(driver)
        return driver.log_in(self.bed.servers[0], **more)

    def peer(self, name, server=-1, **more):
        peer = Peer(self.login(name))
        self.opened.append(peer)
        return peer.start(self.bed.servers[server], **more)

    def room_with(self, alice, bob):
        """An encrypted room which Parvis makes and the other client joins."""
        room = alice.call("create_room", name="Essai", kind="private",
                          invite=[bob.user_id])["room_id"]
        bob.join(room)
        bob.call("waitEncrypted", room=room)
        self.sees_member(alice, room, bob.user_id)
        return room

    def sees_member(self, alice, room, user):
        """A message sent before Parvis knows of a member is not for that member."""
        for _ in range(40):
            alice.wait_idle()
            members = alice.call("members", room=room)
            if any(member["user_id"] == user
                   and member.get("membership", "join") == "join" for member in members):
                return
        self.fail(f"{alice.name} does not know of {user}")

    def knows_devices(self, alice, user, count):
        """Across servers a new device is heard of a little later; before that nothing is for it."""
        for _ in range(60):
            alice.wait_idle()
            devices = alice.call("devices", user=user)
            if len(devices) == count:
                return
            time.sleep(0.5)
        self.fail(f"{alice.name} knows {devices} of {user}")

    def on_the_wire(self, alice, room, event):
        """An event as the server has it: its session's id is to be seen, its text is not."""
        answer = alice.call("raw", method="GET",
                            path=f"/_matrix/client/v3/rooms/{quote(room)}/event/{quote(event)}")
        self.assertEqual(answer["status"], 200, answer)
        return answer["body"]

    def says(self, alice, room, text, *readers):
        """Parvis sends; each of the other clients reads it, encrypted. Answers the event's id."""
        body = self.body(text)
        event = alice.call("send", room=room, body=body, wait=True)["event_id"]
        for reader in readers:
            seen = reader.wait_text(room, body)
            self.assertEqual((seen["eventId"], seen["wireType"]), (event, "m.room.encrypted"))
        return event

    def hears(self, bob, room, text, *readers):
        """The other client sends; each Parvis reads it, encrypted. Answers the event's id."""
        body = self.body(text)
        event = bob.send(room, body)
        for reader in readers:
            seen = reader.wait_text(room, body)
            self.assertEqual((seen["event_id"], seen["encrypted"], seen["readable"]),
                             (event, True, True))
        return event
