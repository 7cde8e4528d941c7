#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The server lies about devices and identities: what Parvis takes for whose, and to whom it still sends keys."""
import json
import time

from forged import Identity
from forged_verification import verify
from scene import Attacks, PASSWORD, SHIPPED, main

DEVICES = 10_000


class Identities(Attacks):
    # --- Devices

    def test_anotherSigningKeyUnderAKnownDeviceId(self):
        """5.2.1: the old key stays, and messages go on being for it."""
        mallory = self.forged()
        room = self.room_with(mallory)
        self.says(room, "avant")
        ghost = self.forger.call("account", name="ghost")
        bare = mallory.bare_keys()
        bare["keys"] = {f"curve25519:{mallory.device}": ghost["curve"], f"ed25519:{mallory.device}": ghost["ed"]}
        made = self.forger.call("sign", name="ghost", object=bare)["signature"]
        lie = {**bare, "signatures": {mallory.user: {f"ed25519:{mallory.device}": made}}}

        with self.keys_query(lambda body: body["device_keys"].get(mallory.user, {}).update({mallory.device: lie})
                             if mallory.user in body["device_keys"] else None):
            self.asks_again(mallory.user)
            self.assertIn("the Ed25519 key is another one", self.log())
            self.alice.call("discard_session", room=room)
            self.proxy.forget()
            self.says(room, "après")

        sent = json.dumps(self.proxy.requests("/sendToDevice/m.room.encrypted/.*"))
        self.assertIn(mallory.curve, sent)
        self.assertNotIn(ghost["curve"], sent)

    def test_devicesThatNobodySigned(self):
        """5.2.3: without a self-signature, under another's id, with a key under another name, by another's hand."""
        mallory = self.forged()
        room = self.room_with(mallory)
        good = mallory.keys()
        unsigned = {key: value for key, value in mallory.keys(device_id="UNSIGNED").items() if key != "signatures"}
        altered = {**mallory.keys(device_id="ALTERED"), "algorithms": ["m.olm.v1.curve25519-aes-sha2"]}
        other_name = mallory.keys(device_id="NAMED")
        foreign = mallory.sign(mallory.bare_keys(device_id="FOREIGN", user_id="@bob:parvis.test"), "FOREIGN")
        by_another = mallory.sign(mallory.bare_keys(device_id="BYOTHER"), mallory.device)
        low = mallory.bare_keys(device_id="LOW")
        low["keys"]["curve25519:LOW"] = "A" * 43
        extra = {**mallory.keys(device_id="EXTRA"), "unsigned": {"device_display_name": "Poste", "x": [1]}}
        lie = {mallory.device: good, "UNSIGNED": unsigned, "ALTERED": altered, "ELSEWHERE": other_name,
               "FOREIGN": foreign, "BYOTHER": by_another, "LOW": mallory.sign(low, "LOW"), "EXTRA": extra}

        with self.keys_query(lambda body: body["device_keys"].update({mallory.user: lie})
                             if mallory.user in body["device_keys"] else None):
            self.asks_again(mallory.user)
            self.wait_devices(mallory.user, {mallory.device: "unsigned", "EXTRA": "unsigned"})
            self.says(room, "bonjour")

    def test_usersWhoWereNotAskedFor(self):
        """5.2.7: whatever an answer says of others is nothing."""
        mallory, victim = self.forged(), f"@victime{self.number}:parvis.test"
        self.room_with(mallory)
        forged = mallory.sign(mallory.bare_keys(user_id=victim))
        forged["signatures"] = {victim: forged["signatures"][mallory.user]}
        identity = Identity(self.forger, victim).objects()

        def lie(body):
            body["device_keys"][victim] = {mallory.device: forged}
            for part in ("master", "self_signing", "user_signing"):
                body.setdefault(f"{part}_keys", {})[victim] = identity[f"{part}_key"]

        with self.keys_query(lie):
            self.asks_again(mallory.user)

        self.assertEqual(self.trust(victim), {})
        self.assertFalse(self.identity(victim)["known"])

    def test_aHiddenDeviceAndAHiddenIdentity(self):
        """5.2.6: an answer that leaves a person out takes nothing away of what is known of the identity."""
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob)
        self.asks_again(bob.user)
        self.wait_devices(bob.user, {bob.device: "signed"})

        def hide(body):
            for part in body.values():
                if isinstance(part, dict):
                    part.pop(bob.user, None)

        with self.keys_query(hide):
            self.asks_again(bob.user)
            self.assertTrue(self.identity(bob.user)["known"])
            self.assertFalse(self.identity(bob.user)["changed"])
            self.assertEqual(self.trust(bob.user), {bob.device: "signed"})
            event = self.says(room, "toujours lisible")
        self.assertTrue(event)

    def test_tenThousandDevices(self):
        """5.2.8: so many are looked at, the known one stays served, and the client goes on."""
        mallory = self.forged()
        room = self.room_with(mallory)
        self.says(room, "avant")
        flood = {f"A{number:05}": {**mallory.bare_keys(device_id=f"A{number:05}"),
                                   "signatures": {mallory.user: {f"ed25519:A{number:05}": "x" * 86}}}
                 for number in range(DEVICES - 2000)}
        flood.update({f"B{number:05}": mallory.keys(device_id=f"B{number:05}") for number in range(2000)})
        flood[mallory.device] = mallory.keys()

        with self.keys_query(lambda body: body["device_keys"].update({mallory.user: flood})
                             if mallory.user in body["device_keys"] else None):
            began = time.monotonic()
            self.asks_again(mallory.user)
            self.assertLess(time.monotonic() - began, 15)
            known = self.trust(mallory.user)
            self.assertIn(mallory.device, known)
            self.assertLessEqual(len(known), 1000)
            self.alice.call("discard_session", room=room)
            self.proxy.forget()
            self.says(room, "après")
        self.assertTrue(any(mallory.device in body["messages"].get(mallory.user, {})
                            for body in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")))

    def test_unsignedDevicesGetNoKeys(self):
        """5.2.10: a device that the server made up for a person gets none; the person is told why."""
        carol = self.alone("carol", policy=SHIPPED)
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        ghost = self.forged(bob.name, register=False)  # signed in as bob, signed by nobody
        self.asks_again(bob.user, carol)
        self.proxy.forget()
        carol.call("send", room=room, body="pour les postes signés", wait=True)

        sent = [body["messages"].get(bob.user, {})
                for body in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")]
        self.assertTrue(any(bob.device in one for one in sent), sent)
        self.assertFalse(any(ghost.device in one for one in sent), sent)
        told = [body["messages"].get(bob.user, {}).get(ghost.device)
                for body in self.proxy.requests("/sendToDevice/m.room_key.withheld/.*")]
        self.assertIn("m.unverified", [one["code"] for one in told if one])

    def test_dehydratedDevices(self):
        """5.2.11: an unsigned one gets no key, and nothing that it says counts."""
        bob = self.forged("bob", publish=False)
        bob.publish(dehydrated=True)
        room = self.room_with(bob)
        self.proxy.forget()
        self.says(room, "bonjour")
        sent = [body["messages"].get(bob.user, {})
                for body in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")]
        self.assertFalse(any(sent), sent)

        bob.share(self.alice, room)
        event = bob.say(room, "d'outre-tombe")
        self.settle()
        self.assertEqual(self.unreadable(room, event), "key_not_arrived")
        self.assertIn("PARVIS_OLM_DEHYDRATED", self.log())

    # --- Identities

    def test_identitiesThatBreakARule(self):
        """5.2.4: usage, an id that is not the key, two keys, another's signature: no identity at all."""
        bob = self.forged("bob")
        self.room_with(bob)
        identity = Identity(self.forger, bob.user)
        good = identity.objects()

        def with_master(**over):
            return {**good, "master_key": {**good["master_key"], **over}}

        key, other = identity.key("master"), identity.key("user_signing")
        wrong = {
            "usage": with_master(usage=["self_signing"]),
            "the id is not the key": with_master(keys={f"ed25519:{other}": key}),
            "two keys": with_master(keys={f"ed25519:{key}": key, f"ed25519:{other}": other}),
            "another user": with_master(user_id=self.alice.user_id),
            "unsigned": {**good, "self_signing_key": identity.bare("self_signing")},
            "signed by itself": {**good, "self_signing_key": identity.signed(identity.bare("self_signing"),
                                                                             "self_signing")},
            "the master twice": {**good, "self_signing_key": identity.signed(
                {**identity.bare("master"), "usage": ["self_signing"]}, "master")},
        }
        for what, objects in wrong.items():
            def lie(body, objects=objects):
                if bob.user in body["device_keys"]:
                    for part in ("master", "self_signing", "user_signing"):
                        body.setdefault(f"{part}_keys", {})[bob.user] = objects[f"{part}_key"]
            with self.subTest(what), self.keys_query(lie):
                self.asks_again(bob.user)
                self.assertFalse(self.identity(bob.user)["known"])
                self.assertEqual(self.trust(bob.user), {bob.device: "unsigned"})

    def test_aNewIdentityOfSomebodyUnverified(self):
        """5.2.9: pinned at first sight; another one is shown until the person takes it, and then no more."""
        bob = self.forged("bob")
        bob.identity()
        self.room_with(bob)
        self.asks_again(bob.user)
        self.assertEqual(self.identity(bob.user), {"known": True, "verified": False, "violated": False,
                                                   "changed": False})
        bob.identity()

        self.asks_again(bob.user)
        self.assertTrue(self.identity(bob.user)["changed"])
        self.alice.call("pin_identity", user=bob.user)
        self.asks_again(bob.user)

        self.assertFalse(self.identity(bob.user)["changed"])

    def test_aVerifiedPersonsIdentityIsExchanged(self):
        """5.2.5 and 6: sending stops until the person answers; hiding the change or the identity helps nobody."""
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob)
        self.asks_again(bob.user)
        verify(bob, self.alice, room)
        self.assertTrue(self.identity(bob.user)["verified"])
        self.says(room, "à Bob, vérifié")
        with self.exchanged(bob.user):
            self.asks_again(bob.user)
            self.assertEqual(self.identity(bob.user), {"known": True, "verified": False, "violated": True,
                                                       "changed": True})
            self.proxy.forget()
            self.assertEqual(self.refused("send", room=room, body="secret", wait=True, timeout=8000),
                             "PARVIS_IDENTITY_VIOLATED")
        with self.keys_query(lambda body: [part.pop(bob.user, None) for part in body.values()
                                           if isinstance(part, dict)]):
            self.asks_again(bob.user)
            self.assertTrue(self.identity(bob.user)["violated"])
            self.assertEqual(self.proxy.requests("/send/m.room.encrypted/.*"), [])

            self.alice.call("withdraw_verification", user=bob.user)
            self.assertFalse(self.identity(bob.user)["violated"])
            self.says(room, "en connaissance de cause")


if __name__ == "__main__":
    main()
