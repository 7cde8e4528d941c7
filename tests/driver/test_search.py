#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search over encrypted and clear rooms of a real homeserver: what this device can read is found, and only that."""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from homeserver import TestBed
from json_lines import CommandError


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed().start()
        cls.addClassCleanup(cls.bed.close)
        cls.server = cls.bed.servers[0]
        cls.claire = Driver("claire").log_in(cls.server)
        cls.addClassCleanup(cls.claire.close)
        cls.paul = Driver("paul").log_in(cls.server)
        cls.addClassCleanup(cls.paul.close)

    def room(self, kind, name):
        room = self.claire.call("create_room", name=name, kind=kind, invite=[self.paul.user_id])["room_id"]
        self.paul.call("join", room=room)
        self.claire.wait_idle()
        return room

    def say(self, who, room, body):
        return who.call("send", room=room, body=body, wait=True)["event_id"]

    def found(self, text, who=None, **filters):
        return [hit["event_id"] for hit in (who or self.claire).call("search", text=text, **filters)["hits"]]

    def until(self, wanted, text, who=None, **filters):
        deadline = time.monotonic() + 20
        while (found := self.found(text, who, **filters)) != wanted and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual(found, wanted, text)

    def test_encrypted_messages_are_found_on_both_sides_in_other_forms(self):
        room = self.room("private", "Budget")
        said = self.say(self.paul, room, "Les réunions œcuméniques d’avril sont reportées")
        for text in ("réunion", "REUNIONS", "oecuméniq", "report", '"sont reportées"', "avril -mai"):
            self.until([said], text)
            self.until([said], text, self.paul)
        self.assertEqual(self.found("avril -reportées"), [])
        hit = self.claire.call("search", text="avril reporter")["hits"][0]
        marked = [hit["snippet"][start:start + length] for start, length in hit["highlights"]]
        self.assertEqual((hit["room_id"], hit["sender"], marked), (room, self.paul.user_id, ["avril", "reportées"]))

    def test_edits_and_redactions_are_followed(self):
        room = self.room("private", "Notes")
        said = self.say(self.claire, room, "première ébauche kiwi")
        self.until([said], "kiwi", self.paul)
        self.claire.call("edit", room=room, of=said, body="version mangue", wait=True)
        self.until([], "kiwi", self.paul)
        self.until([said], "mangue", self.paul)
        self.assertIn("mangue", self.paul.call("search", text="mangue")["hits"][0]["snippet"])
        self.claire.call("redact", room=room, event=said, wait=True)
        self.until([], "mangue", self.paul)
        self.until([], "mangue")

    def test_filters_order_and_pages(self):
        clear, secret = self.room("unencrypted", "Clair"), self.room("private", "Chiffré")
        first = self.say(self.claire, clear, "dossier tulipe un")
        second = self.say(self.paul, secret, "dossier tulipe deux https://intranet.example/x")
        third = self.say(self.claire, secret, "dossier tulipe trois")
        self.until([third, second, first], "tulipe")
        self.assertEqual(self.found("tulipe", room=clear), [first])
        self.assertEqual(self.found("tulipe", sender=self.paul.user_id), [second])
        self.assertEqual(self.found("tulipe", has="link"), [second])
        self.assertEqual(self.found("", has="link", room=secret), [second])
        self.assertEqual(self.found("tulipe", until=1000), [])
        page = self.claire.call("search", text="tulipe", limit=2)
        self.assertEqual([hit["event_id"] for hit in page["hits"]], [third, second])
        self.assertTrue(page["more"])
        rest = self.claire.call("search", text="tulipe", limit=2, after=page["next"])
        self.assertEqual(([hit["event_id"] for hit in rest["hits"]], rest["more"]), ([first], False))
        self.assertEqual(len(self.found("tulipe", order="best")), 3)
        for wrong in ({"has": "x"}, {"order": "x"}):
            with self.assertRaises(CommandError) as raised:
                self.claire.call("search", text="tulipe", **wrong)
            self.assertEqual(raised.exception.kind, "usage")

    def test_nothing_to_look_for_finds_nothing(self):
        for text in ("", "  ", "?!", "-mot", '""'):
            self.assertEqual(self.found(text), [], text)

    def test_restart_and_coverage(self):
        room = self.room("private", "Archives")
        said = self.say(self.paul, room, "pivoine")
        self.until([said], "pivoine")
        self.claire.kill()
        self.claire.resume()
        self.until([said], "pivoine")
        self.claire.history(room)  # back to the beginning
        status = self.claire.call("index_status")
        here = next(one for one in status["rooms"] if one["room_id"] == room)
        self.assertEqual((here["indexed_events"], here["unreadable"], here["complete"]), (1, 0, True))
        coverage = self.claire.call("search", text="pivoine")["coverage"]
        self.assertEqual(coverage["waiting"], 0)
        self.assertEqual(coverage["indexed_events"], sum(one["indexed_events"] for one in status["rooms"]))

    def test_a_new_cache_finds_what_the_old_one_did(self):
        room = self.room("private", "Anémones")
        said = self.say(self.paul, room, "anémone")
        self.until([said], "anemone")
        self.claire.call("draft", room=room, body="à finir")
        self.claire.stop()
        rebuilt = Driver("claire", folder=self.claire.folder, options=["--rebuild"])
        rebuilt.resume()
        self.addCleanup(self.claire.resume)
        self.addCleanup(rebuilt.close)
        rebuilt.wait_idle()
        rebuilt.history(room)
        self.until([said], "anemone", rebuilt)
        self.assertEqual(rebuilt.call("draft", room=room)["body"], "à finir")
        self.assertFalse([name for name in self.files(rebuilt) if "set-aside" in name])

    @staticmethod
    def files(driver):
        return [name for _, _, names in os.walk(driver.profile) for name in names]

    def test_what_cannot_be_read_is_counted_and_found_when_its_key_comes(self):
        room = self.room("private", "Clefs")
        said = self.say(self.claire, room, "jacinthe")
        exported, passphrase = f"{self.claire.folder}/keys.txt", "quatre mots de passe"
        self.claire.call("export_keys", path=exported, passphrase=passphrase)
        second = Driver("claire-2").log_in(self.server, user="claire", register=False)
        self.addCleanup(second.close)
        second.wait_idle()
        second.history(room)
        before = second.call("search", text="jacinthe")
        self.assertEqual(before["hits"], [])
        self.assertGreaterEqual(before["coverage"]["rooms_without_all_keys"], 1)
        second.call("import_keys", path=exported, passphrase=passphrase)
        self.until([said], "jacinthe", second)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "230")))
    unittest.main(verbosity=2)
