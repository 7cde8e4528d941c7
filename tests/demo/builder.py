# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plays the conversations into an empty homeserver, in the order in which they were said."""
import time
from concurrent.futures import ThreadPoolExecutor

from attachments import attachment
from matrix_api import quote
from peer import Peer
from people import DEMO, PASSWORD, PEOPLE, display_name
from script import rooms

HOUR = 3_600_000
SPACE = "Préfecture du Rhône"
RULES = {"direct": "direct", "external": "unrestricted"}


class World:
    """The accounts, the clients that speak where it is encrypted, and what was sent."""

    def __init__(self, server):
        self.server = server
        self.now = int(time.time() * 1000)
        self.rooms = rooms(self.now)
        self.ids = {}  # a room's key -> its id
        self.recovery = {}  # login -> recovery key
        self.peers = {}
        self._acting = {}
        self._sent = {}  # a room's key -> [event id by line, None where a line is no event]
        self._last = {}  # (room's key, login) -> event id of their last message

    def user_id(self, login):
        return f"@{login}:{self.server.name}"

    def acting(self, login):
        if login not in self._acting:
            self._acting[login] = self.server.acting(self.user_id(login))
        return self._acting[login]

    # --- people -------------------------------------------------------------------------------

    def make_people(self):
        speakers = {line.who for room in self.rooms if room.encrypted for line in room.lines}
        for login in PEOPLE:
            self.server.register(login, PASSWORD, inhibit_login=True)
            self.acting(login).call("PUT", f"/profile/{quote(self.user_id(login))}/displayname",
                                    {"displayname": display_name(login)})
        with ThreadPoolExecutor() as several:
            self.peers = dict(zip(speakers, several.map(self._make_peer, speakers)))

    def _make_peer(self, login):
        peer = Peer(login)
        answer = peer.call("login", baseUrl=self.server.base_url, user=login, password=PASSWORD,
                           deviceName="Démonstration", syncLimit=100)
        peer.user_id, peer.device_id = answer["userId"], answer["deviceId"]
        peer.token = answer["accessToken"]
        self.recovery[login] = peer.call("bootstrap")["recoveryKey"]
        return peer

    # --- rooms --------------------------------------------------------------------------------

    def _create(self, room):
        first, *others = room.members
        owner = self.acting(first)
        state = [{"type": "im.vector.room.access_rules", "content": {
            "rule": RULES.get(room.kind, "restricted"),
            **({"force_unencrypted_at_creation": True} if room.kind == "unencrypted" else {})}}]
        if room.encrypted:
            state.append({"type": "m.room.encryption",
                          "content": {"algorithm": "m.megolm.v1.aes-sha2"}})
        if room.kind != "public":
            state.append({"type": "m.room.history_visibility",
                          "content": {"history_visibility": "invited"}})
        body = {"preset": "public_chat" if room.kind == "public" else "private_chat",
                "visibility": "public" if room.kind == "public" else "private",
                "invite": [self.user_id(login) for login in others], "initial_state": state,
                "is_direct": room.kind == "direct"}
        body.update({key: value for key, value in (("name", room.name), ("topic", room.topic))
                     if value})
        self.ids[room.key] = identity = owner.create_room(**body)
        for login in others:
            if login != DEMO or not room.invited:
                self.acting(login).join(identity)
        if room.encrypted:
            self._await_members(room)

    def _await_members(self, room):
        for login in room.members:
            if login in self.peers:
                self.peers[login].call("waitEncrypted", room=self.ids[room.key])
                for member in room.members:
                    self.peers[login].call("waitMember", room=self.ids[room.key],
                                           user=self.user_id(member))

    def _make_space(self):
        owner = self.acting("claire.moreau")
        members = [login for login in PEOPLE if login != "claire.moreau"]
        self.ids["space"] = space = owner.create_room(
            name=SPACE, topic="Les salons du site", preset="private_chat",
            creation_content={"type": "m.space"}, invite=[self.user_id(login) for login in members],
            power_level_content_override={"events_default": 100})
        for login in members:
            self.acting(login).join(space)
        for order, room in enumerate(self.rooms):
            if room.key in ("cellule", "seminaire", "budget", "archives", "entraide"):
                owner.call("PUT", f"/rooms/{quote(space)}/state/m.space.child/"
                           + quote(self.ids[room.key]),
                           {"via": [self.server.name], "order": f"{order:02}"})

    # --- what is said -------------------------------------------------------------------------

    def play(self):
        """Everything in the order of time: room lists sort by when the server heard of it."""
        acts = []
        for room in self.rooms:
            acts.append((room.lines[0].ts - HOUR, lambda room=room: self._create(room)))
            acts += [(line.ts, lambda room=room, line=line: self._say(room, line))
                     for line in room.lines]
            self._sent[room.key] = []
        try:
            for ts, act in sorted(acts, key=lambda pair: pair[0]):
                self.server.date_events(ts)
                act()
            self.server.date_events(self.now - 60 * 24 * HOUR)
            self._make_space()
        finally:
            self.server.date_events(None)

    def _say(self, room, line):
        sent = self._sent[room.key]
        before = next((event for event in reversed(sent) if event), None)
        own = self._last.get((room.key, line.who))
        if room.encrypted:
            event = self._say_encrypted(room, line, before, own)
        else:
            event = self._say_plain(room, line, before, own)
        sent.append(event if line.action in ("say", "reply", "attach") else None)
        if sent[-1]:
            self._last[room.key, line.who] = event

    def _mentions(self, text):
        return [self.user_id(login) for login, (name, _) in PEOPLE.items()
                if f"@{name.split()[0]}" in text]

    def _say_encrypted(self, room, line, before, own):
        peer, where = self.peers[line.who], {"room": self.ids[room.key]}
        if line.action == "edit":
            return peer.call("edit", of=own, text=line.text, **where)["eventId"]
        if line.action == "react":
            return peer.call("react", to=before, key=line.text, **where)["eventId"]
        if line.action == "reply":
            return peer.call("reply", to=before, text=line.text, **where)["eventId"]
        mentions = self._mentions(line.text)
        return peer.call("send", text=line.text, **({"mentions": mentions} if mentions else {}),
                         **where)["eventId"]

    def _say_plain(self, room, line, before, own):
        api, where = self.acting(line.who), self.ids[room.key]
        if line.action == "react":
            return api.send(where, {"m.relates_to": {
                "rel_type": "m.annotation", "event_id": before, "key": line.text}}, "m.reaction")
        if line.action == "remove":
            return api.call("PUT", f"/rooms/{quote(where)}/redact/{quote(own)}/{line.ts}",
                            {"reason": line.text})["event_id"]
        if line.action == "attach":
            return api.send(where, self._file(api, line.text))
        content = {"msgtype": "m.text", "body": line.text,
                   "m.mentions": {"user_ids": self._mentions(line.text)}}
        if line.action == "edit":
            content |= {"body": f"* {line.text}", "m.new_content": dict(content),
                        "m.relates_to": {"rel_type": "m.replace", "event_id": own}}
        elif line.action == "reply":
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": before}}
        elif line.action == "thread":
            content["m.relates_to"] = {"rel_type": "m.thread", "event_id": before,
                                       "is_falling_back": True,
                                       "m.in_reply_to": {"event_id": before}}
        return api.send(where, content)

    def _file(self, api, name):
        data, mime, size = attachment(name)
        info = {"mimetype": mime, "size": len(data)}
        if size:
            info |= {"w": size[0], "h": size[1]}
        return {"msgtype": "m.image" if size else "m.file", "body": name, "filename": name,
                "info": info, "url": api.upload(data, mime, name)}

    # --- how the demo account finds it --------------------------------------------------------

    def read_up(self):
        """Others have read everything; the demo account all but the last few."""
        direct = {}
        for room in self.rooms:
            where, events = self.ids[room.key], [e for e in self._sent[room.key] if e]
            for login in room.members:
                keep = room.unread if login == DEMO else 0
                if login == DEMO and room.invited:
                    continue
                marker = events[-1 - keep]
                self.acting(login).call("POST", f"/rooms/{quote(where)}/read_markers", {
                    "m.fully_read": marker, "m.read": marker})
            if room.kind == "direct":
                for login, other in (room.members, reversed(room.members)):
                    direct.setdefault(login, {}).setdefault(self.user_id(other), []).append(where)
            if room.favourite:
                self._put(DEMO, f"/rooms/{quote(where)}/tags/m.favourite", {"order": 0.5})
        for login, rooms_of in direct.items():
            self._put(login, "/account_data/m.direct", rooms_of)

    def _put(self, login, path, body):
        self.acting(login).call("PUT", f"/user/{quote(self.user_id(login))}{path}", body)

    def keep_keys(self):
        """The demo account's backup holds the key of each speaker in each encrypted room."""
        sessions = {(room.key, line.who) for room in self.rooms if room.encrypted
                    for line in room.lines if line.action != "react"}
        self.peers[DEMO].call("waitBackedUp", count=len(sessions))
