# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The other side of a comparison of emoji, every message of which a test can bend.

    sas = ForgedSas(bob, alice, room)
    sas.request()                       bob asks; alice's command "accept" answers
    sas.start(); sas.keys()             bob starts
    sas.emoji()                         what an honest bob would see
    sas.mac(); sas.done()

In a room where `room` is given, else by to-device messages.
"""
import json
import time

from forged import MEGOLM

PREFIX = "m.key.verification."


class ForgedSas:
    def __init__(self, bob, alice, room=None):
        """`alice`: anything with user_id and device_id. In a room bob says it in clear."""
        self.bob, self.alice, self.room, self.forger = bob, alice, room, bob.forger
        self.flow = None
        self.since = None          # where bob's own synchronisation stands
        self.heard = []            # (kind, content) of what alice said
        self.start_content = None  # as it was said: a commitment is made over it
        self.own = self.theirs = None
        self._name = f"{bob.account}-sas-{time.time_ns()}"

    # Saying

    def say(self, kind, content, sender=None):
        if self.room is None:
            content = {**content, "transaction_id": self.flow}
            self.bob.tell(self.alice, content, PREFIX + kind)
            return None
        content = {**content, "m.relates_to": {"rel_type": "m.reference", "event_id": self.flow}}
        return (sender or self.bob).api.send(self.room, content, PREFIX + kind)

    def request(self, **over):
        content = {"from_device": self.bob.device, "methods": ["m.sas.v1"], **over}
        if self.room is None:
            self.flow = over.pop("transaction_id", f"f{time.time_ns()}")
            content.setdefault("timestamp", int(time.time() * 1000))
            content["transaction_id"] = self.flow
            self.bob.tell(self.alice, content, PREFIX + "request")
        else:
            whole = {"msgtype": PREFIX + "request", "body": "Bonjour", "to": self.alice.user_id, **content}
            self.flow = self.bob.api.send(self.room, whole)
        return self.flow

    def start(self, **over):
        self.own = self.forger.call("pair", name=self._name)["key"]
        content = {"from_device": self.bob.device, "method": "m.sas.v1",
                   "key_agreement_protocols": ["curve25519-hkdf-sha256"], "hashes": ["sha256"],
                   "message_authentication_codes": ["hkdf-hmac-sha256.v2"],
                   "short_authentication_string": ["decimal", "emoji"], **over}
        self.say("start", content)

    def accept(self, commitment=None):
        """The answer to alice's start, with the promise of a key."""
        self.own = self.forger.call("pair", name=self._name)["key"]
        promised = commitment or self.forger.call("commitment", key=self.own,
                                                  start=self.start_content)["commitment"]
        self.say("accept", {"method": "m.sas.v1", "key_agreement_protocol": "curve25519-hkdf-sha256",
                            "hash": "sha256", "message_authentication_code": "hkdf-hmac-sha256.v2",
                            "short_authentication_string": ["decimal", "emoji"], "commitment": promised})

    def key(self, key=None):
        self.say("key", {"key": key or self.own})

    def done(self):
        self.say("done", {})

    def mac(self, keys, bend=None):
        """MACs of these keys, by id; bend(mac content) changes the message."""
        made = self.forger.call("sas_macs", shared_secret_base64=self._shared(),
                                sender={"user": self.bob.user, "device": self.bob.device},
                                receiver={"user": self.alice.user_id, "device": self.alice.device_id},
                                transaction_id=self.flow, keys=keys)
        self.say("mac", bend(made) if bend else made)

    def honest_keys(self):
        keys = {f"ed25519:{self.bob.device}": self.bob.ed}
        if self.bob.own_identity:
            master = self.bob.own_identity.key("master")
            keys[f"ed25519:{master}"] = master
        return keys

    # Hearing

    def hear(self, kind, timeout=15):
        """Alice's next message of this kind in this flow."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for at, (heard, content) in enumerate(self.heard):
                if heard == kind:
                    del self.heard[at]
                    if kind == "key":
                        self.theirs = content["key"]
                    if kind == "start":
                        self.start_content = content
                    return content
            self._listen()
        raise TimeoutError(f"alice did not say {kind}, but {[one for one, _ in self.heard]}")

    def _listen(self):
        query = {"timeout": 1000 if self.since else 0}
        if self.since:
            query["since"] = self.since
        answer = self.bob.api.call("GET", "/sync", query=query)
        self.since = answer["next_batch"]
        events = answer.get("to_device", {}).get("events", [])
        joined = answer.get("rooms", {}).get("join", {}).get(self.room, {})
        events += joined.get("timeline", {}).get("events", [])
        for event in events:
            if event.get("sender") != self.alice.user_id:
                continue
            type, content = event["type"], event["content"]
            if type == "m.room.encrypted" and self.room and content.get("algorithm") == MEGOLM:
                type, content = self._decrypted(content)
            elif type == "m.room.encrypted":
                self._take_key(event)
                continue
            if type and type.startswith(PREFIX):
                about = content.get("transaction_id") or content.get("m.relates_to", {}).get("event_id")
                if about == self.flow:
                    self.heard.append((type[len(PREFIX):], content))

    def _take_key(self, event):
        inside = self.bob.read_olm_any(event)
        if inside and inside["type"] == "m.room_key":
            self.forger.call("megolm_take", session="in-" + inside["content"]["session_id"],
                             key=inside["content"]["session_key"])

    def _decrypted(self, content):
        made = self.forger.call("megolm_decrypt", session="in-" + content["session_id"],
                                ciphertext=content["ciphertext"])
        inside = json.loads(made["plaintext"])
        relation = content.get("m.relates_to")
        return inside["type"], {**({"m.relates_to": relation} if relation else {}), **inside["content"]}

    # What both see

    def _shared(self):
        return self.forger.call("agree", name=self._name, key=self.theirs)["shared_secret_base64"]

    def sas(self, alice_started):
        bob = {"user": self.bob.user, "device": self.bob.device, "public": self.own}
        alice = {"user": self.alice.user_id, "device": self.alice.device_id, "public": self.theirs}
        starter, accepter = (alice, bob) if alice_started else (bob, alice)
        made = self.forger.call("sas_bytes", shared_secret_base64=self._shared(), starter=starter,
                                accepter=accepter, transaction_id=self.flow)
        return [one["symbol"] for one in made["emoji"]], made["decimal"]


def verify(bob, alice, room):
    """Bob and alice compare, and both agree: an honest verification."""
    sas = ForgedSas(bob, alice, room)
    flow = sas.request()
    alice.call("wait_verification", txn=flow, state="requested", timeout=20_000)
    alice.call("accept", txn=flow)
    sas.hear("ready")
    sas.start()
    sas.hear("accept")
    sas.key()
    sas.hear("key")
    shown = alice.call("sas", txn=flow, timeout=20_000)
    emoji, decimal = sas.sas(alice_started=False)
    assert [one["symbol"] for one in shown["emoji"]] == emoji and shown["decimal"] == decimal
    alice.call("confirm", txn=flow)
    sas.hear("mac")
    sas.mac(sas.honest_keys())
    sas.hear("done")
    sas.done()
    end = alice.call("wait_verification", txn=flow, timeout=20_000)
    assert end["state"] == "done", end
    return sas


