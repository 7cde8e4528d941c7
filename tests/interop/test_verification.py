#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis and an independent client verify each other: devices of one person, and two persons.

Each scene ends with a look at what both sides make of it. PARVIS_DRIVER names the program under test;
without one the scenes are skipped.
"""
import itertools
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, Driver, program
from homeserver import TestBed
from peer import Peer

_numbers = itertools.count(1)
PATIENCE = 30_000


class ParvisSide:
    """What a person does in a verification, on our side."""

    def __init__(self, driver):
        self.client, self.user, self.device = driver, driver.user_id, driver.device_id

    def request(self, other, room=None):
        self.knows(other)
        where = {"room": room} if room else {"device": other.device}
        return self.client.call("request_verification", user=other.user, timeout=PATIENCE, **where)["txn"]

    def knows(self, other):
        for _ in range(60):
            found = self.client.call("devices", user=other.user)
            if any(device["device_id"] == other.device for device in found):
                return
            self.client.wait_idle()
            time.sleep(0.25)
        raise AssertionError(f"no device {other.device} of {other.user}")

    def _reach(self, txn, state):
        return self.client.call("wait_verification", txn=txn, state=state, timeout=PATIENCE)

    def accept(self, txn):
        self._reach(txn, "requested")
        self.client.call("accept", txn=txn)

    def wait_ready(self, txn):
        return self._reach(txn, "ready")

    def start(self, txn):
        self.wait_ready(txn)
        self.client.call("start_sas", txn=txn)

    def sas(self, txn):
        shown = self.client.call("sas", txn=txn, timeout=PATIENCE)
        return [one["symbol"] for one in shown["emoji"]], shown["decimal"]

    def confirm(self, txn):
        self.client.call("confirm", txn=txn)

    def mismatch(self, txn):
        self.client.call("mismatch", txn=txn)

    def cancel(self, txn):
        self.client.call("cancel", txn=txn)

    def wait_end(self, txn):
        end = self.client.call("wait_verification", txn=txn, timeout=PATIENCE)
        return end["state"], end.get("code")

    def show(self, txn):
        self.wait_ready(txn)
        return self.client.call("qr", txn=txn)["data_base64"]

    def scan(self, txn, data):
        self.wait_ready(txn)
        self.client.call("scan", txn=txn, data_base64=data)

    def confirm_scanned(self, txn):
        self._reach(txn, "scanned")
        self.client.call("confirm", txn=txn)

    def trusts(self, other):
        """The other's device is trusted here (and the person, where it is another one)."""
        devices = {one["device_id"]: one["trust"] for one in self.client.call("devices", user=other.user)}
        person = self.client.call("identity", user=other.user)["verified"]
        return devices.get(other.device) == "verified" and person

    def wait_trusts(self, other):
        for _ in range(60):
            self.client.wait_idle()
            if self.trusts(other):
                return
            time.sleep(0.5)
        raise AssertionError(self.client.call("devices", user=other.user),
                             self.client.call("identity", user=other.user),
                             self.client.call("crypto_status"))


class PeerSide:
    """The same on the other client."""

    def __init__(self, peer):
        self.client, self.user, self.device = peer, peer.user_id, peer.device_id

    def request(self, other, room=None):
        where = {"room": room} if room else {"device": other.device}
        return self.client.call("requestVerification", user=other.user, **where)["txn"]

    def knows(self, other):
        for _ in range(60):
            found = self.client.call("devices", user=other.user)["devices"]
            if any(device["id"] == other.device for device in found):
                return
            time.sleep(0.25)
        raise AssertionError(f"no device {other.device} of {other.user}")

    def accept(self, txn):
        self.client.call("waitVerification", txn=txn, phase="Requested", timeout=PATIENCE)
        self.client.call("acceptVerification", txn=txn)

    def wait_ready(self, txn):
        self.client.call("waitVerification", txn=txn, phase="Ready", timeout=PATIENCE)

    def start(self, txn):
        self.client.call("startSas", txn=txn)

    def sas(self, txn):
        shown = self.client.call("waitSas", txn=txn, timeout=PATIENCE)
        return shown["emoji"], shown["decimal"]

    def confirm(self, txn):
        self.client.call("confirmSas", txn=txn)

    def mismatch(self, txn):
        self.client.call("mismatchSas", txn=txn)

    def cancel(self, txn):
        self.client.call("cancelVerification", txn=txn)

    def wait_end(self, txn):
        # The phases are in an order, in which Done comes after Cancelled.
        end = self.client.call("waitVerification", txn=txn, phase="Cancelled", timeout=PATIENCE)
        seen = [one for one in self.client.events("verification") if one.get("txn") == txn]
        codes = [one["cancelCode"] for one in seen if one.get("cancelCode")]
        return end["phase"].lower(), codes[-1] if codes else None

    def show(self, txn):
        self.wait_ready(txn)
        return self.client.call("showQr", txn=txn)["data"]

    def scan(self, txn, data):
        self.wait_ready(txn)
        self.client.call("scanQr", txn=txn, data=data)

    def confirm_scanned(self, txn):
        self.client.take_event("qrScanned", 30, txn=txn)

    def trusts(self, other):
        found = self.client.call("devices", user=other.user)
        return bool(found["verified"] and any(
            one["id"] == other.device and one["crossSigned"] for one in found["devices"]))

    def wait_trusts(self, other):
        self.client.call("waitTrusted", user=other.user, timeout=PATIENCE)
        self.client.call("waitTrusted", user=other.user, device=other.device, timeout=PATIENCE)


