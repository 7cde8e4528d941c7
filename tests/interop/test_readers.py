#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who can read what is sent and why something cannot be read, and the person's own devices, on a real server.

PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, SHIPPED
from json_lines import CommandError
from scene import Scene


class Readers(Scene, unittest.TestCase):
    def eventually(self, what, look):
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

    def own(self, driver):
        driver.wait_idle()
        return {one["device_id"]: one for one in driver.call("devices", user=driver.user_id)}

    def excluded(self, driver, room, **wanted):
        """The counts once they are as wanted."""
        def look():
            driver.wait_idle()
            found = driver.call("readers", room=room)
            counts = {name: found["excluded"][name] for name in wanted}
            return found if counts == wanted else None
        return self.eventually(f"excluded {wanted}", look)

    # --- one's own devices --------------------------------------------------------------------

    def test_devicesAreRenamedAndSignedOut(self):
        alice = self.parvis("alice", device_name="bureau")
        laptop = self.parvis("alice", register=False, device_name="portable")
        phone = self.parvis("alice", register=False, device_name="téléphone")
        for one in (laptop, phone):
            one.wait_idle()
        devices = self.eventually("three devices", lambda: len(self.own(alice)) == 3 and self.own(alice))
        self.assertEqual([devices[one.device_id]["name"] for one in (alice, laptop, phone)],
                         ["bureau", "portable", "téléphone"])
        self.assertTrue(devices[alice.device_id]["this_device"])
        self.assertFalse(devices[laptop.device_id]["this_device"])
        self.assertGreater(devices[laptop.device_id]["last_seen"], 1_500_000_000_000)
        self.assertTrue(devices[laptop.device_id]["has_keys"])

        alice.call("rename_device", device=laptop.device_id, name="portable de Claire")
        self.assertEqual(self.own(alice)[laptop.device_id]["name"], "portable de Claire")
        self.assertEqual(self.refused(alice, "rename_device", device="NONE", name="x"), "M_NOT_FOUND")

        self.assertEqual(self.refused(alice, "delete_device", device=alice.device_id, password=PASSWORD),
                         "PARVIS_THIS_DEVICE")
        self.assertEqual(self.refused(alice, "delete_device", devices=[laptop.device_id, alice.device_id],
                                      password=PASSWORD), "PARVIS_THIS_DEVICE")
        self.assertEqual(self.refused(alice, "delete_device", device=laptop.device_id),
                         "PARVIS_PASSWORD_NEEDED")
        self.assertEqual(self.refused(alice, "delete_device", device=laptop.device_id, password="faux"),
                         "PARVIS_WRONG_PASSWORD")
        self.assertEqual(len(self.own(alice)), 3)

        alice.call("delete_device", devices=[laptop.device_id, phone.device_id], password=PASSWORD)
        # Already known, without another synchronisation.
        self.assertEqual([one["device_id"] for one in alice.call("devices", user=alice.user_id)],
                         [alice.device_id])
        laptop.wait_event("needs_sign_in")

    def test_aSessionWithoutKeysIsShown(self):
        alice = self.parvis("alice")
        server = self.bed.servers[0]
        token = server.login(self.login("alice"), PASSWORD)
        other = self.eventually("the other session", lambda: [
            one for one in self.own(alice).values() if not one["this_device"]])
        self.assertEqual([one["has_keys"] for one in other], [False])
        self.assertTrue(token)

    # --- who can read -------------------------------------------------------------------------

    def test_whoCanReadIsSaidAndHeld(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        alice.call("bootstrap")
        room = self.room_with(alice, bob)
        self.knows_devices(alice, bob.user_id, 1)
        first = alice.call("readers", room=room)
        people = {one["user_id"]: one for one in first["people"]}
        self.assertEqual(first["people"][0]["user_id"], alice.user_id)
        self.assertTrue(people[bob.user_id]["devices_known"])
        self.assertEqual(people[bob.user_id]["devices"][0]["device_id"], bob.device_id)
        self.assertEqual(people[bob.user_id]["devices"][0]["trust"], "unsigned")
        # The administrator relaxed the rule: it is said who reads on such a device.
        self.assertEqual(first["rule"], "all_devices")
        self.assertEqual((first["excluded"]["reading_unsigned"], first["excluded"]["reading_unsigned_people"]), (1, 1))

        alice.call("block_unverified", room=room, on=True)
        held = self.excluded(alice, room, people=1, devices=1)
        self.assertEqual((held["rule"], held["only_verified"]), ("verified_devices", True))
        body = self.body("pas pour Bob")
        alice.call("send", room=room, body=body, wait=True)
        seen = bob.call("waitMessage", room=room, undecrypted=True)
        self.assertEqual(seen["wireType"], "m.room.encrypted")
        self.assertNotIn(body, str(seen))

        alice.call("block_unverified", room=room, on=False)
        self.assertNotEqual(alice.call("readers", room=room)["rule"], "verified_devices")
        bob.call("bootstrap")
        signed = self.excluded(alice, room, people=0, devices=0, reading_unsigned=0)
        self.assertEqual({one["user_id"]: one["devices"][0]["trust"] for one in signed["people"]
                          if one["devices"]}[bob.user_id], "signed")
        self.says(alice, room, "pour Bob", bob)

        alice.call("block_unverified", on=True)  # for every room, and after a restart
        self.excluded(alice, room, people=1, unverified=1)
        alice.stop()
        alice.resume()
        self.assertTrue(alice.call("crypto_status")["only_verified"])
        self.excluded(alice, room, people=1, unverified=1)

    def test_withoutAnAdministratorKeysGoToSignedDevicesOnly(self):
        alice, bob = self.parvis("alice", policy=SHIPPED), self.peer("bob")
        alice.call("bootstrap")
        room = self.room_with(alice, bob)
        self.knows_devices(alice, bob.user_id, 1)
        held = self.excluded(alice, room, people=1, devices=1, unsigned=1, reading_unsigned=0)
        self.assertEqual((held["rule"], held["only_verified"]), ("signed_devices", False))
        body = self.body("pas pour un poste que personne n'a signé")
        event = alice.call("send", room=room, body=body, wait=True)["event_id"]
        seen = bob.call("waitMessage", room=room, eventId=event, undecrypted=True)
        self.assertNotIn(body, str(seen))

        bob.call("bootstrap")  # signs the device
        self.excluded(alice, room, people=0, devices=0)
        self.says(alice, room, "pour un poste signé", bob)

    # --- why something cannot be read ---------------------------------------------------------

    def unreadable(self, driver, room, **wanted):
        return driver.call("wait_message", room=room, readable=False, timeout=30_000, **wanted)

    def test_whatCameBeforeTheDeviceIsExplainedAndRepaired(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.hears(bob, room, "avant", alice)
        self.hears(bob, room, "avant encore", alice)
        without = self.parvis("alice", register=False, device_name="sans sauvegarde")
        found = self.unreadable(without, room, reason="sent_before_device")
        self.assertEqual(found["remedy"], "none")

        key = alice.call("bootstrap")["recovery_key"]
        self.eventually("all in the backup",
                        lambda: alice.call("crypto_status")["backup"]["to_upload"] == 0)

        # The same device, with the news that there is a backup by now: told without a restart.
        self.unreadable(without, room, reason="backup_locked", remedy="verify_this_device")
        self.assertTrue(without.call("crypto_status")["can_verify"])
        without.call("recover", recovery_key=key)
        event = without.wait_event("repaired", room=room)
        self.assertEqual(event["count"], 2)
        self.assertTrue(all(item["readable"] for item in without.call("timeline", room=room)))

    def test_whatIsWithheldIsExplained(self):
        alice, bob = self.parvis("alice"), self.parvis("bob")
        for one in (alice, bob):
            one.call("bootstrap")
        room = alice.call("create_room", name="Essai", kind="private", invite=[bob.user_id])["room_id"]
        bob.call("join", room=room)
        self.sees_member(alice, room, bob.user_id)
        self.knows_devices(alice, bob.user_id, 1)
        alice.call("block_unverified", room=room, on=True)

        event = alice.call("send", room=room, body=self.body("réservé"), wait=True)["event_id"]

        found = self.unreadable(bob, room, reason="untrusted_device")
        self.assertEqual((found["event_id"], found["remedy"]), (event, "ask_again"))  # Bob's device is verified
        bob.call("ask_again", room=room, event=event)
        self.assertEqual(self.refused(bob, "ask_again", room=room, event="$none"), "PARVIS_NO_SUCH_EVENT")
        self.unreadable(bob, room, event_id=event, reason="untrusted_device")

    def test_aKeyThatDoesNotComeIsWaitedForThenAskedFor(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "bonjour", bob)
        alice.call("timeline", room=room)
        content = {"algorithm": "m.megolm.v1.aes-sha2", "sender_key": "x", "device_id": bob.device_id,
                   "session_id": "A" * 43, "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg"}
        waiting = alice.begin("wait_message", room=room, readable=False, remedy="wait", timeout=30_000)
        begun = time.monotonic()
        event = bob.call("raw", method="PUT", body=content,
                         path=f"/rooms/{room}/send/m.room.encrypted/late{self.number}")["event_id"]

        found = alice.finish(waiting)
        self.assertEqual((found["event_id"], found["reason"]), (event, "key_not_arrived"))
        self.unreadable(alice, room, event_id=event, remedy="ask_again")
        self.assertGreater(time.monotonic() - begun, 3)

    def test_noBackupIsMadeAgainstTheirWill(self):
        alice = self.parvis("alice")
        alice.call("raw", method="PUT", body={"enabled": False},
                   path=f"/_matrix/client/v3/user/{alice.user_id}/account_data/m.key_backup")
        self.eventually("known", lambda: alice.wait_idle() or
                        alice.call("crypto_status")["backup"]["unwanted"])

        key = alice.call("bootstrap")["recovery_key"]

        status = alice.call("crypto_status")
        self.assertEqual((status["cross_signing"], status["secret_storage"], status["backup"]["version"]),
                         (True, True, ""))
        self.assertFalse(status["recovery_key_unseen"])
        late = self.parvis("alice", register=False, device_name="portable")
        self.assertEqual(late.call("recover", recovery_key=key), {"backup": False, "cross_signing": True})


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "580")))
    unittest.main(verbosity=2)
