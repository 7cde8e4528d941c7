#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synchronising with a server that answers badly, in both dialects at once.

Whatever comes: nothing ends or hangs, memory stays bounded, what is wrong is said, a good message in the same
answer or in the next one appears exactly once, and what was there is there after a restart.
PARVIS_TEST_SEED repeats a run of the random parts; `hostile_sync_long` breaks every place.
"""
import json
import os
import random
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from answer_mutations import (at, batches, full_keys, full_news, holds, places, put, scramble,
                              wrong_types)
from hostile_server import Answer
from hostile_syncs import endless_delays, errcode, gzipped, keys_of, padding, refused, taken
from sync_server import ROOM
from sync_world import SyncWorld

CROWD = "!foule:hostile.example"
SANITIZED = "ASAN_OPTIONS" in os.environ
STUCK_SECONDS = 3
SEED = int(os.environ.get("PARVIS_TEST_SEED", random.randrange(2**32)))
# A part of the broken places each time, chosen by the seed; all of them with 1 (hostile_sync_long).
ONE_IN = int(os.environ.get("PARVIS_ONE_IN", "4"))
RANDOM_ANSWERS = 100 if SANITIZED or ONE_IN > 1 else 300
KEPT_KIB = (384 if SANITIZED else 96) * 1024  # the sanitizers keep freed memory for a while
LARGEST_PEAK_KIB = 700 * 1024
MANY_EVENTS = 2_000 if SANITIZED else 10_000


class HostileSync(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.worlds = [SyncWorld(cls(), sliding, language).sign_in()
                      for sliding, language in ((False, "en"), (True, "fr"))]

    def tearDown(self):
        """Nothing is lost, neither here nor in the next run of the program, which comes as after a power cut."""
        for world in self.worlds:
            with self.subTest(afterwards=world.name):
                world.server.heal()
                world.recovers()
                before = world.check_kept()
                self.assertLess(world.resident() - world.memory, KEPT_KIB)
                world.restart(orderly=self._testMethodName > "test_m")
                world.recovers()
                after = world.check_kept()
                self.assertEqual([item["event_id"] for item in after[:len(before)]],
                                 [item["event_id"] for item in before])
                world.memory = world.resident()

    # Nothing of it can be taken

    def test_answers_that_are_none(self):
        for case in refused():
            said, begun = {}, {}
            for world in self.worlds:
                world.forget_events()
                begun[world] = world.good()
                world.server.sync(case.answer(world.server, begun[world]))
                world.server.sync(world.server.news([begun[world]]))
            for world, good in begun.items():
                with self.subTest(answer=case.name, dialect=world.name):
                    said[world] = world.said(case.kind, case.code) if case.kind else world.name
                    world.arrives(good)
                    world.is_online()
            self.assertEqual(len(set(said.values())), 2, said)  # one speaks French

    def test_the_person_need_not_wait_for_ever(self):
        for case in endless_delays():
            for world in self.worlds:
                with self.subTest(delay=case.name, dialect=world.name):
                    world.forget_events()
                    world.server.sync(case.answer(world.server, None))
                    world.said(case.kind, case.code)
                    world.driver.call("stop")
                    world.driver.call("start")
                    self.assertLess(world.recovers(), 10)

    def test_a_bad_time_that_lasts(self):
        """While the server fails, Parvis asks less and less often, and answers."""
        for world in self.worlds:
            path = ("POST", "/sync") if world.server.sliding else ("GET", "/sync")
            for name, answer in (("500", Answer(b"", status=500)), ("bad", Answer(b"{")),
                                 ("unknown", Answer(errcode("M_UNKNOWN_POS"), status=400))):
                with self.subTest(answer=name, dialect=world.name):
                    world.forget_events()
                    world.server._bad[path] = answer
                    world.driver.wait_event("connection", 30, state="offline")
                    self.assertEqual(world.driver.call("status")["connection"], "offline")
                    world.check_kept()
                    world.server.heal()
                    world.recovers()

    def test_an_unknown_position(self):
        """The server has forgotten us: everything comes anew, and nothing twice."""
        for world in self.worlds:
            with self.subTest(dialect=world.name):
                world.forget_events()
                unheard = [world.good() for _ in range(15)]
                world.server.sync(Answer(errcode("M_UNKNOWN_POS"), status=400))
                world.server.mail(Answer(errcode("M_UNKNOWN_POS"), status=400))
                world.arrives(unheard[-1])
                world.recovers()
                world.check_kept()

    def test_an_unknown_position_and_then_worse(self):
        """What comes instead of everything says nothing: no room may be taken for left."""
        one = {"all_rooms": {"count": 1}}
        for dialect, wrong in (
                ("both", {"rooms": 5}), ("both", {"rooms": []}), ("both", {"rooms": None}),
                ("classic", {"rooms": {"join": "x"}}), ("classic", {"rooms": {"join": {ROOM: 5}}}),
                ("sliding", {}), ("sliding", {"rooms": {}, "lists": "x"}), ("sliding", {"rooms": {}, "lists": one}),
                ("sliding", {"rooms": {ROOM: 5}}), ("sliding", {"rooms": {"": {}}, "lists": one})):
            for world in self.worlds:
                if dialect not in ("both", world.name):
                    continue
                with self.subTest(instead=wrong, dialect=world.name):
                    world.server.sync(Answer(errcode("M_UNKNOWN_POS"), status=400))
                    body = world.server.positioned(wrong)
                    world.server.sync(Answer(body))
                    world.server.wait_asked_from(body[world.server.position_key])
                    self.assertIn(ROOM, {room["room_id"] for room in world.driver.call("rooms")})
                    world.recovers()
                    world.check_kept()

    # Something in it is broken

    def test_broken_parts(self):
        for case in taken():
            begun = {}
            for world in self.worlds:
                world.forget_events()
                begun[world] = world.good()
                world.server.sync(case.answer(world.server, begun[world]))
            for world, good in begun.items():
                with self.subTest(answer=case.name, dialect=world.name):
                    world.arrives(good)
                    world.recovers()
                    world.silent()

    def test_broken_encryption_parts(self):
        for world in self.worlds:
            for name, body in keys_of(world.server):
                with self.subTest(answer=name, dialect=world.name):
                    world.forget_events()
                    body, uploads = world.server.positioned(body), len(world.server.uploaded)
                    world.server.mail(body)
                    world.server.wait_asked_from(body[world.server.position_key])
                    world.recovers()
                    world.silent()
                    self.assertLessEqual(sum(world.server.uploaded[uploads:]), 100)

    def test_wrong_types_everywhere(self):
        """Every place of an answer holds, once, each type of JSON that it must not hold."""
        print(f"PARVIS_TEST_SEED={SEED}", file=sys.stderr)
        for world in self.worlds:
            server = world.server
            world.forget_events()
            sample, broken = full_news(server, event := server.event()), 0
            for batch in list(batches(random.Random(SEED), sample, event))[::ONE_IN]:
                with self.subTest(dialect=world.name, seed=SEED, broken=batch):
                    body = full_news(server, good := world.good())
                    position, spoiled = body[server.position_key], batch[0][0] in ((), (server.position_key,))
                    for place, value in batch:
                        body = put(body, place, value)
                    self.take(world, body, good, position, spoiled)
                broken += len(batch)
            print(f"{world.name}: {broken} broken places", file=sys.stderr)
            self.assertGreater(broken, 1000 // ONE_IN)

    def test_wrong_types_beside(self):
        """The same for the part about encryption, which has a connection of its own in sliding sync."""
        world = self.worlds[1]
        sample = world.server.positioned(full_keys(world.server))
        chosen = list(places(sample))
        random.Random(SEED).shuffle(chosen)
        for place in chosen[::ONE_IN]:
            for value in wrong_types(at(sample, place)):
                with self.subTest(place="/".join(map(str, place)), value=value):
                    body = world.server.positioned(full_keys(world.server))
                    world.forget_events()
                    world.server.mail(Answer(put(body, place, value)))
                    if place in ((), ("pos",)):
                        world.said("protocol", "PARVIS_BAD_SYNC" if place else "PARVIS_BAD_JSON")
                        world.is_online()
                    else:
                        world.server.wait_asked_from(body["pos"])
                        world.silent()

    def test_anything_anywhere(self):
        print(f"PARVIS_TEST_SEED={SEED}", file=sys.stderr)
        for world in self.worlds:
            chance = random.Random(SEED)
            world.forget_events()
            for number in range(RANDOM_ANSWERS):
                with self.subTest(dialect=world.name, seed=SEED, number=number):
                    body = full_news(world.server, good := world.good())
                    self.take(world, scramble(chance, body, good), good, body[world.server.position_key])

    def take(self, world, body, good, position, spoiled=False):
        """The answer is taken, or refused where it has no position; the good message comes with it or after it."""
        world.server.sync(Answer(body))
        if spoiled:
            world.said("protocol", "PARVIS_BAD_SYNC" if isinstance(body, dict) else "PARVIS_BAD_JSON")
        if spoiled or not holds(body, good):
            world.server.sync(world.server.news([good]))
        if not spoiled:
            world.server.wait_asked_from(position)
            world.silent()
        world.arrives(good)

    # Too much of it

    def test_large_answers(self):
        """100 MB are much, and may be all that happened in a long absence: they are read, and let go again."""
        for world in self.worlds:
            for name, more in (("as it is", {}), ("compressed", {"Content-Encoding": "gzip"})):
                with self.subTest(answer=name, dialect=world.name):
                    good = world.good()
                    tail = json.dumps(world.server.positioned(world.server.news([good]))).encode()
                    world.forget_peak()
                    body = gzipped(100, tail) if more else padding(100, tail)
                    world.server.sync(Answer(body, headers=more))
                    world.arrives(good)
                    print(f"{world.name}, 100 MB {name}: {world.peak() >> 10} MiB", file=sys.stderr)
                    self.assertLess(world.peak() - world.memory, LARGEST_PEAK_KIB)

    def test_large_events(self):
        """An event of 100 MB is none; what stands beside it comes."""
        for world in self.worlds:
            with self.subTest(dialect=world.name):
                good = world.good()
                huge = world.server.event(content={"msgtype": "m.text", "body": "x" * (100 << 20)})
                world.server.sync(world.server.news([huge, good]))
                world.arrives(good)
                lines = world.driver.call("timeline", room=ROOM, limit=50)
                self.assertNotIn(huge["event_id"], {item["event_id"] for item in lines})

    def test_many_events(self):
        """More than a server should send at once: the time that it takes grows with it, not with its square."""
        for world in self.worlds:
            with self.subTest(dialect=world.name):
                server = world.server
                server.sync(server.news([server.event(content={"body": "vide"})], server.state(), room=CROWD))
                world.driver.call("wait_message", room=CROWD, body="vide")
                many = [server.event(content={"body": f"{n}"}) for n in range(MANY_EVENTS)]
                server.sync(server.news(many, room=CROWD))
                begun = time.monotonic()
                world.driver.call("wait_message", room=CROWD, body=f"{MANY_EVENTS - 1}", timeout=60_000)
                print(f"{world.name}, {MANY_EVENTS} events: {time.monotonic() - begun:.1f} s", file=sys.stderr)

    def test_the_same_answer_for_ever(self):
        """A server that is stuck: the same position again and again, with the same news or with none."""
        for world in self.worlds:
            path = ("POST", "/sync") if world.server.sliding else ("GET", "/sync")
            for name in ("news", "nothing"):
                with self.subTest(answer=name, dialect=world.name):
                    good = world.good()
                    body = world.server.positioned(world.server.news([good]) if name == "news" else {})
                    hits = world.server.hits
                    world.server._bad[path] = Answer(body)
                    world.driver.call("wait_idle")
                    time.sleep(STUCK_SECONDS)
                    self.assertLess(world.server.hits - hits, 40 * STUCK_SECONDS)  # it is not asked without end
                    world.server.heal()
                    if name == "nothing":
                        world.server.sync(world.server.news([good]))
                    world.arrives(good)
                    world.recovers()
                    world.check_kept()


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
