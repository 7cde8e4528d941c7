#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Going to places of a room's past on a real homeserver, reading on from there both ways; threads, pinned messages,
who writes and who has read.

The other person's side is the plain client-server API.
"""
import os
import sys
import time
import unittest
from urllib.parse import quote

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from homeserver import TestBed
from json_lines import CommandError

MESSAGES = 260


class Places(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed().start()
        cls.addClassCleanup(cls.bed.close)
        cls.near = cls.bed.servers[0]
        cls.paul = cls.near.register("paul")
        cls.room = cls.paul.create_room(preset="public_chat", name="Archives")
        cls.sent = []
        cls.middle_ts = 0
        for number in range(MESSAGES):
            if number == MESSAGES // 2:
                time.sleep(0.02)
                cls.middle_ts = int(time.time() * 1000)
                time.sleep(0.02)
            cls.sent.append(cls.paul.send(cls.room, f"ligne {number}"))
        cls.driver = Driver("claire").log_in(cls.near)
        cls.addClassCleanup(cls.driver.close)
        cls.driver.call("join", room=cls.room)
        cls.driver.wait_idle()

    def shown(self, limit=50, **more):
        return [item["event_id"] for item in self.driver.call("timeline", room=self.room, limit=limit, **more)
                if item["type"] == "m.room.message"]

    def assert_run(self, ids):
        """A piece of what was sent, nothing missing and nothing twice."""
        known = [one for one in ids if one in self.sent]
        first = self.sent.index(known[0])
        self.assertEqual(known, self.sent[first:first + len(known)])

    def refused(self, command, **arguments):
        with self.assertRaises(CommandError) as raised:
            self.driver.call(command, **arguments)
        return raised.exception.error

    def test_1_to_an_event_and_on_to_both_ends(self):
        newest = self.shown(limit=1)
        target = self.sent[60]
        self.assertEqual(self.driver.call("jump", room=self.room, event=target)["event_id"], target)
        around = self.shown(limit=1)
        self.assertNotEqual(around, newest)
        ids = self.shown(limit=20)
        self.assertIn(target, self.shown(limit=60))
        self.assert_run(ids)

        page = self.driver.call("paginate", room=self.room, back=False, count=30)
        self.assertGreater(page["added"], 0)
        self.assertFalse(page["at_end"])
        deadline = time.monotonic() + 60
        while not page["at_end"] and time.monotonic() < deadline:
            page = self.driver.call("paginate", room=self.room, back=False, count=50)
        self.assertTrue(page["at_end"])
        self.assertEqual(self.shown(limit=1), newest)
        # It is the conversation again: what comes shows, and all that was sent is there in its order.
        self.sent.append(self.paul.send(self.room, "vient d'arriver"))
        self.driver.call("wait_message", room=self.room, body="vient d'arriver")
        everything = [one for one in self.shown(limit=500) if one in self.sent]
        self.assertEqual(everything, self.sent)

    def test_2_to_a_date_and_back(self):
        first = self.driver.call("jump", room=self.room, ts=self.middle_ts)["event_id"]
        self.assertEqual(first, self.sent[MESSAGES // 2])
        self.driver.call("jump", room=self.room, ts=0)
        last = self.driver.call("jump", room=self.room, ts=int(time.time() * 1000) + 3_600_000)["event_id"]
        self.assertTrue(last)
        self.assertEqual(self.driver.call("jump", room=self.room), {"event_id": ""})
        self.assertEqual(self.shown(limit=1), [self.sent[-1]])

    def test_3_what_is_not_there(self):
        before = self.shown(limit=10)
        self.assertEqual(self.refused("jump", room=self.room, event="$nulle_part")["kind"], "not_found")
        self.assertEqual(self.refused("jump", room=self.room, ts=-5)["code"], "PARVIS_BAD_REQUEST")
        self.assertEqual(self.refused("jump", room=self.room, ts=5, event="$e")["kind"], "usage")
        self.assertEqual(self.shown(limit=10), before)

    def test_4_it_is_so_after_a_restart(self):
        self.driver.call("jump", room=self.room, event=self.sent[20])
        self.driver.stop()
        self.driver.resume()
        self.driver.wait_idle()
        self.assertEqual(self.shown(limit=1), [self.sent[-1]])
        self.driver.call("jump", room=self.room, event=self.sent[21])
        self.assert_run(self.shown(limit=20))
        self.driver.call("jump", room=self.room)

    def in_thread(self, root, body):
        return self.paul.send(self.room, {"msgtype": "m.text", "body": body, "m.relates_to": {
            "rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}})

    def test_5_threads(self):
        root = self.sent[3]
        theirs = [self.in_thread(root, f"fil {number}") for number in range(4)]
        self.sent += theirs
        other = self.sent[-6]
        self.sent.append(self.in_thread(other, "autre fil"))
        self.driver.call("wait_message", room=self.room, body="autre fil")
        threads = self.driver.call("threads", room=self.room)
        self.assertEqual([(one["event_id"], one["count"]) for one in threads], [(other, 1), (root, 4)])
        self.assertEqual(threads[1]["latest"]["body"], "fil 3")
        ours = self.driver.call("send", room=self.room, thread=root, body="ma réponse", wait=True)["event_id"]
        self.sent.append(ours)
        self.assertEqual(self.shown(thread=root), [root, *theirs, ours])
        self.driver.call("read", room=self.room, thread=root, event=theirs[-1])
        self.assertEqual(self.refused("read", room=self.room, thread=root, event=self.sent[5])["code"],
                         "PARVIS_NO_SUCH_EVENT")

    def test_6_pinned_messages(self):
        levels = self.paul.call("GET", f"/rooms/{quote(self.room)}/state/m.room.power_levels/")
        self.assertEqual(self.refused("pin", room=self.room, event=self.sent[-1])["kind"], "forbidden")
        levels["users"][self.driver.user_id] = 50
        self.paul.call("PUT", f"/rooms/{quote(self.room)}/state/m.room.power_levels/", levels)
        self.driver.call("pin", room=self.room, event=self.sent[-1])
        self.driver.call("pin", room=self.room, event=self.sent[-1])
        state = f"/rooms/{quote(self.room)}/state/m.room.pinned_events/"
        self.assertEqual(self.paul.call("GET", state), {"pinned": [self.sent[-1]]})
        self.paul.call("PUT", state, {"pinned": [self.sent[-1], self.sent[10], 5, "nonsense", "$nulle_part"]})
        deadline = time.monotonic() + 20
        pins = []
        while len(pins) < 2 and time.monotonic() < deadline:
            pins = [pin["event_id"] for pin in self.driver.call("pins", room=self.room)]
        self.assertEqual(pins, [self.sent[-1], self.sent[10]])
        self.driver.call("unpin", room=self.room, event=self.sent[-1])
        self.assertNotIn(self.sent[-1], self.paul.call("GET", state)["pinned"])
        self.assertEqual([pin["event_id"] for pin in self.driver.call("pins", room=self.room)], [self.sent[10]])
        self.assertEqual(self.refused("pin", room=self.room, event="$inconnu")["code"], "PARVIS_NO_SUCH_EVENT")

    def test_7_who_writes_and_who_has_read(self):
        path = f"/rooms/{quote(self.room)}/typing/{quote(self.paul.user_id)}"
        self.paul.call("PUT", path, {"typing": True, "timeout": 30000})
        self.assertEqual(self.driver.call("wait_typing", room=self.room, user=self.paul.user_id)["users"],
                         [self.paul.user_id])
        self.paul.call("PUT", path, {"typing": False})
        self.driver.call("wait_typing", room=self.room, user=self.paul.user_id, on=False)

        ours = self.driver.call("send", room=self.room, body="lu ?", wait=True)["event_id"]
        with self.assertRaises(CommandError):
            self.driver.call("wait_receipt", room=self.room, event=ours, user=self.paul.user_id, timeout=300)
        self.paul.call("POST", f"/rooms/{quote(self.room)}/receipt/m.read/{quote(ours)}", {})
        self.driver.call("wait_receipt", room=self.room, event=ours, user=self.paul.user_id)
        line = self.driver.call("timeline", room=self.room, limit=1)[0]
        self.assertEqual((line["event_id"], line["receipts"]), (ours, [self.paul.user_id]))

        self.driver.call("typing", room=self.room, on=True)
        self.assertIn(self.driver.user_id, self.typing_as_paul_sees())
        self.driver.call("typing", room=self.room, on=False)

    def line(self, event):
        return next(item for item in self.driver.call("timeline", room=self.room, limit=500)
                    if item["event_id"] == event)

    def until(self, holds, what):
        deadline = time.monotonic() + 20
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertTrue(holds(), what)

    def test_8_polls_and_places(self):
        poll = self.driver.call("poll", room=self.room, question="Quand ?", answers=["lundi", "mardi"],
                                wait=True)["event_id"]
        kind = "org.matrix.msc3381.poll."
        refer = {"m.relates_to": {"rel_type": "m.reference", "event_id": poll}}
        self.paul.send(self.room, {**refer, kind + "response": {"answers": ["2"]}}, kind + "response")
        self.driver.call("vote", room=self.room, event=poll, answers=["1"], wait=True)
        voters = [[self.driver.user_id], [self.paul.user_id]]
        self.until(lambda: [one["voters"] for one in self.line(poll)["poll"]["answers"]] == voters, "the votes")
        self.assertEqual(self.refused("vote", room=self.room, event=poll, answers=["9"])["code"],
                         "PARVIS_NO_SUCH_EVENT")
        self.driver.call("close_poll", room=self.room, event=poll, wait=True)
        self.until(lambda: self.line(poll)["poll"]["ended"], "the end")
        self.assertEqual(self.refused("vote", room=self.room, event=poll, answers=["1"])["code"], "PARVIS_POLL_ENDED")
        theirs = self.paul.send(self.room, {kind + "start": {
            "question": {"org.matrix.msc1767.text": "Qui ?"}, "kind": kind + "undisclosed", "max_selections": 1,
            "answers": [{"id": "x", "org.matrix.msc1767.text": "moi"}]}}, kind + "start")
        self.driver.call("wait_message", room=self.room, event_id=theirs)
        self.driver.call("vote", room=self.room, event=theirs, answers=["x"], wait=True)
        self.until(lambda: self.line(theirs)["poll"]["answers"][0]["own"], "the own vote")
        self.assertEqual(self.line(theirs)["poll"]["answers"][0]["voters"], [])

        place = self.driver.call("location", room=self.room, latitude=48.8566, longitude=2.3522, body="Paris",
                                 wait=True)["event_id"]
        self.assertEqual(self.line(place)["geo_uri"], "geo:48.856600,2.352200")
        self.assertEqual(self.refused("location", room=self.room, latitude=91, longitude=0)["code"],
                         "PARVIS_BAD_PLACE")
        self.assertEqual(self.refused("poll", room=self.room, question=" ", answers=["a"])["code"],
                         "PARVIS_EMPTY_MESSAGE")

    def test_9_forwarding_mentions_and_notifications(self):
        other = self.driver.call("create_room", name="Ailleurs", kind="unencrypted")["room_id"]
        forwarded = self.driver.call("forward", room=self.room, event=self.sent[-1], to=other, wait=True)
        self.assertTrue(forwarded["txn_id"])
        self.assertEqual(self.driver.call("timeline", room=other, limit=1)[0]["body"],
                         self.line(self.sent[-1])["body"])
        self.assertEqual(self.refused("forward", room=self.room, event=self.sent[-1], to="!nulle:part")["code"],
                         "PARVIS_NO_SUCH_ROOM")

        named = self.driver.call("send", room=self.room, body="Paul ?", wait=True,
                                 mentions=[self.paul.user_id, self.driver.user_id, "@room"])["event_id"]
        content = self.paul.call("GET", f"/rooms/{quote(self.room)}/event/{quote(named)}")["content"]
        self.assertEqual(content["m.mentions"], {"user_ids": [self.paul.user_id], "room": True})
        self.assertEqual(self.refused("send", room=self.room, body="x", mentions=["paul"])["code"],
                         "PARVIS_BAD_USER_ID")

        plain = self.paul.send(self.room, "simple")
        calls = self.paul.send(self.room, {"msgtype": "m.text", "body": "Claire !",
                                           "m.mentions": {"user_ids": [self.driver.user_id]}})
        quiet = self.paul.send(self.room, {"msgtype": "m.notice", "body": "automate"})
        self.driver.call("wait_message", room=self.room, event_id=quiet)
        told = [(one["event_id"], one["highlight"]) for one in self.driver.call("notifications", limit=2)]
        self.assertEqual(told, [(calls, True), (plain, False)])
        self.paul.call("PUT", f"/rooms/{quote(self.room)}/redact/{quote(plain)}/t1", {})
        self.until(lambda: plain not in [one["event_id"] for one in self.driver.call("notifications")],
                   "what was taken back is told no more")
        invited = self.paul.create_room(preset="private_chat", name="Secret", invite=[self.driver.user_id])
        self.until(lambda: self.driver.call("notifications")[0]["room_id"] == invited, "the invitation")
        self.assertEqual(self.driver.call("notifications")[0]["kind"], "invitation")

    def test_a_the_encrypted_past_of_a_new_cache(self):
        room = self.driver.call("create_room", name="Secrets", kind="private")["room_id"]
        ids = [self.driver.call("send", room=room, body=f"secret {number}", wait=True)["event_id"]
               for number in range(45)]
        self.driver.wait_idle()
        self.driver.stop()
        again = Driver("claire", folder=self.driver.folder, keep=True, options=("--rebuild",))
        self.addCleanup(self.driver.resume)
        self.addCleanup(again.stop)
        again.resume()
        again.wait_idle()
        again.call("jump", room=room, event=ids[3])
        items = [item for item in again.call("timeline", room=room, limit=5) if item["event_id"] in ids]
        self.assertEqual([(item["body"], item["encrypted"], item["readable"]) for item in items],
                         [(f"secret {ids.index(item['event_id'])}", True, True) for item in items])
        self.assertTrue(items)
        page = {"at_end": False}
        while not page["at_end"]:
            page = again.call("paginate", room=room, back=False, count=20)
        everything = again.call("timeline", room=room, limit=500)
        self.assertEqual([item["event_id"] for item in everything if item["event_id"] in ids], ids)
        self.assertEqual([item for item in everything if item["shield"] != "none"], [])

    def typing_as_paul_sees(self):
        since = None
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            query = {"timeout": 1000, **({"since": since} if since else {})}
            answer = self.paul.call("GET", "/sync", query=query)
            since = answer["next_batch"]
            room = answer.get("rooms", {}).get("join", {}).get(self.room, {})
            for event in room.get("ephemeral", {}).get("events", []):
                if event["type"] == "m.typing" and event["content"]["user_ids"]:
                    return event["content"]["user_ids"]
        return []


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "390")))
    unittest.main(verbosity=2)
