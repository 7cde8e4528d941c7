#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the server and members do to the messages of a room, and to its settings."""
import base64
import contextlib
import json
import time

from forged import MEGOLM
from json_lines import CommandError
from matrix_api import quote
from scene import Attacks, main

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


def with_other_signature(ciphertext):
    """The same message with S + L in its signature: another text, and as good to a reader who is not strict."""
    data = base64.b64decode(ciphertext + "=" * (-len(ciphertext) % 4))
    scalar = int.from_bytes(data[-32:], "little") + GROUP_ORDER
    return base64.b64encode(data[:-32] + scalar.to_bytes(32, "little")).decode().rstrip("=")


class Rooms(Attacks):
    def known(self, *people, **more):
        """A room with them in it, and a message of the first one that alice has read."""
        room = self.room_with(*people, **more)
        people[0].share(self.alice, room)
        self.reads(room, people[0].say(room, "bonjour"), "bonjour")
        return room

    # --- Messages

    def test_theSameMessageAgain(self):
        """5.2.22: under another event id it is a replay, whoever sends it; with another signature it is damaged."""
        bob = self.forged("bob")
        room = self.known(bob)
        content = bob.encrypt(room, "une seule fois")
        first = bob.api.send(room, content, "m.room.encrypted")
        self.reads(room, first, "une seule fois")

        again = bob.api.send(room, content, "m.room.encrypted")
        malleated = bob.api.send(room, {**content, "ciphertext": with_other_signature(content["ciphertext"])},
                                 "m.room.encrypted")

        self.assertEqual(self.unreadable(room, again), "replayed")
        self.assertEqual(self.unreadable(room, malleated), "damaged")
        self.reads(room, first, "une seule fois")

    def test_theServerRepeatsAMessage(self):
        """5.2.22: an event that the server makes up from an old one; also after a restart."""
        bob = self.forged("bob")
        room = self.known(bob)
        event = bob.say(room, "virement de 10 €")
        self.reads(room, event, "virement de 10 €")

        def repeat(where, one):
            if one.get("type") != "m.room.encrypted" or one.get("event_id") == event or "copy" in one["event_id"]:
                return one
            copied = {**old, "event_id": f"$copy{self.number}", "origin_server_ts": old["origin_server_ts"] + 60_000}
            return [copied, one]

        old = bob.api.call("GET", f"/rooms/{quote(room)}/event/{quote(event)}")
        self.alice.stop()
        self.alice.resume()
        self.proxy.each_event(repeat)
        self.reads(room, bob.say(room, "autre chose"), "autre chose")
        self.assertEqual(self.unreadable(room, f"$copy{self.number}"), "replayed")

    def test_aMessageOfAnotherRoom(self):
        """5.2.23: even where its key is known in both rooms."""
        bob = self.forged("bob")
        one, other = self.known(bob), self.room_with(bob)
        bob.share(self.alice, one, room_id=other)
        content = bob.encrypt(one, "pour l'autre salle")
        moved = bob.api.send(other, content, "m.room.encrypted")
        self.assertEqual(self.unreadable(other, moved), "replayed")
        self.reads(one, bob.say(one, "à sa place"), "à sa place")

    def test_aKeyUnderAnotherName(self):
        """5.2.24: what a key opens is what its own public key says, not the message that brings it."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.known(bob, mallory)
        mallory.share(self.alice, room, session_id=bob.megolm(room)["session_id"])
        self.settle()
        self.assertIn("session id", self.log())
        self.reads(room, bob.say(room, "toujours de Bob"), "toujours de Bob")

    def test_theServerExchangesTheSender(self):
        """5.2.25, CVE-2025-48937: bob's message under mallory's name is not read: no key of hers came."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.known(bob, mallory)

        def exchange(where, one):
            if one.get("type") == "m.room.encrypted" and one.get("sender") == bob.user:
                return {**one, "sender": mallory.user}
            return one

        self.proxy.each_event(exchange)
        event = bob.say(room, "de Bob")
        self.assertEqual(self.unreadable(room, event), "key_not_arrived")

    def test_aMemberPassesOnAnothersKey(self):
        """5.2.25 and 26: with bob's key, mallory writes nothing in his name and takes nothing from him."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.known(bob, mallory)
        theirs = bob.room_key(room)
        mallory.tell(self.alice, mallory.encrypted(self.alice, "m.room_key", theirs))
        self.settle()
        self.reads(room, bob.say(room, "encore Bob"), "encore Bob")
        self.assertEqual(self.item(room, bob.say(room, "et lui"))["sender"], bob.user)

    def test_anImportedKeyWithAnotherRatchet(self):
        """5.2.26 and 27: an export under the same session id replaces nothing that came over Olm."""
        bob = self.forged("bob")
        room = self.known(bob)
        session = bob.megolm(room)
        other = self.forger.call("megolm", session=f"disconnected-{self.number}")
        made = self.forger.call("megolm_take", session=f"in-{self.number}", key=other["session_key"])
        mixed = bytearray(base64.b64decode(made["exported"] + "=="))
        own = self.forger.call("megolm_take", session=f"own-{self.number}", key=session["session_key"])
        mixed[133:165] = base64.b64decode(own["exported"] + "==")[133:165]
        exported = base64.b64encode(bytes(mixed)).decode().rstrip("=")
        record = {"algorithm": MEGOLM, "room_id": room, "session_id": session["session_id"],
                  "session_key": exported, "sender_key": bob.curve,
                  "sender_claimed_keys": {"ed25519": bob.ed}, "forwarding_curve25519_key_chain": []}
        text = self.alice.call("eval", what="key_export_encrypt",
                               input={"sessions": [record], "passphrase": "sésame", "rounds": 100_000})["text"]
        path = f"{self.alice.folder}/keys-{self.number}.txt"
        with open(path, "w") as file:
            file.write(text)

        counts = self.alice.call("import_keys", path=path, passphrase="sésame", timeout=60_000)

        self.assertEqual(counts["imported"], 0, counts)
        item = self.reads(room, bob.say(room, "avec la vraie clé"), "avec la vraie clé")
        self.assertNotEqual(item.get("shield_reason"), "key_from_elsewhere")

    def test_whatAnExportOpensIsMarked(self):
        """5.2.27: readable, and grey: nothing says whose key it is."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        session = bob.megolm(room)
        event = bob.say(room, "d'un fichier")
        made = self.forger.call("megolm_take", session=f"file-{self.number}", key=session["session_key"])
        record = {"algorithm": MEGOLM, "room_id": room, "session_id": session["session_id"],
                  "session_key": made["exported"], "sender_key": bob.curve,
                  "sender_claimed_keys": {"ed25519": bob.ed}, "forwarding_curve25519_key_chain": []}
        text = self.alice.call("eval", what="key_export_encrypt",
                               input={"sessions": [record], "passphrase": "sésame", "rounds": 100_000})["text"]
        path = f"{self.alice.folder}/keys-{self.number}.txt"
        with open(path, "w") as file:
            file.write(text)
        self.alice.call("import_keys", path=path, passphrase="sésame", timeout=60_000)
        item = self.alice.call("wait_message", room=room, event_id=event, readable=True, timeout=20_000)
        self.assertEqual((item["body"], item["shield"], item["shield_reason"]),
                         ("d'un fichier", "grey", "key_from_elsewhere"))

    def test_refusalsOfStrangers(self):
        """5.2.35: what a stranger says of bob's key keeps nothing from being read when the key comes."""
        bob, stranger = self.forged("bob"), self.forged("stranger")
        room = self.known(bob)
        bob.rotate(room)
        session = bob.megolm(room)
        event = bob.say(room, "la clé suit")
        stranger.tell(self.alice, {"algorithm": MEGOLM, "room_id": room, "session_id": session["session_id"],
                                   "sender_key": bob.curve, "code": "m.blacklisted", "reason": "<b>non</b>"},
                      "m.room_key.withheld")
        self.settle()
        bob.tell(self.alice, bob.encrypted(self.alice, "m.room_key", {
            **bob.room_key(room), "session_key": session["session_key"]}))
        item = self.alice.call("wait_message", room=room, event_id=event, readable=True, timeout=20_000)
        self.assertEqual(item["body"], "la clé suit")

    def test_refusalsBeforeAndAfterTheirMessage(self):
        """5.2.35: before or after, the sender's word explains the message; a later word of his replaces it."""
        bob = self.forged("bob")
        room = self.known(bob)

        def withholds(code):
            bob.tell(self.alice, {"algorithm": MEGOLM, "room_id": room, "sender_key": bob.curve, "code": code,
                                  "session_id": bob.megolm(room)["session_id"]}, "m.room_key.withheld")
            self.settle()

        bob.rotate(room)
        withholds("m.unverified")
        event = bob.say(room, "refusé avant")
        self.assertEqual(self.unreadable(room, event), "untrusted_device")

        bob.rotate(room)
        event = bob.say(room, "refusé après")
        self.assertEqual(self.unreadable(room, event), "key_not_arrived")
        for code, reason in (("m.blacklisted", "not_for_this_device"), ("m.unverified", "untrusted_device")):
            withholds(code)
            found = self.alice.call("wait_message", room=room, event_id=event, reason=reason, timeout=10_000)
            self.assertFalse(found["readable"])

    def test_theInsidePassesForTheEnvelope(self):
        """5.2.36: id, sender, time and flags are the envelope's; an inside with a state key is nothing."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.known(bob, mallory)
        event = bob.say(room, "dedans", event_id="$autre", sender=mallory.user, origin_server_ts=1,
                        redacts="$x", unsigned={"redacted_because": {}, "age": 1, "transaction_id": "t"})
        item = self.reads(room, event, "dedans")
        self.assertEqual((item["event_id"], item["sender"]), (event, bob.user))
        self.assertGreater(item["ts"], 1_600_000_000_000)

        state = bob.say(room, "état", state_key="")
        self.assertEqual(self.unreadable(room, state), "damaged")

    def test_stateAndRedactionsInside(self):
        """5.2.37 and 38: what is decrypted changes no state and takes nothing away."""
        bob, mallory = self.forged("bob"), self.forged()
        room = self.known(bob, mallory)
        kept = bob.say(room, "à garder")
        self.reads(room, kept, "à garder")
        name = next(one["name"] for one in self.alice.call("rooms") if one["room_id"] == room)

        bob.say(room, None, type="m.room.name", content={"name": "Volée"})
        bob.say(room, None, type="m.room.member", content={"membership": "ban"})
        bob.say(room, None, type="m.room.redaction", redacts=kept, content={"redacts": kept})
        nested = bob.say(room, None, type="m.room.encrypted", content=bob.encrypt(room, "deux fois"))
        self.assertEqual(self.unreadable(room, nested), "damaged")
        self.reads(room, bob.say(room, "fin"), "fin")

        self.reads(room, kept, "à garder")
        self.assertEqual(next(one["name"] for one in self.alice.call("rooms") if one["room_id"] == room), name)
        self.sees_member(room, bob.user)

    def test_anOldRequestWhoseKeyComesLate(self):
        """5.2.39: a question of yesterday that can be read only now is asked to nobody."""
        bob = self.forged("bob")
        bob.identity()
        room = self.known(bob)
        bob.rotate(room)
        session = bob.megolm(room)
        self.server.date_events(int(time.time() * 1000) - 24 * 3_600_000)
        try:
            event = bob.say(room, None, content={
                "msgtype": "m.key.verification.request", "body": "Vérification ?", "to": self.alice.user_id,
                "from_device": bob.device, "methods": ["m.sas.v1"]})
        finally:
            self.server.date_events(None)
        self.item(room, event)
        bob.tell(self.alice, bob.encrypted(self.alice, "m.room_key", {
            **bob.room_key(room), "session_key": session["session_key"]}))
        self.alice.call("wait_message", room=room, event_id=event, readable=True, timeout=20_000)
        self.settle()
        self.assertEqual([one for one in self.alice.call("verifications") if one["user"] == bob.user], [])

    # --- Settings of the room

    def test_rotationThatNobodyCanMean(self):
        """5.2.28: zero, negative, endless, no number: the room can be written in, and keys change no oftener than each message."""
        for what in ({"rotation_period_ms": 0}, {"rotation_period_ms": -1}, {"rotation_period_ms": 1e300},
                     {"rotation_period_ms": "x"}, {"rotation_period_msgs": 0}, {"rotation_period_msgs": -1},
                     {"rotation_period_msgs": 2**53}, {"rotation_period_msgs": [1]}):
            with self.subTest(what):
                def bend(where, one, what=what):
                    if one.get("type") == "m.room.encryption":
                        return {**one, "content": {"algorithm": MEGOLM, **what}}
                    return one

                self.proxy.each_event(bend)
                bob = self.forged(f"bob{len(str(what))}{abs(hash(str(what))) % 10**6}")
                room = self.room_with(bob)
                sessions = {self.wire(room, self.says(room, f"message {number}"))["content"]["session_id"]
                            for number in range(3)}
                self.proxy.honest()
                self.assertLessEqual(len(sessions), 3)
                clamped_to_one = what.get("rotation_period_msgs") in (0, -1)
                self.assertTrue(len(sessions) == 1 or clamped_to_one or "rotation_period_ms" in what, sessions)

    def test_theServerTakesEncryptionAway(self):
        """5.2.29: hidden, emptied, redacted, said not to be there: what is sent stays encrypted; also after a restart."""
        bob = self.forged("bob")
        room = self.known(bob)
        self.says(room, "avant")

        def take_away(where, one):
            if one.get("type") == "m.room.encryption":
                return None
            return one

        lies = {
            "hidden": take_away,
            "emptied": lambda where, one: {**one, "content": {}} if one.get("type") == "m.room.encryption" else one,
            "another algorithm": lambda where, one: {**one, "content": {"algorithm": "m.none"}}
            if one.get("type") == "m.room.encryption" else one,
            "redacted": lambda where, one: {**one, "content": {}, "unsigned": {"redacted_because": {
                "type": "m.room.redaction", "event_id": "$r", "sender": bob.user}}}
            if one.get("type") == "m.room.encryption" else one,
        }
        for what, lie in lies.items():
            with self.subTest(what):
                self.proxy.honest()
                self.proxy.each_event(lie)
                self.proxy.rule("GET", r"/state/m\.room\.encryption/?", status=404,
                                body={"errcode": "M_NOT_FOUND", "error": "none"})
                self.alice.stop()
                self.alice.resume()
                # Some news of the room, so that it is told anew.
                bob.api.call("PUT", f"/rooms/{quote(room)}/send/m.room.message/n{time.time_ns()}",
                             {"msgtype": "m.text", "body": "en clair"})
                event = self.says(room, f"secret {what}")
                self.assertEqual(self.wire(room, event)["type"], "m.room.encrypted")
        self.assertEqual(self.proxy.requests("/send/m.room.message/.*"), [])

    def test_aRoomOfOursThatTheServerCallsClear(self):
        """5.2.29: alice asked for an encrypted room, and the server never says that it is one: nothing goes in clear."""
        self.proxy.each_event(lambda where, one: None if one.get("type") == "m.room.encryption" else one)
        self.proxy.rule("GET", r"/state/m\.room\.encryption/?", status=404,
                        body={"errcode": "M_NOT_FOUND", "error": "none"})
        room = self.alice.call("create_room", name="Essai", kind="private")["room_id"]
        self.alice.wait_idle()
        self.proxy.forget()
        with contextlib.suppress(CommandError):
            self.alice.call("send", room=room, body="secret", wait=True, timeout=8000)
        self.assertEqual(self.proxy.requests("/send/m.room.message/.*"), [])

    def test_aStateEventThatWeakensEncryption(self):
        """5.2.29 and 30: the same said by somebody with the power to say it."""
        bob = self.forged("bob")
        room = self.known(bob)
        self.says(room, "avant")
        levels = bob.api.call("GET", f"/rooms/{quote(room)}/state/m.room.power_levels")
        levels["users"][bob.user] = 100
        acting = self.server.acting(self.alice.user_id)
        acting.call("PUT", f"/rooms/{quote(room)}/state/m.room.power_levels", levels)
        bob.api.call("PUT", f"/rooms/{quote(room)}/state/m.room.encryption", {"algorithm": "m.none"})
        self.alice.wait_idle()
        event = self.says(room, "après")
        self.assertEqual(self.wire(room, event)["content"]["algorithm"], MEGOLM)

    def test_anAlgorithmThatNobodyKnows(self):
        """5.2.30: the room is encrypted, and nothing is sent."""
        bob = self.forged("bob")
        room = bob.api.create_room(preset="private_chat", invite=[self.alice.user_id], initial_state=[
            {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.quantum"}}])
        self.alice.wait_idle()
        self.alice.call("join", room=room)
        self.sees_member(room, bob.user)
        self.proxy.forget()
        code = self.refused("send", room=room, body="secret", wait=True, timeout=8000)
        self.assertEqual(code, "PARVIS_UNKNOWN_ENCRYPTION")
        self.assertEqual(self.proxy.requests("/send/m.room.*"), [])

    def test_peopleWhoLeaveUnseen(self):
        """5.2.31: somebody leaves, or leaves and comes back, in a gap of what alice is told: the next key is a new one."""
        bob, carol = self.forged("bob"), self.forged("carol")
        room = self.known(bob, carol)

        def session(body):
            return self.wire(room, self.says(room, body))["content"]["session_id"]

        for returns in (True, False):
            with self.subTest(returns=returns):
                before = session("un")
                self.assertEqual(session("deux"), before)
                self.alice.call("stop")
                bob.api.call("POST", f"/rooms/{quote(room)}/leave")
                if returns:
                    self.server.acting(self.alice.user_id).call("POST", f"/rooms/{quote(room)}/invite",
                                                                {"user_id": bob.user})
                    bob.api.join(room)
                for number in range(40):
                    carol.api.send(room, {"msgtype": "m.text", "body": f"bruit {number}"})
                self.alice.call("start")
                self.alice.wait_idle()
                self.assertNotEqual(session("trois"), before)

    def test_keysThatDoNotArrive(self):
        """5.2.33: before the server has taken the key, no message goes; then it goes, and can be read."""
        bob = self.forged("bob")
        room = self.known(bob)
        self.proxy.forget()
        with self.proxy.rule("PUT", "/sendToDevice/.*", status=502) as rule:
            sent = self.alice.begin("send", room=room, body="attend", wait=True, timeout=40_000)
            deadline = time.monotonic() + 10
            while not rule.hits and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(1)
            self.assertTrue(rule.hits)
            self.assertEqual(self.proxy.requests("/send/m.room.encrypted/.*"), [])
        event = self.alice.finish(sent)["event_id"]
        inside = [bob.read_olm_any(one) for one in bob.inbox()[0] if one["type"] == "m.room.encrypted"]
        key = next(one["content"] for one in inside if one and one["type"] == "m.room_key")
        self.forger.call("megolm_take", session=f"read-{self.number}", key=key["session_key"])
        read = self.forger.call("megolm_decrypt", session=f"read-{self.number}",
                                ciphertext=self.wire(room, event)["content"]["ciphertext"])
        self.assertEqual(json.loads(read["plaintext"])["content"]["body"], "attend")


if __name__ == "__main__":
    main()
