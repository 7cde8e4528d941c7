#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The scenarios of complement-crypto that a client can play, and that no other test of ours plays: see docs/complement.md.

A class is run over one dialect of the synchronisation; people but alice are forged, and keep the rules here.
"""
import contextlib
import json
import time

from forged import Forged
from scene import PASSWORD, Attacks, CommandError, Driver, main, quote


class Readers(Attacks):
    """What forged people can read of what alice says."""

    def setUp(self):
        super().setUp()
        self.inboxes = {}  # by account: the room keys that came, and where its synchronisation stands

    def session_of(self, room, body, alice=None):
        """Says it, and answers with which Megolm session."""
        event = (alice or self.alice).call("send", room=room, body=body, wait=True)["event_id"]
        return self.wire(room, event)["content"]["session_id"]

    def keys_for(self, device):
        """The room keys that this device was sent, by session."""
        had, since = self.inboxes.setdefault(device.account, ({}, None))
        events, since = device.inbox(since)
        for one in (device.read_olm_any(event) for event in events if event["type"] == "m.room.encrypted"):
            if one and one["type"] == "m.room_key":
                had[one["content"]["session_id"]] = one["content"]["session_key"]
        self.inboxes[device.account] = had, since
        return had

    def can_read(self, device, room, event):
        """What the device makes of the event, with the keys that it was sent; None: nothing."""
        content = self.wire(room, event)["content"]
        key = self.keys_for(device).get(content["session_id"])
        if not key:
            return None
        name = f"{device.account}-{time.time_ns()}"
        self.forger.call("megolm_take", session=name, key=key)
        try:
            made = self.forger.call("megolm_decrypt", session=name, ciphertext=content["ciphertext"])
        except CommandError as error:
            self.assertEqual(error.error["code"], "PARVIS_MEGOLM_UNKNOWN_INDEX")
            return None
        return json.loads(made["plaintext"])["content"]["body"]


class Complement(Readers):
    # --- Who gets keys

    def test_CanDecryptMessagesAfterInviteButBeforeJoin(self):
        bob = self.forged("bob")
        room = self.alice.call("create_room", name="Essai", kind="private", invite=[bob.user])["room_id"]
        self.alice.wait_idle()
        event = self.says(room, "avant que tu viennes")
        self.assertEqual(self.can_read(bob, room, event), "avant que tu viennes")

    def test_DelayedInviteResponse(self):
        """The invitation was taken, and no synchronisation has told of it: the next message is for the invited all the same."""
        bob, carol = self.forged("bob"), self.forged("carol")
        room = self.room_with(carol)
        self.says(room, "sans Bob")
        self.proxy.each_event(lambda where, one: None if where and one.get("state_key") == bob.user else one)
        self.alice.call("invite", room=room, user=bob.user)
        event = self.says(room, "avec Bob")
        self.assertEqual(self.can_read(bob, room, event), "avec Bob")

    def test_OnRejoinBobCannotDecryptWhatWasSaidMeanwhile(self):
        bob = self.forged("bob")
        room = self.room_with(bob)
        first = self.session_of(room, "un")
        bob.api.call("POST", f"/rooms/{quote(room)}/leave")
        for _ in range(50):
            self.alice.wait_idle()
            if all(one["user_id"] != bob.user or one["membership"] != "join"
                   for one in self.alice.call("members", room=room)):
                break
            time.sleep(0.1)
        meanwhile = self.says(room, "sans lui")
        self.assertNotEqual(self.wire(room, meanwhile)["content"]["session_id"], first)
        self.server.acting(self.alice.user_id).invite(room, bob.user)
        bob.api.join(room)
        self.sees_member(room, bob.user)
        after = self.says(room, "avec lui")
        self.assertIsNone(self.can_read(bob, room, meanwhile))
        self.assertEqual(self.can_read(bob, room, after), "avec lui")

    def test_OnNewDeviceHistoryStaysUnreadable(self):
        bob = self.forged("bob")
        room = self.room_with(bob)
        before = self.says(room, "avant ce poste")
        tablet = self.forged(bob.name, register=False)
        self.asks_again(bob.user)
        after = self.says(room, "après")
        self.assertIsNone(self.can_read(tablet, room, before))
        self.assertEqual(self.can_read(tablet, room, after), "après")

    # --- When keys change

    def test_RoomKeyIsCycledOnDeviceLogout(self):
        bob = self.forged("bob")
        tablet = self.forged(bob.name, register=False)
        room = self.room_with(bob)
        first = self.session_of(room, "un")
        tablet.api.call("POST", "/logout")
        self.wait_devices(bob.user, {bob.device: "unsigned"})
        self.assertNotEqual(self.session_of(room, "deux"), first)

    def test_RoomKeyIsCycledAfterEnoughMessages(self):
        bob = self.forged("bob")

        def bend(where, one):
            if one.get("type") == "m.room.encryption":
                return {**one, "content": {**one["content"], "rotation_period_msgs": 2}}
            return one

        self.proxy.each_event(bend)
        room = self.room_with(bob)
        sessions = [self.session_of(room, f"message {number}") for number in range(5)]
        self.assertEqual(len(set(sessions)), 3)
        self.assertEqual(sessions[0], sessions[1])
        self.assertEqual(sessions[2], sessions[3])

    def test_RoomKeyIsCycledOnMemberLeaving(self):
        bob, carol = self.forged("bob"), self.forged("carol")
        room = self.room_with(bob, carol)
        first = self.session_of(room, "un")
        carol.api.call("POST", f"/rooms/{quote(room)}/leave")
        time.sleep(0.3)
        self.alice.wait_idle()
        event = self.says(room, "deux")
        self.assertNotEqual(self.wire(room, event)["content"]["session_id"], first)
        self.assertIsNone(self.can_read(carol, room, event))

    def test_RoomKeyIsNotCycled(self):
        """On a new name, on a new device, on a restart."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        first = self.session_of(room, "un")
        bob.api.call("PUT", f"/profile/{quote(bob.user)}/displayname", {"displayname": "Bob le Grand"})
        time.sleep(0.3)
        self.alice.wait_idle()
        self.assertEqual(self.session_of(room, "deux"), first)
        self.forged(bob.name, register=False)
        self.asks_again(bob.user)
        self.assertEqual(self.session_of(room, "trois"), first)
        self.alice.stop()
        self.alice.resume()
        self.alice.wait_idle()
        self.assertEqual(self.session_of(room, "quatre"), first)

    # --- Requests that fail

    def test_FailedDeviceKeyDownloadRetries(self):
        bob = self.forged("bob")
        with self.proxy.rule("POST", "/keys/query", status=504, times=2) as rule:
            room = self.room_with(bob)
            event = self.says(room, "malgré tout")
            self.assertEqual(len(rule.hits), 2)
        self.assertEqual(self.can_read(bob, room, event), "malgré tout")

    def test_FailedKeysClaimRetries(self):
        bob = self.forged("bob")
        with self.proxy.rule("POST", "/keys/claim", status=504, times=2) as rule:
            room = self.room_with(bob)
            event = self.says(room, "malgré tout")
            self.assertEqual(len(rule.hits), 2)
        self.assertEqual(self.can_read(bob, room, event), "malgré tout")

    def test_FailedOneTimeKeyUploadRetries(self):
        bob = self.forged("bob")
        with self.proxy.rule("POST", "/keys/upload", status=504, times=2) as rule:
            carol = self.sign_in(f"carol{self.number}")
            self.addCleanup(carol.close)
            carol.call("wait_idle", timeout=30_000)
            deadline = time.monotonic() + 20
            while carol.call("crypto_status")["otk_count"] < 50 and time.monotonic() < deadline:
                time.sleep(0.2)
            self.assertEqual(len(rule.hits), 2)
        room = self.room_with(bob, alice=carol)
        bob.share(carol, room)
        self.reads(room, bob.say(room, "par une clé neuve"), "par une clé neuve", carol)

    def test_SigkillBeforeKeysUploadResponse(self):
        """The server took the keys, and nobody heard of it: the same ones go again, and open sessions."""
        self.server.register(f"carol{self.number}", PASSWORD, inhibit_login=True)
        carol = Driver(f"carol{self.number}")
        self.addCleanup(carol.close)
        self.proxy.forget()
        rule = self.proxy.rule("POST", "/keys/upload", lose=True)
        carol.log_in(self.proxy, register=False)
        deadline = time.monotonic() + 15
        while not rule.hits and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)  # the homeserver answers meanwhile
        carol.kill()
        self.proxy.drop(rule)
        taken = {key: value for body in rule.hits for key, value in (body.get("one_time_keys") or {}).items()}
        self.assertTrue(taken)

        self.proxy.forget()
        carol.resume()
        carol.wait_idle()
        again = {key: value for body in self.proxy.requests("/keys/upload")
                 for key, value in (body.get("one_time_keys") or {}).items()}
        self.assertEqual({key: value for key, value in again.items() if key in taken and value != taken[key]}, {})
        bob = self.forged("bob")
        room = self.room_with(bob, alice=carol)
        bob.share(carol, room)
        self.reads(room, bob.say(room, "ouvert"), "ouvert", carol)

    # --- What comes in

    def test_FallbackKeyIsUsedIfOneTimeKeysRunOut(self):
        """Two people with the same fallback key: both sessions work."""
        bob, carol = self.forged("bob"), self.forged("carol")
        room = self.room_with(bob, carol)
        self.alice.call("stop")
        who = {self.alice.user_id: {self.alice.device_id: "signed_curve25519"}}
        used = []
        for _ in range(150):
            claimed = bob.api.call("POST", "/keys/claim", {"one_time_keys": who})
            key = next(iter(claimed["one_time_keys"][self.alice.user_id][self.alice.device_id].values()))
            used.append(key["key"])
            if key.get("fallback"):
                break
        self.assertTrue(key.get("fallback"), "the keys never run out")
        for one in (bob, carol):
            one.open(self.alice)
            one.share(self.alice, room)
        events = [(one.say(room, f"de {one.name}"), f"de {one.name}") for one in (bob, carol)]
        self.alice.call("start")
        for event, body in events:
            self.reads(room, event, body)
        self.alice.wait_idle()

    def test_ToDeviceMessagesAreProcessedInOrder(self):
        """120 keys at once, each for one message."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        self.alice.call("stop")
        events = []
        for number in range(120):
            bob.rotate(room)
            bob.share(self.alice, room)
            events.append((bob.say(room, f"message {number}"), f"message {number}"))
        self.alice.call("start")
        self.alice.wait_idle()
        for event, body in events[-10:]:
            self.reads(room, event, body)
        items = {one["event_id"]: one for one in self.alice.history(room)}
        self.assertEqual([body for event, body in events if items[event]["body"] != body], [])

    def test_UnprocessedToDeviceMessagesArentLostOnRestart(self):
        """Killed as soon as the server has given the keys away: they are there after the start."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        for number in range(4):
            bob.rotate(room)
            bob.share(self.alice, room)
            event = bob.say(room, f"sauvé {number}")
            time.sleep(0.03 * number)
            self.alice.kill()
            self.alice.resume()
            self.reads(room, event, f"sauvé {number}")

    def test_ToDeviceMessagesArentLostWhenKeysQueryFails(self):
        """The key of a device that nobody could ask about yet is kept; the message is read, and marked until it is known."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        with self.proxy.rule("POST", "/keys/query", status=504):
            tablet = self.forged(bob.name, register=False)
            tablet.share(self.alice, room)
            event = tablet.say(room, "d'un poste inconnu")
            self.reads(room, event, "d'un poste inconnu")
        self.asks_again(bob.user)
        self.reads(room, event, "d'un poste inconnu")

    def test_ALostAnswerToAClaimUsesNoKeyTwice(self):
        """TEST_HITLIST: the server gave a key away and nobody heard of it: another one is asked for, and all is read."""
        bob = self.forged("bob")
        with self.proxy.rule("POST", "/keys/claim", lose=True, times=1) as rule:
            room = self.room_with(bob)
            event = self.says(room, "malgré tout")
            self.assertEqual(len(rule.hits), 1)
        self.assertEqual(self.can_read(bob, room, event), "malgré tout")

    def test_AHalfSentKeyIsFinishedAfterARestart(self):
        """TEST_HITLIST: killed while keys are on their way: the message goes afterwards, once, and all can read it."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        rule = self.proxy.rule("PUT", "/sendToDevice/.*", lose=True)
        self.alice.begin("send", room=room, body="à moitié")
        deadline = time.monotonic() + 15
        while not rule.hits and time.monotonic() < deadline:
            time.sleep(0.02)
        self.alice.kill()
        self.proxy.drop(rule)
        self.alice.resume()
        item = self.alice.call("wait_message", room=room, body="à moitié", timeout=20_000)
        deadline = time.monotonic() + 20
        while not item["event_id"].startswith("$") and time.monotonic() < deadline:
            time.sleep(0.2)
            item = self.alice.call("wait_message", room=room, body="à moitié", timeout=20_000)
        self.assertEqual(self.can_read(bob, room, item["event_id"]), "à moitié")
        sent = [one for one in bob.api.messages(room)["chunk"] if one["type"] == "m.room.encrypted"]
        self.assertEqual(len(sent), 1)


