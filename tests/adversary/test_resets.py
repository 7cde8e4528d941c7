#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was given up with an identity, and who tries to bring it back: a server, a stolen device, an answer that is lost."""
import copy
import threading
import time

from forged import Forged
from forged_verification import ForgedSas, verify
from scene import PASSWORD, SHIPPED, Attacks, main

BACKUP = "/room_keys/version"


class Resets(Attacks):
    bootstrapped = False

    def protect_alice(self):
        if not self.alice.call("crypto_status")["verified"]:
            self.alice.call("bootstrap", password=PASSWORD, timeout=60_000)
            self.alice.wait_idle()

    def carol(self):
        carol = self.alone("carol", policy=SHIPPED)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        carol.wait_idle()
        return carol

    def reset_with_a_backup(self):
        """A client after its reset, a room, a device of the same person's without the identity, the backup of before."""
        carol = self.carol()
        room = carol.call("create_room", name="Essai", kind="private")["room_id"]
        carol.call("send", room=room, body="avant", wait=True)
        carol.wait_idle()
        thief = self.forged(f"carol{self.number}", register=False)
        before = thief.api.call("GET", BACKUP)
        carol.call("reset_identity", password=PASSWORD, timeout=60_000)
        carol.wait_idle()
        after = thief.api.call("GET", BACKUP)
        self.assertNotEqual(before["auth_data"]["public_key"], after["auth_data"]["public_key"])
        return carol, room, thief, before, after

    def nothing_goes_to(self, version, count, carol, room, thief):
        carol.call("discard_session", room=room)
        carol.call("send", room=room, body="après", wait=True)
        deadline = time.monotonic() + 10
        while carol.call("crypto_status")["backup"]["trusted"] and time.monotonic() < deadline:
            carol.wait_idle()
            time.sleep(0.25)
        self.assertFalse(carol.call("crypto_status")["backup"]["trusted"])
        carol.wait_idle()
        found = thief.api.call("GET", "/room_keys/keys", query={"version": version})
        self.assertEqual(sum(len(one["sessions"]) for one in found["rooms"].values()), count)

    def test_theBackupOfBeforeIsPostedAgain(self):
        carol, room, thief, before, _ = self.reset_with_a_backup()
        version = thief.api.call("POST", BACKUP, {key: before[key] for key in ("algorithm", "auth_data")})["version"]
        self.nothing_goes_to(version, 0, carol, room, thief)

    def test_theNewBackupIsDeleted(self):
        carol, room, thief, before, after = self.reset_with_a_backup()
        thief.api.call("DELETE", f"{BACKUP}/{after['version']}")
        self.nothing_goes_to(before["version"], before["count"], carol, room, thief)

    def test_aResetThatBreaksOffKeepsNothingOfBefore(self):
        carol = self.carol()
        server = self.server.acting(carol.user_id)

        def master():
            return server.call("POST", "/keys/query", {"device_keys": {carol.user_id: []}})["master_keys"]

        backup, identity = server.call("GET", BACKUP), master()
        held = threading.Event()
        self.addCleanup(held.set)
        rule = self.proxy.rule("POST", BACKUP, hold=held, status=503)
        carol.begin("reset_identity", password=PASSWORD, timeout=60_000)
        deadline = time.monotonic() + 30
        while not rule.hits and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertTrue(rule.hits)
        carol.kill()
        held.set()
        self.proxy.honest()
        carol.resume()
        carol.wait_idle()
        self.assertNotEqual(master(), identity)

        carol.call("bootstrap", password=PASSWORD, timeout=60_000)  # what the window offers then
        carol.wait_idle()
        self.assertNotEqual(server.call("GET", BACKUP)["auth_data"]["public_key"], backup["auth_data"]["public_key"])
        self.assertTrue(carol.call("crypto_status")["backup"]["trusted"])

    def test_requestsOfAnExchangedIdentityOpenNoRoom(self):
        self.protect_alice()
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob)
        self.asks_again(bob.user)
        verify(bob, self.alice, room)
        self.says(room, "à Bob")
        with self.exchanged(bob.user):
            self.asks_again(bob.user)
            self.assertTrue(self.identity(bob.user)["violated"])
            for _ in range(2):  # the second one ends the first: what says so goes into the room
                ForgedSas(bob, self.alice, room).request()
                time.sleep(1)
            self.alice.call("request_verification", user=bob.user, room=room, timeout=20_000)
            self.alice.wait_idle()
            self.assertTrue(self.identity(bob.user)["violated"])
            self.assertEqual(self.refused("send", room=room, body="secret", wait=True, timeout=8000),
                             "PARVIS_IDENTITY_VIOLATED")

    def test_anIdentityThatWasGivenUpIsShownAgain(self):
        self.protect_alice()
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob)
        self.asks_again(bob.user)
        verify(bob, self.alice, room)
        self.alice.wait_idle()
        as_alice = self.server.acting(self.alice.user_id)
        before = as_alice.call("POST", "/keys/query", {"device_keys": {bob.user: []}})
        self.assertIn(self.alice.user_id, before["master_keys"][bob.user]["signatures"])
        bob.identity()  # a reset: whoever has the keys of before is not him
        self.asks_again(bob.user)
        self.alice.call("withdraw_verification", user=bob.user)

        def back(body):
            if bob.user in body["device_keys"]:
                for part in ("device_keys", "master_keys", "self_signing_keys"):
                    body[part][bob.user] = copy.deepcopy(before[part][bob.user])

        with self.keys_query(back):
            self.asks_again(bob.user)
            found = self.identity(bob.user)
            self.assertTrue(found["changed"] and not found["verified"], found)
            self.assertEqual(self.trust(bob.user), {bob.device: "signed"})

    def test_thePastGoesToNobodyWhoseServerDoesNotAnswer(self):
        carol = self.carol()
        stolen = self.forged("bob")
        stolen.identity()
        bob = Forged(self.server, self.forger, stolen.name, register=False)
        bob.own_identity = stolen.own_identity
        bob.sign_device()
        common = self.room_with(stolen, alice=carol)
        self.asks_again(bob.user, carol)
        carol.call("send", room=common, body="une session", wait=True)
        room = self.room_with(alice=carol)
        carol.call("send", room=room, body="le passé", wait=True)
        carol.wait_idle()

        def down(body):
            if bob.user in body["device_keys"]:
                for part in body.values():
                    part.pop(bob.user, None)
                body["failures"] = {"parvis.test": {"status": 503}}

        with self.keys_query(down):
            bob.identity()  # a reset: the stolen device is signed by nobody any more
            time.sleep(2)
            carol.call("invite", room=room, user=bob.user, timeout=90_000)
            carol.wait_idle()
            events, _ = stolen.inbox()
            kinds = [(stolen.read_olm_any(one) or {}).get("type") for one in events
                     if one["type"] == "m.room.encrypted"]
            self.assertIn("m.room_key", kinds)  # it hears what is said in the common room
            self.assertNotIn("m.room_key_bundle", kinds)

    def test_theAnswerToJoiningIsLost(self):
        carol = self.carol()
        dave = self.sign_in(f"dave{self.number}", policy=SHIPPED)
        self.addCleanup(dave.close)
        dave.call("bootstrap", password=PASSWORD, timeout=60_000)
        room = carol.call("create_room", name="Essai", kind="private")["room_id"]
        carol.call("send", room=room, body="avant", wait=True)
        carol.wait_idle()
        carol.call("invite", room=room, user=dave.user_id, timeout=90_000)
        self.until(lambda: room in [one["room_id"] for one in dave.call("rooms")], dave)
        with self.proxy.rule("POST", "/join.*", lose=True) as rule:
            self.refused("join", dave, room=room, timeout=20_000)
            self.assertTrue(rule.hits)
        self.until(lambda: [one for one in dave.history(room) if one.get("body") == "avant"], dave)

    def until(self, found, client, seconds=30):
        deadline = time.monotonic() + seconds
        while not found():
            self.assertLess(time.monotonic(), deadline, "nothing came")
            client.wait_idle()
            time.sleep(0.25)


if __name__ == "__main__":
    main()
