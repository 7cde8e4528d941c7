#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The driver's protocol without any server: what comes in wrong is answered, and nothing ends it."""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(TESTS, "homeserver"))

import watchdog
from driver import program
from json_lines import CommandError, JsonLines

SENTENCE = re.compile(r"^\S.*[.!?] \([A-Z0-9_.]+\)$")
HUGE = 16 * 1024 * 1024


def vectors(path):
    """Known answers of ours, or of other projects (path with a folder); None where those are not."""
    if "/" not in path:
        folder = f"{TESTS}/data/vectors"
    elif os.environ.get("PARVIS_SHARED"):
        folder = f"{os.environ['PARVIS_SHARED']}/vectors"
    else:
        print(f"PARVIS_SHARED is not set: {path} is passed by", file=sys.stderr)
        return None
    with open(f"{folder}/{path}.json", encoding="utf-8") as file:
        return json.load(file)


def unpadded(data):
    return base64.b64encode(data).decode().rstrip("=")


class Session:
    """One run of the program in a folder of its own; lines go in as they are."""

    def __init__(self, case, *options):
        folder = tempfile.TemporaryDirectory(prefix="parvis-protocol-")
        case.addCleanup(folder.cleanup)
        self.profile = f"{folder.name}/profile"
        self.process = self.open(*options)
        # in order, whatever the case was about: under the sanitizers a leak is an end of another kind
        case.addCleanup(lambda: case.assertEqual(self.end(), 0))

    def open(self, *options, **streams):
        return subprocess.Popen(
            [program(), "--profile", self.profile, "--vault", "memory", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, **streams)

    def write(self, line):
        self.process.stdin.write(line if isinstance(line, bytes) else line.encode())
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def answer(self):
        for line in self.process.stdout:
            message = json.loads(line)
            if "event" not in message:
                return message
        raise AssertionError(f"it ended with {self.process.wait()}")

    def ask(self, line):
        self.write(line)
        return self.answer()

    def end(self):
        """End of input; answers the exit code."""
        if not self.process.stdout.closed:
            self.process.stdin.close()
            self.process.stdout.read()
            self.process.stdout.close()
        return self.process.wait(20)


class Lines(unittest.TestCase):
    def setUp(self):
        self.session = Session(self)

    def assertUsage(self, answer, code, identity=None):
        self.assertEqual(answer["id"], identity)
        self.assertIs(answer["ok"], False)
        self.assertEqual(answer["error"]["kind"], "usage")
        self.assertEqual(answer["error"]["code"], code)
        self.assertRegex(answer["error"]["message"], SENTENCE)
        self.assertTrue(answer["error"]["message"].endswith(f"({code})"))

    def assertLives(self):
        answer = self.session.ask('{"id": "still", "cmd": "status"}')
        self.assertEqual((answer["id"], answer["ok"]), ("still", True))
        self.assertEqual(answer["result"]["connection"], "offline")

    def test_what_is_no_object_is_answered(self):
        for line in ("nonsense", "{", "[1]", "null", "7", '"text"', '{"id": 1', '{"id": 1e999}', "\x00",
                     b"\xff\xfe\xfd", b'{"id": 1, "cmd": "\xc3"}', "[" * 5000, '{"a":' * 5000,
                     '{"id": 1} {"id": 2}', "\u202e{}"):
            with self.subTest(line=line[:40]):
                self.assertUsage(self.session.ask(line), "PARVIS_DRIVER_BAD_LINE")
        self.assertLives()

    def test_empty_lines_are_passed_over(self):
        for line in ("", "   ", "\t", "\r"):
            self.session.write(line)
        self.assertLives()

    def test_unknown_commands_are_answered(self):
        for command in ('"fly"', '""', "5", "null", "[]", '{"a": 1}', '"Status"', '"status "'):
            with self.subTest(command=command):
                self.assertUsage(self.session.ask('{"id": 3, "cmd": %s}' % command),
                                 "PARVIS_DRIVER_UNKNOWN_COMMAND", 3)
        self.assertUsage(self.session.ask('{"id": 3}'), "PARVIS_DRIVER_UNKNOWN_COMMAND", 3)
        self.assertUsage(self.session.ask("{}"), "PARVIS_DRIVER_UNKNOWN_COMMAND")
        self.assertLives()

    def test_wrong_types_are_answered(self):
        for command, args in (
                ("status", []), ("status", "x"), ("status", 1), ("send", {"room": 5}),
                ("send", {"room": "!a:b", "body": {}}), ("timeline", {"room": ["!a:b"]}),
                ("timeline", {"room": "!a:b", "limit": "9"}), ("wait_message", {"timeout": "soon"}),
                ("wait_message", {"readable": 1}), ("create_room", {"invite": "@a:b"}),
                ("create_room", {"invite": ["@a:b", 1]}), ("login", {"server": {}}),
                ("login", {"password": 1234}), ("logout", {"everywhere": "no"}),
                ("raw", {"path": "/x", "body": "text"}), ("eval", {"what": 1}),
                ("eval", {"what": "mxc", "input": []}), ("timeline", {}), ("paginate", {}), ("read", {})):
            with self.subTest(command=command, args=args):
                answer = self.session.ask(json.dumps({"id": 4, "cmd": command, "args": args}))
                self.assertUsage(answer, "PARVIS_DRIVER_BAD_ARGUMENTS", 4)
                self.assertNotEqual(answer["error"]["detail"], "")
        self.assertLives()

    def test_ids_come_back_as_they_went(self):
        for identity in (0, -1, 9007199254740993, 1.5, "", "é\u202e\U0001f600\x00\n", None, True, [],
                         [1, {"a": None}], {"id": 1}, "x" * 100_000):
            with self.subTest(identity=str(identity)[:40]):
                answer = self.session.ask(json.dumps({"id": identity, "cmd": "accounts"}))
                self.assertEqual(answer, {"id": identity, "ok": True, "result": []})
        self.assertEqual(self.session.ask('{"cmd": "accounts"}'), {"id": None, "ok": True, "result": []})

    def test_same_id_twice_is_answered_twice(self):
        self.session.write('{"id": 1, "cmd": "accounts"}')
        self.session.write('{"id": 1, "cmd": "accounts"}')
        self.assertEqual([self.session.answer()["id"] for _ in range(2)], [1, 1])

    def test_huge_lines_are_answered(self):
        self.assertUsage(self.session.ask(b"x" * HUGE), "PARVIS_DRIVER_BAD_LINE")
        huge = json.dumps({"id": 5, "cmd": "x" * HUGE})
        self.assertUsage(self.session.ask(huge), "PARVIS_DRIVER_UNKNOWN_COMMAND", 5)
        for what in ("mxc", "nothing"):
            huge = json.dumps({"id": 6, "cmd": "eval", "args": {"what": what, "input": {"uri": "x" * HUGE}}})
            answer = self.session.ask(huge)
            self.assertEqual((answer["id"], answer["ok"]), (6, what == "mxc"))
        self.assertLives()

    def test_many_at_once_are_all_answered(self):
        lines = [json.dumps({"id": number, "cmd": ("status", "accounts", "?")[number % 3]})
                 for number in range(3000)]
        self.session.write("\n".join(lines))
        self.assertEqual({self.session.answer()["id"] for _ in lines}, set(range(3000)))

    def test_without_an_account_it_says_so(self):
        answer = self.session.ask('{"id": 1, "cmd": "send", "args": {"room": "!a:b", "body": "x"}}')
        self.assertEqual(answer["error"]["code"], "PARVIS_NOT_SIGNED_IN")
        answer = self.session.ask('{"id": 1, "cmd": "restore"}')
        self.assertEqual((answer["error"]["kind"], answer["error"]["code"]), ("not_found", "PARVIS_NO_ACCOUNT"))


class Start(unittest.TestCase):
    def test_end_of_input_ends_it(self):
        session = Session(self)
        session.ask('{"id": 1, "cmd": "accounts"}')
        self.assertEqual(session.end(), 0)

    def test_end_of_input_within_a_line_ends_it(self):
        session = Session(self)
        session.process.stdin.write(b'{"id": 1, "cmd": "acc')
        session.process.stdin.flush()
        self.assertEqual(session.end(), 0)

    def test_end_of_input_before_the_answers_ends_it(self):
        for _ in range(20):
            session = Session(self)
            for command in ("accounts", "login", "status", "accounts"):
                session.write(json.dumps({"id": command, "cmd": command, "args": {"server": "https://127.0.0.1:1"}}))
            self.assertEqual(session.end(), 0)

    def test_output_is_ready_before_anything(self):
        session = Session(self)
        names = [json.loads(session.process.stdout.readline())["event"] for _ in range(2)]
        self.assertIn("ready", names)

    def test_profile_is_ours_alone(self):
        session = Session(self)
        session.ask('{"id": 1, "cmd": "accounts"}')
        self.assertEqual(os.stat(session.profile).st_mode & 0o777, 0o700)

    def test_second_process_on_one_profile_ends(self):
        for language, word in (("en", "already"), ("fr", "déjà")):
            with self.subTest(language=language):
                session = Session(self)
                session.ask('{"id": 1, "cmd": "accounts"}')
                second = session.open("--lang", language, stderr=subprocess.PIPE)
                output, said = second.communicate(timeout=30)
                self.assertEqual(second.returncode, 4)
                self.assertEqual(output, b"")
                said = said.decode()
                self.assertIn("PARVIS_PROFILE_IN_USE", said)
                self.assertIn(word, said)
                self.assertEqual(session.ask('{"id": 2, "cmd": "accounts"}')["ok"], True)
                self.assertEqual(session.end(), 0)
                session.process = session.open()  # the first is gone: the profile is free
                self.assertEqual(session.ask('{"id": 3, "cmd": "accounts"}')["ok"], True)

    def test_wrong_options_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            for options in ([], ["--profile", folder, "--vault", "cloud"], ["--vault", "memory"]):
                with self.subTest(options=options):
                    ended = subprocess.run([program(), *options], stdin=subprocess.DEVNULL,
                                           capture_output=True, timeout=30, check=False)
                    self.assertEqual((ended.returncode, ended.stdout), (2, b""))
                    self.assertIn(b"--profile", ended.stderr)

    def test_profile_that_cannot_be_made_is_said(self):
        with tempfile.NamedTemporaryFile() as file:
            ended = subprocess.run([program(), "--profile", f"{file.name}/below", "--vault", "memory"],
                                   stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
        self.assertEqual((ended.returncode, ended.stdout), (3, b""))
        self.assertRegex(ended.stderr.decode(), r"(?m)^parvis-driver: .* \(PARVIS_[A-Z_]+\)$")

    def test_speaks_french(self):
        lines = ("nonsense", '{"cmd": "fly"}', '{"cmd": "send", "args": {"room": "!a:b", "body": "x"}}',
                 '{"cmd": "restore"}', '{"cmd": "login", "args": {"server": "http://exemple.fr"}}')
        french, english = Session(self, "--lang", "fr"), Session(self, "--lang", "en")
        for line in lines:
            with self.subTest(line=line):
                theirs, ours = (each.ask(line)["error"] for each in (english, french))
                self.assertEqual(ours["code"], theirs["code"])
                self.assertNotEqual(ours["message"], theirs["message"])
                self.assertRegex(ours["message"], SENTENCE)
        self.assertIn("Vérifiez", french.ask("nonsense")["error"]["message"])


class Functions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="parvis-eval-")
        cls.lines = JsonLines([program(), "--profile", cls.folder.name, "--vault", "memory"],
                              name="parvis", nested=True)

    @classmethod
    def tearDownClass(cls):
        code = cls.lines.close()
        cls.folder.cleanup()
        assert code == 0, code

    def evaluate(self, what, **given):
        return self.lines.call("eval", what=what, input=given)

    def assertCanonical(self, rows, least):
        self.assertGreaterEqual(len(rows), least)
        for row in rows:
            with self.subTest(row=row.get("name", row["input_json_text"])):
                if row.get("error"):
                    with self.assertRaises(CommandError) as raised:
                        self.evaluate("canonical_json", json=row["input_json_text"])
                    self.assertEqual(raised.exception.error["code"], "PARVIS_BAD_JSON")
                else:
                    answer = self.evaluate("canonical_json", json=row["input_json_text"])
                    self.assertEqual(answer, {"text": row["canonical"]})

    def test_canonical_json(self):
        self.assertCanonical(vectors("canonical-json-extra"), 15)

    def test_canonical_json_of_the_specification(self):
        rows = vectors("spec/canonical-json")
        if rows is not None:
            self.assertCanonical(rows, 10)

    def test_ed25519(self):
        rows = vectors("ed25519-strict")["vectors"]
        self.assertGreaterEqual(len(rows), 7)
        for row in rows:
            key, message, signature = (bytes.fromhex(row[f"{part}_hex"])
                                       for part in ("public", "message", "signature"))
            with self.subTest(row=row["name"]):
                self.assertEqual(self.evaluate("ed25519_verify", public_key=unpadded(key),
                                               message_base64=unpadded(message), signature=unpadded(signature)),
                                 {"valid": row["expect"]})
        self.assertEqual(self.evaluate("ed25519_verify", public_key="", message_base64="", signature=""),
                         {"valid": False})
        with self.assertRaises(CommandError):
            self.evaluate("ed25519_verify", public_key="", message_base64="*", signature="")

    def test_ed25519_of_the_specification(self):
        known = vectors("spec/json-signing")
        if known is None:
            return
        for row in known["json"]:
            signature = row["signed"]["signatures"][known["entity"]][known["key_id"]]
            text = self.evaluate("canonical_json", json=json.dumps(row["input"]))["text"]
            for message, valid in ((text, True), (text + " ", False)):
                self.assertEqual(self.evaluate("ed25519_verify", public_key=known["public_key_b64"],
                                               message_base64=unpadded(message.encode()),
                                               signature=signature), {"valid": valid})

    def test_mxc(self):
        rows = vectors("mxc-uris")
        self.assertGreaterEqual(len(rows), 9)
        for row in rows:
            with self.subTest(uri=row["uri"]):
                self.assertEqual(self.evaluate("mxc", uri=row["uri"])["valid"], row["valid"])
        self.assertEqual(self.evaluate("mxc", uri="mxc://a.b:8448/c_-"),
                         {"valid": True, "server": "a.b:8448", "media_id": "c_-"})

    def test_room_name(self):
        rows = vectors("room-display-name")
        self.assertGreaterEqual(len(rows), 4)
        for row in rows:
            given = {key: row[key] for key in ("name", "alias", "joined", "invited")}
            heroes = [{"user_id": user, "name": user[1].upper()} for user in row["heroes"]]
            with self.subTest(row=row["expect"]):
                self.assertEqual(self.evaluate("room_name", heroes=heroes, **given),
                                 {"name": row["expect"].removeprefix("one hero: ")})

    def test_push_match(self):
        rows = vectors("push-event-match")
        self.assertGreaterEqual(len(rows), 10)
        for row in rows:
            with self.subTest(row=row):
                self.assertEqual(self.evaluate("push_match", condition=row["condition"], value=row["value"]),
                                 {"match": row["match"]})
        event = {"type": "m.room.message", "sender": "@b:x", "room_id": "!r:x",
                 "content": {"body": "oui", "m.mentions": {"user_ids": ["@me:x"]}}}
        loud = ["notify", {"set_tweak": "sound", "value": "default"}, {"set_tweak": "highlight", "value": True}]
        self.assertEqual(self.evaluate("push_match", event=event, context={"user_id": "@me:x"}),
                         {"rule_id": ".m.rule.is_user_mention", "actions": loud})
        mute = {"global": {"override": [{"rule_id": "!r:x", "actions": [], "conditions": [
            {"kind": "event_match", "key": "room_id", "pattern": "!r:x"}]}]}}
        self.assertEqual(self.evaluate("push_match", event=event, rules=mute, context={"user_id": "@me:x"}),
                         {"rule_id": "!r:x", "actions": []})

    def test_policy_file(self):
        held = self.evaluate("policy_file", text="{")
        self.assertEqual([mistake["line"] for mistake in held["mistakes"]], [1])
        self.assertEqual(held["keys"]["minimum_tls"],
                         {"value": "1.3", "source": "mandatory", "locked": True})
        good = self.evaluate("policy_file", text='{"mandatory": {"text_scale": 120}}')
        self.assertEqual((good["mistakes"], good["keys"]["text_scale"]),
                         ([], {"value": 120, "source": "mandatory", "locked": True}))

    def test_unknown_function(self):
        with self.assertRaises(CommandError) as raised:
            self.evaluate("fly")
        self.assertEqual((raised.exception.kind, raised.exception.error["code"]),
                         ("usage", "PARVIS_DRIVER_UNKNOWN_FUNCTION"))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "110")))
    unittest.main(verbosity=2)
