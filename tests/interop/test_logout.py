#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A device signs out: whoever wrote for it goes on with another session, which the device cannot open.

Played between Parvis and an independent client, each in both roles. PARVIS_DRIVER names the program under test;
without one the scenes are skipped.
"""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD
from scene import Scene, everywhere

NO_KEY = "MEGOLM_UNKNOWN_INBOUND_SESSION_ID"


class Scenes(Scene):
    def session(self, alice, room, event):
        return self.on_the_wire(alice, room, event)["content"]["session_id"]

    def sessions_of(self, driver):
        """The ids of every room key that a Parvis holds."""
        path = os.path.join(driver.folder, "keys.txt")
        driver.call("export_keys", path=path, passphrase="un été")
        with open(path, encoding="utf-8") as file:
            answer = driver.call("eval", what="key_export_decrypt",
                                 input={"text": file.read(), "passphrase": "un été"})
        return {one["session_id"] for one in answer["sessions"]}

    def test_aDeviceOfTheOtherSignsOut(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        phone = self.peer("bob", register=False, deviceName="téléphone")
        self.knows_devices(alice, bob.user_id, 2)
        first = self.says(alice, room, "aux deux appareils", bob, phone)
        self.assertIn("body", phone.call("opens", event=self.on_the_wire(alice, room, first)))

        phone.call("raw", method="POST", path="/logout")
        self.knows_devices(alice, bob.user_id, 1)
        second = self.says(alice, room, "au seul qui reste", bob)
        third = self.says(alice, room, "et encore", bob)

        self.assertNotEqual(self.session(alice, room, second), self.session(alice, room, first))
        self.assertEqual(self.session(alice, room, third), self.session(alice, room, second))
        for event in (second, third):
            wire = self.on_the_wire(alice, room, event)
            self.assertEqual(phone.call("opens", event=wire)["refused"], NO_KEY)
            self.assertIn("body", bob.call("opens", event=wire))
        # And it still holds what it was given, which shows that the look means something.
        self.assertIn("body", phone.call("opens", event=self.on_the_wire(alice, room, first)))

    def kept_files(self, driver):
        """What lies in the profile of an account: its keys are there and nowhere else."""
        return [os.path.join(folder, name) for folder, _, names in os.walk(f"{driver.profile}/accounts")
                for name in names]

    def two_of_parvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        laptop = self.parvis("alice", register=False, device_name="portable")
        bob.call("waitDevices", user=alice.user_id, count=2)
        self.knows_devices(alice, alice.user_id, 2)
        theirs = self.hears(bob, room, "aux deux Parvis", alice, laptop)
        ours = self.says(alice, room, "du poste à tous", bob)
        laptop.wait_text(room, self.said[-1])
        return alice, laptop, bob, room, (theirs, ours)

    def go_on(self, alice, bob, room):
        """Both sides write once the other device is gone. Answers the two events."""
        bob.call("waitDevices", user=alice.user_id, count=1, exactly=True)
        self.knows_devices(alice, alice.user_id, 1)
        return (self.hears(bob, room, "au seul Parvis qui reste", alice),
                self.says(alice, room, "du seul Parvis qui reste", bob))

    def test_aDeviceOfParvisSignsOut(self):
        alice, laptop, bob, room, before = self.two_of_parvis()

        self.assertTrue(self.kept_files(laptop))
        laptop.call("logout", timeout=60_000)

        after = self.go_on(alice, bob, room)
        for old, new in zip(before, after):
            self.assertNotEqual(self.session(alice, room, new), self.session(alice, room, old))
        self.assertEqual(laptop.call("accounts"), [])
        self.assertEqual(self.kept_files(laptop), [], "of whoever signed out")

    def test_aDeviceOfParvisIsSignedOut(self):
        """By another one of the same person: it keeps its keys until somebody signs in again, and gets no new ones."""
        alice, laptop, bob, room, before = self.two_of_parvis()

        alice.call("delete_device", device=laptop.device_id, password=PASSWORD)
        laptop.wait_event("needs_sign_in")

        after = self.go_on(alice, bob, room)
        held = self.sessions_of(laptop)
        self.assertLessEqual({self.session(alice, room, event) for event in before}, held)
        self.assertFalse({self.session(alice, room, event) for event in after} & held)
        self.assertLessEqual({self.session(alice, room, event) for event in after}, self.sessions_of(alice))


globals().update(everywhere(Scenes, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "600")))
    unittest.main(verbosity=2)
