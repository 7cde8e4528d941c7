# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""An account with many rooms on a real homeserver, and what happens in them while its person is away.

    account = FullAccount(server, seed=1, rooms=500)
    account.fill(20)            each room gets about so many events, its own state apart
    account.day(20_000)         so many events, most of them in few rooms; invitations, removals, reading elsewhere

All through the client-server API, as an application service that may act as anybody: what the server makes of it (push
actions, receipts, relations) is its own doing. A room's events come one after the other, so that there is one order of them.
"""
import concurrent.futures
import itertools
import random

import configuration
from matrix_api import Api, quote

PASSWORD = "parvis-passw0rd"
HANDS = 4  # requests at the same time
PEOPLE = 24
WORDS = ("réunion point budget ministère circulaire projet version essai note agenda demain bonjour merci dossier équipe "
         "incident retour validation arbitrage cabinet délai réponse service usager formulaire serveur sécurité").split()


class Room:
    def __init__(self, number, seed, me, people):
        self.dice = random.Random(f"{seed} room {number}")
        self.number = number
        self.pair = self.dice.random() < 0.15  # of two, without a name
        self.encrypted = self.dice.random() < 0.1
        self.others = self.dice.sample(people, 1 if self.pair else self.dice.randint(2, 6))
        self.me = me
        self.texts = []  # (event id, sender) of what can be answered, edited, taken back
        self.last, self.id = None, None
        self.member = True

    @property
    def members(self):
        return [*self.others, self.me] if self.member else self.others


class FullAccount:
    def __init__(self, server, seed, rooms, user="claire"):
        self.server, self.seed = server, seed
        self.me = server.register(user, PASSWORD, inhibit_login=True).user_id
        self.people = [server.register(f"agent{number}", PASSWORD, inhibit_login=True).user_id for number in range(PEOPLE)]
        self.rooms = [Room(number, seed, self.me, self.people) for number in range(rooms)]
        self._hands = [Api(server.base_url, configuration.AS_TOKEN, timeout=120) for _ in range(HANDS)]
        self._transactions = itertools.count(1)

    def fill(self, events):
        def one(hand, room):
            self._make(hand, room)
            self._talk(hand, room, max(1, int(events * room.dice.uniform(0.3, 1.7))))
        self._share(one, self.rooms)

    def day(self, events):
        """The busiest room gets a tenth of it, and many get next to nothing."""
        dice = random.Random(f"{self.seed} day")
        order = dice.sample(self.rooms, len(self.rooms))
        weights = [1 / (place + 5) for place in range(len(order))]
        counts = {room: int(events * weight / sum(weights)) for room, weight in zip(order, weights)}

        def one(hand, room):
            self._talk(hand, room, counts[room], today=True)
        gone, new = order[1:len(order):40], [Room(len(self.rooms) + number, self.seed, self.me, self.people)
                                             for number in range(max(1, len(order) // 40))]
        self._share(one, order)
        self._share(self._remove, gone)

        def invite(hand, room):
            room.member = False
            self._make(hand, room)
            self._as(hand, room.others[0], "POST", f"/rooms/{quote(room.id)}/invite", {"user_id": self.me})
        self._share(invite, new)
        self.rooms += new
        return gone, new

    def _share(self, work, rooms):
        """Each hand has rooms of its own."""
        shares = [rooms[number::HANDS] for number in range(HANDS)]
        with concurrent.futures.ThreadPoolExecutor(HANDS) as pool:
            for done in [pool.submit(lambda hand, share: [work(hand, room) for room in share], hand, share)
                         for hand, share in zip(self._hands, shares)]:
                done.result()

    def _as(self, hand, user, method, path, body=None):
        return hand.call(method, path, body, {"user_id": user})

    def _make(self, hand, room):
        settings = {"preset": "public_chat", "visibility": "private"}
        if not room.pair:
            settings |= {"name": f"{room.dice.choice(WORDS).capitalize()} {room.number}", "topic": self._sentence(room)}
        if room.encrypted:
            settings["initial_state"] = [{"type": "m.room.encryption", "state_key": "",
                                          "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
        room.id = self._as(hand, room.others[0], "POST", "/createRoom", settings)["room_id"]
        for user in room.members:
            if user != room.others[0]:
                self._as(hand, user, "POST", f"/join/{quote(room.id)}")

    def _remove(self, hand, room):
        self._as(hand, room.others[0], "POST", f"/rooms/{quote(room.id)}/kick", {"user_id": self.me})
        room.member = False

    @staticmethod
    def _sentence(room):
        return " ".join(room.dice.choice(WORDS) for _ in range(room.dice.randint(2, 12)))

    def _talk(self, hand, room, count, today=False):
        for _ in range(count):
            self._say(hand, room, today)
        if room.last and room.dice.random() < (0.3 if today else 0.7):
            self._read(hand, room, room.dice.choice(room.texts)[0] if room.texts and not today else room.last)

    def _read(self, hand, room, event):
        self._as(hand, self.me, "POST", f"/rooms/{quote(room.id)}/receipt/m.read/{quote(event)}")

    def _send(self, hand, room, sender, type, content):
        path = f"/rooms/{quote(room.id)}/send/{type}/t{next(self._transactions)}"
        room.last = self._as(hand, sender, "PUT", path, content)["event_id"]
        if sender == self.me:
            self._read(hand, room, room.last)  # as any client does that shows what its person writes
        return room.last

    def _say(self, hand, room, today):
        dice = room.dice
        sender, chance = self.me if dice.random() < 0.04 else dice.choice(room.others), dice.random()
        if room.encrypted:
            return self._send(hand, room, sender, "m.room.encrypted", {
                "algorithm": "m.megolm.v1.aes-sha2", "ciphertext": f"AwgA{dice.randbytes(60).hex()}",
                "session_id": f"session{room.number}", "device_id": "AUTRE", "sender_key": "clef"})
        if chance < 0.02 and not room.pair:
            path = f"/rooms/{quote(room.id)}/state/m.room.{dice.choice(('name', 'topic'))}/"
            room.last = self._as(hand, room.others[0], "PUT", path, {
                path.split(".")[-1].strip("/"): f"{self._sentence(room)} {room.number}"})["event_id"]
            return room.last
        if room.texts and chance < 0.32:
            # in a day also about what was said long before
            return self._about_another(hand, room, sender, chance, *dice.choice(room.texts if today else room.texts[-20:]))
        content = {"msgtype": "m.notice" if chance > 0.94 else "m.text", "body": self._sentence(room)}
        if chance > 0.88:
            content["m.mentions"] = {"user_ids": [self.me]}
        room.texts.append((self._send(hand, room, sender, "m.room.message", content), sender))
        return room.last

    def _about_another(self, hand, room, sender, chance, target, author):
        if chance < 0.05:
            room.texts.remove((target, author))
            path = f"/rooms/{quote(room.id)}/redact/{quote(target)}/t{next(self._transactions)}"
            room.last = self._as(hand, author, "PUT", path, {})["event_id"]
        elif chance < 0.13:
            text = self._sentence(room)
            self._send(hand, room, author, "m.room.message", {
                "msgtype": "m.text", "body": f"* {text}", "m.new_content": {"msgtype": "m.text", "body": text},
                "m.relates_to": {"rel_type": "m.replace", "event_id": target}})
        elif chance < 0.22:
            key = room.dice.choice("👍🎉😄✅👀")
            relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
            try:
                self._send(hand, room, sender, "m.reaction", {"m.relates_to": relation})
            except Exception as error:
                if getattr(error, "errcode", "") != "M_DUPLICATE_ANNOTATION":
                    raise
        else:
            relation = {"m.in_reply_to": {"event_id": target}} if chance < 0.27 else {
                "rel_type": "m.thread", "event_id": target, "is_falling_back": True, "m.in_reply_to": {"event_id": target}}
            self._send(hand, room, sender, "m.room.message", {
                "msgtype": "m.text", "body": self._sentence(room), "m.relates_to": relation})
        return room.last
