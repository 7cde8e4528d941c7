#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A reset that the person gave up stays given up; and after one that happened, the person's other devices help nobody back."""
import copy

from forged_verification import verify
from matrix_api import quote
from scene import PASSWORD, SHIPPED, Attacks, main

BACKUP = "/room_keys/version"


class GivenUp(Attacks):
    bootstrapped = False

    def second(self, carol, recovery_key):
        other = self.sign_in(carol.user_id[1:].split(":")[0], register=False, policy=SHIPPED)
        self.addCleanup(other.close)
        other.wait_idle()
        if recovery_key:
            other.call("recover", recovery_key=recovery_key, timeout=60_000)
            self.settle_all(carol, other)
        return other

    def test_theServerFinishesWhatThePersonGaveUp(self):
        carol, recovery_key = self.set_up_carol()
        room = carol.call("create_room", name="Essai", kind="private")["room_id"]
        carol.call("send", room=room, body="un", wait=True)
        carol.wait_idle()
        before = carol.call("crypto_status")
        self.proxy.forget()
        self.assertEqual(self.refused("reset_identity", carol, timeout=60_000), "PARVIS_PASSWORD_NEEDED")
        self.assertEqual(self.refused("reset_identity", carol, password="falsch", timeout=60_000), "PARVIS_WRONG_PASSWORD")
        self.assertEqual(self.refused("bootstrap", carol, password=PASSWORD), "PARVIS_IDENTITY_EXISTS")
        self.assertEqual(carol.call("crypto_status"), before)  # nor does the window say that a key was not seen
        shown = self.proxy.requests("/keys/device_signing/upload")[-1]
        carol.kill()
        carol.resume()
        carol.wait_idle()

        def show(answer):
            if carol.user_id in answer["device_keys"]:
                for part in ("master", "self_signing", "user_signing"):
                    answer.setdefault(f"{part}_keys", {})[carol.user_id] = copy.deepcopy(shown[f"{part}_key"])

        with self.keys_query(show):
            self.asks_again(carol.user_id, carol)
            status = carol.call("crypto_status")
            self.assertTrue(status["identity_changed"] and not status["verified"], status)
        self.asks_again(carol.user_id, carol)
        status = carol.call("crypto_status")
        for name in ("verified", "cross_signing", "identity_changed", "recovery_key_unseen"):
            self.assertEqual(status[name], before[name], name)
        self.assertTrue(status["backup"]["trusted"])
        other = self.second(carol, None)
        self.assertTrue(other.call("recover", recovery_key=recovery_key, timeout=60_000)["backup"])

    def test_theSecondDeviceBringsTheOldBackupBack(self):
        carol, old_key = self.set_up_carol()
        second = self.second(carol, old_key)
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        thief = self.forged(carol.user_id[1:].split(":")[0], register=False)
        before = thief.api.call("GET", BACKUP)["version"]
        new_key = carol.call("reset_identity", password=PASSWORD, timeout=60_000)["recovery_key"]
        self.settle_all(carol, second)
        thief.api.call("DELETE", f"{BACKUP}/{thief.api.call('GET', BACKUP)['version']}")

        def stays_out(session):
            self.settle_all(carol, second)
            found = thief.api.call("GET", "/room_keys/keys", query={"version": before})
            self.assertNotIn(session, found["rooms"].get(room, {}).get("sessions", {}))

        second.kill()  # forgets what it thought of the backup, and asks
        second.resume()
        second.wait_idle()
        self.assertTrue(second.call("crypto_status")["identity_changed"])
        bob.share(second, room)
        self.reads(room, bob.say(room, "avant de vérifier"), "avant de vérifier", second)
        stays_out(bob.megolm(room)["session_id"])

        second.call("recover", recovery_key=new_key, timeout=60_000)
        self.settle_all(carol, second)
        for one in (second, carol):
            one.call("discard_session", room=room)
            event = one.call("send", room=room, body="après", wait=True)["event_id"]
            stays_out(self.server.acting(carol.user_id).call("GET", f"/rooms/{quote(room)}/event/{quote(event)}")
                      ["content"]["session_id"])

    def test_whatANewDeviceSentUnverifiedIsReadOnceItIsVerified(self):
        """The price of `own_identity::test_anIdentityOfTheServersMakingOnANewDevice` is paid back by itself."""
        carol, recovery_key = self.set_up_carol()
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        second = self.second(carol, None)
        event = second.call("send", room=room, body="avant", wait=True)["event_id"]
        carol.wait_idle()
        item = self.item(room, event, carol)
        self.assertEqual((item["readable"], item["reason"]), (False, "untrusted_device"))
        second.call("recover", recovery_key=recovery_key, timeout=60_000)
        self.reads(room, event, "avant", carol)

    def test_somebodyIsExchangedWhileANewDeviceIsVerified(self):
        carol, recovery_key = self.set_up_carol()
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        self.asks_again(bob.user, carol)
        verify(bob, carol, room)
        self.settle_all(carol)
        second = self.second(carol, None)
        self.asks_again(bob.user, second)
        carol.call("stop")
        with self.exchanged(bob.user):
            second.call("recover", recovery_key=recovery_key, timeout=60_000)
            self.settle_all(second)
            found = self.identity(bob.user, second)
            self.assertTrue(found["violated"] and not found["verified"], found)
            self.assertEqual(self.refused("send", second, room=room, body="secret", wait=True, timeout=8000),
                             "PARVIS_IDENTITY_VIOLATED")


if __name__ == "__main__":
    main()
