#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys and secrets that devices of one person ask each other for: who gets them, and from whom they are taken."""
import contextlib
import copy
import time

from forged import MEGOLM, Forged
from forged_verification import verify
from scene import PASSWORD, Attacks, main

FORWARDS = {"mandatory": {"key_forwarding": "own_devices"}}


class Gossip(Attacks):
    bootstrapped = False

    def carol_with_a_tablet(self):
        """Somebody alone, with a second device that she has compared, in a room with bob, whose message she read."""
        self.carol = self.alone("carol", policy=FORWARDS)
        self.carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        self.carol.wait_idle()
        self.tablet = self.another_device()
        verify(self.tablet, self.carol, None)
        self.bob = self.forged("bob")
        self.bob.identity()
        self.room = self.room_with(self.bob, alice=self.carol)
        self.bob.share(self.carol, self.room)
        self.reads(self.room, self.bob.say(self.room, "à elle seule"), "à elle seule", self.carol)
        self.session = self.bob.megolm(self.room)["session_id"]
        self.proxy.forget()

    def another_device(self):
        made = Forged(self.server, self.forger, self.carol.user_id[1:].split(":")[0], register=False)
        self.asks_again(self.carol.user_id, self.carol)
        return made

    def request(self, device, name):
        return {"action": "request", "request_id": f"{name} {time.time_ns()}", "requesting_device_id": device,
                "body": {"algorithm": MEGOLM, "room_id": self.room, "session_id": self.session,
                         "sender_key": self.bob.curve}}

    def told(self):
        """All that Parvis has sent encrypted: (user, device, the keys it is sealed for)."""
        self.proxy.wait_delivered()
        for _ in range(4):
            self.carol.wait_idle()
            time.sleep(0.2)
        return [(user, device, set(content["ciphertext"]))
                for body in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")
                for user, devices in body["messages"].items() for device, content in devices.items()]

    # --- Room keys

    def test_aRequestUnderAKnownDeviceIdWithOtherKeys(self):
        """CVE-2021-40823: the key goes to who was compared and to nobody else, whoever asks under which name."""
        self.carol_with_a_tablet()
        tablet, mallory = self.tablet, self.forged("mallory")
        stranger = self.another_device()
        with self.subTest("a device of hers that nobody compared"):
            self.proxy.forget()
            self.proxy.deliver(stranger.event(self.request(stranger.device, "unsigned"), "m.room_key_request"))
            self.assertEqual(self.told(), [])
        with self.subTest("somebody else, under the tablet's id"):
            self.proxy.deliver(mallory.event(self.request(tablet.device, "another user"), "m.room_key_request"))
            self.assertEqual(self.told(), [])
        with self.subTest("another device of hers, over Olm, under the tablet's id"):
            asked = stranger.encrypted(self.carol, "m.room_key_request", self.request(tablet.device, "over Olm"))
            stranger.tell(self.carol, asked)
            self.assertEqual(self.told(), [])
        with self.subTest("the tablet's id with other keys"):
            double = self.forger.call("account", name=f"double{self.number}")
            with self.keys_query(self.exchanges(tablet, double)):
                self.asks_again(self.carol.user_id, self.carol)
                self.proxy.forget()
                self.proxy.deliver(tablet.event(self.request(tablet.device, "other keys"), "m.room_key_request"))
                self.assertNotIn(double["curve"], {key for *_, keys in self.told() for key in keys})
        with self.subTest("the tablet"):  # so that silence means something above
            self.asks_again(self.carol.user_id, self.carol)
            self.proxy.forget()
            self.proxy.deliver(tablet.event(self.request(tablet.device, "itself"), "m.room_key_request"))
            self.assertEqual(self.told(), [(tablet.user, tablet.device, {tablet.curve})])

    def exchanges(self, device, double):
        """The server shows another account's keys, well signed by it, under the id of the device."""
        bare = {**device.bare_keys(), "keys": {f"curve25519:{device.device}": double["curve"],
                                               f"ed25519:{device.device}": double["ed"]}}
        made = self.forger.call("sign", name=f"double{self.number}", object=bare)["signature"]
        lie = {**bare, "signatures": {device.user: {f"ed25519:{device.device}": made}}}

        def bend(body):
            if device.user in body["device_keys"]:
                body["device_keys"][device.user][device.device] = copy.deepcopy(lie)
        return bend

    # --- The key of the backup

    @contextlib.contextmanager
    def backup_of_theirs(self, public):
        """The server shows a backup that nobody has signed, as long as `with` lasts; Parvis has started under it."""
        with self.proxy.rule("GET", "/room_keys/version", answer=lambda body, asked: {
                **body, "auth_data": {"public_key": public, "signatures": {}}, "version": "99"}):
            self.proxy.forget()
            self.restarts()
            yield
        self.restarts()

    def restarts(self):
        self.carol.stop()
        self.carol.resume()
        self.carol.wait_idle()

    def asked_for(self, name):
        """The id of the question for this secret that came to the tablet."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for body in self.proxy.requests("/sendToDevice/m.secret.request/.*"):
                content = body["messages"].get(self.tablet.user, {}).get(self.tablet.device, {})
                if content.get("name") == name and content.get("action") == "request":
                    return content["request_id"]
            time.sleep(0.1)
        self.fail("nobody was asked")

    def test_theKeyOfABackupThatIsNotOurs(self):
        """5.2.57: one that fits no backup which our identity has signed is kept aside: nothing goes there, and ours goes on."""
        self.carol_with_a_tablet()
        real = self.carol.call("crypto_status")["backup"]
        theirs = self.forger.call("pair", name=f"backup{self.number}")
        for what, key in (("of no backup at all", self.forger.call("signer")["seed"]),
                          ("of the one that the server shows", theirs["private"])):
            with self.subTest(what), self.backup_of_theirs(theirs["key"]):
                request = self.asked_for("m.megolm_backup.v1")
                self.tablet.tell(self.carol, self.tablet.encrypted(
                    self.carol, "m.secret.send", {"request_id": request, "secret": key}))
                self.told()
                self.bob.rotate(self.room)
                self.bob.share(self.carol, self.room)
                self.reads(self.room, self.bob.say(self.room, what), what, self.carol)
                self.told()
                backup = self.carol.call("crypto_status")["backup"]
                self.assertFalse(backup["readable"] or backup["trusted"], backup)
                self.assertEqual(self.proxy.requests("/room_keys/keys", "PUT"), [])
            backup = self.carol.call("crypto_status")["backup"]
            self.assertEqual((backup["version"], backup["trusted"], backup["readable"]), (real["version"], True, True))
            self.proxy.wait_request("/room_keys/keys", lambda body: body and self.room in body.get("rooms", {}), 30)


if __name__ == "__main__":
    main()
