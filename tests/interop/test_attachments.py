#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files between Parvis and an independent client, on a real server that reads nothing of them and may alter them.

PARVIS_DRIVER          the program under test; without one the scenes are skipped
PARVIS_ATTACHMENT_MB   how large the large file is (30; the long form: 300)
"""
import hashlib
import json
import os
import struct
import sys
import time
import unittest
import urllib.error
import urllib.request
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from json_lines import CommandError, Gone
from needles import forms
from scene import Scene, everywhere

LARGE = int(os.environ.get("PARVIS_ATTACHMENT_MB", "30")) << 20
MOST_GROWTH_KB = 48 << 10  # of the program's memory, however large the file is
PATIENCE = 300_000
TOO_LARGE = (400 << 20) + 1  # for the test's server
MARKER = "Pièce jointe confidentielle, à ne lire nulle part"
RULES = "parvis.send.info=true;parvis.media.info=true"


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x20\x80\x40" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def files_in(folder):
    return [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names]


def in_clear(folder, text):
    """{file: forms} in which a text lies in a folder."""
    found = {}
    for path in files_in(folder):
        with open(path, "rb") as file:
            data = file.read()
        if kinds := [form for form, sought in forms(text).items() if sought in data]:
            found[path] = kinds
    return found


class PeakMemory:
    """How much more memory a process took at its worst than before, in KiB."""

    def __init__(self, pid):
        self.pid = pid
        with open(f"/proc/{pid}/clear_refs", "w") as file:
            file.write("5")  # the peak is forgotten
        self.before = self._field("VmRSS")

    def growth(self):
        return self._field("VmHWM") - self.before

    def _field(self, name):
        with open(f"/proc/{self.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


class AttachmentScene(Scene):
    def write(self, alice, name, data):
        path = f"{alice.folder}/{name}"
        with open(path, "wb") as file:
            file.write(data)
        return path

    def marked(self, alice, size=100_000, name="note.txt"):
        """A file that has a text in it which must be found nowhere."""
        text = self.body(MARKER)
        line = text.encode() + b"\n"
        return self.write(alice, name, line * (size // len(line) + 1)), text

    def item(self, alice, room, event):
        return alice.call("wait_message", room=room, event_id=event, readable=True, timeout=30_000)

    def outgoing(self, alice):
        """What lies ready to be sent in the profile."""
        return [path for path in files_in(alice.profile) if "/media/" in path]

    def no_server_reads(self, text):
        for server in self.bed.servers:
            self.assertEqual(in_clear(f"{server.folder}/media", text), {}, server.name)

    def refused(self, code, client, command, **arguments):
        with self.assertRaises(CommandError) as caught:
            client.call(command, **arguments)
        self.assertEqual(caught.exception.error["code"], code)
        self.assertIn(f"({code})", caught.exception.error["message"])
        return caught.exception.error


class Attachments(AttachmentScene):
    def test_fromParvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path, text = self.marked(alice)
        caption = self.body("le compte rendu")

        event = alice.call("send_file", room=room, path=path, caption=caption, wait=True)["event_id"]

        seen = bob.call("waitMessage", room=room, eventId=event, timeout=20_000)
        self.assertEqual(seen["wireType"], "m.room.encrypted")
        self.assertEqual(bob.call("download", room=room, event=event)["sha256"], sha256(path))
        self.no_server_reads(text)
        media = self.item(alice, room, event)["media"]
        self.assertEqual((media["name"], media["caption"], media["encrypted"], media["mime"], media["size"]),
                         ("note.txt", caption, True, "text/plain", os.path.getsize(path)))
        self.assertEqual(self.outgoing(alice), [])
        # and what we have sent we can fetch
        saved = alice.call("download", room=room, event=event, to=f"{alice.folder}/again.txt")
        self.assertEqual(saved["sha256"], sha256(path))

    def test_toParvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path, text = self.marked(alice, 300_000, "source.txt")

        sent = bob.call("sendFile", room=room, name="réponse.txt", mime="text/plain", path=path)

        item = self.item(alice, room, sent["eventId"])
        self.assertEqual((item["kind"], item["media"]["name"], item["media"]["encrypted"]),
                         ("file", "réponse.txt", True))
        self.assertEqual(alice.call("media_state", room=room, event=sent["eventId"]), "clean")
        to = f"{alice.folder}/reçu.txt"
        saved = alice.call("download", room=room, event=sent["eventId"], to=to)
        self.assertEqual(saved, {"path": to, "sha256": sent["sha256"], "bytes": os.path.getsize(path),
                                 "mime": "text/plain", "scan": "clean"})
        self.assertEqual((sha256(to), os.stat(to).st_mode & 0o777), (sent["sha256"], 0o600))
        self.refused("PARVIS_FILE_EXISTS", alice, "download", room=room, event=sent["eventId"], to=to)
        self.assertEqual(in_clear(alice.profile, text), {})

    def test_picture(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path = self.write(alice, "plan.png", png(40, 30))

        event = alice.call("send_file", room=room, path=path, wait=True)["event_id"]

        bob.call("waitMessage", room=room, eventId=event)
        self.assertEqual(bob.call("download", room=room, event=event)["sha256"], sha256(path))
        item = self.item(alice, room, event)
        self.assertEqual((item["kind"], item["media"]["w"], item["media"]["h"], item["media"]["mime"]),
                         ("image", 40, 30, "image/png"))
        as_file = alice.call("send_file", room=room, path=path, wait=True, **{"as": "file"})["event_id"]
        self.assertEqual(self.item(alice, room, as_file)["kind"], "file")

    def test_emptyFile(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path = self.write(alice, "vide.bin", b"")

        event = alice.call("send_file", room=room, path=path, wait=True)["event_id"]

        bob.call("waitMessage", room=room, eventId=event, timeout=20_000)
        if self.fetches_nothing():
            self.assertEqual(bob.call("download", room=room, event=event)["size"], 0)
        to = f"{alice.folder}/vide2.bin"
        self.assertEqual(alice.call("download", room=room, event=event, to=to)["bytes"], 0)

    def fetches_nothing(self):
        """Whether one server can fetch a file of no byte from the other at all: Synapse 1.160 answers 502."""
        near, far = self.bed.servers[0], self.bed.servers[-1]
        giver, taker = near.register(f"source{self.number}"), far.register(f"curieux{self.number}")
        def ask(who, path, data=None):
            headers = {"Content-Type": "application/octet-stream", "Authorization": "Bearer " + who.token}
            request = urllib.request.Request(f"{who.base_url}/_matrix/{path}", data, headers)
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read()
        address = json.loads(ask(giver, "media/v3/upload", b""))["content_uri"].removeprefix("mxc://")
        try:
            return ask(taker, f"client/v1/media/download/{address}") == b""
        except urllib.error.HTTPError as error:
            return self.assertEqual((error.code, near is far), (502, False))

    def test_clearRoom(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = alice.call("create_room", name="Public", kind="unencrypted", invite=[bob.user_id])["room_id"]
        bob.join(room)
        path = self.write(alice, "affiche.txt", b"pour tous\n" * 1000)

        event = alice.call("send_file", room=room, path=path, wait=True)["event_id"]
        bob.call("waitMessage", room=room, eventId=event, timeout=20_000)
        sent = bob.call("sendFile", room=room, name="à tous.txt", mime="text/plain", path=path)

        self.assertEqual(bob.call("download", room=room, event=event)["sha256"], sha256(path))
        self.assertFalse(self.item(alice, room, event)["media"]["encrypted"])
        self.item(alice, room, sent["eventId"])
        saved = alice.call("download", room=room, event=sent["eventId"], to=f"{alice.folder}/x.txt")
        self.assertEqual(saved["sha256"], sha256(path))

    def test_whatTheServerAlteredIsNotWritten(self):
        alice, bob = self.parvis("alice"), self.peer("bob", server=0)
        room = self.room_with(alice, bob)
        before = set(files_in(f"{self.bed.servers[0].folder}/media"))
        path, _ = self.marked(alice, name="original.txt")
        event = bob.call("sendFile", room=room, name="a.txt", path=path)["eventId"]
        stored = set(files_in(f"{self.bed.servers[0].folder}/media")) - before
        self.assertEqual(len(stored), 1)
        at_server = stored.pop()
        with open(at_server, "rb") as file:
            right = file.read()
        self.item(alice, room, event)
        to = f"{alice.folder}/a.txt"

        # Of another length: tests/adversary/test_files.py; this server announces the old one, and sends no more.
        for what, wrong in {"one bit": right[:-1] + bytes([right[-1] ^ 1]), "zeros": bytes(len(right))}.items():
            with self.subTest(what):
                with open(at_server, "wb") as file:
                    file.write(wrong)
                self.refused("PARVIS_ATTACHMENT_DAMAGED", alice, "download", room=room, event=event, to=to,
                             timeout=10_000)
                self.assertEqual([name for name in os.listdir(alice.folder) if "a.txt" in name or ".part" in name],
                                 [])
        with open(at_server, "wb") as file:
            file.write(right[:-1] + bytes([right[-1] ^ 1]))
        self.refused("PARVIS_ATTACHMENT_DAMAGED", alice, "download", room=room, event=event, to=to)
        self.assertEqual(alice.call("media_state", room=room, event=event), "error")
        with open(at_server, "wb") as file:
            file.write(right)
        self.assertEqual(alice.call("download", room=room, event=event, to=to)["sha256"], sha256(path))
        os.remove(at_server)
        self.refused("PARVIS_MEDIA_GONE", alice, "download", room=room, event=event, to=to + "2")

    def test_refusals(self):
        alice = self.parvis("alice")
        room = alice.call("create_room", name="Seule", kind="private")["room_id"]
        said = self.body("un texte sans fichier")
        text = alice.call("send", room=room, body=said, wait=True)["event_id"]
        to = f"{alice.folder}/x"

        self.refused("PARVIS_NO_ATTACHMENT", alice, "download", room=room, event=text, to=to)
        self.refused("PARVIS_NO_SUCH_EVENT", alice, "download", room=room, event="$none", to=to)
        self.refused("PARVIS_NO_SUCH_ROOM", alice, "send_file", room="!none:x", path=to)
        self.refused("PARVIS_FILE_UNREADABLE", alice, "send_file", room=room, path=to)
        self.refused("PARVIS_FILE_UNREADABLE", alice, "send_file", room=room, path="/dev/zero")
        with open(to, "wb") as file:
            file.truncate(TOO_LARGE)
        error = self.refused("PARVIS_FILE_TOO_LARGE", alice, "send_file", room=room, path=to)
        self.assertIn("400 MB", error["message"])
        self.assertEqual(error["kind"], "too_large")
        self.assertEqual((alice.call("queue"), self.outgoing(alice)), ([], []))

    def test_largeFileInLittleMemory(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path = f"{alice.folder}/grand.bin"
        with open(path, "wb") as file:
            for _ in range(LARGE >> 20):
                file.write(os.urandom(1 << 20))

        memory = PeakMemory(alice.pid)
        event = alice.call("send_file", room=room, path=path, wait=True, timeout=PATIENCE)["event_id"]
        sending = memory.growth()
        memory = PeakMemory(alice.pid)
        saved = alice.call("download", room=room, event=event, to=f"{path}.2", timeout=PATIENCE)
        fetching = memory.growth()

        print(f"{LARGE >> 20} MiB: {sending} KiB more while sending, {fetching} KiB more while fetching",
              file=sys.stderr, flush=True)
        self.assertEqual(saved["sha256"], sha256(path))
        self.assertLess(sending, MOST_GROWTH_KB)
        self.assertLess(fetching, MOST_GROWTH_KB)
        steps = [one for one in alice.events("progress") if one.get("txn_id")]
        # Told ten times a second at most: how many there are depends on how fast the line is.
        self.assertGreaterEqual(len(steps), 2 if LARGE <= 64 << 20 else 4)
        back = [one for one in alice.events("progress") if one.get("event_id") == event]
        self.assertTrue(back)
        for some in (steps, back):
            done = [one["done"] for one in some]
            self.assertEqual(done, sorted(set(done)))  # forwards, and each once
            self.assertEqual({one["total"] for one in some}, {LARGE})
            self.assertLessEqual(done[-1], LARGE)
        bob.call("waitMessage", room=room, eventId=event, timeout=20_000)
        if LARGE <= 64 << 20:  # the other client holds it in memory
            self.assertEqual(bob.call("download", room=room, event=event)["sha256"], saved["sha256"])


globals().update(everywhere(Attachments, __name__))


class Steps(AttachmentScene, unittest.TestCase):
    """Killed at each step, taken back, offline."""

    def parvis(self, name, **more):
        driver = super().parvis(name, **more)
        driver._environment = {"QT_LOGGING_RULES": RULES}
        driver.kill()
        return driver.resume()

    def test_killedInEachStep(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path, text = self.marked(alice, 8 << 20, "secret.txt")
        caption_of = {}
        steps = {"copying": None, "queued": "starts", "uploading": "uploads its file",
                 "uploaded": "has its file at the server", "leaving": "leaves",
                 "at the server": "is at the server"}

        for number, (step, line) in enumerate(2 * list(steps.items())):
            caption = caption_of[number] = self.body(f"tué : {step}")
            born = alice.log_size()
            begun = alice.begin("send_file", room=room, path=path, caption=caption)
            self._until(alice, born, line)
            dead = alice.kill()
            self.assertEqual(in_clear(alice.profile, text), {}, step)
            self.assertEqual(in_clear(alice.profile, caption), {}, step)
            alice.resume()
            alice.wait_idle(PATIENCE)
            read = [message["body"] for message in bob.call("bodies", room=room, full=True)]
            times = read.count(caption)
            print(f"killed while {step}: sent {times} time(s)", file=sys.stderr, flush=True)
            # what was answered, or is in the log, was in the queue
            self.assertLessEqual(times, 1, step)
            if line or self._answered(dead, begun):
                self._reads(bob, room, caption)
            self.assertEqual(self.outgoing(alice), [], step)

        events = [item for item in alice.history(room) if item.get("media")]
        names = [item["body"] for item in events]
        self.assertEqual(len(names), len(set(names)))
        for item in events:
            self.assertEqual(bob.call("download", room=room, event=item["event_id"])["sha256"], sha256(path))
        self.no_server_reads(text)

    def test_offlineAndTakenBack(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        path, text = self.marked(alice)
        kept, dropped = self.body("à garder"), self.body("à reprendre")

        self.bed.servers[0].stop()
        alice.call("send_file", room=room, path=path, caption=kept)
        txn = alice.call("send_file", room=room, path=path, caption=dropped)["txn_id"]
        self.assertEqual(len(self.outgoing(alice)), 2)
        self.assertEqual(in_clear(alice.profile, text), {})
        os.remove(path)
        alice.call("cancel", txn_id=txn)
        self.assertEqual(len(self.outgoing(alice)), 1)
        alice.kill()
        alice.resume()
        self.assertEqual(len(self.outgoing(alice)), 1)
        self.bed.servers[0].start()

        alice.wait_idle(120_000)
        self._reads(bob, room, kept)
        self.assertNotIn(dropped, [message["body"] for message in bob.call("bodies", room=room, full=True)])
        self.assertEqual(self.outgoing(alice), [])

    # --- the steps ----------------------------------------------------------------------------

    def _until(self, alice, born, line):
        """Waits until the log has this line; without one, a moment."""
        if not line:
            return time.sleep(0.01)
        until = time.monotonic() + 30
        while not any(one.endswith(line) for one in alice.log_since(born)):
            if time.monotonic() > until:
                self.fail(f"no '{line}' in the log")
            time.sleep(0.001)

    def _answered(self, dead, begun):
        try:
            dead.finish(begun, timeout=0.01)
            return True
        except (Gone, TimeoutError):
            return False

    def _reads(self, bob, room, caption):
        bob.wait_text(room, caption, timeout=60_000)
        read = [message["body"] for message in bob.call("bodies", room=room, full=True)]
        self.assertEqual(read.count(caption), 1)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
