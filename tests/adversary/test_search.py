#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the search on this machine says of messages that nobody sent, or that were taken back."""
import time

from scene import Attacks, main
from matrix_api import quote  # from a folder that the scene has added


class Searches(Attacks):
    def hits(self, text):
        for _ in range(100):
            answer = self.alice.call("search", text=text)
            if answer["coverage"]["waiting"] == 0:
                break
            time.sleep(0.1)
        return answer["hits"]

    def bobs_room(self):
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        return bob, room

    def test_anEditWhoseKeyComesLate(self):
        """It is found as its message is, and leaves with it."""
        bob, room = self.bobs_room()
        original = bob.say(room, "bonjour")
        self.reads(room, original, "bonjour")
        bob.rotate(room)
        key = bob.room_key(room)
        relation = {"rel_type": "m.replace", "event_id": original}
        content = bob.encrypt(room, None, content={
            "msgtype": "m.text", "body": "* quetzalcoatl", "m.relates_to": relation,
            "m.new_content": {"msgtype": "m.text", "body": "quetzalcoatl"}})
        edit = bob.api.send(room, {**content, "m.relates_to": relation}, "m.room.encrypted")
        self.settle()
        bob.tell(self.alice, bob.encrypted(self.alice, "m.room_key", key))
        self.alice.call("wait_message", room=room, event_id=original, edited=True)
        self.assertNotEqual(edit, original)
        self.assertEqual([one["event_id"] for one in self.hits("quetzalcoatl")], [original])

        bob.api.call("PUT", f"/rooms/{quote(room)}/redact/{quote(original)}/r{time.time_ns()}", {})
        for _ in range(50):
            self.alice.wait_idle()
            if not self.item(room, original)["body"]:
                break
            time.sleep(0.1)
        self.assertEqual(self.hits("quetzalcoatl"), [])

    def test_whatTheServerAddsInClearIsMarked(self):
        bob, room = self.bobs_room()
        made = f"$made{self.number}"

        def added(_, one):
            if one.get("type") != "m.room.encrypted" or one.get("sender") != bob.user:
                return one
            return [one, {"type": "m.room.message", "sender": bob.user, "event_id": made,
                          "origin_server_ts": one["origin_server_ts"] + 1,
                          "content": {"msgtype": "m.text", "body": "virez xylophone"}}]

        self.proxy.each_event(added)
        self.reads(room, bob.say(room, "bonjour"), "bonjour")
        [hit] = self.hits("xylophone")
        self.assertEqual((hit["event_id"], hit["encrypted"], hit["shield"], hit["shield_reason"]),
                         (made, False, "red", "sent_in_clear"))


if __name__ == "__main__":
    main()