class Scenes:
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
        self.opened = []

    def tearDown(self):
        for one in reversed(self.opened):
            one.close()

    def parvis(self, name, **more):
        driver = Driver(name)
        self.opened.append(driver)
        return ParvisSide(driver.log_in(self.bed.servers[0], **more))

    def peer(self, name, server=0, **more):
        peer = Peer(name)
        self.opened.append(peer)
        peer.start(self.bed.servers[server], **more)
        if self.opened_autoconfirm:
            peer.call("autoVerify", accept=False, confirm=True)
        return PeerSide(peer)

    opened_autoconfirm = False

    def own_devices(self, identity):
        """A device that holds the identity, and a new one: (Parvis, the other client)."""
        name = f"alice{next(_numbers)}"
        if identity == "parvis":
            ours = self.parvis(name)
            ours.client.call("bootstrap", password=PASSWORD, timeout=60_000)
            return ours, self.peer(name, register=False)
        theirs = self.peer(name)
        theirs.client.call("bootstrap")
        return self.parvis(name, register=False), theirs

    def people(self):
        number = next(_numbers)
        alice, bob = self.parvis(f"alice{number}"), self.peer(f"bob{number}", server=-1)
        alice.client.call("bootstrap", password=PASSWORD, timeout=60_000)
        bob.client.call("bootstrap")
        room = alice.client.call("create_room", kind="direct", invite=[bob.user])["room_id"]
        bob.client.join(room)
        bob.client.call("waitEncrypted", room=room)
        for _ in range(60):
            alice.client.wait_idle()
            members = alice.client.call("members", room=room)
            if any(one["user_id"] == bob.user and one.get("membership", "join") == "join"
                   for one in members):
                break
            time.sleep(0.25)
        return alice, bob, room

    def ready(self, asker, other, room=None):
        other.knows(asker)  # a request from a device that is not known (yet) is none
        txn = asker.request(other, room)
        other.accept(txn)
        asker.wait_ready(txn)
        return txn

    def compare(self, one, other, txn, starter):
        starter.start(txn)
        self.assertEqual(one.sas(txn), other.sas(txn))

    def trusted(self, one, other, txn):
        self.assertEqual(one.wait_end(txn), ("done", None))
        self.assertEqual(other.wait_end(txn)[0], "done")
        one.wait_trusts(other)
        other.wait_trusts(one)

    def untrusted(self, one, other):
        one.client.call("wait_idle", timeout=60_000)
        self.assertFalse(one.trusts(other))
        self.assertFalse(other.trusts(one))

    def play_sas(self, one, other, asker, starter, room=None):
        txn = self.ready(asker, other if asker is one else one, room)
        self.compare(one, other, txn, starter)
        one.confirm(txn)
        other.confirm(txn)
        self.trusted(one, other, txn)

    # --- one's own devices --------------------------------------------------------------------

    def test_ourIdentityAndWeAsk(self):
        ours, theirs = self.own_devices("parvis")
        self.play_sas(ours, theirs, asker=ours, starter=ours)

    def test_ourIdentityAndTheyAsk(self):
        ours, theirs = self.own_devices("parvis")
        self.play_sas(ours, theirs, asker=theirs, starter=theirs)

    def test_theirIdentityAndWeAsk(self):
        ours, theirs = self.own_devices("peer")
        self.play_sas(ours, theirs, asker=ours, starter=theirs)
        self.assertTrue(ours.client.call("crypto_status")["verified"])

    def test_theirIdentityAndTheyAsk(self):
        ours, theirs = self.own_devices("peer")
        self.play_sas(ours, theirs, asker=theirs, starter=ours)
        self.assertTrue(ours.client.call("crypto_status")["verified"])

    # --- people -------------------------------------------------------------------------------

    def test_personWeAskAndStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=alice, starter=alice, room=room)

    def test_personTheyAskAndStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=bob, starter=bob, room=room)

    def test_personWeAskTheyStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=alice, starter=bob, room=room)

    # --- without success ----------------------------------------------------------------------

    def test_weSayThatTheyDiffer(self):
        alice, bob, room = self.people()
        txn = self.ready(alice, bob, room)
        self.compare(alice, bob, txn, alice)

        bob.confirm(txn)
        alice.mismatch(txn)

        self.assertEqual(alice.wait_end(txn), ("cancelled", "m.mismatched_sas"))
        self.assertEqual(bob.wait_end(txn), ("cancelled", "m.mismatched_sas"))
        self.untrusted(alice, bob)

    def test_theySayThatTheyDiffer(self):
        ours, theirs = self.own_devices("parvis")
        txn = self.ready(theirs, ours)
        self.compare(ours, theirs, txn, theirs)

        theirs.mismatch(txn)

        self.assertEqual(ours.wait_end(txn), ("cancelled", "m.mismatched_sas"))
        self.assertEqual(theirs.wait_end(txn)[0], "cancelled")
        self.untrusted(ours, theirs)

    def test_cancelledAtEachStep(self):
        ours, theirs = self.own_devices("parvis")
        for step in ("requested", "ready", "compared"):
            for who in (ours, theirs):
                with self.subTest(step=step, by=type(who).__name__):
                    theirs.knows(ours)
                    txn = ours.request(theirs)
                    if step == "requested":
                        theirs.client.call("waitVerification", txn=txn, phase="Requested", timeout=PATIENCE)
                    else:
                        theirs.accept(txn)
                        ours.wait_ready(txn)
                    if step == "compared":
                        self.compare(ours, theirs, txn, ours)
                    who.cancel(txn)
                    self.assertEqual(ours.wait_end(txn), ("cancelled", "m.user"))
                    self.assertEqual(theirs.wait_end(txn)[0], "cancelled")
        self.untrusted(ours, theirs)
        # And none of it stands in the way of a good one.
        self.play_sas(ours, theirs, asker=ours, starter=theirs)


