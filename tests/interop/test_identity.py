#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The identities of Parvis and of an independent client, each as the other sees it.

PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD
from json_lines import CommandError
from scene import Scene, everywhere


class Identities(Scene):
    def eventually(self, what, look):
        """Across servers, and after a change of keys, the news take a moment."""
        for _ in range(60):
            found = look()
            if found:
                return found
            time.sleep(0.5)
        self.fail(f"{what}: {found}")

    def refused(self, driver, command, **arguments):
        with self.assertRaises(CommandError) as raised:
            driver.call(command, **arguments)
        return raised.exception.error["code"]

    def device_as_seen_by_peer(self, peer, driver):
        devices = peer.call("devices", user=driver.user_id)
        return next((one for one in devices["devices"] if one["id"] == driver.device_id), {})

    def trust_in(self, driver, user, device):
        driver.wait_idle()
        return {one["device_id"]: one["trust"] for one in driver.call("devices", user=user)}.get(device)

    def identity(self, driver, user):
        driver.wait_idle()
        return driver.call("identity", user=user)

    def test_ours_is_theirs_to_see(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "avant toute identité", bob)
        self.assertFalse(self.device_as_seen_by_peer(bob, alice).get("signedByOwner"))

        alice.call("bootstrap", password=PASSWORD)

        status = alice.call("crypto_status")
        self.assertTrue(status["cross_signing"] and status["verified"], status)
        self.eventually("signed by its owner",
                        lambda: self.device_as_seen_by_peer(bob, alice).get("signedByOwner"))
        self.says(alice, room, "après", bob)
        self.hears(bob, room, "aussi", alice)

    def test_theirs_is_ours_to_see(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "bonjour", bob)
        self.assertEqual(self.trust_in(alice, bob.user_id, bob.device_id), "unsigned")
        self.assertFalse(self.identity(alice, bob.user_id)["known"])

        bob.call("bootstrap")

        self.eventually("signed", lambda: self.trust_in(alice, bob.user_id, bob.device_id) == "signed")
        self.assertEqual(self.identity(alice, bob.user_id),
                         {"known": True, "verified": False, "violated": False, "changed": False})

    def test_one_identity_an_account(self):
        alice = self.parvis("alice")
        alice.call("bootstrap", password=PASSWORD)
        laptop = self.parvis("alice", register=False)
        laptop.wait_idle()
        self.assertFalse(laptop.call("crypto_status")["verified"])
        self.assertTrue(laptop.call("crypto_status")["identity_exists"])

        self.assertEqual(self.refused(laptop, "bootstrap", password=PASSWORD), "PARVIS_IDENTITY_EXISTS")
        self.eventually("the new device, unsigned",
                        lambda: self.trust_in(alice, alice.user_id, laptop.device_id) == "unsigned")
        self.assertTrue(alice.call("crypto_status")["verified"])

    def test_a_reset_elsewhere_stops_this_device_until_it_recovers(self):
        alice = self.parvis("alice")
        old = alice.call("bootstrap", password=PASSWORD)["recovery_key"]
        laptop = self.parvis("alice", register=False)
        laptop.call("recover", recovery_key=old)
        self.eventually("verified", lambda: laptop.call("crypto_status")["verified"])
        room = laptop.call("create_room", name="Essai", kind="private")["room_id"]
        laptop.call("send", room=room, body="avant", wait=True)

        new = alice.call("reset_identity", password=PASSWORD)["recovery_key"]

        self.eventually("changed", lambda: laptop.call("crypto_status")["identity_changed"])
        self.assertEqual(self.refused(laptop, "send", room=room, body="entre-temps", wait=True),
                         "PARVIS_OWN_IDENTITY_CHANGED")
        self.assertEqual(self.trust_in(alice, alice.user_id, laptop.device_id), "unsigned")
        laptop.call("recover", recovery_key=new)
        self.eventually("verified", lambda: laptop.call("crypto_status")["verified"])
        laptop.call("send", room=room, body="après", wait=True)
        self.eventually("verified", lambda: self.trust_in(alice, alice.user_id, laptop.device_id) == "verified")

    def test_a_new_identity_needs_the_password_and_is_noticed(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        alice.call("bootstrap")  # the first needs none
        bob.call("bootstrap")
        self.says(alice, room, "bonjour", bob)
        self.eventually("signed", lambda: self.trust_in(alice, bob.user_id, bob.device_id) == "signed")
        self.eventually("signed", lambda: self.device_as_seen_by_peer(bob, alice).get("signedByOwner"))

        self.assertEqual(self.refused(alice, "reset_identity"), "PARVIS_PASSWORD_NEEDED")
        self.assertEqual(self.refused(alice, "reset_identity", password="faux"), "PARVIS_WRONG_PASSWORD")
        self.assertTrue(alice.call("crypto_status")["verified"])  # nothing was given up
        alice.call("reset_identity", password=PASSWORD)

        self.assertTrue(alice.call("crypto_status")["verified"])
        self.eventually("the other client is warned",
                        lambda: bob.call("devices", user=alice.user_id)["needsApproval"])

        bob.call("resetIdentity")
        self.eventually("changed", lambda: self.identity(alice, bob.user_id)["changed"])
        alice.call("pin_identity", user=bob.user_id)
        self.assertFalse(self.identity(alice, bob.user_id)["changed"])
        alice.stop()
        alice.resume()
        self.assertFalse(self.identity(alice, bob.user_id)["changed"])
        self.assertTrue(alice.call("crypto_status")["verified"])


globals().update(everywhere(Identities, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "280")))
    unittest.main(verbosity=2)
