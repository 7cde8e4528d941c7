#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys of rooms that are nothing, that are somebody else's, or far too many: on a new device, with the key backup at hand."""
import base64
import hashlib
import json
import os
import subprocess
import time
import urllib.request

from forged import MEGOLM
from scene import Attacks, PASSWORD, SHIPPED, main
from matrix_api import quote  # from a folder that the scene has added

FLOOD, KEPT = 2100, 2000


def base64_of(data, url=False):
    return (base64.urlsafe_b64encode if url else base64.b64encode)(data).decode().rstrip("=")


def bytes_of(text):
    return base64.b64decode(text + "=" * (-len(text) % 4))


class RoomKeys(Attacks):
    bootstrapped = False

    # --- The stage

    def members(self):
        """carol with a recovery, bob and mallory, in mallory's room; what bob said, which carol has read and backed up."""
        carol = self.alone("carol", policy=SHIPPED)
        self.recovery = carol.call("bootstrap", password=PASSWORD, timeout=60_000)["recovery_key"]
        carol.wait_idle()
        mallory, bob = self.forged("mallory"), self.forged("bob")
        for one in (mallory, bob):
            one.identity()
        room = mallory.api.create_room(preset="private_chat", invite=[carol.user_id, bob.user], initial_state=[
            {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}])
        bob.api.join(room)
        self.joins(carol, room)
        bob.encrypt(room, "avant que carol n'y soit")
        self.key = bob.room_key(room)  # from index 1 on, as every member gets it
        bob.share(carol, room)
        event = bob.say(room, "précieux")
        self.reads(room, event, "précieux", carol)
        self.session = self.key["session_id"]
        self.backed_up(carol, room)
        return carol, bob, mallory, room, event

    def joins(self, carol, room):
        self.until(lambda: any(one["room_id"] == room and one.get("membership") == "invite" for one in carol.call("rooms")),
                   carol, "invited")
        carol.call("join", room=room)
        carol.wait_idle()

    def until(self, found, carol, what, seconds=40):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            carol.wait_idle()
            got = found()
            if got:
                return got
            time.sleep(0.25)
        self.fail(f"not {what}")

    def backed_up(self, carol, room):
        """What the key backup has of bob's session."""
        acting, session = self.server.acting(carol.user_id), self.session

        def entry():
            try:
                version = acting.call("GET", "/room_keys/version")["version"]
                return acting.call("GET", f"/room_keys/keys/{quote(room)}/{quote(session)}", query={"version": version})
            except Exception as error:  # not yet
                if "404" not in str(error) and "M_NOT_FOUND" not in str(error):
                    raise
                return None
        return self.until(entry, carol, "in the backup")

    def new_device(self, carol, recovered=True):
        """Another one of carol's; the one before is not there any more."""
        carol.stop()
        device = self.sign_in(carol.user_id[1:].split(":")[0], register=False, policy=SHIPPED)
        self.addCleanup(device.close)
        device.wait_idle()
        if recovered:
            device.call("recover", recovery_key=self.recovery, timeout=60_000)
            device.wait_idle()
        return device

    def far_away(self, bob, room):
        """The message is in no first page."""
        bob.rotate(room)
        for number in range(60):
            bob.api.send(room, {"msgtype": "m.text", "body": f"bruit {number}"}, "m.room.message")

    def shares_history(self, mallory, carol, room, keys):
        """mallory throws carol out and asks her back in, with a bundle of these keys (MSC4268)."""
        mallory.api.call("POST", f"/rooms/{quote(room)}/kick", {"user_id": carol.user_id})
        self.until(lambda: all(one["room_id"] != room or one.get("membership") == "leave" for one in carol.call("rooms")),
                   carol, "thrown out")
        plain = json.dumps({"room_keys": keys, "withheld": []}).encode()
        key, iv = os.urandom(32), os.urandom(8) + bytes(8)
        cipher = subprocess.run(["openssl", "enc", "-aes-256-ctr", "-K", key.hex(), "-iv", iv.hex(), "-nosalt"],
                                input=plain, capture_output=True, check=True).stdout
        file = {"url": self.upload(mallory, cipher), "v": "v2", "iv": base64_of(iv),
                "hashes": {"sha256": base64_of(hashlib.sha256(cipher).digest())},
                "key": {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "ext": True,
                        "k": base64_of(key, url=True)}}
        mallory.tell(carol, mallory.encrypted(carol, "m.room_key_bundle", {"room_id": room, "file": file}))
        self.proxy.forget()
        mallory.api.invite(room, carol.user_id)
        self.joins(carol, room)
        self.proxy.wait_request("/media/download/.*", timeout=30)
        for _ in range(6):  # what is in it is taken in beside
            carol.wait_idle()
            time.sleep(0.25)

    def upload(self, who, data):
        request = urllib.request.Request(
            who.api.base_url + "/_matrix/media/v3/upload", data=data, method="POST",
            headers={"Authorization": "Bearer " + who.api.token, "Content-Type": "application/octet-stream"})
        return json.loads(urllib.request.urlopen(request).read())["content_uri"]

    def exported(self, room, bob, ratchet, sender_key=None):
        """A key as a bundle has it: any ratchet before the creator's public key."""
        return {"algorithm": MEGOLM, "room_id": room, "session_id": self.session, "sender_key": sender_key or bob.curve,
                "sender_claimed_keys": {"ed25519": bob.ed},
                "session_key": base64_of(b"\x01" + ratchet + bytes_of(self.session))}

    def nothing(self, room, bob, sender_key=None):
        return self.exported(room, bob, bytes(4) + os.urandom(128), sender_key)

    # --- An invitation full of nothing

    def full_of_nothing(self, restored):
        carol, bob, mallory, room, event = self.members()
        before = self.backed_up(carol, room)
        keys = [self.nothing(room, bob, self.forger.call("account", name=f"x{self.number}{i}")["curve"]) for i in range(4)]
        keys.append(self.nothing(room, bob))
        self.far_away(bob, room)
        second = self.new_device(carol)
        if restored:
            second.call("restore_backup", timeout=60_000)
            second.wait_idle()
        self.shares_history(mallory, second, room, keys)
        second.history(room)

        self.reads(room, event, "précieux", second)
        second.wait_idle()
        after = self.backed_up(second, room)
        self.assertEqual((after["first_message_index"], after["session_data"]),
                         (before["first_message_index"], before["session_data"]))

    def test_anInvitationFullOfNothing(self):
        """Its keys open nothing: the backup is asked, has the right one, and keeps it."""
        self.full_of_nothing(restored=False)

    def test_anInvitationFullOfNothingAfterARestore(self):
        """The right key is here and has opened nothing yet: it stays."""
        self.full_of_nothing(restored=True)

    # --- A member who passes bob's key on

    def test_aMemberPassesAKeyOnToANewDevice(self):
        """Her copy reads nothing of bob's, and does not keep his own from being fetched."""
        carol, bob, mallory, room, event = self.members()
        self.far_away(bob, room)
        second = self.new_device(carol, recovered=False)
        mallory.tell(second, mallory.encrypted(second, "m.room_key", self.key))
        self.proxy.wait_delivered()
        second.wait_idle()
        second.call("recover", recovery_key=self.recovery, timeout=60_000)
        second.history(room)
        self.reads(room, event, "précieux", second)

    def test_whatAMemberPassesOnShortensNoFile(self):
        """From a later index on: what is exported still begins where the own key does."""
        carol, bob, mallory, room, event = self.members()
        second = self.new_device(carol)
        second.history(room)
        self.reads(room, event, "précieux", second)
        mallory.tell(second, mallory.encrypted(second, "m.room_key", bob.room_key(room)))
        self.proxy.wait_delivered()
        second.wait_idle()
        path = f"{second.folder}/keys-{self.number}.txt"
        second.call("export_keys", path=path, passphrase="sésame", timeout=60_000)

        with open(path) as file:
            text = file.read()
        third = self.new_device(second, recovered=False)
        path = f"{third.folder}/keys-{self.number}.txt"
        with open(path, "w") as file:
            file.write(text)
        third.call("import_keys", path=path, passphrase="sésame", timeout=60_000)
        third.history(room)
        self.reads(room, event, "précieux", third)

    # --- Once

    def test_theSameRatchetUnderAnotherName(self):
        """bob's key under another sender key, and then under his own: the server's copy of a message is a replay all the same."""
        carol, bob, mallory, room, event = self.members()
        made = self.forger.call("megolm_take", session=f"taken-{self.number}", key=self.key["session_key"])
        ratchet = bytes_of(made["exported"])[1:133]
        other = self.forger.call("account", name=f"z{self.number}")
        self.far_away(bob, room)
        second = self.new_device(carol)
        self.shares_history(mallory, second, room, [self.exported(room, bob, ratchet, other["curve"])])
        second.history(room)
        self.reads(room, event, "précieux", second)
        second.call("restore_backup", timeout=60_000)
        old = bob.api.call("GET", f"/rooms/{quote(room)}/event/{quote(event)}")

        def repeat(where, one):
            if one.get("type") != "m.room.encrypted" or one.get("event_id") == event or "copy" in one["event_id"]:
                return one
            return [{**old, "event_id": f"$copy{self.number}", "origin_server_ts": old["origin_server_ts"] + 60_000}, one]

        second.stop()
        second.resume()
        self.proxy.each_event(repeat)
        bob.rotate(room)
        bob.share(second, room)
        self.reads(room, bob.say(room, "autre chose"), "autre chose", second)
        self.assertEqual(self.unreadable(room, f"$copy{self.number}", second), "replayed")

    # --- Bounds

    def test_keysOfAStrangerWithoutEnd(self):
        """Who is no member sends keys for the room: so many are kept, and the room's own are among what is exported."""
        carol = self.alone("carol", policy=SHIPPED)
        bob, eve = self.forged("bob"), self.forged("eve")
        room = self.room_with(bob, alice=carol)
        bob.share(carol, room)
        self.reads(room, bob.say(room, "de Bob"), "de Bob", carol)
        self.floods(eve, carol, room)
        self.reads(room, bob.say(room, "toujours"), "toujours", carol)

    def test_keysOfAnUnsignedDeviceOfOnesOwnWithoutEnd(self):
        """A server can make one: its keys are bounded like a stranger's, and push out none of a signed device."""
        carol = self.alone("carol", policy=SHIPPED)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        room = self.room_with(alice=carol)
        said = carol.call("send", room=room, body="de Carol", wait=True)["event_id"]
        evil = self.forged(carol.user_id[1:].split(":")[0], register=False)
        carol.wait_idle()
        self.floods(evil, carol, room)
        self.reads(room, said, "de Carol", carol)

    def floods(self, sender, alice, room):
        for _ in range(FLOOD // 100):
            events = []
            for _ in range(100):
                sender.rotate(room)
                events.append(sender.event(sender.encrypted(alice, "m.room_key", sender.room_key(room))))
            self.proxy.deliver(*events)
            self.proxy.wait_delivered(120)
            alice.wait_idle()
        counts = alice.call("export_keys", path=f"{alice.folder}/keys.txt", passphrase="sésame", timeout=60_000)
        self.assertLessEqual(counts["total"], KEPT + 2, counts)
        self.assertGreaterEqual(counts["total"], KEPT, counts)


if __name__ == "__main__":
    main()
