# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The stage of every attack: a real homeserver, a proxy in front of it that lies, Parvis behind the proxy, and forged people.

A test class has one Parvis, alice, with an identity of her own; people and rooms are new in each test.
"""
import copy
import itertools
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, SHIPPED, Driver, program
from forged import MEGOLM, Forged, Forger, Identity
from homeserver import TestBed
from json_lines import CommandError
from matrix_api import quote
from proxy import Proxy

_numbers = itertools.count(1)


class Attacks(unittest.TestCase):
    bootstrapped = True
    sliding = True
    federation = False

    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed(federation=cls.federation, sliding=cls.sliding).start()
        cls.server = cls.bed.servers[0]
        cls.proxy = Proxy(cls.server.base_url)
        cls.forger = Forger()
        cls.alice = cls.sign_in("alice")
        if cls.bootstrapped:
            made = cls.alice.call("bootstrap", password=PASSWORD, timeout=60_000)
            cls.recovery_key = made["recovery_key"]
            cls.alice.wait_idle()

    @classmethod
    def sign_in(cls, name, register=True, **how):
        """A new Parvis behind the proxy."""
        if register:
            cls.server.register(name, PASSWORD, inhibit_login=True)
        return Driver(name, **how).log_in(cls.proxy, register=False)

    @classmethod
    def tearDownClass(cls):
        cls.alice.close()
        cls.forger.close()
        cls.proxy.close()
        cls.bed.close()

    def setUp(self):
        self.number = next(_numbers)
        self.log_start = self.alice.log_size()

    def tearDown(self):
        self.proxy.honest()
        self.assertEqual(self.proxy.failures, [])

    # People and rooms

    def forged(self, name="mallory", **how):
        """A new person; or, with register=False, another device of one whose whole name this is."""
        name = f"{name}{self.number}" if how.get("register", True) else name
        return Forged(self.server, self.forger, name, **how)

    def alone(self, name, **how):
        """Another Parvis for this test, and nobody else behind the proxy: what the server says is for it alone."""
        self.alice.call("stop")
        self.addCleanup(self.alice.call, "start")
        other = self.sign_in(f"{name}{self.number}", **how)
        self.addCleanup(other.close)
        return other

    def set_up_carol(self):
        """Somebody alone who has set the recovery up under the shipped policy; with her recovery key."""
        carol = self.alone("carol", policy=SHIPPED)
        made = carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        carol.wait_idle()
        return carol, made["recovery_key"]

    @staticmethod
    def settle_all(*clients):
        """What one of them causes has reached the others."""
        for _ in range(6):
            for one in clients:
                one.wait_idle()
            time.sleep(0.2)

    def room_with(self, *people, alice=None, **more):
        """An encrypted room of alice's, in which all of them are."""
        alice = alice or self.alice
        room = alice.call("create_room", name="Essai", kind="private", invite=[one.user for one in people],
                          **more)["room_id"]
        for one in people:
            one.api.join(room)
        for one in people:
            self.sees_member(room, one.user, alice)
        return room

    def sees_member(self, room, user, alice=None):
        alice = alice or self.alice
        for _ in range(60):
            alice.wait_idle()
            if any(one["user_id"] == user and one.get("membership", "join") == "join"
                   for one in alice.call("members", room=room)):
                return
            time.sleep(0.1)
        self.fail(f"alice does not know of {user}")

    # What alice makes of it

    def settle(self):
        """Everything that was on its way has arrived."""
        self.proxy.wait_delivered()
        self.alice.wait_idle()

    def item(self, room, event, alice=None, timeout=15_000):
        """The event in alice's timeline."""
        return (alice or self.alice).call("wait_message", room=room, event_id=event, timeout=timeout)

    def reads(self, room, event, body, alice=None):
        """She reads it; its key may come by another connection, a moment after the message."""
        for _ in range(60):
            item = self.item(room, event, alice)
            if item["readable"]:
                break
            time.sleep(0.25)
        self.assertEqual((item["body"], item["readable"]), (body, True), item)
        return item

    def unreadable(self, room, event, alice=None):
        """Why she cannot read it, once the key backup was asked."""
        for _ in range(80):
            item = self.item(room, event, alice)
            self.assertFalse(item["readable"], item)
            if item["reason"] != "being_fetched":
                break
            time.sleep(0.25)
        return item["reason"]

    def log(self):
        return "\n".join(self.alice.log_since(self.log_start))

    def trust(self, user):
        return {one["device_id"]: one["trust"] for one in self.alice.call("devices", user=user)}

    def asks_again(self, user, alice=None):
        """Alice hears that the person's devices changed, asks for them, and has taken in the answer."""
        self.proxy.forget()
        self.proxy.changed(user)
        self.proxy.wait_request("/keys/query", lambda body: user in body["device_keys"])
        (alice or self.alice).wait_idle()

    def exchanged(self, user):
        """The server shows another identity of this user's as long as `with` lasts."""
        double = Identity(self.forger, user).objects()

        def exchange(body):
            if user in body["device_keys"]:
                for part in ("master", "self_signing", "user_signing"):
                    body.setdefault(f"{part}_keys", {})[user] = copy.deepcopy(double[f"{part}_key"])

        return self.keys_query(exchange)

    def keys_query(self, bend):
        """bend(answer) changes what the server says of devices and identities, in place, as long as `with` lasts."""
        def answer(body, asked):
            bend(body)
            return body
        return self.proxy.rule("POST", "/keys/query", answer=answer)

    def identity(self, user, alice=None):
        return (alice or self.alice).call("identity", user=user)

    def refused(self, command, alice=None, **arguments):
        """The code with which the command fails."""
        with self.assertRaises(CommandError) as raised:
            (alice or self.alice).call(command, **arguments)
        return raised.exception.error["code"]

    def wait_devices(self, user, wanted, timeout=15):
        """Until alice knows exactly these devices, and what she thinks of each."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.alice.wait_idle()
            found = self.trust(user)
            if found == wanted:
                return
            time.sleep(0.1)
        self.assertEqual(found, wanted)

    def says(self, room, body):
        return self.alice.call("send", room=room, body=body, wait=True)["event_id"]

    def wire(self, room, event):
        """The event as the homeserver has it."""
        return self.server.acting(self.alice.user_id).call("GET", f"/rooms/{quote(room)}/event/{quote(event)}")

    def keys_sent_to(self, device):
        """What the device got over Olm, in plain, and what it was told that it does not get."""
        events, _ = device.inbox()
        keys, refusals = [], []
        for event in events:
            if event["type"] == "m.room.encrypted":
                keys.append(device.read_olm(event))
            elif "withheld" in event["type"]:
                refusals.append(event["content"])
        return keys, refusals


class Accepts(Attacks):
    """Bob invites, and what he gave waits until dave accepts; alice has no part in it."""
    bootstrapped = False

    def setUp(self):
        super().setUp()
        self.alice.call("stop")
        self.addCleanup(self.alice.call, "start")
        self.bob, self.dave = self.person("bob"), self.person("dave")
        self.room = self.bob.call("create_room", name="Essai", kind="private")["room_id"]
        self.past = self.bob.call("send", room=self.room, body="du passé", wait=True)["event_id"]
        self.bob.wait_idle()

    def person(self, name):
        one = self.sign_in(f"{name}{self.number}", policy=SHIPPED)
        self.addCleanup(one.close)
        one.call("bootstrap", password=PASSWORD, timeout=60_000)
        one.wait_idle()
        return one

    def invited(self):
        self.bob.call("invite", room=self.room, user=self.dave.user_id, timeout=60_000)
        for _ in range(100):
            self.dave.wait_idle()
            if any(one["room_id"] == self.room and one["membership"] == "invite" for one in self.dave.call("rooms")):
                return
            time.sleep(0.2)
        self.fail("dave is not invited")


def main():
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "280")))
    unittest.main(verbosity=2)
