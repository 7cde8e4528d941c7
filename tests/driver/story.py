# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened in an account's rooms: made up, and all of it follows from the seed.

    story = Story(seed=1, rooms=40, messages=60, longest=400, batches=(6, 120))
    story.log        everything in the order in which the server learnt of it
    story.ends       how much of the log is history, and how much there is after each batch that comes later
    story.resumed_at the time up to which nothing was said for PAUSE milliseconds

An entry of the log is (kind, room, content): an "event" of a room, "receipt" (the content of an m.receipt), "data" (an
event of account data; of all rooms where the room is None).
"""
import random

SERVER = "hostile.example"
ME = f"@claire:{SERVER}"
EPOCH = 1_700_000_000_000
PAUSE = 50 * 24 * 3_600_000  # milliseconds in the middle of the history in which nobody says anything
FIRST = "Alice Bruno Chloé David Élodie Fatou Gaël Hélène Inès Jules Karim Léa".split()
WORDS = ("réunion point budget ministère circulaire projet version essai note agenda demain bonjour merci dossier équipe "
         "incident retour validation arbitrage cabinet délai réponse service usager formulaire serveur sécurité réseau "
         "calendrier pièce compte rendu parfait").split()
KEYS = "👍🎉😄✅👀"


def rule(name, actions, conditions):
    return {"rule_id": f".m.rule.{name}", "default": True, "enabled": True, "actions": actions,
            "conditions": conditions}


def match(key, pattern):
    return {"kind": "event_match", "key": key, "pattern": pattern}


PUSH_RULES = {"global": {
    "override": [
        rule("suppress_notices", [], [match("content.msgtype", "m.notice")]),
        rule("member_event", [], [match("type", "m.room.member")]),
        rule("is_user_mention", ["notify", {"set_tweak": "highlight"}], [
            {"kind": "event_property_contains", "key": "content.m\\.mentions.user_ids", "value": ME}]),
        rule("reaction", [], [match("type", "m.reaction")]),
        rule("suppress_edits", [], [
            {"kind": "event_property_is", "key": "content.m\\.relates_to.rel_type", "value": "m.replace"}])],
    "content": [], "room": [], "sender": [],
    "underride": [rule("message", ["notify"], [match("type", "m.room.message")]),
                  rule("encrypted", ["notify"], [match("type", "m.room.encrypted")])]}}


class Room:
    """`events`: all of it, the state events that made the room included."""

    def __init__(self, number, dice):
        self.number, self.id = number, f"!salon{number}:{SERVER}"
        self.members = [ME, *(f"@{name.lower()}:{SERVER}" for name in dice.sample(FIRST, dice.randint(1, 6)))]
        self.name = f"{dice.choice(WORDS).capitalize()} {number}"
        self.encrypted = dice.random() < 0.15
        self.texts = []  # (event id, sender) of what can be answered, edited, taken back


class Story:
    def __init__(self, seed, rooms, messages, longest, batches):
        """`messages`: a room has about so many, the first of them `longest`; the first three are in clear. `batches`: how
        many, of how many events."""
        self.dice = random.Random(f"story {seed}")
        self.log, self._number, self._pause = [], 0, 0
        self.rooms = [Room(number, self.dice) for number in range(rooms)]
        for room in self.rooms[:3]:
            room.encrypted = False
        self._data(None, "m.push_rules", PUSH_RULES)
        for room in self.rooms:
            self._found(room)
        turns = [room for room in self.rooms for _ in range(longest if room.number == 0 else self._about(messages))]
        self.dice.shuffle(turns)
        for turn, room in enumerate(turns):
            if turn == len(turns) // 2:
                self.resumed_at, self._pause = EPOCH + 60_000 * self._number + PAUSE, PAUSE
            self._say(room)
        for room in self.rooms:
            self._read(room)
        self._data(None, "m.direct", {room.members[1]: [room.id] for room in self.rooms[::7] if len(room.members) == 2})
        self.ends = [len(self.log)]
        count, size = batches
        for _ in range(count):
            self._batch(size)
            self.ends.append(len(self.log))

    def _about(self, count):
        return max(1, int(count * self.dice.uniform(0.4, 1.6)))

    def _event(self, room, sender, type, content, **more):
        self._number += 1
        self.log.append(("event", room.id, {
            "type": type, "event_id": f"$evenement{self._number}", "sender": sender,
            "origin_server_ts": EPOCH + 60_000 * self._number + self._pause, "content": content, **more}))
        return f"$evenement{self._number}"

    def _data(self, room, type, content):
        self.log.append(("data", room and room.id, {"type": type, "content": content}))

    def _found(self, room):
        creator = room.members[-1]
        for type, key, content in (
                ("m.room.create", "", {"room_version": "11"}),
                ("m.room.member", creator, self._member(creator)),
                ("m.room.power_levels", "", {"users": {creator: 100}, "users_default": 0}),
                ("m.room.join_rules", "", {"join_rule": "invite"}),
                ("m.room.history_visibility", "", {"history_visibility": "shared"}),
                ("m.room.name", "", {"name": room.name}),
                *((("m.room.encryption", "", {"algorithm": "m.megolm.v1.aes-sha2"}),) if room.encrypted else ())):
            self._event(room, creator, type, content, state_key=key)
        for one in room.members[:-1]:
            self._event(room, one, "m.room.member", self._member(one), state_key=one)
        if self.dice.random() < 0.2:
            self._data(room, "m.tag", {"tags": {self.dice.choice(("m.favourite", "m.lowpriority")): {"order": 0.5}}})

    @staticmethod
    def _member(user, more=""):
        return {"membership": "join", "displayname": user[1:].split(":")[0].capitalize() + more}

    def _sentence(self):
        return " ".join(self.dice.choice(WORDS) for _ in range(self.dice.randint(3, 14)))

    def _say(self, room):
        sender, chance = self.dice.choice(room.members[1:] if self.dice.random() < 0.9 else room.members), self.dice.random()
        if chance < 0.03:
            after = {**self._member(sender), "displayname": f"{self._member(sender)['displayname']} {self._number}"}
            return self._event(room, sender, "m.room.member", after, state_key=sender,
                               unsigned={"prev_content": self._member(sender)})
        if chance < 0.04:
            room.name = f"{self.dice.choice(WORDS).capitalize()} {room.number}"
            return self._event(room, room.members[-1], "m.room.name", {"name": room.name}, state_key="")
        if room.encrypted:
            content = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": f"AwgA{self.dice.randbytes(60).hex()}",
                       "session_id": f"session{room.number}", "device_id": "AUTRE", "sender_key": "clef"}
            return self._event(room, sender, "m.room.encrypted", content)
        if room.texts and chance < 0.32:
            return self._about_another(room, sender, chance)
        content = {"msgtype": "m.notice" if chance > 0.95 else "m.text", "body": self._sentence()}
        if chance > 0.88:
            content["m.mentions"] = {"user_ids": [ME]}
        room.texts.append((self._event(room, sender, "m.room.message", content), sender))
        return None

    def _about_another(self, room, sender, chance):
        target, author = self.dice.choice(room.texts[-30:])
        if chance < 0.08:
            room.texts.remove((target, author))
            self._event(room, author, "m.room.redaction", {"redacts": target}, redacts=target)
        elif chance < 0.15:
            text = self._sentence()
            self._event(room, author, "m.room.message", {
                "msgtype": "m.text", "body": f"* {text}", "m.new_content": {"msgtype": "m.text", "body": text},
                "m.relates_to": {"rel_type": "m.replace", "event_id": target}})
        elif chance < 0.25:
            self._event(room, sender, "m.reaction", {"m.relates_to": {
                "rel_type": "m.annotation", "event_id": target, "key": self.dice.choice(KEYS)}})
        else:
            self._event(room, sender, "m.room.message", {
                "msgtype": "m.text", "body": self._sentence(),
                "m.relates_to": {"m.in_reply_to": {"event_id": target}}})

    def _read(self, room):
        """Some have read some of it, and so did we."""
        ids = [event["event_id"] for kind, where, event in self.log if kind == "event" and where == room.id]
        for one in room.members[:3]:
            at = ids[-1 - min(len(ids) - 1, self.dice.choice((0, 0, 2, 5)))]
            self.log.append(("receipt", room.id, {at: {"m.read": {one: {"ts": EPOCH + self._number}}}}))

    def _batch(self, size):
        """Most of it in a few rooms: what comes to them at once is more than an answer holds."""
        busy = self.dice.sample(self.rooms, min(4, len(self.rooms)))
        for _ in range(size):
            self._say(self.dice.choice(busy if self.dice.random() < 0.7 else self.rooms))
        self._read(self.dice.choice(busy))
