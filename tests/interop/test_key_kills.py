#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis is killed while it works with keys: no key is lost, no identity is half, nothing becomes unreadable.

PARVIS_DRIVER     the program under test; without one the test is skipped
PARVIS_KILLS      how many SIGKILLs in each phase (3; the long form: 35)
PARVIS_SEED       the seed of a run that is to be repeated; it is printed
"""
import os
import random
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, Driver, program
from homeserver import TestBed
from json_lines import CommandError, Gone
from test_kills import RULES, under_way

KILLS = int(os.environ.get("PARVIS_KILLS", "3"))
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
TRIES = 25  # of one thing that is struck again and again, before it is let alone


def say(text):
    print(text, file=sys.stderr, flush=True)


class KeyKills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not program():
            raise unittest.SkipTest("no parvis-driver (PARVIS_DRIVER)")
        say(f"PARVIS_SEED={SEED} PARVIS_KILLS={KILLS}")
        cls.bed = TestBed().start()

    @classmethod
    def tearDownClass(cls):
        cls.bed.close()

    def setUp(self):
        self.dice = random.Random(SEED)
        self.server = self.bed.servers[0]
        self.kills = 0

    def device(self, user, register=False):
        driver = Driver(user, environment={"QT_LOGGING_RULES": RULES})
        self.addCleanup(driver.close)
        return driver.log_in(self.server, register=register)

    def strike(self, driver, phase, longest, command, **arguments):
        """Begins a command, and kills the program at some moment within `longest` seconds, unless it was done before.

        Answers its result, or None where it was killed; the program runs again either way.
        """
        since = driver.log_size()
        begun = driver.begin(command, **arguments)
        try:
            return driver.finish(begun, self.dice.uniform(0, longest))
        except TimeoutError:
            pass
        dead = driver.kill()
        self.kills += 1
        going = under_way(driver.log_since(since))
        say(f"{phase} kill {self.kills}: during {command}; {', '.join(sorted(going)) or 'waiting'}")
        driver.resume()
        try:
            return dead.finish(begun, 0.01)
        except (Gone, TimeoutError):
            return None

    def whole(self, driver):
        """What must hold of an account that was set up: nothing half."""
        for _ in range(60):
            driver.wait_idle()
            status = driver.call("crypto_status")
            if status["backup"]["to_upload"] == 0:
                break
            time.sleep(0.25)
        self.assertEqual(
            (status["cross_signing"], status["verified"], status["secret_storage"], status["backup"]["trusted"],
             status["backup"]["to_upload"]), (True, True, True, True, 0), status)

    def signed_on_server(self, driver, device):
        """Whether the account's self-signing key signed the device, as the server shows it."""
        body = driver.call("raw", method="POST", path="/_matrix/client/v3/keys/query",
                           body={"device_keys": {driver.user_id: []}})["body"]
        identity = body["self_signing_keys"][driver.user_id]["keys"]
        signatures = body["device_keys"][driver.user_id][device]["signatures"][driver.user_id]
        return any(key in signatures for key in identity)

    def says(self, driver, room, bodies):
        for body in bodies:
            driver.call("send", room=room, body=body)

    def reads(self, driver, room, bodies):
        driver.wait_idle()
        driver.history(room)
        for body in bodies:
            self.assertTrue(driver.wait_text(room, body, timeout=60_000)["encrypted"], body)

    # --- the phases ---------------------------------------------------------------------------

    def test_bootstrap(self):
        account = 0
        while self.kills < KILLS:
            account += 1
            alice = self.device(f"boot{account}", register=True)
            made = None
            for _ in range(TRIES):
                try:
                    made = self.strike(alice, "bootstrap", 0.6, "bootstrap", password=PASSWORD)
                except CommandError as error:
                    # it was done, and only its answer was lost
                    self.assertIn(error.error["code"], ("PARVIS_RECOVERY_EXISTS", "PARVIS_IDENTITY_EXISTS"))
                    break
                if made:
                    break
            else:
                made = alice.call("bootstrap", password=PASSWORD)
            self.whole(alice)
            self.assertTrue(self.signed_on_server(alice, alice.device_id))
            if made:
                late = self.device(alice.name)
                self.assertEqual(late.call("recover", recovery_key=made["recovery_key"]),
                                 {"backup": True, "cross_signing": True})
                self.whole(late)

    def test_verification(self):
        first = self.device("verify", register=True)
        first.call("bootstrap", password=PASSWORD)
        while self.kills < KILLS:
            second = self.device("verify")
            first.kill()  # who asks as often as this in ten minutes is not heard by one that goes on running
            first.resume()
            for attempt in range(8):
                self._verify(first, second, struck=attempt < 5 and self.kills < KILLS)
                first.wait_idle()
                second.wait_idle()
                trusts = second.call("crypto_status")["verified"]
                signed = self.signed_on_server(first, second.device_id)
                say(f"verification: the new device {'knows' if trusts else 'does not know'} the identity, "
                    f"is {'' if signed else 'not '}signed")
                if trusts and signed:
                    break
            self.assertTrue(trusts and signed, "a verification that nobody disturbs makes up for the others")
            trust = {one["device_id"]: one["trust"] for one in first.call("devices", user=first.user_id)}
            self.assertEqual(trust[second.device_id], "verified")
            second.close()

    def _verify(self, first, second, struck):
        """Each step on its own device; any of them may be the last for a while."""
        victim = self.dice.choice((first, second))
        when = self.dice.randrange(6) if struck else None

        def step(number, driver, command, **arguments):
            if when == number and driver is victim:
                return self.strike(driver, f"verification step {number}", 0.05, command, **arguments)
            if when == number:
                begun = driver.begin(command, **arguments)
                time.sleep(self.dice.uniform(0, 0.2))
                victim.kill()
                self.kills += 1
                say(f"verification step {number} kill {self.kills}: the other side of {command}")
                victim.resume()
                return driver.finish(begun)
            return driver.call(command, **arguments)

        try:
            txn = step(0, second, "request_verification", device=first.device_id)["txn"]
            first.call("wait_verification", txn=txn, state="requested", timeout=5_000)
            step(1, first, "accept", txn=txn)
            second.call("wait_verification", txn=txn, state="ready", timeout=5_000)
            step(2, second, "start_sas", txn=txn)
            shown = [step(3, driver, "sas", txn=txn, timeout=5_000) for driver in (first, second)]
            if None not in shown:
                self.assertEqual(*shown)
            step(4, first, "confirm", txn=txn)
            step(5, second, "confirm", txn=txn)
            for driver in (first, second):
                driver.call("wait_verification", txn=txn, timeout=5_000)
        except (CommandError, TypeError) as error:  # TypeError: the step's answer died with its device
            if not struck:
                raise
            say(f"verification: {error}")

    def test_backup_and_restore(self):
        alice = self.device("backup", register=True)
        key = alice.call("bootstrap", password=PASSWORD)["recovery_key"]
        room = alice.call("create_room", name="Coffre", kind="private")["room_id"]
        bodies = []
        while self.kills < KILLS:
            for _ in range(3):
                alice.call("discard_session", room=room)
                bodies.append(f"sauvegarde {len(bodies)}")
                alice.call("send", room=room, body=bodies[-1], wait=True)
            self.strike(alice, "backup upload", 0.5, "wait_idle")
        self.whole(alice)
        version = alice.call("crypto_status")["backup"]["version"]
        kept = alice.call("raw", method="GET", path="/_matrix/client/v3/room_keys/keys",
                          query={"version": version})["body"]
        self.assertEqual(len(kept["rooms"][room]["sessions"]), len(bodies))

        self.kills = 0
        while self.kills < KILLS:
            late = self.device("backup")
            self._struck_until_done(late, "recover", recovery_key=key)
            self.whole(late)
            done = self._struck_until_done(late, "restore_backup")
            self.assertEqual(done["total"], len(bodies))
            self.reads(late, room, bodies)
            late.close()

    def _struck_until_done(self, driver, command, **arguments):
        for _ in range(TRIES):
            if self.kills >= KILLS:
                break
            done = self.strike(driver, "restore", 0.25, command, **arguments)
            if done is not None:
                return done
        return driver.call(command, **arguments)

    def test_claim_and_rotation(self):
        alice, bob = self.device("claims", register=True), self.device("claimed", register=True)
        room = alice.call("create_room", name="Clefs", kind="private", invite=[bob.user_id])["room_id"]
        bob.wait_idle()
        bob.call("join", room=room)
        alice.wait_idle()
        bodies = []
        # A new device has no Olm session yet: its one-time key is claimed. Without one the room key is only exchanged.
        for phase in ("key claim", "rotation"):
            self.kills = 0
            readers = [bob]
            while self.kills < KILLS:
                if phase == "key claim":
                    readers.append(self.device("claimed"))
                    readers[-1].wait_idle()
                    alice.wait_idle()
                else:
                    alice.call("discard_session", room=room)
                bodies.append(f"{phase} {self.kills} {len(bodies)}")
                alice.call("send", room=room, body=bodies[-1])
                self.strike(alice, phase, 0.25, "wait_idle")
                for reader in readers[-2:]:
                    reader.wait_text(room, bodies[-1], timeout=60_000)
                for gone in readers[1:-1]:
                    gone.close()
                readers[1:-1] = []
        alice.wait_idle()
        mine = [item["body"] for item in alice.history(room) if item["type"] == "m.room.message"]
        self.assertEqual(mine, bodies)
        self._one_time_keys_agree(bob)

    def _one_time_keys_agree(self, driver):
        driver.wait_idle()
        answer = driver.call("raw", method="POST", path="/_matrix/client/v3/keys/upload", body={})["body"]
        self.assertEqual(driver.call("status")["otk_count"],
                         answer["one_time_key_counts"].get("signed_curve25519", 0))
        with open(f"{self.server.folder}/homeserver.log", errors="replace") as file:
            clashes = [line for line in file if "One time key" in line and "exists" in line]
        self.assertEqual(clashes, [], "keys were uploaded twice with other contents")


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(500 + 200 * KILLS))))
    unittest.main(verbosity=2)
