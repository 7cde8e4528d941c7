#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The server lies about the person's own devices and identity: an alarm, and nothing is signed, sent or believed by it."""
from forged import Identity
from forged_verification import verify
from scene import Attacks, PASSWORD, SHIPPED, main


class OwnIdentity(Attacks):
    def test_otherKeysForOurOwnDevice(self):
        """5.2.2: an alarm; nothing is sent, and ours are not replaced."""
        carol = self.alone("carol")
        bob = self.forged("bob")
        room = self.room_with(bob, alice=carol)
        own = bob.forger.call("account", name="double")
        bare = {"user_id": carol.user_id, "device_id": carol.device_id,
                "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
                "keys": {f"curve25519:{carol.device_id}": own["curve"],
                         f"ed25519:{carol.device_id}": own["ed"]}}
        made = self.forger.call("sign", name="double", object=bare)["signature"]
        lie = {**bare, "signatures": {carol.user_id: {f"ed25519:{carol.device_id}": made}}}

        with self.keys_query(lambda body: body["device_keys"].update({carol.user_id: {carol.device_id: lie}})
                             if carol.user_id in body["device_keys"] else None):
            self.asks_again(carol.user_id, carol)
            self.assertTrue(carol.call("crypto_status")["identity_conflict"])
            self.proxy.forget()
            self.assertEqual(self.refused("send", carol, room=room, body="bonjour", wait=True, timeout=8000),
                             "PARVIS_DEVICE_REUSED")
        self.assertEqual(self.proxy.requests("/sendToDevice/.*"), [])
        self.assertEqual(self.proxy.requests("/send/m.room.encrypted/.*"), [])
        self.asks_again(carol.user_id, carol)  # the server is honest again
        self.assertFalse(carol.call("crypto_status")["identity_conflict"])

    def test_ourOwnIdentityIsExchanged(self):
        """5.2.5: alarm, and nothing is sent; our private keys stay, and nothing is signed or believed by the other one."""
        carol = self.alone("carol", policy=SHIPPED)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        self.asks_again(bob.user, carol)
        verify(bob, carol, room)
        eve = self.forged(f"carol{self.number}", register=False)  # who has the password
        self.asks_again(carol.user_id, carol)
        carol.call("send", room=room, body="avant", wait=True)
        double = Identity(self.forger, carol.user_id)
        objects = double.objects()
        signed_eve = double.signed(eve.keys(), "self_signing")
        # What a server would like: our person, verified by a key of the server's making.
        theirs = double.signed(bob.own_identity.bare("master"), "user_signing")

        def exchange(body):
            for user, parts in ((carol.user_id, objects),):
                if user in body["device_keys"]:
                    for part in ("master", "self_signing", "user_signing"):
                        body.setdefault(f"{part}_keys", {})[user] = parts[f"{part}_key"]
                    body["device_keys"][user][eve.device] = signed_eve
            if bob.user in body["device_keys"]:
                body["master_keys"][bob.user] = theirs

        with self.keys_query(exchange):
            self.asks_again(carol.user_id, carol)
            self.proxy.forget()
            self.assertEqual(self.refused("send", carol, room=room, body="secret", wait=True, timeout=8000),
                             "PARVIS_OWN_IDENTITY_CHANGED")
            self.assertEqual(self.keys_for(eve), [])
            self.assertEqual(self.proxy.requests("/send/m.room.encrypted/.*"), [])
            status = carol.call("crypto_status")
            self.assertTrue(status["identity_changed"] and not status["verified"], status)
            self.asks_again(bob.user, carol)
            self.assertFalse(self.identity(bob.user, carol)["verified"])
            self.assertEqual(self.proxy.requests("/keys/signatures/upload"), [])
        self.asks_again(carol.user_id, carol)
        self.asks_again(bob.user, carol)
        status = carol.call("crypto_status")
        self.assertTrue(status["verified"] and status["cross_signing"], status)
        self.assertTrue(self.identity(bob.user, carol)["verified"])
        self.proxy.forget()
        carol.call("send", room=room, body="le serveur est de nouveau honnête", wait=True)
        self.assertEqual(self.keys_for(eve), [])

    def test_ourOwnIdentityIsHidden(self):
        """5.2.5: left out of the answers it is no other one, and nothing goes: keys, trust, and what was verified stay."""
        carol, _ = self.set_up_carol()
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        self.asks_again(bob.user, carol)
        verify(bob, carol, room)
        eve = self.forged(f"carol{self.number}", register=False)

        def hide(body):
            for part in ("master", "self_signing", "user_signing"):
                body.get(f"{part}_keys", {}).pop(carol.user_id, None)

        with self.keys_query(hide):
            self.asks_again(carol.user_id, carol)
            self.stays_ours(carol, bob, room, eve)
            carol.stop()
            carol.resume()
            self.asks_again(carol.user_id, carol)
            self.stays_ours(carol, bob, room, eve)
            self.assertEqual(self.proxy.requests("/keys/device_signing/upload"), [])
        # Afterwards another one is another one still.
        with self.exchanged(carol.user_id):
            self.asks_again(carol.user_id, carol)
            self.assertTrue(carol.call("crypto_status")["identity_changed"])

    def stays_ours(self, carol, bob, room, eve):
        status = carol.call("crypto_status")
        self.assertTrue(status["verified"] and status["cross_signing"] and status["identity_exists"], status)
        self.assertFalse(status["identity_changed"], status)
        told = self.identity(bob.user, carol)
        self.assertTrue(told["verified"] and not told["violated"], told)
        self.proxy.forget()
        carol.call("send", room=room, body="toujours", wait=True)
        self.assertEqual(self.keys_for(eve), [])

    def test_aResetShutsOutTheDevicesOfBefore(self):
        """One that was compared before is neither signed by the new identity nor told its keys: it may be why one resets."""
        carol = self.alone("carol", policy=SHIPPED)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        thief = self.forged(f"carol{self.number}", register=False)
        self.asks_again(carol.user_id, carol)
        verify(thief, carol, None)
        self.assertEqual(self.trust_of(thief, carol), "verified")
        self.proxy.forget()
        self.asks_for_secrets(thief, carol, "avant", "m.megolm_backup.v1")
        self.assertTrue(self.keys_for(thief))  # so that silence means something below
        version = carol.call("crypto_status")["backup"]["version"]

        carol.call("reset_identity", password=PASSWORD, timeout=60_000)
        carol.wait_idle()
        self.asks_again(carol.user_id, carol)

        self.assertEqual(self.trust_of(thief, carol), "unsigned")
        answer = thief.api.call("POST", "/keys/query", {"device_keys": {carol.user_id: []}})
        signer = next(iter(answer["self_signing_keys"][carol.user_id]["keys"]))
        signatures = answer["device_keys"][carol.user_id]
        self.assertIn(signer, signatures[carol.device_id]["signatures"][carol.user_id])
        self.assertNotIn(signer, signatures[thief.device]["signatures"][carol.user_id])
        self.assertNotEqual(carol.call("crypto_status")["backup"]["version"], version)
        self.proxy.forget()
        self.asks_for_secrets(thief, carol, "après", "m.cross_signing.master", "m.cross_signing.self_signing",
                              "m.cross_signing.user_signing", "m.megolm_backup.v1")
        room = carol.call("create_room", name="Essai", kind="private")["room_id"]
        carol.call("send", room=room, body="sans le voleur", wait=True)
        self.assertEqual(self.keys_for(thief), [])

    def trust_of(self, forged, alice):
        return {one["device_id"]: one["trust"] for one in alice.call("devices", user=forged.user)}[forged.device]

    def keys_for(self, forged):
        """What Parvis sent to the device, encrypted."""
        return [one for one in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")
                if forged.device in one["messages"].get(forged.user, {})]

    def asks_for_secrets(self, forged, alice, prefix, *names):
        self.proxy.deliver(*(forged.event({"action": "request", "name": name, "request_id": f"{prefix} {name}",
                                           "requesting_device_id": forged.device}, "m.secret.request")
                             for name in names))
        self.proxy.wait_delivered()
        alice.wait_idle()

    def test_aServerThatVerifiesForUs(self):
        """GHSA-4qg4-cvh2-crgg: where our identity is not known as ours, no signature of it makes anybody verified."""
        carol = self.alone("carol")
        bob = self.forged("bob")
        bob.identity()
        self.room_with(bob, alice=carol)
        double = Identity(self.forger, carol.user_id)
        objects = double.objects()
        theirs = double.signed(bob.own_identity.bare("master"), "user_signing")

        def lie(body):
            if carol.user_id in body["device_keys"]:
                for part in ("master", "self_signing", "user_signing"):
                    body.setdefault(f"{part}_keys", {})[carol.user_id] = objects[f"{part}_key"]
            if bob.user in body["device_keys"]:
                body["master_keys"][bob.user] = theirs

        with self.keys_query(lie):
            self.asks_again(carol.user_id, carol)
            self.asks_again(bob.user, carol)
            self.assertTrue(carol.call("crypto_status")["identity_exists"])
            self.assertFalse(carol.call("crypto_status")["verified"])
            self.assertFalse(self.identity(bob.user, carol)["verified"])
            self.assertEqual({one["trust"] for one in carol.call("devices", user=bob.user)}, {"signed"})

    def test_anIdentityOfTheServersMakingOnANewDevice(self):
        """Before the person has verified a new device, what its server calls their identity vouches for no device of theirs."""
        carol = self.alone("carol", policy=SHIPPED)
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(bob, alice=carol)
        eve = self.forged(f"carol{self.number}", register=False)
        double = Identity(self.forger, carol.user_id)
        objects = double.objects()
        signed_eve = double.signed(eve.keys(), "self_signing")

        def lie(body):
            if carol.user_id in body["device_keys"]:
                for part in ("master", "self_signing", "user_signing"):
                    body.setdefault(f"{part}_keys", {})[carol.user_id] = objects[f"{part}_key"]
                body["device_keys"][carol.user_id][eve.device] = signed_eve

        with self.keys_query(lie):
            self.asks_again(bob.user, carol)
            self.asks_again(carol.user_id, carol)
            self.assertEqual(self.trust_of(eve, carol), "signed")
            self.proxy.forget()
            carol.call("send", room=room, body="bonjour", wait=True)
            self.assertTrue(self.keys_for(bob))
            self.assertEqual(self.keys_for(eve), [])
            told = carol.call("readers", room=room)  # and the person sees that it does not read
            own = next(one for one in told["people"] if one["own"])
            self.assertEqual({one["device_id"]: one["exclusion"] for one in own["devices"]}[eve.device], "unverified")


if __name__ == "__main__":
    main()
