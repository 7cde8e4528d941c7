# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A homeserver with one room, whose synchronisation says what a test tells it to say.

    server = SyncServer(sliding=True).start()
    good = server.message("bonjour")             known to the server from now on
    server.sync(server.news([good]))             one answer; hostile ones the same way
    server.mail(server.keys(events=[...]))       to-device and key counts: a connection of their own in sliding sync
    server.wait_asked_from("p7")                 the answer with that position was taken

Whoever comes without a position hears of the whole room, and whoever asks twice from one position hears the same
good answer twice, as at a real server; hostile answers (bytes, Answer) are given once.
"""
import collections
import itertools
import json
import urllib.parse

from hostile_server import Answer, CLIENT, EMPTY_WAIT, HostileServer

ROOM = "!salon:hostile.example"
ROOM_NAME = "Salon"
BOB = "@bob:hostile.example"
EPOCH = 1_700_000_000_000
AT_FIRST = 10  # events of the room that a fresh start brings


class SyncServer(HostileServer):
    def __init__(self, sliding):
        super().__init__(sliding=sliding)
        self.history = []     # what is in the room, oldest first
        self.uploaded = []    # how many one-time keys came each time
        self.queried = []     # of how many users each time
        self.asked = {"news": [], "mail": []}  # the positions named, by connection
        self._heard = set()   # the same, of all
        self.hits = 0         # requests of any kind
        self._mail = collections.deque()
        self._given = {}      # by connection: the position that was named, and the good answer to it
        self._numbers = itertools.count(1)

    # Events

    def event(self, type="m.room.message", content=None, **over):
        number = next(self._numbers)
        return {"type": type, "event_id": f"$event{number}", "sender": BOB, "origin_server_ts": EPOCH + number,
                "content": {} if content is None else content, **over}

    def message(self, body):
        """A message that is in the room for good."""
        event = self.event(content={"msgtype": "m.text", "body": body})
        self.history.append(event)
        return event

    def state(self):
        """What holds in the room."""
        return [self.event(type, content, state_key=key) for type, key, content in (
            ("m.room.create", "", {"room_version": "11"}), ("m.room.name", "", {"name": ROOM_NAME}),
            ("m.room.member", self.user_id, {"membership": "join", "displayname": "Claire"}),
            ("m.room.member", BOB, {"membership": "join", "displayname": "Bob"}))]

    # Answers

    def news(self, timeline=(), state=(), room=ROOM, limited=False, prev_batch=None, **more):
        """The body of an answer in which this room has news; what is absent is not named."""
        begin = {} if prev_batch is None else {"prev_batch": prev_batch}
        if self.sliding:
            return {"lists": {"all_rooms": {"count": 1}},
                    "rooms": {room: {"membership": "join", "limited": limited, "timeline": list(timeline),
                                     "required_state": list(state), **begin, **more}}}
        return {"rooms": {"join": {room: {
            "timeline": {"events": list(timeline), "limited": limited, **begin},
            "state": {"events": list(state)}, **more}}}}

    def keys(self, events=(), counts=..., unused=("signed_curve25519",), changed=(), left=(), since="d1"):
        """The part of an answer that is about encryption."""
        counts = {"signed_curve25519": 50} if counts is ... else counts
        lists = {"changed": list(changed), "left": list(left)}
        if self.sliding:
            return {"extensions": {"to_device": {"next_batch": since, "events": list(events)},
                                   "e2ee": {"device_one_time_keys_count": counts, "device_lists": lists,
                                            "device_unused_fallback_key_types": list(unused)}}}
        return {"to_device": {"events": list(events)}, "device_lists": lists,
                "device_one_time_keys_count": counts, "device_unused_fallback_key_types": list(unused)}

    def positioned(self, body):
        """With the next position, unless it has one; /v3/sync says each time how many keys are left."""
        counts = {} if self.sliding else {"device_one_time_keys_count": {"signed_curve25519": 50}}
        return {self.position_key: f"p{next(self._positions)}", **counts, **body}

    def sync(self, body, **how):
        """One answer to the next request; an object gets the next position unless it names one."""
        self._give(self._news, body, how)

    def mail(self, body, **how):
        """As sync(), for what is about encryption."""
        self._give(self._mail if self.sliding else self._news, body, how)

    def _give(self, queue, body, how):
        good = isinstance(body, dict)
        answer = body if isinstance(body, Answer) else Answer(self.positioned(body) if good else body, **how)
        with self._state:
            queue.append((answer, good))
            self._state.notify_all()

    def wait_asked_from(self, position, timeout=30):
        with self._state:
            if not self._state.wait_for(lambda: position in self._heard, timeout):
                raise TimeoutError(f"the client never continues from {position!r:.80}")

    def wait_taken(self, timeout=30):
        with self._state:
            if not self._state.wait_for(lambda: not self._news and not self._mail, timeout):
                raise TimeoutError("the client does not sync")

    # What the client hears

    def serve(self, request, body):
        self.hits += 1
        super().serve(request, body)

    def _good(self, method, path, query, body):
        name = path.removeprefix(f"{CLIENT}/v3/")
        if name == "keys/upload":
            keys = json.loads(body).get("one_time_keys", {})
            self.uploaded.append(len(keys))
        elif name == "keys/query":
            self.queried.append(len(json.loads(body)["device_keys"]))
        elif name == "profile/" + urllib.parse.quote(self.user_id, safe=""):
            return Answer({"displayname": "Claire"})
        elif name.startswith("rooms/") and name.endswith("/messages"):
            return Answer(self._page(query))
        elif name.startswith("rooms/"):
            return Answer({"chunk": []})
        return super()._good(method, path, query, body)

    def _page(self, query):
        begin = query.get("from", "")
        at = int(begin[1:]) if begin[:1] == "m" and begin[1:].isdigit() else 0
        first = max(0, at - int(query.get("limit", 10)))
        return {"start": begin, "chunk": self.history[first:at][::-1], "state": [],
                **({"end": f"m{first}"} if first > 0 else {})}

    def _whole(self):
        """What a fresh start brings."""
        first = max(0, len(self.history) - AT_FIRST)
        more = {"initial": True, "bump_stamp": len(self.history)} if self.sliding else {}
        return self.news(self.history[first:], self.state(), limited=first > 0,
                         prev_batch=f"m{first}" if first > 0 else None, **more)

    def _sync(self, query, body):
        mail = self.sliding and json.loads(body).get("conn_id") == "encryption"
        name = "mail" if mail else "news"
        position = query.get("pos" if self.sliding else "since", "")
        queue = self._mail if mail else self._news
        wait = min(int(query.get("timeout", 0)) / 1000, EMPTY_WAIT)
        with self._state:
            self.asked[name].append(position)
            self._heard.add(position)
            turn = len(self.asked[name])
            self._state.notify_all()
            if (given := self._given.pop(name, None)) and given[0] == position:
                self._given[name] = given
                return given[1]
            # The client asks one question at a time: whoever asks anew has given up the old one.
            given_up = lambda: len(self.asked[name]) != turn
            self._state.wait_for(lambda: queue or given_up(), wait if position else 0)
            if queue and not given_up():
                answer, good = queue.popleft()
                if good:
                    self._given[name] = position, answer
                self._state.notify_all()
                return answer
            if mail:
                return Answer(self.positioned(self.keys()))
            rooms = {} if position else self._whole()
            return Answer(self.positioned({**rooms, **({} if self.sliding else self.keys())}))
