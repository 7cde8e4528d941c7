#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets no key is told why, between Parvis and an independent client.

PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, SHIPPED, Driver
from scene import Scene


class Withheld(Scene, unittest.TestCase):
    def strict_parvis(self, name):
        """A Parvis as it is shipped: keys go to devices that their owners have signed."""
        driver = Driver(self.login(name), policy=SHIPPED)
        self.opened.append(driver)
        return driver.log_in(self.bed.servers[0])

    def test_parvisTellsTheOther(self):
        alice, bob = self.strict_parvis("alice"), self.peer("bob")
        alice.call("bootstrap", password=PASSWORD, timeout=60_000)
        room = self.room_with(alice, bob)
        body = self.body("pas pour tous")
        event = alice.call("send", room=room, body=body, wait=True)["event_id"]

        # The word may come a moment after the message.
        for _ in range(40):
            seen = bob.call("waitMessage", room=room, eventId=event, undecrypted=True)["decryptionFailure"]
            if seen == "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE":
                break
            time.sleep(0.25)
        self.assertEqual(seen, "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE")

        bob.call("bootstrap")
        for _ in range(4):
            alice.wait_idle()
        self.says(alice, room, "maintenant oui", bob)

    def test_theOtherTellsParvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        bob.call("bootstrap")
        bob.call("isolation", mode="signed")
        room = bob.create_room(encrypted=True, invite=[alice.user_id])
        alice.wait_idle()
        alice.call("join", room=room)
        bob.call("waitMember", room=room, user=alice.user_id)
        event = bob.send(room, self.body("pas pour tous"))

        seen = alice.call("wait_message", room=room, event_id=event, readable=False, timeout=30_000)
        self.assertEqual(seen["reason"], "untrusted_device", seen)

        alice.call("bootstrap", password=PASSWORD, timeout=60_000)
        alice.wait_idle()
        bob.call("waitSigned", user=alice.user_id, device=alice.device_id)
        self.hears(bob, room, "maintenant oui", alice)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "600")))
    unittest.main(verbosity=2)
