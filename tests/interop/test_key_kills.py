#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis is killed while it works with keys: no key is lost, no identity is half, nothing becomes unreadable.

A kill counts where the log of the dead program shows a request of the phase without an answer, or a save of keys without
an end (kill_watch.py).

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
from kill_watch import RULES, Phase, Watch

KILLS = int(os.environ.get("PARVIS_KILLS", "3"))
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
LEAST = 30           # kills in each phase of the long form
PENDING_SHARE = 0.5  # of the kills must strike while a request of the phase is unanswered, or its keys are being saved
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

    def device(self, user, register=False):
        driver = Driver(user, environment={"QT_LOGGING_RULES": RULES})
        self.addCleanup(driver.close)
        return driver.log_in(self.server, register=register)

    def phase(self, name, kinds):
        return Phase(name, kinds, self.dice)

    def strike(self, driver, phase, command, watch=None, **arguments):
        """Begins a command, and kills the program while a request of the phase is out, unless all was done before.

        `watch`: of what led to the command. Answers its result, or None where it was killed; the program runs again
        either way.
        """
        watch = watch or Watch(driver)
        begun = driver.begin(command, **arguments)
        answered = []

        def over():
            try:
                answered.append(driver.finish(begun, 0))
            except TimeoutError:
                pass
            return bool(answered)

        if not phase.moment(watch, over):
            watch.close()
            return answered[0]
        dead = self._die(driver, phase, watch, f"during {command}")
        try:
            return dead.finish(begun, 0.01)
        except (Gone, TimeoutError):
            return None

    def _die(self, driver, phase, watch, when):
        dead = driver.kill()
        say(f"{phase.counts(watch)}; {when}")
        watch.close()
        driver.resume()
        return dead

    def enough(self, phase):
        """A kill that strikes while nothing of the phase is under way shows nothing, and is not counted."""
        say(f"{phase.name}: {phase.counted} of {phase.struck} kills struck while it was under way")
        self.assertGreaterEqual(phase.counted, min(KILLS, LEAST), "too few kills struck the phase")
        self.assertGreaterEqual(phase.counted, PENDING_SHARE * phase.struck)

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
        phase = self.phase("bootstrap", "keys device_signing|keys signatures|account_data|room_keys")
        account = 0
        while phase.goes_on(KILLS):
            account += 1
            alice = self.device(f"boot{account}", register=True)
            made, tries = None, 0
            while made is None:
                tries += 1
                struck = tries <= TRIES and phase.goes_on(KILLS)
                try:
                    made = self.strike(alice, phase, "bootstrap", password=PASSWORD) if struck \
                        else alice.call("bootstrap", password=PASSWORD)
                except CommandError as error:
                    # it was done, and only its answer was lost
                    self.assertIn(error.error["code"], ("PARVIS_RECOVERY_EXISTS", "PARVIS_IDENTITY_EXISTS"))
                    break
            self.whole(alice)
            self.assertTrue(self.signed_on_server(alice, alice.device_id))
            if made:
                late = self.device(alice.name)
                self.assertEqual(late.call("recover", recovery_key=made["recovery_key"]),
                                 {"backup": True, "cross_signing": True})
                self.whole(late)
        self.enough(phase)

    def test_verification(self):
        first = self.device("verify", register=True)
        first.call("bootstrap", password=PASSWORD)
        phase = self.phase("verification", r"sendToDevice m\.key\.verification\.(?!cancel)|keys signatures")
        while phase.goes_on(KILLS):
            second = self.device("verify")
            first.kill()  # who asks as often as this in ten minutes is not heard by one that goes on running
            first.resume()
            for attempt in range(8):
                self._verify(first, second, phase if attempt < 5 and phase.goes_on(KILLS) else None)
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
        self.enough(phase)

    def _verify(self, first, second, phase):
        """Each step on its own device; with a phase, any of them may be the last for a while."""
        victim = self.dice.choice((first, second))
        when = self.dice.randrange(6) if phase else None

        def step(number, driver, command, **arguments):
            if when == number:
                return self._struck_step(phase, victim, f"step {number}", driver, command, arguments)
            return driver.call(command, **arguments)

        try:
            txn = step(0, second, "request_verification", device=first.device_id)["txn"]
            first.call("wait_verification", txn=txn, state="requested", timeout=5_000)
            step(1, first, "accept", txn=txn)
            second.call("wait_verification", txn=txn, state="ready", timeout=5_000)
            step(2, second, "start_sas", txn=txn)
            shown = [step(3, driver, "sas", txn=txn, timeout=5_000) for driver in (first, second)]
            self.assertEqual(*shown)
            step(4, first, "confirm", txn=txn)
            step(5, second, "confirm", txn=txn)
            for driver in (first, second):
                driver.call("wait_verification", txn=txn, timeout=5_000)
        except (CommandError, Gone) as error:  # Gone: the step's answer died with its device
            if not phase:
                raise
            say(f"verification: {str(error).splitlines()[0]}")

    def _struck_step(self, phase, victim, what, driver, command, arguments):
        """A step of one device; what the other does about it may be struck as well."""
        watch = Watch(victim)
        begun = driver.begin(command, **arguments)
        until = time.monotonic() + 0.5
        dead = None
        if phase.moment(watch, lambda: time.monotonic() > until):
            dead = self._die(victim, phase, watch, f"{what}, {command}" + ("" if driver is victim else " of the other"))
        else:
            watch.close()
        return dead.finish(begun, 0.01) if dead and driver is victim else driver.finish(begun)

    def test_backup_and_restore(self):
        alice = self.device("backup", register=True)
        key = alice.call("bootstrap", password=PASSWORD)["recovery_key"]
        room = alice.call("create_room", name="Coffre", kind="private")["room_id"]
        bodies = []
        phase = self.phase("backup upload", "room_keys keys")
        while phase.goes_on(KILLS):
            watch = Watch(alice)
            for number in range(3):
                alice.call("discard_session", room=room)
                bodies.append(f"sauvegarde {len(bodies)}")
                alice.call("send", room=room, body=bodies[-1], wait=number < 2)
            self.strike(alice, phase, "wait_idle", watch, timeout=60_000)
        self.enough(phase)
        self.whole(alice)
        version = alice.call("crypto_status")["backup"]["version"]
        kept = alice.call("raw", method="GET", path="/_matrix/client/v3/room_keys/keys",
                          query={"version": version})["body"]
        self.assertEqual(len(kept["rooms"][room]["sessions"]), len(bodies))

        phase = self.phase("restore", "account_data|room_keys|keys signatures")
        while phase.goes_on(KILLS):
            late = self.device("backup")
            self._struck_until_done(late, phase, "recover", recovery_key=key)
            self.whole(late)
            done = self._struck_until_done(late, phase, "restore_backup")
            self.assertEqual(done["total"], len(bodies))
            self.reads(late, room, bodies)
            late.close()
        self.enough(phase)

    def _struck_until_done(self, driver, phase, command, **arguments):
        for _ in range(TRIES):
            if not phase.goes_on(KILLS):
                break
            done = self.strike(driver, phase, command, **arguments)
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
        for phase in (self.phase("key claim", "keys claim|sendToDevice m.room.encrypted"),
                      self.phase("rotation", "sendToDevice m.room.encrypted")):
            readers = [bob]
            while phase.goes_on(KILLS):
                if phase.name == "key claim":
                    readers.append(self.device("claimed"))
                    readers[-1].wait_idle()
                    alice.wait_idle()
                else:
                    alice.call("discard_session", room=room)
                bodies.append(f"{phase.name} {len(bodies)}")
                watch = Watch(alice)
                alice.call("send", room=room, body=bodies[-1])
                self.strike(alice, phase, "wait_idle", watch, timeout=60_000)
                for reader in readers[-2:]:
                    reader.wait_text(room, bodies[-1], timeout=60_000)
                for gone in readers[1:-1]:
                    gone.close()
                readers[1:-1] = []
            self.enough(phase)
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
