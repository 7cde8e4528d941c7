# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A homeserver that plays a story (story.py), in both dialects: what it answers follows from the story and the question.

    server = StoryServer(story, sliding=True).start()
    server.release()          the next batch of the story has happened; release_all(): all of it
    server.begin_again()      nothing has happened but the history, and nobody has sent anything
    server.behind             whether a client that syncs has not taken all that there is

A position says all that the server must know of who names it, so that it can be named to another run of the same story.
What a client sends is in its room at once, and answered a little later; the same transaction comes once.
"""
import itertools
import json
import random
import re
import time

from hostile_server import Answer, CLIENT, EMPTY_WAIT, HostileServer
from story import EPOCH, ME, SERVER

MOST_AT_FIRST = 20  # events of a room in a first answer of /v3/sync
POSITION = re.compile(r"p(\d+)\.([0-9a-f]+)\.([0-9a-f]+)$")
BUMPS = {"m.room.message", "m.room.encrypted", "m.room.create"}


class StoryServer(HostileServer):
    def __init__(self, story, sliding, slowness=0.0):
        """`slowness`: answers about rooms are late by up to so many seconds."""
        super().__init__(sliding=sliding)
        self.story, self.slowness = story, slowness
        self.generous = False  # gives all of a room, however little was asked for
        self._lateness = random.Random("late")
        self.begin_again()

    # What has happened

    def begin_again(self):
        with self._state:
            self.log, self.ends, self.sent, self.asked_for_news = [], [], {}, 0
            self.rooms = {room.id: [] for room in self.story.rooms}  # (place in the log, event)
            self.redacted, self.released = {}, 0
            self._taken = None, 0  # how much of the log the client has, and of how many rooms it was told
            self._append(self.story.log[:self.story.ends[0]])

    def _append(self, entries):
        for entry in entries:
            self.log.append(entry)
            kind, room, content = entry
            if kind == "event":
                self.rooms[room].append((len(self.log), content))
                if content["type"] == "m.room.redaction":
                    self.redacted[content["redacts"]] = content
        self.ends.append(len(self.log))
        self._state.notify_all()

    def release(self):
        with self._state:
            begin = self.story.ends[self.released]
            self.released += 1
            self._append(self.story.log[begin:self.story.ends[self.released]])

    def release_all(self):
        while self.released + 1 < len(self.story.ends):
            self.release()

    @property
    def behind(self):
        with self._state:
            have, rooms = self._taken
            return have != len(self.log) or rooms < len(self.rooms)

    def bodies(self, room):
        """What the client sent to a room, in the order in which it came."""
        with self._state:
            return [content.get("body") for where, content, _ in self.sent.values() if where == room]

    # What the client hears

    def _good(self, method, path, query, body):
        name = path.removeprefix(f"{CLIENT}/v3/")
        if name == "keys/query":
            return Answer({"device_keys": {}, "failures": {}})
        if name.startswith("profile/"):
            return Answer({"displayname": "Claire"})
        if not name.startswith("rooms/"):
            return super()._good(method, path, query, body)
        _, room, what, *rest = name.split("/")
        room = room.replace("%21", "!").replace("%3A", ":")
        if self.slowness:
            time.sleep(self._lateness.uniform(0, self.slowness))
        if room not in self.rooms:
            return Answer({"errcode": "M_FORBIDDEN", "error": "no such room"}, status=403)
        if what == "state":
            held = self._state_of(room).get((rest[0], rest[1] if len(rest) > 1 else "")) if rest else None
            return Answer(held["content"]) if held else Answer({"errcode": "M_NOT_FOUND", "error": "none"}, status=404)
        if what == "send" and method == "PUT":
            return self._send(room, *rest, json.loads(body))
        if what == "messages":
            return Answer(self._page(room, query))
        if what == "members":
            return Answer({"chunk": [self._told(event) for (type, _), event in self._state_of(room).items()
                                     if type == "m.room.member"]})
        return Answer({"chunk": []} if what in ("relations", "threads", "receipt") else {})

    def _send(self, room, type, transaction, content):
        with self._state:
            if transaction not in self.sent:
                number = 1 + sum(1 for where, *_ in self.sent.values() if where == room)
                event = f"$envoi{number}-{self._number(room)}"
                self.sent[transaction] = room, content, event
                self._append([("event", room, {
                    "type": type, "event_id": event, "sender": ME, "content": content,
                    "origin_server_ts": EPOCH + 10**10 + number, "unsigned": {"transaction_id": transaction}})])
            answer = {"event_id": self.sent[transaction][2]}
        if self.slowness:
            time.sleep(self._lateness.uniform(0, self.slowness))
        return Answer(answer)

    def _page(self, room, query):
        with self._state:
            events = self.rooms[room]
            begin = query.get("from", "")
            at = int(begin[1:]) if begin[:1] == "t" and begin[1:].isdigit() else len(events)
            first = max(0, at - int(query.get("limit", 10)))
            return {"start": f"t{at}", "chunk": [self._told(event) for _, event in events[first:at]][::-1],
                    "state": [], **({"end": f"t{first}"} if first > 0 else {})}

    def _told(self, event):
        """As a server shows it that knows what was taken back."""
        because = self.redacted.get(event["event_id"])
        if not because:
            return event
        return {**event, "content": {}, "unsigned": {"redacted_because": because}}

    def _state_of(self, room, until=None):
        """What holds in the room after the first `until` entries of the log; all of them without."""
        state = {}
        for place, event in self.rooms[room]:
            if "state_key" in event and (until is None or place <= until):
                state[event["type"], event["state_key"]] = event
        return state

    # Synchronisation

    def _sync(self, query, body):
        asked = json.loads(body) if self.sliding else {}
        begin = query.get("pos" if self.sliding else "since", "")
        wait = min(int(query.get("timeout", 0)) / 1000, EMPTY_WAIT)
        if asked.get("conn_id") == "encryption":
            return self._encryption(begin, wait)
        with self._state:
            self.asked_for_news += 1
            turn = self.asked_for_news
            self._state.notify_all()
            since, given, opened = self._read_position(begin)
            if begin:
                self._taken = since, bin(given).count("1") if self.sliding else len(self.rooms)
            more = self._wanted(asked, given, opened) if self.sliding else not begin
            # The client asks one question at a time: whoever asks anew has given up the old one.
            self._state.wait_for(lambda: more or len(self.log) != since or self.asked_for_news != turn,
                                 wait if begin else 0)
            until = next((end for end in self.ends if end > since), since) if begin else len(self.log)
            return Answer(self._sliding(asked, begin, since, until, given, opened) if self.sliding
                          else self._classic(begin, since, until))

    @staticmethod
    def _read_position(begin):
        found = POSITION.match(begin)
        return (int(found[1]), int(found[2], 16), int(found[3], 16)) if found else (0, 0, 0)

    def _encryption(self, begin, wait):
        time.sleep(wait if begin else 0)
        return Answer({"pos": "e1", "extensions": {
            "to_device": {"next_batch": "d1", "events": []},
            "e2ee": {"device_one_time_keys_count": {"signed_curve25519": 50},
                     "device_unused_fallback_key_types": ["signed_curve25519"]}}})

    def _between(self, kind, room, since, until):
        return [content for each, where, content in self.log[since:until] if each == kind and where == room]

    def _receipts(self, room, since, until):
        merged = {}
        for content in self._between("receipt", room, since, until):
            for event, kinds in content.items():
                for who, how in kinds["m.read"].items():
                    merged[who] = event, how
        content = {}
        for who, (event, how) in merged.items():
            content.setdefault(event, {"m.read": {}})["m.read"][who] = how
        return {"type": "m.receipt", "content": content} if content else None

    def _timeline(self, room, since, until, most):
        """(events, whether some are left out, where those before begin, the place of the first)."""
        events = [(number, place, event) for number, (place, event) in enumerate(self.rooms[room])
                  if since < place <= until]
        shown = events if self.generous else events[-most:]
        first = shown[0][0] if shown else len(self.rooms[room])
        return [self._told(event) for _, _, event in shown], len(shown) < len(events), f"t{first}", \
            shown[0][1] if shown else until

    def _classic(self, begin, since, until):
        joined = {}
        for room in self.rooms:
            events, limited, before, first = self._timeline(room, since, until, MOST_AT_FIRST)
            old, state = self._state_of(room, since), self._state_of(room, first - 1)
            changed = [self._told(event) for key, event in state.items() if old.get(key) is not event]
            receipts, data = self._receipts(room, since, until), self._between("data", room, since, until)
            if events or receipts or data or changed:
                joined[room] = {"timeline": {"events": events, "limited": limited, "prev_batch": before},
                                "state": {"events": changed}, "account_data": {"events": data},
                                "ephemeral": {"events": [receipts] if receipts else []},
                                "summary": {} if begin else self._summary(room)}
        return {"next_batch": f"p{until}.0.0", "rooms": {"join": joined},
                "account_data": {"events": self._between("data", None, since, until)},
                "device_one_time_keys_count": {"signed_curve25519": 50},
                "device_unused_fallback_key_types": ["signed_curve25519"]}

    def _summary(self, room):
        members = [key for type, key in self._state_of(room) if type == "m.room.member"]
        return {"m.joined_member_count": len(members), "m.invited_member_count": 0,
                "m.heroes": [user for user in members if user != ME][:5]}

    def _bump(self, room, until):
        return max(place for place, event in self.rooms[room] if place <= until and event["type"] in BUMPS)

    def _wanted(self, asked, given, opened):
        """Rooms that the client asks for and was not told of, or of which it wants more; {room: timeline limit}."""
        order, wanted = sorted(self.rooms, key=lambda room: -self._bump(room, len(self.log))), {}
        for config in asked.get("lists", {}).values():
            for first, last in config["ranges"]:
                wanted |= {room: config["timeline_limit"] for room in order[first:last + 1]
                           if not given >> self._number(room) & 1}
        for room, config in asked.get("room_subscriptions", {}).items():
            if room in self.rooms and not opened >> self._number(room) & 1:
                wanted[room] = config["timeline_limit"]
        return wanted

    @staticmethod
    def _number(room):
        return int(re.search(r"\d+", room)[0])

    def _sliding(self, asked, begin, since, until, given, opened):
        wanted, rooms, receipts, data = self._wanted(asked, given, opened), {}, {}, {}
        subscribed = asked.get("room_subscriptions", {})
        for room in self.rooms:
            number, new = self._number(room), room in wanted
            told = bool(given >> number & 1)
            if not new and not told:
                continue
            limit = wanted.get(room) or subscribed.get(room, {}).get("timeline_limit", 10)
            events, limited, before, _ = self._timeline(room, 0 if new else since, until, limit)
            if new or events:
                rooms[room] = self._sliding_room(room, told, new, since, until, events, limited, before)
            if receipt := self._receipts(room, 0 if new else since, until):
                receipts[room] = receipt
            if some := self._between("data", room, 0 if new else since, until):
                data[room] = some
            given |= 1 << number
            opened |= (room in subscribed) << number
        return {"pos": f"p{until}.{given:x}.{opened:x}", "lists": {"all_rooms": {"count": len(self.rooms)}},
                "rooms": rooms, "extensions": {
                    "receipts": {"rooms": receipts}, "typing": {"rooms": {}},
                    "account_data": {"global": self._between("data", None, since, until), "rooms": data}}}

    def _sliding_room(self, room, told, new, since, until, events, limited, before):
        state, old = self._state_of(room, until), {} if new else self._state_of(room, since)
        members = [key for type, key in state if type == "m.room.member"]
        live = sum(1 for place, _ in self.rooms[room] if since < place <= until) if told else 0
        return {"name": state["m.room.name", ""]["content"]["name"], "initial": not told, "membership": "join",
                "required_state": [self._told(event) for key, event in state.items() if old.get(key) is not event],
                "timeline": events, "limited": limited, "prev_batch": before, "num_live": min(live, len(events)),
                "joined_count": len(members), "invited_count": 0, "bump_stamp": self._bump(room, until),
                "heroes": [{"user_id": user, "displayname": state["m.room.member", user]["content"]["displayname"]}
                           for user in members if user != ME][:5]}
