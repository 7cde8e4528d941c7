#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes to the device: forged, replayed, in clear, without end. And one-time keys that are not what they say."""
import time

from forged import MEGOLM
from scene import Attacks, main

FLOOD = 100_000


class ToDevice(Attacks):
    def key_of(self, bob, room, **over):
        """A new session of bob's whose key comes in a bent message; an event that only it could open."""
        bob.rotate(room)
        plaintext = {**bob.plaintext(self.alice, "m.room_key", bob.room_key(room)), **over}
        bob.tell(self.alice, bob.seal(self.alice, {key: value for key, value in plaintext.items()
                                                   if value is not None}))
        return bob.say(room, "forgé")

    def test_everyFieldOfThePlaintext(self):
        """5.2.12 and CVE-2026-45056: each one alone makes the message nothing; the next good one is read."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.room_with(bob, mallory)
        stolen = mallory.keys()
        wrong = {
            "PARVIS_OLM_SENDER": {"sender": mallory.user},
            "PARVIS_OLM_RECIPIENT": {"recipient": mallory.user},
            "PARVIS_OLM_RECIPIENT_KEY": {"recipient_keys": {"ed25519": mallory.ed}},
            "PARVIS_OLM_SENDER_KEY": {"keys": {}},
            "PARVIS_OLM_DEVICE_KEYS_USER": {"sender_device_keys": stolen},
            "PARVIS_OLM_DEVICE_KEYS_MISMATCH": {"sender_device_keys": bob.sign(
                {**bob.bare_keys(), "keys": {f"curve25519:{bob.device}": mallory.curve,
                                             f"ed25519:{bob.device}": bob.ed}})},
            "PARVIS_OLM_DEVICE_KEYS": {"sender_device_keys": {**bob.keys(), "algorithms": ["x"]}},
            "PARVIS_OLM_PLAINTEXT": {"type": ""},
        }
        for code, over in wrong.items():
            with self.subTest(code):
                event = self.key_of(bob, room, **over)
                self.settle()
                self.assertEqual(self.unreadable(room, event), "key_not_arrived")
                self.assertIn(code, self.log())
        with self.subTest("another signing key than the device's"):
            event = self.key_of(bob, room, keys={"ed25519": mallory.ed}, sender_device_keys=None)
            self.settle()
            self.assertEqual(self.unreadable(room, event), "key_not_arrived")
        self.reads(room, self.key_of(bob, room), "forgé")

    def test_theServerChangesTheSenderOfAMessage(self):
        """5.2.12: what bob sent does not become mallory's."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.room_with(bob, mallory)
        sealed = bob.encrypted(self.alice, "m.room_key", bob.room_key(room))
        self.proxy.deliver(bob.event(sealed, sender=mallory.user))
        self.settle()
        self.assertIn("PARVIS_OLM_SENDER", self.log())
        self.assertEqual(self.unreadable(room, bob.say(room, "de qui ?")), "key_not_arrived")

    def test_anOldMessageAgainAfterARestart(self):
        """5.2.13: ignored without a word: no new session, nothing for the sender."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        sealed = bob.encrypted(self.alice, "m.room_key", bob.room_key(room))
        bob.tell(self.alice, sealed)
        self.reads(room, bob.say(room, "une fois"), "une fois")
        self.alice.stop()
        self.alice.resume()
        self.alice.wait_idle()
        self.proxy.forget()
        start = self.alice.log_size()

        for _ in range(3):
            self.proxy.deliver(bob.event(sealed))
            self.settle()
        self.alice.wait_idle()

        self.assertEqual(self.proxy.requests("/keys/claim"), [])
        self.assertEqual(self.proxy.requests("/sendToDevice/.*"), [])
        self.assertNotIn("note 8 ", "\n".join(self.alice.log_since(start)))
        self.reads(room, bob.say(room, "toujours"), "toujours")

    def test_aFloodOfBadMessages(self):
        """5.2.14: bounded work, at most one new session for the device, and the next good message is read."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        self.reads(room, bob.say(room, "avant"), "avant")
        curve, _ = bob.victim_keys(self.alice)
        self.proxy.forget()
        bodies = ("AwogyNlEGLVTnEzX8iJWCbQGAYS2tSzkWKEgQ4ZlBHXSUVQQABgCAAAAAAAAAAAAAAAAAAAAAAA%06d" % number
                  for number in range(FLOOD))
        flood = [bob.event({"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": bob.curve,
                            "ciphertext": {curve: {"type": 1, "body": body}}}) for body in bodies]
        began = time.monotonic()

        self.proxy.deliver(*flood)
        self.proxy.wait_delivered(60)
        self.alice.call("wait_idle", timeout=60_000)

        self.assertLess(time.monotonic() - began, 60)
        self.assertLessEqual(len(self.proxy.requests("/keys/claim")), 1)
        bob.rotate(room)
        bob.share(self.alice, room)
        self.reads(room, bob.say(room, "après"), "après")

    def test_keysAndSecretsInClear(self):
        """5.2.15: none of them counts."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        key = bob.room_key(room)
        forwarded = {**key, "sender_key": bob.curve, "sender_claimed_ed25519_key": bob.ed,
                     "forwarding_curve25519_key_chain": []}
        self.proxy.deliver(bob.event(key, "m.room_key"), bob.event(forwarded, "m.forwarded_room_key"),
                           bob.event({"request_id": "1", "secret": "A" * 43}, "m.secret.send"),
                           bob.event({"room_id": room, "file": {}}, "m.room_key_bundle"),
                           bob.event({"room_id": room, "file": {}}, "io.element.msc4268.room_key_bundle"))
        self.settle()

        self.assertEqual(self.log().count("PARVIS_OLM_IN_CLEAR"), 5)
        self.assertEqual(self.unreadable(room, bob.say(room, "en clair")), "key_not_arrived")

    def test_forwardedKeysThatNobodyAskedFor(self):
        """CVE-2022-39249: a key that comes by itself opens nothing, whoever seals it."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.room_with(bob, mallory)
        forwarded = {**bob.room_key(room), "sender_key": bob.curve, "sender_claimed_ed25519_key": bob.ed,
                     "forwarding_curve25519_key_chain": []}
        mallory.tell(self.alice, mallory.encrypted(self.alice, "m.forwarded_room_key", forwarded))
        event = bob.say(room, "transmis")
        self.settle()
        self.assertEqual(self.unreadable(room, event), "key_not_arrived")

    def test_messagesSealedWithARoomsKey(self):
        """5.2.16, CVE-2022-39248: Megolm to a device is nothing, even where the session is known."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        self.reads(room, bob.say(room, "connu"), "connu")
        other = self.forger.call("megolm", session=f"other-{self.number}")
        inside = bob.encrypt(room, None, type="m.room_key", sender=bob.user, recipient=self.alice.user_id,
                             keys={"ed25519": bob.ed},
                             content={"algorithm": MEGOLM, "room_id": room, **{
                                 key: other[key] for key in ("session_id", "session_key")}})
        self.proxy.deliver(bob.event(inside))
        self.settle()

        bob._megolm[room] = f"other-{self.number}"
        self.assertEqual(self.unreadable(room, bob.say(room, "par la salle")), "key_not_arrived")

    def test_keysOfLowOrderAndOfOthersHands(self):
        """5.2.17 and 18: a one-time key that is weak, signed by another device or with another flag opens no session."""
        for what in ("low order", "another device", "flag added", "flag taken away", "two keys", "unsigned"):
            with self.subTest(what):
                bob = self.forged(f"bob{what.replace(' ', '')}")
                second = self.forged(bob.name, register=False)
                room = self.room_with(bob)
                good = bob.forger.call("pair", name="otk")["key"]
                keys = {
                    "low order": {"signed_curve25519:A": bob.sign({"key": "A" * 43})},
                    "another device": {"signed_curve25519:A": second.sign({"key": good})},
                    "flag added": {"signed_curve25519:A": {**bob.sign({"key": good}), "fallback": True}},
                    "flag taken away": {"signed_curve25519:A": {
                        key: value for key, value in bob.sign({"key": good, "fallback": True}).items()
                        if key != "fallback"}},
                    "two keys": {"signed_curve25519:A": bob.sign({"key": good}),
                                 "signed_curve25519:B": bob.sign({"key": good})},
                    "unsigned": {"signed_curve25519:A": {"key": good}},
                }[what]

                def lie(body, asked, keys=keys, bob=bob):
                    if bob.device in body["one_time_keys"].get(bob.user, {}):
                        body["one_time_keys"][bob.user][bob.device] = keys
                    return body

                self.proxy.forget()
                with self.proxy.rule("POST", "/keys/claim", answer=lie):
                    self.says(room, "bonjour")
                sent = [body["messages"].get(bob.user, {})
                        for body in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")]
                self.assertFalse(any(bob.device in one for one in sent), sent)

    def test_oneKeyOfOursForTwo(self):
        """5.2.19: a one-time key that the server hands out twice opens one session, the first."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.room_with(bob, mallory)
        curve, ed = bob.victim_keys(self.alice)
        claimed = bob.api.call("POST", "/keys/claim", {
            "one_time_keys": {self.alice.user_id: {self.alice.device_id: "signed_curve25519"}}})
        key = next(iter(claimed["one_time_keys"][self.alice.user_id][self.alice.device_id].values()))["key"]
        for one in (bob, mallory):
            session = f"{one.account}-same"
            self.forger.call("olm_open", name=one.account, session=session, curve=curve, one_time_key=key)
            one._to[self.alice.user_id, self.alice.device_id] = session, curve, ed

        bob.share(self.alice, room)
        self.reads(room, bob.say(room, "le premier"), "le premier")
        mallory.share(self.alice, room)
        event = mallory.say(room, "le second")
        self.settle()

        self.assertEqual(self.unreadable(room, event), "key_not_arrived")
        self.reads(room, bob.say(room, "encore le premier"), "encore le premier")

    def test_aBrokenMessageSoonAfterAGoodSession(self):
        """5.2.14: a session of this hour is given a chance: bad messages bring no new one."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        self.reads(room, bob.say(room, "avant"), "avant")
        curve, _ = bob.victim_keys(self.alice)
        broken = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": bob.curve, "ciphertext": {curve: {
            "type": 1, "body": "AwogyNlEGLVTnEzX8iJWCbQGAYS2tSzkWKEgQ4ZlBHXSUVQQABgCAAAAAAAAAAAAAAAAAAAAAAAAAA"}}}
        self.proxy.forget()
        for _ in range(3):
            self.proxy.deliver(bob.event(broken))
            self.settle()
        self.assertEqual(self.proxy.requests("/keys/claim"), [])

    def test_aDeviceThatChangedItsCurveKey(self):
        """5.2.20: what is broken and names the key of before brings no new session; a device that stayed the same gets one."""
        for what in ("the same", "another one"):
            with self.subTest(what):
                bob = self.forged(f"bob{what.replace(' ', '')}")
                self.room_with(bob)
                self.asks_again(bob.user)
                before = bob.curve
                if what == "another one":
                    bob.curve = self.forger.call("account", name=f"curve{self.number}")["curve"]
                    lie = bob.keys()
                    with self.keys_query(lambda body, bob=bob, lie=lie: body["device_keys"].get(bob.user, {}).update(
                            {bob.device: lie})):
                        self.asks_again(bob.user)
                self.proxy.forget()
                self.proxy.deliver(self.broken(bob, before))
                self.settle()
                time.sleep(0.3)
                self.assertEqual(self.claimed(bob), what == "the same")
        # So that silence meant something: the key of now is known, and does bring one.
        self.proxy.deliver(self.broken(bob, bob.curve))
        self.proxy.wait_request("/keys/claim", lambda body: bob.user in body["one_time_keys"])

    def broken(self, bob, curve):
        ours, _ = bob.victim_keys(self.alice)
        body = "AwogyNlEGLVTnEzX8iJWCbQGAYS2tSzkWKEgQ4ZlBHXSUVQQABgCAAAAAAAAAAAAAAAAAAAAAAAAAA"
        return bob.event({"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": curve,
                          "ciphertext": {ours: {"type": 1, "body": body}}})

    def claimed(self, bob):
        return any(bob.user in body["one_time_keys"] for body in self.proxy.requests("/keys/claim"))


if __name__ == "__main__":
    main()
