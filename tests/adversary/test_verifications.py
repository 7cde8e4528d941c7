#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verifications with somebody, or a server, who cheats: none of them ends in trust."""
import base64
import contextlib
import time

from forged import Identity
from forged_verification import ForgedSas, verify
from json_lines import CommandError
from scene import Attacks, main


class Stage(Attacks):
    """Alice, and bob with an identity, in a room of theirs."""

    def forged_own(self):
        """A device that signed in as alice, and that nobody signed."""
        own = self.forged("alice", register=False)
        self.addCleanup(own.api.call, "POST", "/logout")
        self.asks_again(self.alice.user_id)
        self.assertEqual(self.trust(self.alice.user_id)[own.device], "unsigned")
        return own

    def setUp(self):
        super().setUp()
        self.bob = self.forged("bob")
        self.bob.identity()
        self.room = self.room_with(self.bob)
        self.asks_again(self.bob.user)

    def tearDown(self):
        # Whatever is left open is ended, so that the next test starts alone.
        for one in self.alice.call("verifications"):
            if one["state"] not in ("done", "cancelled", "passive"):
                self.alice.call("cancel", txn=one["txn"])
        super().tearDown()


class Verifications(Stage):
    def asked(self, **over):
        """Bob has asked and alice accepted."""
        sas = ForgedSas(self.bob, self.alice, self.room)
        flow = sas.request(**over)
        self.alice.call("wait_verification", txn=flow, state="requested", timeout=20_000)
        self.alice.call("accept", txn=flow)
        sas.hear("ready")
        return sas

    def compared(self):
        """Both see the same emoji."""
        sas = self.asked()
        sas.start(**{"org.example.unknown": {"é": [1, 2]}})
        self.promise = sas.hear("accept")
        sas.key()
        sas.hear("key")
        shown = self.alice.call("sas", txn=sas.flow, timeout=20_000)
        self.assertEqual([one["symbol"] for one in shown["emoji"]], sas.sas(alice_started=False)[0])
        return sas

    def ends(self, sas, code):
        end = self.alice.call("wait_verification", txn=sas.flow, timeout=20_000)
        self.assertEqual((end["state"], end.get("code")), ("cancelled", code))
        self.nobody_trusted()

    def nobody_trusted(self):
        self.alice.wait_idle()
        self.assertFalse(self.identity(self.bob.user)["verified"])
        self.assertNotIn("verified", self.trust(self.bob.user).values())

    def test_anHonestOneEndsInTrust(self):
        """So that the others show something."""
        verify(self.bob, self.alice, self.room)
        self.assertTrue(self.identity(self.bob.user)["verified"])
        self.assertEqual(self.trust(self.bob.user), {self.bob.device: "verified"})

    def test_thePromiseIsOverTheBytesThatCame(self):
        """5.2.40: what alice promises holds over bob's start, unknown members included."""
        sas = self.compared()
        start = {"from_device": self.bob.device, "method": "m.sas.v1",
                 "key_agreement_protocols": ["curve25519-hkdf-sha256"], "hashes": ["sha256"],
                 "message_authentication_codes": ["hkdf-hmac-sha256.v2"],
                 "short_authentication_string": ["decimal", "emoji"], "org.example.unknown": {"é": [1, 2]},
                 "m.relates_to": {"rel_type": "m.reference", "event_id": sas.flow}}
        made = self.forger.call("commitment", key=sas.theirs, start=start)["commitment"]
        self.assertEqual(self.promise["commitment"], made)

    def test_aKeyThatWasNotPromised(self):
        """5.2.40: bob shows another key than the one that he promised."""
        sas = self.asked()
        self.alice.call("start_sas", txn=sas.flow)
        sas.hear("start")
        sas.accept()
        sas.hear("key")
        sas.key(self.forger.call("pair", name="another")["key"])
        self.ends(sas, "m.mismatched_commitment")

    def test_aKeyOfLowOrder(self):
        """5.2.46: nothing is agreed on with a key that everybody can guess."""
        sas = self.asked()
        sas.start()
        sas.hear("accept")
        sas.key("A" * 43)
        self.ends(sas, "m.key_mismatch")

    def test_aKeyAtAnotherTime(self):
        """5.2.41: before anything was started, and a second time."""
        sas = self.asked()
        sas.key(self.forger.call("pair", name="early")["key"])
        self.ends(sas, "m.unexpected_message")

        sas = self.compared()
        sas.key()
        self.ends(sas, "m.unexpected_message")

    def raced(self):
        """Alice and bob begin at the same time."""
        sas = self.asked()
        self.alice.call("start_sas", txn=sas.flow)
        sas.hear("start")
        sas.start()
        return sas

    def compares(self, sas, alice_started):
        shown = self.alice.call("sas", txn=sas.flow, timeout=20_000)
        self.assertEqual([one["symbol"] for one in shown["emoji"]], sas.sas(alice_started)[0])
        self.alice.call("confirm", txn=sas.flow)
        sas.hear("mac")
        sas.mac(sas.honest_keys())
        sas.hear("done")
        self.assertTrue(self.identity(self.bob.user)["verified"])

    def test_bothStartAtOnce(self):
        """5.2.42: hers counts, whose name comes first, and his is as if it had never been."""
        sas = self.raced()
        sas.accept()
        sas.hear("key")
        sas.key()
        self.compares(sas, alice_started=True)

    def test_bothStartAtOnceAndTheOtherOneCounts(self):
        """5.2.42: his counts; a second one afterwards ends it all, and nobody is trusted."""
        self.bob = self.forged("aaron")
        self.bob.identity()
        self.room = self.room_with(self.bob)
        self.asks_again(self.bob.user)
        sas = self.raced()
        sas.hear("accept")
        sas.key()
        sas.hear("key")
        self.compares(sas, alice_started=False)

        self.bob = self.forged("abel")
        self.bob.identity()
        self.room = self.room_with(self.bob)
        self.asks_again(self.bob.user)
        sas = self.raced()
        sas.hear("accept")
        sas.start()
        self.ends(sas, "m.unexpected_message")

    def test_theLosersPromiseCountsForNothing(self):
        """5.2.42: bob, whose start does not count, cannot go on as if it did: his key was never promised."""
        sas = self.raced()
        sas.key()
        self.ends(sas, "m.unexpected_message")

    def confirmed(self, keys, bend=None):
        sas = self.compared()
        self.alice.call("confirm", txn=sas.flow)
        sas.hear("mac")
        sas.mac(keys(sas), bend)
        return sas

    def test_macsThatVouchForSomethingElse(self):
        """5.2.43: another key under the device's id; of the identity; and the two lists that do not fit."""
        other = self.forger.call("signer")["key"]
        master = self.bob.own_identity.key("master")
        for what, keys in (("device", {f"ed25519:{self.bob.device}": other}),
                           ("master", {f"ed25519:{self.bob.device}": self.bob.ed, f"ed25519:{master}": other})):
            with self.subTest(what):
                self.ends(self.confirmed(lambda sas, keys=keys: keys), "m.key_mismatch")
        for what, bend in (("no list", lambda made: {**made, "keys": made["mac"][f"ed25519:{self.bob.device}"]}),
                           ("one taken out", lambda made: {**made, "mac": {}}),
                           ("one put in", lambda made: {**made, "mac": {**made["mac"], "ed25519:X": "x" * 43}})):
            with self.subTest(what):
                self.ends(self.confirmed(lambda sas: sas.honest_keys(), bend), "m.key_mismatch")

    def test_macsThatVouchForNothing(self):
        """5.2.43: unknown ids, none, the device's alone, which says nothing of a person: nobody is trusted, however it ends."""
        for what, keys in (("unknown", {"ed25519:UNKNOWN": self.bob.ed}), ("nothing", {}),
                           ("the device", {f"ed25519:{self.bob.device}": self.bob.ed})):
            with self.subTest(what):
                sas = self.confirmed(lambda _, keys=keys: keys)
                self.alice.call("wait_idle")
                time.sleep(0.5)
                self.nobody_trusted()
                self.assertTrue(sas.flow)
                self.tearDown()

    def test_aDeviceNamedLikeTheIdentity(self):
        """CVE-2022-39250: a device whose id is the master key is no device, and cannot be verified with."""
        master = self.bob.own_identity.key("master")
        twin = {**self.bob.bare_keys(device_id=master)}
        lie = self.bob.sign(twin, master)
        with self.keys_query(lambda body: body["device_keys"].get(self.bob.user, {}).update({master: lie})
                             if self.bob.user in body["device_keys"] else None):
            self.asks_again(self.bob.user)
            self.assertNotIn(master, self.trust(self.bob.user))
            sas = ForgedSas(self.bob, self.alice, self.room)
            flow = sas.request(from_device=master)
            self.alice.wait_idle()
            time.sleep(0.5)
            self.assertNotIn(flow, [one["txn"] for one in self.alice.call("verifications")])

    def test_keysThatChangeOnTheWay(self):
        """5.2.44: the server exchanges bob's identity while the two compare."""
        sas = self.compared()
        with self.exchanged(self.bob.user):
            self.asks_again(self.bob.user)
            self.alice.call("confirm", txn=sas.flow)
            sas.hear("mac")
            sas.mac(sas.honest_keys())
            self.ends(sas, "m.key_mismatch")

    def test_requestsThatAreNotForUs(self):
        """5.2.45: to another user, old, by to-device of another person, the same one again, from no device."""
        sas = ForgedSas(self.bob, self.alice, self.room)
        flows = [sas.request(to=self.bob.user), sas.request(from_device="NOBODY")]
        direct = ForgedSas(self.bob, self.alice)
        flows.append(direct.request())
        self.server.date_events(int(time.time() * 1000) - 11 * 60_000)
        try:
            flows.append(sas.request())
        finally:
            self.server.date_events(None)
        self.alice.wait_idle()
        time.sleep(0.5)
        known = [one["txn"] for one in self.alice.call("verifications")]
        self.assertEqual([one for one in flows if one in known], [])

    def test_theServerAsksAgainWhatWasOver(self):
        """5.2.45: the event of a verification that is over begins nothing."""
        sas = self.asked()
        self.alice.call("cancel", txn=sas.flow)
        event = self.bob.api.call("GET", f"/rooms/{self.room}/event/{sas.flow}")

        def again(where, one):
            return [event, one] if one.get("event_id") != sas.flow else one

        self.proxy.each_event(again)
        self.bob.api.send(self.room, "du bruit")
        self.alice.wait_idle()
        self.assertEqual([one["state"] for one in self.alice.call("verifications") if one["txn"] == sas.flow],
                         ["cancelled"])

    def test_thirdPersonsInTheRoom(self):
        """5.2.49: what somebody else says in a verification of two is nothing."""
        carol = self.forged("carol")
        self.server.acting(self.alice.user_id).invite(self.room, carol.user)
        carol.api.join(self.room)
        self.sees_member(self.room, carol.user)
        sas = self.compared()
        sas.say("cancel", {"code": "m.user", "reason": "non"}, sender=carol)
        sas.say("mac", {"mac": {}, "keys": "x"}, sender=carol)
        sas.say("done", {}, sender=carol)
        self.alice.wait_idle()
        states = {one["txn"]: one["state"] for one in self.alice.call("verifications")}
        self.assertEqual(states[sas.flow], "comparing")
        self.alice.call("confirm", txn=sas.flow)
        sas.hear("mac")
        sas.mac(sas.honest_keys())
        self.assertTrue(sas.hear("done") is not None)
        self.assertTrue(self.identity(self.bob.user)["verified"])

    def test_codesThatLie(self):
        """5.2.47: of another flow, with another identity or device, of another kind, cut short: none gives trust."""
        own = self.forged_own()
        master_ours = self.master_of_alice()
        other = self.forger.call("signer")["key"]

        def code(flow, first=own.ed, second=master_ours, mode=2, secret=b"s" * 32):
            raw = flow.encode()
            keys = b"".join(base64.b64decode(key + "=") for key in (first, second))
            return base64.b64encode(b"MATRIX\x02" + bytes([mode]) + len(raw).to_bytes(2, "big") + raw + keys
                                    + secret).decode()

        bent = {"another identity": {"second": other}, "another device": {"first": other},
                "the keys exchanged": {"first": master_ours, "second": own.ed}, "two people's": {"mode": 0},
                "the other side's": {"mode": 1}, "a short secret": {"secret": b"s" * 7}, "another flow's": {"flow": "another"}}
        for what, how in bent.items():
            with self.subTest(what):
                sas = self.ready_with(own)
                self.scans(sas, code(how.pop("flow", sas.flow), **how))
                self.own_stays_unsigned(own, sas)

    def scans(self, sas, data):
        """Whether it is refused at once or ends the verification: the state says so afterwards."""
        with contextlib.suppress(CommandError):
            self.alice.call("scan", txn=sas.flow, data_base64=data)

    def ready_with(self, own):
        sas = ForgedSas(own, self.alice)
        sas.request(methods=["m.sas.v1", "m.qr_code.show.v1", "m.reciprocate.v1"])
        self.alice.call("wait_verification", txn=sas.flow, state="requested", timeout=20_000)
        self.alice.call("accept", txn=sas.flow)
        self.alice.call("wait_verification", txn=sas.flow, state="ready", timeout=20_000)
        return sas

    def own_stays_unsigned(self, own, sas):
        sas.done()
        self.alice.wait_idle()
        time.sleep(0.3)
        self.assertEqual(self.trust(self.alice.user_id)[own.device], "unsigned")
        states = {one["txn"]: one["state"] for one in self.alice.call("verifications")}
        self.assertNotEqual(states[sas.flow], "done")
        if states[sas.flow] not in ("cancelled", "passive"):
            self.alice.call("cancel", txn=sas.flow)

    def master_of_alice(self):
        answer = self.bob.api.call("POST", "/keys/query", {"device_keys": {self.alice.user_id: []}})
        return next(iter(answer["master_keys"][self.alice.user_id]["keys"].values()))


class Storm(Stage):
    def test_aThousandRequestsOfOurOwnDevices(self):
        """5.2.48: as many as a person could look at, and the client goes on."""
        own = self.forged_own()
        now = int(time.time() * 1000)
        self.proxy.deliver(*(own.event({"from_device": own.device, "methods": ["m.sas.v1"],
                                        "transaction_id": f"storm{number}", "timestamp": now},
                                       "m.key.verification.request") for number in range(1000)))
        self.settle()
        open_ones = [one for one in self.alice.call("verifications")
                     if one["state"] not in ("done", "cancelled", "passive")]
        self.assertLessEqual(len(open_ones), 10)
        self.assertTrue(self.says(self.room, "tout va bien"))


if __name__ == "__main__":
    main()
