#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bundles of a room's past (MSC4268) that are nothing, of other rooms, or of whom nobody asked: matrix-client 5.2.59."""
import base64
import json
import time
import urllib.request

from forged import MEGOLM, Forged
from scene import Attacks, SHIPPED, main

DOWNLOAD = "/media/download/.*"
TOO_LARGE = (64 << 20) + 4096


class Bundles(Attacks):
    """Bob, who has an identity, invites dave to a room in which something was said; alice has no part in it."""
    bootstrapped = False

    def setUp(self):
        super().setUp()
        self.dave = self.alone("dave", policy=SHIPPED)
        self.bob = self.forged("bob")
        self.bob.identity()
        self.room = self.bobs_room()
        self.key = self.exported(self.room)
        self.past = self.bob.say(self.room, "du passé")

    def bobs_room(self, *more):
        return self.bob.api.create_room(preset="private_chat", invite=list(more), initial_state=[
            {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}])

    # --- Making bundles

    def exported(self, room, **over):
        """The key of bob's session in this room, as a bundle has it."""
        key = self.bob.room_key(room)
        made = self.forger.call("megolm_take", session=f"{self.number}-{room}", key=key["session_key"])
        return {"algorithm": MEGOLM, "room_id": room, "session_id": key["session_id"], "sender_key": self.bob.curve,
                "sender_claimed_keys": {"ed25519": self.bob.ed}, "session_key": made["exported"], **over}

    def bundle(self, plain, who=None):
        """Encrypted and uploaded: what an announcement says of it."""
        plain = plain if isinstance(plain, bytes) else json.dumps(plain).encode()
        made = self.alice.call("eval", what="attachment_encrypt", input={"data_base64": base64.b64encode(plain).decode()})
        cipher = base64.b64decode(made["data_base64"] + "=" * (-len(made["data_base64"]) % 4))
        api = (who or self.bob).api
        request = urllib.request.Request(
            api.base_url + "/_matrix/media/v3/upload", data=cipher, method="POST",
            headers={"Authorization": "Bearer " + api.token, "Content-Type": "application/octet-stream"})
        with urllib.request.urlopen(request) as answer:
            url = json.loads(answer.read())["content_uri"]
        return {"room_id": self.room, "file": {**made["file"], "url": url}}

    def good(self, **more):
        return self.bundle({"room_keys": [self.key], "withheld": [], **more})

    def announces(self, content, who=None):
        who = who or self.bob
        who.tell(self.dave, who.encrypted(self.dave, "m.room_key_bundle", content))

    # --- What dave makes of them

    def invites(self):
        """Bob does, and dave comes."""
        self.bob.api.invite(self.room, self.dave.user_id)
        for _ in range(100):
            self.dave.wait_idle()
            if any(one["room_id"] == self.room and one["membership"] == "invite" for one in self.dave.call("rooms")):
                break
            time.sleep(0.1)
        self.dave.call("join", room=self.room)
        self.rests()

    def rests(self):
        self.proxy.wait_delivered()
        for _ in range(6):
            self.dave.wait_idle()
            time.sleep(0.2)

    def stays_closed(self):
        self.dave.history(self.room)
        return self.unreadable(self.room, self.past, self.dave)

    def opens(self):
        self.dave.history(self.room)
        self.reads(self.room, self.past, "du passé", self.dave)

    def refuses(self, code):
        """Whatever came was fetched once, called so in the log, and opened nothing."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            self.dave.wait_idle()
            if any("cannot be fetched" in line and code in line for line in self.dave.log_since(self.start)):
                break
            time.sleep(0.2)
        else:
            self.fail("\n".join(self.dave.log_since(self.start)))
        self.rests()
        self.assertEqual(len(self.proxy.requests(DOWNLOAD)), 1)
        self.stays_closed()

    def begin(self):
        self.proxy.forget()
        self.start = self.dave.log_size()

    def test_bundlesThatAreNothing(self):
        """Damaged on the way, without measure, no JSON, no list, too deep: nothing is taken in; the next good one is."""
        self.invites()
        self.stays_closed()
        deep = b'{"room_keys":' + b"[" * 2000 + b"]" * 2000 + b"}"
        for what, plain in (("no JSON", b"{"), ("no keys", {}), ("keys that are no list", {"room_keys": {}}),
                            ("deep", deep), ("empty", b"")):
            with self.subTest(what):
                self.begin()
                self.announces(self.bundle(plain))
                self.refuses("PARVIS_KEY_BUNDLE")
        for what, code, bend in (
                ("one bit", "PARVIS_ATTACHMENT_DAMAGED", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
                ("half", "PARVIS_ATTACHMENT_DAMAGED", lambda data: data[:len(data) // 2]),
                ("too large", "PARVIS_REPLY_TOO_LARGE", lambda data: data + bytes(TOO_LARGE))):
            with self.subTest(what), self.proxy.rule("GET", DOWNLOAD, raw=bend):
                self.begin()
                self.announces(self.good())
                self.refuses(code)
        self.announces(self.good())
        self.opens()

    def test_keysOfOtherRooms(self):
        """What it says of another room, in which dave is as well, opens nothing there; the good key among them is taken."""
        other = self.bobs_room(self.dave.user_id)
        stolen = self.exported(other)
        elsewhere = self.bob.say(other, "d'une autre salle")
        self.server.acting(self.dave.user_id).join(other)
        keys = [stolen, {**stolen, "room_id": self.room}, {**self.key, "session_id": "autre"},
                {**self.key, "algorithm": "m.megolm.v2"}, {**self.key, "session_key": "A" * 200_000}, 7, None, [],
                {**self.key, "room_id": other}, self.key]
        self.announces(self.bundle({"room_keys": keys}))
        self.invites()
        self.opens()
        self.dave.history(other)
        self.assertEqual(self.unreadable(other, elsewhere, self.dave), "key_not_arrived")

    def test_keysThatAreWithheldAndGiven(self):
        """The key is there: what the bundle says of its being withheld counts for nothing. Of another one it keeps no key out."""
        hint = {"algorithm": MEGOLM, "code": "m.history_not_shared", "room_id": self.room,
                "session_id": self.key["session_id"], "sender_key": self.bob.curve}
        self.bob.rotate(self.room)
        later = self.exported(self.room)
        alone = self.bob.say(self.room, "retenu")
        both = self.bundle({"room_keys": [self.key], "withheld": [
            hint, {**hint, "session_id": later["session_id"]}, {"code": 7}, None]})
        self.announces(both)
        self.invites()
        self.opens()
        self.unreadable(self.room, alone, self.dave)
        self.announces(self.bundle({"room_keys": [later]}))
        self.reads(self.room, alone, "retenu", self.dave)

    def test_bundlesOfOthers(self):
        """Of a member who did not invite, of a device of bob's that he has not signed: nobody fetches them."""
        mallory = self.forged("mallory")
        mallory.identity()
        self.bob.api.invite(self.room, mallory.user)
        mallory.api.join(self.room)
        stranger = Forged(self.server, self.forger, self.bob.name, register=False)
        for who in (mallory, stranger):
            self.announces(self.bundle({"room_keys": [self.key]}, who), who)
        self.begin()
        self.invites()
        self.stays_closed()
        self.assertEqual(self.proxy.requests(DOWNLOAD), [])
        self.announces(self.good())
        self.opens()


if __name__ == "__main__":
    main()
