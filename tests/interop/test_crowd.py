#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many devices on two servers talk while lines are bad, devices sleep, are killed, log out and are replaced.

Every message is read by every device that was there when it was sent, also by those that signed out later. "There" is what
this run's own log says: a device is expected to read from the first message on that was told to anybody once everybody
knew of the device. What is older it may be unable to read, and says then why: for the reason that this run gave it.
What one device of the other client does not read of another one of it is counted, and not judged: it loses keys that it
says it has received, where a device that has just come sends its first message at that moment (matrix-js-sdk 43.0, seen
in its own log). Neither is judged what it cannot read in a session of which it has read an earlier message: whoever has
the key at an index has it for all that follow.

PARVIS_DRIVER     the program under test; without one the test is skipped
PARVIS_MESSAGES   how many messages (150; the long form: 10000)
PARVIS_CROWD      "small": 8 devices, "large": 20, of which 12 are Parvis and 4 are on the second server
PARVIS_SEED       the seed of a run that is to be repeated; it is printed
"""
import collections
import concurrent.futures
import os
import random
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from crowd import WAITS, OtherDevice, ParvisDevice, now
from driver import program
from homeserver import TestBed

MESSAGES = int(os.environ.get("PARVIS_MESSAGES", "150"))
LARGE = os.environ.get("PARVIS_CROWD", "small") == "large"
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
PATIENCE = 300 if LARGE else 60  # seconds for what is still on its way once all was said
STEP = 10           # messages between two looks at what else may happen
VOICES = 6          # devices that speak at a time
REPLACED = 0.02 if LARGE else 0.07  # how likely a look replaces a device
FAULTS = 0.03       # of the requests that are met with a bad line
AROUND_MS = 2_000   # what was sent that close to a sign-in may be of either side of it
# What a device may say of messages from before it was there, and of those that came before others knew of it.
NOT_BORN = {"parvis": {"sent_before_device"}, "other": {"HISTORICAL_MESSAGE_NO_KEY_BACKUP"}}
NOT_KNOWN = {"parvis": {"key_not_arrived", "key_starts_later"},
             "other": {"MEGOLM_UNKNOWN_INBOUND_SESSION_ID", "OLM_UNKNOWN_MESSAGE_INDEX"}}
# Whose devices there are: user, number of the server, of Parvis, of the other client.
SMALL = (("ana", 0, 2, 0), ("bea", 0, 1, 1), ("cle", 0, 1, 0), ("dan", 1, 1, 1), ("eve", 0, 0, 1))
BIG = (("ana", 0, 3, 0), ("bea", 0, 2, 1), ("cle", 0, 2, 1), ("dan", 0, 2, 1), ("fay", 0, 1, 1), ("gus", 0, 0, 2),
       ("hal", 1, 1, 1), ("ida", 1, 1, 1))


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


class Crowd(unittest.TestCase):
    def setUp(self):
        if not program():
            self.skipTest("no parvis-driver (PARVIS_DRIVER)")
        say(f"PARVIS_SEED={SEED} PARVIS_MESSAGES={MESSAGES}")
        self.dice = random.Random(SEED)
        self.bed = TestBed(federation=True).start()
        self.addCleanup(self.bed.close)
        self.devices, self.told, self.happened = [], 0, collections.Counter()
        self.gone = []            # what devices had read when they signed out
        self.sent_by = {}         # whose device was told to send a message
        self.at_server = {}       # numbers of messages that a server has for sure, with their events
        self.voices = self.enterContext(concurrent.futures.ThreadPoolExecutor(VOICES))
        self.addCleanup(lambda: [device.close() for device in self.devices])
        for user, server, parvis, others in BIG if LARGE else SMALL:
            for number in range(parvis + others):
                self._add(user, server, number < parvis, register=number == 0)
        say(f"{len(self.devices)} devices are signed in")
        self.rooms = [self._room(f"Salle {number}") for number in (1, 2)]
        self._everybody_knows()
        say("everybody is in both rooms and knows everybody")

    def _add(self, user, server, parvis, register=False):
        where = self.bed.servers[server]
        kind = ParvisDevice if parvis else OtherDevice
        device = kind(where, user, random.Random(self.dice.random()), FAULTS)
        self.devices.append(device)
        return device.log_in(register)

    def _room(self, name):
        first = self.devices[0]
        users = {device.user_id: device for device in reversed(self.devices)}
        room = first.driver.call("create_room", name=name, kind="private", timeout=120_000,
                                 invite=[user for user in users if user != first.user_id])["room_id"]
        for user, device in users.items():
            if user != first.user_id:
                device.join(room)
        for device in self.devices:
            if device.kind == "other":
                device.peer.call("waitEncrypted", room=room, timeout=60_000)
                for user in users:
                    device.peer.call("waitMember", room=room, user=user, timeout=60_000)
        for device in self.devices:
            if device.kind == "parvis":
                self._until(f"{device.name} knows everybody in {name}", lambda d=device: {
                    member["user_id"] for member in d.driver.call("members", room=room)
                    if member.get("membership", "join") == "join"} >= set(users), device.idle)
        return room

    def _until(self, what, holds, between=lambda: None):
        for _ in range(240):
            between()
            if holds():
                return
            time.sleep(0.25)
        self.fail(f"never: {what}")

    # --- what happens -------------------------------------------------------------------------

    def test_everyMessageIsReadByEverybodyWhoWasThere(self):
        begun, tenth = time.monotonic(), 0
        while self.told < MESSAGES:
            self._people_speak(min(STEP, MESSAGES - self.told))
            self._something_happens()
            if self.told == MESSAGES // 2 // STEP * STEP:  # however the dice fall
                for kind in ("parvis", "other"):
                    self._replace(self.dice.choice([one for one in self.devices if one.kind == kind]))
            if self.told * 10 // MESSAGES > tenth:
                tenth = self.told * 10 // MESSAGES
                say(f"{self.told} messages, {(time.monotonic() - begun) / self.told:.2f} s each; {dict(self.happened)}")
        self._everybody_knows()
        say("all is said")
        self._check()
        say(f"{self.told} messages, {dict(self.happened)}, the lines: {dict(self._faults())}")

    def _people_speak(self, count):
        """So many messages, of several devices at a time; what one device says stays in its order."""
        by_device = collections.defaultdict(list)
        for _ in range(count):
            self.told += 1
            device = self.sent_by[self.told] = self.dice.choice(self.devices)
            by_device[device].append((self.told, self.dice.choice(self.rooms)))
        for spoken in [self.voices.submit(self._speaks, device, words) for device, words in by_device.items()]:
            spoken.result()

    def _speaks(self, device, words):
        for number, room in words:
            event = device.send(room, f"message {number}")
            if event:  # the other client answers when it was sent, Parvis when it is queued
                self.at_server[number] = event

    def _something_happens(self):
        chance = self.dice.random()
        parvis = [device for device in self.devices if device.kind == "parvis"]
        device = self.dice.choice(parvis)
        if chance < 0.25:
            if device.online:
                device.go_offline()
                self.happened["asleep"] += 1
            else:
                device.go_online()
        elif chance < 0.35:
            device.die_and_come_back()
            self.happened["killed"] += 1
        elif chance < 0.35 + REPLACED:
            self._replace(self.dice.choice(self.devices))

    def _replace(self, device):
        """Logs out for ever; the same person comes with a new device, which nobody knows for a moment."""
        if device.kind == "parvis" and not device.online:
            device.go_online()
        device.idle()  # what it was told is sent before it goes
        known = {event for number, event in self.at_server.items() if number >= device.expected_from}
        self.gone.append(self._look(device, known, known))
        self.devices.remove(device)
        server = self.bed.servers.index(device.server)
        device.log_out()
        new = self._add(device.user, server, device.kind == "parvis")
        self.happened["replaced"] += 1
        new.expected_from = 10**9  # until everybody knows of it: what is sent meanwhile is explained
        if self.dice.random() < 0.5:
            self._people_speak(STEP // 2)
        self._everybody_knows()
        new.expected_from, new.expected_ms = self.told + 1, now()

    def _everybody_knows(self):
        for device in self.devices:
            if not device.online:
                device.go_online()
        for device in self.devices:
            device.idle()
        by_user = collections.defaultdict(list)
        for device in self.devices:
            by_user[device.user_id].append(device.device_id)
        for device in self.devices:
            for user, devices in by_user.items():
                self._until(f"{device.name} knows {devices} of {user}",
                            lambda d=device, u=user, ids=devices: d.knows(u, ids), device.idle)

    # --- afterwards ---------------------------------------------------------------------------

    def _look(self, device, there, readable):
        """What a device holds, once these events are there and those can be read, or a while has passed."""
        until = time.monotonic() + PATIENCE
        while True:
            seen = [message for room in self.rooms for message in device.messages(room)]
            missing = there - {event for event, *_ in seen}
            lost = self._lost(device, seen)
            late = {event for event, body, reason, ts, _ in seen
                    if reason == WAITS or not body and event not in lost
                    and (event in readable or not device.expected_from or ts > device.expected_ms)
                    and not self._between_others(device, event, reason)}
            if not missing and not late:
                break
            if time.monotonic() > until:
                say(f"{device.name}: not there {missing}, not readable {late} after {PATIENCE} s")
                for event, _, reason, ts, _ in seen:
                    if event in late:
                        say(f"  {event} {reason} {ts - device.born} ms after it came")
                break
            device.idle()
            time.sleep(0.5)
        return device, missing, seen

    def _numbers(self, looks):
        return {event: int(body.removeprefix("message ")) for _, _, seen in looks for event, body, *_ in seen
                if body and body.startswith("message ")}

    def _check(self):
        for device in self.devices:
            device.idle()
        parvis = [device for device in self.devices if device.kind == "parvis"]
        number = self._numbers([self._look(device, set(), set()) for device in parvis])
        looks = self.gone + [self._look(device, set(number), {event for event, told in number.items()
                                                              if told >= device.expected_from})
                             for device in self.devices]
        number = self._numbers(looks)
        self.assertEqual(sorted(number.values()), list(range(1, self.told + 1)), "lost, or sent twice")
        explained, failures = collections.Counter(), []
        for device, missing, seen in looks:
            failures += [(device.name, number.get(event), "not there") for event in missing]
            lost = self._lost(device, seen)
            for event, body, reason, ts, _ in seen:
                if body or event not in number:
                    continue
                sender = self.sent_by[number[event]]
                cause = (self._cause(device, number[event], reason, ts)
                         or self._between_others(device, event, reason)
                         or event in lost and "lost by the other client, which had the key")
                explained[cause] += 1
                if not cause:
                    failures.append((device.name, number[event], reason, sender.name, ts - device.born,
                                     device.expected_from))
        for failure in failures:
            say(f"{failure}")
        say(f"{len(self.gone)} signed out; unreadable, by cause: {dict(explained)}; {len(failures)} without an explanation")
        self.assertEqual(failures[:20], [])

    def _cause(self, device, message, reason, ts):
        """What this run did to the device that explains what it says of a message; None: nothing did."""
        if message >= device.expected_from:
            return None
        causes = []
        if ts < device.born + AROUND_MS:
            causes.append(("not born", NOT_BORN))
        if ts > device.born - AROUND_MS:
            causes.append(("not known", NOT_KNOWN))
        return next((name for name, reasons in causes if reason in reasons[device.kind]), None)

    def _sender(self, event):
        return self.sent_by.get(next((number for number, sent in self.at_server.items() if sent == event), None))

    def _between_others(self, device, event, reason):
        """No Parvis sent it, and none is to read it; None: one of the two is Parvis."""
        sender = self._sender(event)
        others = sender and (sender.kind, device.kind) == ("other", "other")
        return "between two of the other client" if others and reason in NOT_KNOWN["other"] else None

    def _lost(self, device, seen):
        """What the other client does not read although it has read an earlier message of the same session."""
        begun = {}
        for _, body, _, ts, session in seen:
            if body and session:
                begun[session] = min(ts, begun.get(session, ts))
        return {event for event, body, reason, ts, session in seen
                if device.kind == "other" and not body and reason in NOT_KNOWN["other"]
                and session in begun and begun[session] < ts}

    def _faults(self):
        total = collections.Counter()
        for device in self.devices + [device for device, _, _ in self.gone]:
            total += device.line.counts
        return total


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(500 + 2 * MESSAGES))))
    unittest.main(verbosity=2)
