# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What scenes of verification have in common: who verifies whom, how far it is played, what both sides make of it."""
import itertools
import time

from driver import PASSWORD, Driver
from peer import Peer
from scene import Scene
from sides import ParvisSide, PeerSide

_numbers = itertools.count(1)


class VerificationScene(Scene):
    def parvis(self, name, **more):
        driver = Driver(name)
        self.opened.append(driver)
        return ParvisSide(driver.log_in(self.bed.servers[0], **more))

    def peer(self, name, server=0, **more):
        peer = Peer(name)
        self.opened.append(peer)
        return PeerSide(peer.start(self.bed.servers[server], **more))

    def own_devices(self, identity):
        """A device that holds the identity, and a new one: (Parvis, the other client)."""
        name = f"anne{next(_numbers)}"
        if identity == "parvis":
            ours = self.parvis(name)
            ours.client.call("bootstrap", password=PASSWORD, timeout=60_000)
            return ours, self.peer(name, register=False)
        theirs = self.peer(name)
        theirs.client.call("bootstrap")
        return self.parvis(name, register=False), theirs

    def two_of_parvis(self):
        """Both of Parvis: one that holds the identity, and a new one, which the first knows."""
        name = f"anne{next(_numbers)}"
        one = self.parvis(name)
        one.client.call("bootstrap", password=PASSWORD, timeout=60_000)
        other = self.parvis(name, register=False)
        one.knows(other)
        return one, other

    def people(self):
        number = next(_numbers)
        alice, bob = self.parvis(f"anne{number}"), self.peer(f"bruno{number}", server=-1)
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

    def read(self, shower, scanner, txn):
        """One side reads the code of the other."""
        data = shower.show(txn)
        self.assertTrue(data)
        scanner.scan(txn, data)
