#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys that come back: recovery, backup and key files, made by Parvis or by an independent client, used by the other.

PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import stat
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD
from json_lines import CommandError
from scene import Scene, everywhere

WORDS = "un été à la plage"


class Recovery(Scene):
    def refused(self, driver, command, **arguments):
        with self.assertRaises(CommandError) as caught:
            driver.call(command, **arguments)
        return caught.exception.error["code"]

    def status(self, driver):
        driver.wait_idle()
        return driver.call("crypto_status")

    def conversation(self, alice):
        """A room of Alice's Parvis with Bob; what both said there."""
        bob = self.peer("bob")
        room = self.room_with(alice, bob)
        said = [self.body("question d'avant"), self.body("réponse d'avant")]
        alice.call("send", room=room, body=said[0], wait=True)
        bob.wait_text(room, said[0])
        bob.send(room, said[1])
        alice.wait_text(room, said[1])
        return room, said

    def other_conversation(self):
        """The same where Alice uses the other client, and has set up a recovery."""
        alice, bob = self.peer("alice", server=0), self.peer("bob")
        room = bob.create_room(encrypted=True, invite=[alice.user_id])
        alice.join(room)
        bob.call("waitMember", room=room, user=alice.user_id)
        said = [self.body("question d'avant"), self.body("réponse d'avant")]
        bob.send(room, said[0])
        alice.wait_text(room, said[0])
        alice.send(room, said[1])
        bob.wait_text(room, said[1])
        return alice, room, said

    def reads(self, driver, room, said):
        for body in said:
            self.assertTrue(driver.wait_text(room, body)["encrypted"])

    def holds_everything(self, driver):
        status = self.status(driver)
        self.assertEqual(
            (status["cross_signing"], status["verified"], status["secret_storage"],
             status["backup"]["trusted"], status["backup"]["readable"], status["backup"]["to_upload"]),
            (True, True, True, True, True, 0), status)

    # --- the scenes ---------------------------------------------------------------------------

    def test_parvisMakesTheOtherUses(self):
        alice = self.parvis("alice")
        room, said = self.conversation(alice)
        self.assertEqual(self.status(alice)["secret_storage"], False)

        key = alice.call("bootstrap")["recovery_key"]
        self.holds_everything(alice)

        late = self.peer("alice", server=0, register=False, deviceName="autre")
        late.call("waitMessage", room=room, undecrypted=True)
        recovered = late.call("recover", recoveryKey=key)
        self.assertTrue(recovered["ready"], recovered)
        self.assertGreaterEqual(recovered["imported"], 2)
        for body in said:
            late.wait_text(room, body)
        trusted = late.call("waitTrusted", device=alice.device_id)
        self.assertIn(True, [device["crossSigned"] for device in trusted["devices"]])

    def test_theOtherMakesParvisUses(self):
        alice, room, said = self.other_conversation()
        made = alice.call("bootstrap")
        alice.call("waitBackedUp", count=2)

        late = self.parvis("alice", register=False, device_name="Parvis")
        status = self.status(late)
        self.assertEqual((status["verified"], status["identity_exists"], status["backup"]["trusted"]),
                         (False, True, False))
        self.assertEqual(status["backup"]["version"], made["backupVersion"])
        self.assertEqual(self.refused(late, "bootstrap"), "PARVIS_IDENTITY_EXISTS")

        self.assertEqual(late.call("recover", recovery_key=made["recoveryKey"]),
                         {"backup": True, "cross_signing": True})
        self.reads(late, room, said)
        self.holds_everything(late)
        alice.call("waitTrusted", device=late.device_id)

    def test_passphraseOfTheOther(self):
        alice, room, said = self.other_conversation()
        alice.call("bootstrap", passphrase=WORDS)
        alice.call("waitBackedUp", count=2)
        late = self.parvis("alice", register=False, device_name="Parvis")

        self.assertEqual(self.refused(late, "recover", passphrase="un autre été"),
                         "PARVIS_RECOVERY_WRONG_KEY")
        late.call("recover", passphrase=WORDS)

        self.reads(late, room, said)
        self.holds_everything(late)

    def test_wrongRecoveryKey(self):
        alice, room, said = self.other_conversation()
        key = alice.call("bootstrap")["recoveryKey"]
        alice.call("waitBackedUp", count=2)
        late = self.parvis("alice", register=False, device_name="Parvis")
        before = self.status(late)
        other = late.call("eval", what="recovery_key_encode", input={"key_base64": "A" * 42 + "E"})["text"]

        self.assertEqual(self.refused(late, "recover", recovery_key=other), "PARVIS_RECOVERY_WRONG_KEY")
        self.assertEqual(self.refused(late, "recover", recovery_key=key[:-2]), "PARVIS_RECOVERY_KEY_LENGTH")
        self.assertEqual(self.refused(late, "recover", passphrase=WORDS), "PARVIS_RECOVERY_NO_PASSPHRASE")

        self.assertEqual(self.status(late), before)
        self.assertFalse(any(item.get("readable", True) and item.get("encrypted")
                             for item in late.call("timeline", room=room)))
        late.call("recover", recovery_key=key)
        self.reads(late, room, said)

    def test_noRecovery(self):
        alice = self.parvis("alice")
        self.assertEqual(self.refused(alice, "recover", passphrase=WORDS), "PARVIS_RECOVERY_NONE")
        self.assertEqual(self.refused(alice, "restore_backup"), "PARVIS_BACKUP_NONE")

    def test_parvisToParvis(self):
        alice = self.parvis("alice")
        key = alice.call("bootstrap")["recovery_key"]
        room, said = self.conversation(alice)
        self.holds_everything(alice)
        self.assertEqual(self.refused(alice, "bootstrap"), "PARVIS_IDENTITY_EXISTS")
        self.assertEqual(alice.stop(), 0)
        alice.resume()
        self.holds_everything(alice)

        late = self.parvis("alice", register=False, device_name="portable")
        late.call("recover", recovery_key=key)
        self.reads(late, room, said)
        self.holds_everything(late)
        self.holds_everything(alice)

    def test_everythingFromTheBackup(self):
        alice, room, said = self.other_conversation()
        key = alice.call("bootstrap")["recoveryKey"]
        count = alice.call("waitBackedUp", count=2)["count"]
        late = self.parvis("alice", register=False, device_name="Parvis")
        self.assertEqual(self.refused(late, "restore_backup"), "PARVIS_BACKUP_NONE")
        late.call("recover", recovery_key=key)
        late.wait_idle()

        counts = late.call("restore_backup")

        self.assertEqual(counts["total"], count)
        self.reads(late, room, said)
        self.assertEqual(late.call("restore_backup")["imported"], 0)

    def test_resetMakesEverythingAnew(self):
        alice = self.parvis("alice")
        old = alice.call("bootstrap")["recovery_key"]
        room, said = self.conversation(alice)
        self.holds_everything(alice)
        self.assertEqual(self.refused(alice, "reset_identity"), "PARVIS_PASSWORD_NEEDED")

        key = alice.call("reset_identity", password=PASSWORD)["recovery_key"]

        self.assertNotEqual(key, old)
        self.holds_everything(alice)
        late = self.peer("alice", server=0, register=False, deviceName="autre")
        with self.assertRaises(CommandError):
            late.call("recover", recoveryKey=old)
        self.assertTrue(late.call("recover", recoveryKey=key)["ready"])
        for body in said:
            late.wait_text(room, body)

    def test_aDeletedBackupIsSaid(self):
        alice = self.parvis("alice")
        alice.call("bootstrap")
        self.conversation(alice)
        self.holds_everything(alice)
        version = self.status(alice)["backup"]["version"]

        alice.call("raw", method="DELETE", path=f"/_matrix/client/v3/room_keys/version/{version}")
        self.conversation_goes_on(alice)

        backup = self.status(alice)["backup"]
        self.assertEqual((backup["version"], backup["trusted"], backup["lost"]), ("", False, True))
        self.assertGreaterEqual(backup["to_upload"], 2)

    def deleted(self, alice):
        """Her backup is deleted, as another device of hers can do it; and she starts anew."""
        version = self.status(alice)["backup"]["version"]
        alice.call("raw", method="DELETE", path=f"/_matrix/client/v3/room_keys/version/{version}")
        alice.kill()
        alice.resume()
        self.assertEqual(self.status(alice)["backup"]["lost"], True)

    def test_aDeletedBackupComesBackWithTheRecoveryKey(self):
        alice = self.parvis("alice")
        key = alice.call("bootstrap")["recovery_key"]
        room, said = self.conversation(alice)
        self.holds_everything(alice)
        self.deleted(alice)
        late = self.parvis("alice", register=False, device_name="portable")
        self.assertEqual(late.call("recover", recovery_key=key), {"backup": False, "cross_signing": True})
        self.assertEqual(self.status(late)["backup"]["version"], "")  # a new device makes none

        self.assertEqual(alice.call("recover", recovery_key=key), {"backup": True, "cross_signing": True})

        for _ in range(60):
            if self.status(alice)["backup"]["to_upload"] == 0:
                break
            time.sleep(0.5)
        self.holds_everything(alice)
        self.assertEqual(self.status(alice)["backup"]["lost"], False)
        other = self.peer("alice", server=0, register=False, deviceName="autre")
        self.assertTrue(other.call("recover", recoveryKey=key)["ready"])
        for body in said:
            other.wait_text(room, body)

    def test_aBackupThatWasSwitchedOffStaysOffUnlessItIsWished(self):
        alice = self.parvis("alice")
        key = alice.call("bootstrap")["recovery_key"]
        alice.wait_idle()
        self.deleted(alice)
        alice.call("raw", method="PUT", body={"enabled": False},
                   path=f"/_matrix/client/v3/user/{alice.user_id}/account_data/m.key_backup")

        self.assertEqual(alice.call("recover", recovery_key=key), {"backup": False, "cross_signing": True})
        self.assertEqual(self.status(alice)["backup"]["version"], "")
        self.assertEqual(alice.call("recover", recovery_key=key, even_unwanted=True),
                         {"backup": True, "cross_signing": True})
        backup = self.status(alice)["backup"]
        self.assertEqual((backup["trusted"], backup["readable"], backup["unwanted"]), (True, True, False))

    def conversation_goes_on(self, alice):
        room = alice.call("rooms")[0]["room_id"]
        alice.call("discard_session", room=room)
        alice.call("send", room=room, body=self.body("encore"), wait=True)

    def test_killedWhileItIsSetUp(self):
        """Whatever is there then, another call finishes it, and the key that it gives opens it."""
        for turn, delay in enumerate((0.01, 0.03, 0.06, 0.1, 0.14, 0.2, 0.4)):
            self.number = f"{self.number}k{turn}"
            alice = self.parvis("alice")
            alice.wait_idle()
            begun = alice.begin("bootstrap")
            time.sleep(delay)
            dead = alice.kill()
            alice.resume()
            try:
                key = alice.call("bootstrap")["recovery_key"]
            except CommandError as error:  # the first one came to its end
                self.assertEqual(error.error["code"], "PARVIS_IDENTITY_EXISTS", delay)
                key = dead.finish(begun, 1)["recovery_key"]
            self.holds_everything(alice)
            self.assertEqual(self.status(alice)["backup"]["version"], "1")
            late = self.parvis("alice", register=False, device_name="portable")
            self.assertEqual(late.call("recover", recovery_key=key),
                             {"backup": True, "cross_signing": True}, delay)
            self.holds_everything(late)

    # --- key files ----------------------------------------------------------------------------

    def test_fileOfParvis(self):
        alice = self.parvis("alice")
        room, said = self.conversation(alice)
        path = os.path.join(alice.folder, "clés.txt")

        counts = alice.call("export_keys", path=path, passphrase=WORDS)

        self.assertEqual(counts["imported"], counts["total"])
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual([name for name in os.listdir(alice.folder) if name.startswith("clés")], ["clés.txt"])
        late = self.peer("alice", server=0, register=False, deviceName="autre")
        late.call("waitMessage", room=room, undecrypted=True)
        self.assertEqual(late.call("importKeys", path=path, passphrase=WORDS)["count"], counts["total"])
        for body in said:
            late.wait_text(room, body)

    def test_fileOfTheOther(self):
        alice, room, said = self.other_conversation()
        late = self.parvis("alice", register=False, device_name="Parvis")
        path = os.path.join(late.folder, "keys.txt")
        count = alice.call("exportKeys", path=path, passphrase=WORDS)["count"]

        self.assertEqual(self.refused(late, "import_keys", path=path, passphrase="faux"),
                         "PARVIS_KEY_EXPORT_PASSPHRASE")
        self.assertEqual(self.refused(late, "import_keys", path=path + ".none", passphrase=WORDS),
                         "PARVIS_FILE_UNREADABLE")
        self.assertEqual(self.refused(late, "export_keys", path="/proc/none/x", passphrase=WORDS),
                         "PARVIS_FILE_NOT_WRITTEN")
        counts = late.call("import_keys", path=path, passphrase=WORDS)

        self.assertEqual(counts, {"imported": count, "total": count})
        self.reads(late, room, said)
        self.assertEqual(late.call("import_keys", path=path, passphrase=WORDS)["imported"], 0)


globals().update(everywhere(Recovery, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
