# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""An ordinary member of an honest server whose devices, or whose one-time keys, are so large that an answer with them is not read:
it costs that member, and nobody else.
"""
import time

from forged import Forged
from scene import PASSWORD, SHIPPED, Attacks, main

BALLAST = "x" * (11 << 20)
MANY = 13  # together more than any client reads at once


class Floods(Attacks):
    bootstrapped = False

    def carol(self):
        carol = self.alone("carol", policy=SHIPPED)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        carol.wait_idle()
        return carol

    def another(self, person):
        """One more device of theirs, signed by their identity, but without its keys at the server yet."""
        device = Forged(self.server, self.forger, person.name, register=False, publish=False)
        device.own_identity = person.own_identity
        return device

    def device_ids(self, alice, user):
        return {one["device_id"] for one in alice.call("devices", user=user)}

    def wait_ids(self, alice, user, wanted, timeout=30):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and self.device_ids(alice, user) != wanted:
            time.sleep(0.5)
        self.assertEqual(self.device_ids(alice, user), wanted)

    def received(self, device):
        keys, _ = self.keys_sent_to(device)
        return [key["type"] for key in keys]

    def test_largeDevices(self):
        """Everybody else's devices stay those of today, and what is sent goes to these."""
        carol = self.carol()
        bob, mallory = self.forged("bob"), self.forged("mallory")
        bob.identity()
        room = self.room_with(bob, mallory, alice=carol)
        carol.call("send", room=room, body="un", wait=True)
        for _ in range(MANY):
            device = Forged(self.server, self.forger, mallory.name, register=False, publish=False)
            # Unsigned, as far as the server cares.
            keys = {**device.bare_keys(), "org.example.ballast": BALLAST,
                    "signatures": {device.user: {f"ed25519:{device.device}": "x" * 86}}}
            device.api.call("POST", "/keys/upload", {"device_keys": keys})
        second = self.another(bob)
        second.publish()
        second.sign_device()
        bob.api.call("POST", "/logout")

        self.wait_ids(carol, bob.user, {second.device})
        carol.call("send", room=room, body="deux", wait=True)
        carol.wait_idle()

        self.assertEqual(self.received(second), ["m.room_key"])
        self.assertEqual(self.device_ids(carol, mallory.user), {mallory.device})
        self.assertRegex("\n".join(carol.log_since(0)), r'note \d+ about [^\n]*"?devices')

    def test_largeOneTimeKeys(self):
        """The others get the key at once, and lose few of their own; the member's devices are told that they do not."""
        carol = self.carol()
        bob, mallory = self.forged("bob"), self.forged("mallory")
        bob.identity()
        mallory.identity()
        for _ in range(MANY):
            device = self.another(mallory)
            keys = {name: device.sign({"key": value["key"], "org.example.ballast": BALLAST})
                    for name, value in device.one_time_keys(1).items()}
            device.api.call("POST", "/keys/upload", {"device_keys": device.keys(), "one_time_keys": keys})
            device.sign_device()
        room = self.room_with(bob, mallory, alice=carol)
        self.asks_again(mallory.user, carol)
        self.assertEqual(len(self.device_ids(carol, mallory.user)), MANY + 1)
        before = self.left(bob)

        carol.call("send", room=room, body="un", wait=True, timeout=60_000)
        carol.wait_idle()

        self.assertEqual(self.received(bob), ["m.room_key"])
        self.assertGreaterEqual(self.left(bob), before - 3)
        self.assertEqual(self.received(mallory), ["m.room_key"])  # the one that does as all do
        _, told = self.keys_sent_to(device)
        self.assertEqual([one["code"] for one in told], ["m.no_olm"])
        self.proxy.forget()
        carol.call("send", room=room, body="deux", wait=True)
        self.assertEqual(self.proxy.requests("/keys/claim"), [])

    def left(self, device):
        return device.api.call("POST", "/keys/upload", {})["one_time_key_counts"]["signed_curve25519"]


if __name__ == "__main__":
    main()
