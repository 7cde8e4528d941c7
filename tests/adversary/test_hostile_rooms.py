#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said in rooms, and around what is said: edits, names, rights, times and addresses that lie. Matrix-client 5.2.79 to 100."""
import threading
import time
import unicodedata

from scene import Attacks, main
from matrix_api import quote  # from a folder that the scene has added

YEAR_9999 = 253402300799999
SAID_AT_ONCE = 60


class Marks(Attacks):
    def test_aMessageInClearStaysMarked(self):
        """5.2.29: the server shows where the encryption began once more, behind what it has put in; also after a restart."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        self.reads(room, bob.say(room, "bonjour"), "bonjour")
        [began] = [one for one in bob.api.messages(room)["chunk"] if one["type"] == "m.room.encryption"]
        inside = bob.api.send(room, "virez tout sur ce compte")
        self.marked(room, inside)
        self.proxy.each_event(lambda _, one: [one, began] if one.get("type") == "m.room.encrypted"
                              and one.get("sender") == bob.user else one)
        for body in ("un", "deux"):
            self.reads(room, bob.say(room, body), body)
            self.marked(room, inside)
        self.alice.stop()
        self.alice.resume()
        self.marked(room, inside)

    def marked(self, room, event):
        item = self.item(room, event)
        self.assertEqual((item["encrypted"], item["shield"], item["shield_reason"]), (False, "red", "sent_in_clear"))


class Edits(Attacks):
    """Bob, who said something to alice, and mallory in the same room."""

    def setUp(self):
        super().setUp()
        self.bob, self.mallory = self.forged("bob"), self.forged("mallory")
        self.room = self.room_with(self.bob, self.mallory)

    def edit(self, who, of, inside=None, clear=False, **content):
        """An edit; `content` is what is bent of it, and `inside` of its envelope. In clear, or encrypted as the message was."""
        relation = {"rel_type": "m.replace", "event_id": of}
        whole = {"msgtype": "m.text", "body": "* forgé", "m.new_content": {"msgtype": "m.text", "body": "forgé"},
                 "m.relates_to": relation, **content}
        whole = {key: value for key, value in whole.items() if value is not None}
        if clear:
            return who.api.send(self.room, whole)
        sealed = who.encrypt(self.room, None, content=whole, **(inside or {}))
        return who.api.send(self.room, {**sealed, "m.relates_to": relation}, "m.room.encrypted")

    def forge(self, event):
        """Every edit of it that is none."""
        bob = self.bob
        self.edit(self.mallory, event)
        self.edit(self.mallory, event, clear=True)
        self.edit(bob, event, clear=True)
        self.edit(bob, event, {"type": "m.sticker"})
        self.edit(bob, event, {"type": "m.reaction"})
        self.edit(bob, event, {"state_key": ""})
        self.edit(bob, event, **{"m.new_content": None})
        self.edit(bob, event, **{"m.new_content": "forgé"})

    def nobody_is_fooled(self, event, body, edited=False):
        self.settle()
        self.assertNotIn("forgé", self.preview())
        last = self.bob.say(self.room, "après")  # so that everything before it has come
        self.reads(self.room, last, "après")
        item = self.reads(self.room, event, body)
        self.assertEqual(item["edited"], edited)
        self.assertEqual(self.preview(), "après")
        for _ in range(40):
            if event in self.found(body):
                break
            time.sleep(0.25)
        self.assertIn(event, self.found(body))
        self.assertNotIn(event, self.found("forgé"))

    def preview(self):
        return next(one for one in self.alice.call("rooms") if one["room_id"] == self.room)["last"]["preview"]

    def found(self, text):
        return [one["event_id"] for one in self.alice.call("search", text=text, room=self.room)["hits"]]

    def test_editsThatAreNone(self):
        """CVE-2026-45057: of others, in clear, of another kind, of nothing; before the message is readable, and after it."""
        for who in (self.bob, self.mallory):
            who.share(self.alice, self.room)
        event = self.bob.say(self.room, "vrai")
        self.forge(event)
        self.nobody_is_fooled(event, "vrai")
        valid = self.edit(self.bob, event, **{"m.new_content": {"msgtype": "m.text", "body": "corrigé"}})
        self.edit(self.bob, valid)  # an edit of an edit
        self.nobody_is_fooled(event, "corrigé", edited=True)  # so that the others could have done something

        self.bob.rotate(self.room)
        key = self.bob.room_key(self.room)  # as it is before the message
        late = self.bob.say(self.room, "tardif")
        self.forge(late)
        self.assertEqual(self.unreadable(self.room, late), "key_not_arrived")
        self.bob.tell(self.alice, self.bob.encrypted(self.alice, "m.room_key", key))
        self.nobody_is_fooled(late, "tardif")

    def test_editsOfTheServersMaking(self):
        """It puts one beside the message, in clear, in bob's name, and one into what it says of relations."""
        self.bob.share(self.alice, self.room)
        target = {}

        def bend(_, one):
            if one.get("event_id") != target.get("event") or not target:
                return one
            forged = {"type": "m.room.message", "event_id": "$forged", "sender": self.bob.user,
                      "origin_server_ts": one["origin_server_ts"] + 1, "room_id": self.room,
                      "content": {"msgtype": "m.text", "body": "* forgé",
                                  "m.new_content": {"msgtype": "m.text", "body": "forgé"},
                                  "m.relates_to": {"rel_type": "m.replace", "event_id": one["event_id"]}}}
            bundled = {**one.get("unsigned", {}), "m.relations": {"m.replace": forged}}
            return [{**one, "unsigned": bundled}, forged]

        self.alice.call("stop")
        target["event"] = self.bob.say(self.room, "vrai")
        self.proxy.each_event(bend)
        self.alice.call("start")
        self.nobody_is_fooled(target["event"], "vrai")