class Codes(Scenes):
    """QR codes, in the three modes, each side reading the other."""

    opened_autoconfirm = True

    def read(self, shower, scanner, one, other, txn):
        data = shower.show(txn)
        self.assertTrue(data)
        scanner.scan(txn, data)
        shower.confirm_scanned(txn)
        self.trusted(one, other, txn)


def _codes():
    """The scenes of Codes: (name, who holds the identity or None for people, who shows)."""
    for identity in ("parvis", "peer", None):
        for shows in ("parvis", "peer"):
            def scene(self, identity=identity, shows=shows):
                room = None
                if identity:
                    one, other = self.own_devices(identity)
                else:
                    one, other, room = self.people()
                txn = self.ready(one, other, room)
                shower, scanner = (one, other) if shows == "parvis" else (other, one)
                self.read(shower, scanner, one, other, txn)
            yield f"test_codeOf_{shows}_identityOf_{identity or 'both'}", scene


for _name, _scene in _codes():
    setattr(Codes, _name, _scene)
for _name in [name for name in dir(Scenes) if name.startswith("test_")]:
    setattr(Codes, _name, None)  # those are of the other class


class Sliding(Scenes, unittest.TestCase):
    pass


class SyncV2(Scenes, unittest.TestCase):
    sliding = False


class SlidingFederated(Scenes, unittest.TestCase):
    federation = True


class SlidingCodes(Codes, unittest.TestCase):
    pass


class SyncV2Codes(Codes, unittest.TestCase):
    sliding = False


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
