#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Set-ups that a crash, a lost answer or the server interrupts: nothing of them comes back, and nothing is called safe."""
import copy
import threading
import time

from forged import Forged
from scene import PASSWORD, SHIPPED, Attacks, main

BACKUP = "/room_keys/version"


class Interrupted(Attacks):
    bootstrapped = False

    def device_of(self, carol):
        other = self.sign_in(carol.user_id[1:].split(":")[0], register=False, policy=SHIPPED)
        self.addCleanup(other.close)
        other.wait_idle()
        return other

    def again(self, client):
        client.kill()
        client.resume()
        self.settle_all(client)

    def without_backup(self):
        """Somebody deletes it; the device hears of it."""
        carol, key = self.set_up_carol()
        acting = self.server.acting(carol.user_id)
        acting.call("DELETE", f"{BACKUP}/{acting.call('GET', BACKUP)['version']}")
        self.again(carol)
        self.assertTrue(carol.call("crypto_status")["backup"]["lost"])
        return carol, key

    def owes(self, carol, key):
        backup = carol.call("crypto_status")["backup"]
        self.assertTrue(backup["key_owed"] and backup["renewable"], backup)
        self.assertFalse(self.device_of(carol).call("recover", recovery_key=key, timeout=60_000)["backup"])
        carol.call("recover", recovery_key=key, timeout=60_000)
        self.settle_all(carol)
        backup = carol.call("crypto_status")["backup"]
        self.assertTrue(backup["trusted"] and not backup["key_owed"], backup)
        self.assertTrue(self.device_of(carol).call("recover", recovery_key=key, timeout=60_000)["backup"])

    def test_aCrashBeforeTheRecoveryKeyOpensTheNewBackup(self):
        carol, key = self.without_backup()
        held = threading.Event()
        self.addCleanup(held.set)
        rule = self.proxy.rule("PUT", "/account_data/m.megolm_backup.v1", hold=held, status=503)
        carol.begin("recover", recovery_key=key, timeout=60_000)
        deadline = time.monotonic() + 20
        while not rule.hits and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertTrue(rule.hits)
        carol.kill()
        held.set()
        self.proxy.honest()
        carol.resume()
        self.settle_all(carol)
        self.owes(carol, key)

    def test_theAnswerToTheNewBackupIsLost(self):
        carol, key = self.without_backup()
        with self.proxy.rule("POST", BACKUP, lose=True):
            self.refused("recover", carol, recovery_key=key, timeout=60_000)
        self.again(carol)
        self.owes(carol, key)

    def test_aSetUpThatAnotherOneHasOvertaken(self):
        carol = self.alone("carol", policy=SHIPPED)
        carol.wait_idle()
        with self.proxy.rule("POST", "/keys/device_signing/upload", status=502) as rule:
            self.refused("bootstrap", carol, password=PASSWORD, timeout=20_000)
        shown = rule.hits[-1]
        second = self.device_of(carol)
        key = second.call("bootstrap", password=PASSWORD, timeout=60_000)["recovery_key"]
        self.settle_all(carol, second)
        carol.call("recover", recovery_key=key, timeout=60_000)
        self.settle_all(carol, second)
        before = carol.call("crypto_status")
        self.assertTrue(before["verified"] and before["backup"]["trusted"], before)
        second.call("stop")

        def show(answer):
            if carol.user_id in answer["device_keys"]:
                for part in ("master", "self_signing", "user_signing"):
                    answer.setdefault(f"{part}_keys", {})[carol.user_id] = copy.deepcopy(shown[f"{part}_key"])

        with self.keys_query(show):
            self.asks_again(carol.user_id, carol)
            self.settle_all(carol)
            status = carol.call("crypto_status")
            self.assertTrue(status["identity_changed"] and not status["verified"], status)
        self.asks_again(carol.user_id, carol)
        self.settle_all(carol)
        self.assertEqual(carol.call("crypto_status")["verified"], True)
        self.assertTrue(self.device_of(carol).call("recover", recovery_key=key, timeout=60_000)["backup"])

    def test_anotherDeviceMakesAnIdentityMeanwhile(self):
        carol = self.alone("carol", policy=SHIPPED)
        carol.wait_idle()
        self.assertFalse(carol.call("crypto_status")["identity_exists"])
        held = threading.Event()
        self.addCleanup(held.set)
        self.proxy.rule("POST", "/keys/query", hold=held)  # the news of it come late
        other = Forged(self.server, self.forger, carol.user_id[1:].split(":")[0], register=False)
        other.identity()
        acting = self.server.acting(carol.user_id)

        def master():
            answer = acting.call("POST", "/keys/query", {"device_keys": {carol.user_id: []}})
            return answer["master_keys"][carol.user_id]["keys"]

        before = master()
        threading.Timer(3, held.set).start()
        self.assertEqual(self.refused("bootstrap", carol, password=PASSWORD, timeout=60_000), "PARVIS_IDENTITY_EXISTS")
        self.assertEqual(master(), before)


if __name__ == "__main__":
    main()
