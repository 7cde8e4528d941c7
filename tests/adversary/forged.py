# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""People who do not keep the rules, on a real homeserver: every key and message of theirs is made by parvis-forger.

    mallory = Forged(server, forger, "mallory")     an account, a device, its keys at the server
    mallory.identity()                              cross-signing keys, and the device signed by them
    mallory.share(alice, room)                      a Megolm session of hers, sent to alice over Olm
    mallory.say(room, "bonjour")                    encrypted with it
"""
import itertools
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "homeserver"))

from driver import PASSWORD, program
from json_lines import CommandError, JsonLines
from matrix_api import Api, quote

OLM = "m.olm.v1.curve25519-aes-sha2"
MEGOLM = "m.megolm.v1.aes-sha2"
_numbers = itertools.count(1)


class Forger(JsonLines):
    def __init__(self):
        path = os.path.join(os.path.dirname(program()), "parvis-forger")
        super().__init__([path], name="forger", nested=True)


class Identity:
    """Cross-signing keys in hand: master, self_signing, user_signing."""

    ROLES = ("master", "self_signing", "user_signing")

    def __init__(self, forger, user):
        self._forger, self.user = forger, user
        self.keys = {role: forger.call("signer") for role in self.ROLES}

    def key(self, role):
        return self.keys[role]["key"]

    def bare(self, role):
        key = self.key(role)
        return {"user_id": self.user, "usage": [role], "keys": {f"ed25519:{key}": key}}

    def signed(self, thing, role):
        """The object with one more signature, of the key with this role."""
        made = self._forger.call("sign_with", seed=self.keys[role]["seed"], object=thing)["signature"]
        signatures = {user: dict(ids) for user, ids in thing.get("signatures", {}).items()}
        signatures.setdefault(self.user, {})[f"ed25519:{self.key(role)}"] = made
        return {**thing, "signatures": signatures}

    def objects(self):
        """As /keys/device_signing/upload and /keys/query have them."""
        return {"master_key": self.bare("master"),
                "self_signing_key": self.signed(self.bare("self_signing"), "master"),
                "user_signing_key": self.signed(self.bare("user_signing"), "master")}


class Forged:
    def __init__(self, server, forger, name, register=True, publish=True, one_time_keys=20):
        self.server, self.forger, self.name = server, forger, name
        self.account = f"{name}-{next(_numbers)}"
        self.api = Api(server.base_url)
        if register:
            self.api.register(name, PASSWORD)
        else:
            self.api.login(name, PASSWORD)
        self.user, self.device = self.api.user_id, self.api.device_id
        keys = forger.call("account", name=self.account)
        self.curve, self.ed = keys["curve"], keys["ed"]
        self.own_identity = None
        self._to, self._megolm, self._olm_ids = {}, {}, itertools.count(1)
        if publish:
            self.publish(one_time_keys)

    # Keys

    def sign(self, thing, device=None):
        made = self.forger.call("sign", name=self.account, object=thing)["signature"]
        return {**thing, "signatures": {self.user: {f"ed25519:{device or self.device}": made}}}

    def bare_keys(self, **over):
        device = over.get("device_id", self.device)
        return {"user_id": self.user, "device_id": device, "algorithms": [OLM, MEGOLM],
                "keys": {f"curve25519:{device}": self.curve, f"ed25519:{device}": self.ed}, **over}

    def keys(self, **over):
        return self.sign(self.bare_keys(**over), over.get("device_id"))

    def one_time_keys(self, count):
        made = self.forger.call("one_time_keys", name=self.account, count=count)
        return {f"signed_curve25519:{key}": self.sign({"key": value}) for key, value in made.items()}

    def publish(self, one_time_keys=20, **over):
        self.api.call("POST", "/keys/upload",
                      {"device_keys": self.keys(**over), "one_time_keys": self.one_time_keys(one_time_keys)})

    def identity(self, sign_device=True):
        """Makes an identity and puts it on the server."""
        self.own_identity = Identity(self.forger, self.user)
        self.upload_identity(self.own_identity)
        if sign_device:
            self.sign_device()
        return self.own_identity

    def upload_identity(self, identity):
        body = identity.objects()
        body["auth"] = {"type": "m.login.password", "password": PASSWORD,
                        "identifier": {"type": "m.id.user", "user": self.user}}
        self.api.call("POST", "/keys/device_signing/upload", body)
        self.own_identity = identity

    def sign_device(self):
        signed = self.own_identity.signed(self.keys(), "self_signing")
        self.api.call("POST", "/keys/signatures/upload", {self.user: {self.device: signed}})
        return signed

    # Messages to a device. `victim`: anything with user_id and device_id.

    def victim_keys(self, victim):
        answer = self.api.call("POST", "/keys/query", {"device_keys": {victim.user_id: []}})
        keys = answer["device_keys"][victim.user_id][victim.device_id]["keys"]
        return keys[f"curve25519:{victim.device_id}"], keys[f"ed25519:{victim.device_id}"]

    def open(self, victim):
        """A new Olm session, with a one-time key of the victim's."""
        curve, ed = self.victim_keys(victim)
        claimed = self.api.call("POST", "/keys/claim", {
            "one_time_keys": {victim.user_id: {victim.device_id: "signed_curve25519"}}})
        key = next(iter(claimed["one_time_keys"][victim.user_id][victim.device_id].values()))["key"]
        session = f"{self.account}-olm-{next(self._olm_ids)}"
        self.forger.call("olm_open", name=self.account, session=session, curve=curve, one_time_key=key)
        self._to[victim.user_id, victim.device_id] = session, curve, ed
        return session

    def plaintext(self, victim, type, content, **over):
        _, _, ed = self._session(victim)
        whole = {"type": type, "content": content, "sender": self.user, "recipient": victim.user_id,
                 "recipient_keys": {"ed25519": ed}, "keys": {"ed25519": self.ed},
                 "sender_device_keys": self.keys(), **over}
        return {key: value for key, value in whole.items() if value is not None}

    def _session(self, victim):
        if (victim.user_id, victim.device_id) not in self._to:
            self.open(victim)
        return self._to[victim.user_id, victim.device_id]

    def seal(self, victim, plaintext):
        """The content of an m.room.encrypted for the victim."""
        session, curve, _ = self._session(victim)
        made = self.forger.call("olm_encrypt", session=session, plaintext=json.dumps(plaintext))
        return {"algorithm": OLM, "sender_key": self.curve, "ciphertext": {curve: made}}

    def encrypted(self, victim, type, content, **over):
        return self.seal(victim, self.plaintext(victim, type, content, **over))

    def event(self, content, type="m.room.encrypted", sender=None):
        """As a synchronisation has it."""
        return {"type": type, "sender": sender or self.user, "content": content}

    def tell(self, victim, content, type="m.room.encrypted"):
        """Over the homeserver."""
        self.api.call("PUT", f"/sendToDevice/{type}/f{time.time_ns()}",
                      {"messages": {victim.user_id: {victim.device_id: content}}})

    # Rooms

    def megolm(self, room):
        """The Megolm session of this room, as it stands."""
        name = self._megolm.setdefault(room, f"{self.account}-megolm-{len(self._megolm)}")
        return self.forger.call("megolm", session=name)

    def rotate(self, room):
        self._megolm[room] = f"{self.account}-megolm-{time.time_ns()}"
        return self.megolm(room)

    def room_key(self, room, **over):
        session = self.megolm(room)
        return {"algorithm": MEGOLM, "room_id": room, "session_id": session["session_id"],
                "session_key": session["session_key"], **over}

    def share(self, victim, room, **over):
        self.tell(victim, self.encrypted(victim, "m.room_key", self.room_key(room, **over)))

    def encrypt(self, room, body=None, **over):
        """The content of an encrypted event."""
        inside = {"type": "m.room.message", "room_id": room,
                  "content": {"msgtype": "m.text", "body": body}, **over}
        session = self.megolm(room)
        made = self.forger.call("megolm_encrypt", session=self._megolm[room], plaintext=json.dumps(inside))
        return {"algorithm": MEGOLM, "session_id": session["session_id"], "ciphertext": made["ciphertext"],
                "sender_key": self.curve, "device_id": self.device}

    def say(self, room, body, **over):
        return self.api.send(room, self.encrypt(room, body, **over), "m.room.encrypted")

    # What came for us

    def inbox(self, since=None, wait=0):
        query = {"timeout": wait, "filter": '{"room":{"rooms":[]},"presence":{"types":[]}}'}
        if since:
            query["since"] = since
        answer = self.api.call("GET", "/sync", query=query)
        return answer.get("to_device", {}).get("events", []), answer["next_batch"]

    def wait_inbox(self, wanted, timeout=20, since=None):
        """Until an event fits. Answers all that came, the one that fits last."""
        deadline, all_of_them = time.monotonic() + timeout, []
        while time.monotonic() < deadline:
            events, since = self.inbox(since, wait=1000)
            all_of_them += events
            for event in events:
                if wanted(event):
                    return event
        raise TimeoutError(f"{self.name} got {[one['type'] for one in all_of_them]}")

    def read_olm(self, event):
        """The plaintext of a message that opens a session, and keeps the session for answers."""
        ours = event["content"]["ciphertext"].get(self.curve)
        session = f"{self.account}-in-{next(self._olm_ids)}"
        made = self.forger.call("olm_accept", name=self.account, session=session,
                                curve=event["content"]["sender_key"], body=ours["body"])
        return json.loads(made["plaintext"])

    def read_olm_any(self, event):
        """The same with a session that we have already, whichever; None where it is not for us."""
        ours = event["content"].get("ciphertext", {}).get(self.curve)
        if not ours:
            return None
        if ours["type"] == 0:
            try:
                return self.read_olm(event)
            except CommandError:
                pass  # of a session that we have
        names = [name for name, *_ in self._to.values()]
        for name in names + [f"{self.account}-in-{number}" for number in range(1, 50)]:
            try:
                made = self.forger.call("olm_decrypt", session=name, **ours)
                return json.loads(made["plaintext"])
            except CommandError:
                continue
        return None

    def room_path(self, room, *parts):
        return "/rooms/" + quote(room) + "".join("/" + part for part in parts)