class OfflineServer(Readers):
    """Carol's server, which federates with alice's, is away for a while."""
    bootstrapped = False
    federation = True

    def setUp(self):
        super().setUp()
        self.bob = self.forged("bob")
        self.carol = Forged(self.bed.servers[1], self.forger, f"carol{self.number}")

    @contextlib.contextmanager
    def away(self):
        self.bed.servers[1].stop()
        try:
            yield
        finally:
            self.bed.servers[1].start()

    def comes_back(self, room):
        """Her server is heard again: only then does alice's send it what has waited."""
        event = self.carol.api.send(room, "de retour")
        self.item(room, event, timeout=60_000)

    def says_soon(self, room, body):
        """Whoever does not answer holds nobody up for longer than a few seconds, and bob can read it."""
        began = time.monotonic()
        event = self.says(room, body)
        self.assertLess(time.monotonic() - began, 25)
        self.assertEqual(self.can_read(self.bob, room, event), body)
        return event

    def test_NewUserCannotGetKeysForOfflineServer(self):
        """Nobody waits long for it; once it is back, what was said meanwhile is for her as well."""
        room = self.room_with(self.bob, self.carol)
        with self.away():
            lost = self.says_soon(room, "pendant la panne")
        self.comes_back(room)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:  # her device is tried again after a while
            event = self.says(room, "après la panne")
            time.sleep(1)
            if self.can_read(self.carol, room, event):
                break
            time.sleep(4)
        self.assertEqual(self.can_read(self.carol, room, event), "après la panne")
        self.assertEqual(self.can_read(self.carol, room, lost), "pendant la panne")

    def test_ExistingSessionCannotGetKeysForOfflineServer(self):
        """What was agreed on with her device for one room serves for another."""
        first, second = self.room_with(self.bob, self.carol), self.room_with(self.bob, self.carol)
        event = self.says(first, "avant la panne")
        for _ in range(40):
            if self.can_read(self.carol, first, event):
                break
            time.sleep(0.5)
        with self.away():
            event = self.says_soon(second, "pendant la panne")
        self.comes_back(second)
        for _ in range(60):
            if self.can_read(self.carol, second, event):
                break
            time.sleep(0.5)
        self.assertEqual(self.can_read(self.carol, second, event), "pendant la panne")


if __name__ == "__main__":
    main()