class Around(Attacks):
    """What servers and members put around a message, and what Parvis makes of it."""
    bootstrapped = False

    def called(self, name, displayname):
        one = self.forged(name)
        one.api.call("PUT", f"/profile/{quote(one.user)}/displayname", {"displayname": displayname})
        return one

    def test_namesThatDeceive(self):
        """5.2.79: bent, stacked, invisible and broken letters go; who is called as somebody else is told apart by the address."""
        flood = "Zo" + "\u0301" * 50 + "é"
        same = [self.called("durand", "Alice Durand"), self.called("faux", "Alice\u200b \uff24urand"),
                self.called("cyrillique", "\u0410lice Durand"), self.called("grand-i", "AIice Durand")]
        others = [self.called("retour", "Bob\u202e trebuaL\n\u0007\u2066"), self.called("zalgo", flood),
                  self.called("adresse", f"{self.alice.user_id}"), self.called("tous", "@room"),
                  self.called("vide", "\u2800\u3164")]
        room = self.room_with(*same, *others)
        names = {one["user_id"]: one["name"] for one in self.alice.call("members", room=room)}
        for one in same:
            self.assertIn(one.user, names[one.user])
        self.assertEqual(names[others[4].user], others[4].user)
        self.assertIn(others[2].user, names[others[2].user])  # not alice's address alone
        for name in names.values():
            self.assertFalse([c for c in name if unicodedata.category(c) in ("Cc", "Cf")], name)
            marks = [unicodedata.combining(c) > 0 for c in unicodedata.normalize("NFD", name)]
            self.assertFalse(any(all(marks[at:at + 5]) for at in range(len(marks) - 4)), name)

    def test_rightsThatNobodyCanMean(self):
        """5.2.92: texts, fractions, without end, below everything, not there: a number in bounds, and the room goes on."""
        bob, mallory = self.forged("bob"), self.forged("mallory")
        room = self.room_with(bob, mallory)
        lies = ({"users": {self.alice.user_id: " 100 ", bob.user: 1e300, mallory.user: -1e300}, "users_default": "7"},
                {"users": {bob.user: [], mallory.user: "x"}, "users_default": {}, "events": 5, "invite": None},
                {"users": 7}, {"users": {bob.user: 2**53, mallory.user: -2**53}}, {})
        for lie in lies:
            with self.subTest(lie):
                self.proxy.each_event(lambda _, one, lie=lie: {**one, "content": lie}
                                      if one.get("type") == "m.room.power_levels" else one)
                levels = self.acting().call("GET", self.path(room, "state", "m.room.power_levels"))
                levels["users_default"] = (levels.get("users_default", 0) + 1) % 2
                self.acting().call("PUT", self.path(room, "state", "m.room.power_levels"), levels)
                self.reads(room, bob.api.send(room, f"après {lie}"), f"après {lie}")
                power = {one["user_id"]: one["power"] for one in self.alice.call("members", room=room)}
                self.assertTrue(all(abs(one) <= 2**53 for one in power.values()), power)
                if lie.get("users_default") == "7":
                    self.assertGreater(power[bob.user], 100)
                    self.assertLess(power[mallory.user], 0)
                self.assertTrue(self.says(room, "toujours"))
                self.proxy.honest()

    def acting(self):
        return self.server.acting(self.alice.user_id)

    def path(self, room, *parts):
        return "/rooms/" + quote(room) + "".join("/" + part for part in parts)

    def test_whatIsSaidBesideAnEvent(self):
        """5.2.94: another's message with the number of ours is not ours; what is said to be taken away takes nothing else along."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        before = bob.api.send(room, "avant")
        self.reads(room, before, "avant")
        gate = threading.Event()
        with self.proxy.rule("PUT", "/send/m.room.encrypted/.*", hold=gate):
            begun = self.alice.begin("send", room=room, body="à moi", wait=True)
            txn = self.pending(room)
            because = {"type": "m.room.redaction", "event_id": "$r", "sender": bob.user, "origin_server_ts": 1,
                       "redacts": before, "content": {"redacts": before}}
            self.proxy.each_event(lambda _, one: one if one.get("content", {}).get("body") != "de bob" else
                                  {**one, "unsigned": {"transaction_id": txn, "age": -10**15}})
            self.proxy.each_event(lambda _, one: one if one.get("content", {}).get("body") != "retirés" else
                                  {**one, "unsigned": {"redacted_because": because}})
            theirs = bob.api.send(room, "de bob")
            bob.api.send(room, "retirés")
            self.reads(room, bob.api.send(room, "enfin"), "enfin")
            self.reads(room, theirs, "de bob")
            self.reads(room, before, "avant")
            self.assertEqual(self.pending(room), txn)
            gate.set()
        self.alice.finish(begun)
        bodies = [one["body"] for one in self.alice.call("timeline", room=room)]
        self.assertEqual((bodies.count("à moi"), bodies.count("de bob"), bodies.count("avant")), (1, 1, 1), bodies)

    def pending(self, room):
        for _ in range(60):
            waiting = [one["txn_id"] for one in self.alice.call("timeline", room=room) if one["state"] == "sending"]
            if waiting:
                return waiting[0]
            time.sleep(0.1)
        self.fail("nothing is on its way")

    def test_pagesThatLeadInACircle(self):
        """5.2.95: the same token, two in turns, new ones without end, and nothing on any page: given up soon, and taken up again."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        self.alice.call("stop")
        for number in range(SAID_AT_ONCE):
            bob.api.send(room, f"message {number}")
        self.alice.call("start")
        self.alice.wait_idle()
        numbers = iter(range(10**6))
        for what, end in (("the same", lambda: "s1_1"), ("in turns", lambda: f"s{next(numbers) % 2}_1"),
                          ("new ones", lambda: f"s{next(numbers)}_1")):
            with self.subTest(what), self.proxy.rule("GET", "/messages", answer=lambda body, asked, end=end: {
                    **body, "chunk": [], "end": end()}) as rule:
                began = time.monotonic()
                for _ in range(4):  # what is on the disk comes first
                    if not self.alice.call("paginate", room=room, count=100, timeout=30_000)["added"]:
                        break
                else:
                    self.fail("something was added again and again")
                self.assertLess(len(rule.hits), 30)
                self.assertLess(time.monotonic() - began, 15)
        self.assertTrue(self.says(room, "toujours"))

    def test_timesThatCannotBe(self):
        """5.2.96: before 1970, after 9999, no number: shown in bounds, in the order of the server, and no key is rotated."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        times = {"un": 0, "deux": -5, "trois": 2**62, "quatre": 10**300, "cinq": YEAR_9999 + 1, "six": 1}
        first = self.wire(room, self.says(room, "début"))["content"]["session_id"]
        self.proxy.each_event(lambda _, one: {**one, "origin_server_ts": times[one["content"]["body"]]}
                              if one.get("content", {}).get("body") in times else one)
        events = [(bob.api.send(room, body), body) for body in times]
        for event, body in events:
            self.assertTrue(0 <= self.reads(room, event, body)["ts"], body)
        bodies = [one["body"] for one in self.alice.call("timeline", room=room) if one["body"] in times]
        self.assertEqual(bodies, list(times))
        self.assertEqual(self.wire(room, self.says(room, "fin"))["content"]["session_id"], first)

    def test_reactionsWithoutMeasure(self):
        """5.2.87: a key of a megabyte, of nothing, five hundred of them: none or few are shown, and the message stays."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        event = bob.api.send(room, "bonjour")
        self.reads(room, event, "bonjour")

        def storm(_, one):
            if one.get("type") != "m.reaction":
                return one
            keys = ["x" * 1_000_000, "", " ", 7, None, "\u202e"] + [f"k{number}" for number in range(500)] + ["k1"]
            return [{**one, "event_id": f"$storm{number}", "content": {"m.relates_to": {
                "rel_type": "m.annotation", "event_id": event, "key": key}}} for number, key in enumerate(keys)]

        self.proxy.each_event(storm)
        bob.api.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": "k"}}, "m.reaction")
        self.reads(room, bob.api.send(room, "après"), "après")
        reactions = self.item(room, event)["reactions"]
        self.assertTrue(0 < len(reactions) <= 50, len(reactions))
        self.assertTrue(all(0 < len(key) <= 128 for key in reactions), reactions)
        self.assertTrue(self.says(room, "toujours"))

    def test_picturesWithoutMeasure(self):
        """5.2.85: widths, heights and sizes that no picture has: in bounds, or not said."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        for said in (10**9, 1e300, -5, "10", None, 2**63):
            with self.subTest(said):
                content = {"msgtype": "m.image", "body": "image.png", "url": "mxc://parvis.test/abc", "info": {
                    "w": said, "h": said, "size": said, "mimetype": "image/" + "x" * 500}}
                media = self.item(room, bob.api.send(room, bob.encrypt(room, None, content=content),
                                                     "m.room.encrypted"))["media"]
                self.assertTrue(all(0 <= media.get(one, 0) <= 16_384 for one in ("w", "h")), media)
                self.assertTrue(0 <= media.get("size", 0) <= 2**53 and len(media["mime"]) < 128, media)


if __name__ == "__main__":
    main()
