#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing that is said, drafted or secret lies in clear on the disk: neither while Parvis runs, nor after a
power cut, nor after an orderly end.

The kernel tells which files Parvis writes. They are searched, and so is every folder that it could write to,
the keyring's included. To be run in a session of its own (cmake/dev/session.sh).
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, Driver
from findings import everything_in, findings, keyring_secrets
from homeserver import TestBed
from needles import forms
from peer import Peer
from written_files import Trace

MARKER = "témoin n° 4711 > ceci se trouve"
WAYS = 17  # in how many ways a text is searched for


class ClearText(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="parvis-clear-text-")
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("traces", "temporary", "driver"):
            os.mkdir(f"{self.folder}/{name}")
        self.trace = Trace(f"{self.folder}/traces")
        self.searched = [f"{self.folder}/driver", f"{self.folder}/temporary", os.environ["HOME"],
                         os.environ["XDG_RUNTIME_DIR"]]
        self.seen = set()

    def test_theSearchFindsWhatIsThere(self):
        ways = forms(MARKER)
        self.assertEqual(len(ways), WAYS)
        for way, data in ways.items():
            with open(f"{self.searched[0]}/{way}", "wb") as file:
                file.write(os.urandom(1000) + data + os.urandom(1000))
        os.symlink(MARKER, f"{self.searched[0]}/link")
        os.mkdir(f"{self.searched[0]}/{MARKER}")

        found = findings(everything_in(self.searched), {"marker": MARKER})

        for way in ways:
            self.assertIn((f"{self.searched[0]}/{way}", "marker", way), found)
        self.assertIn((f"{self.searched[0]}/link", "marker", "plain"), found)
        self.assertIn((f"{self.searched[0]}/{MARKER}", "marker", "plain"), found)

    def test_theKernelTellsWhatIsWritten(self):
        script = ("import os, threading\n"
                  "def write():\n"
                  "    open('élan', 'a').close(); open('gone', 'wb').write(b'one'); os.remove('gone'); open('old', 'w').close(); os.rename('old', 'new')\n"
                  "    os.symlink('new', 'link'); os.link('new', 'second'); open('new').close(); open('read').close()\n"
                  "several = [threading.Thread(target=write)]\n"
                  "[one.start() for one in several]; [one.join() for one in several]\n"
                  "os.system('echo > child')\n")
        place = self.searched[0]
        open(f"{place}/read", "w").close()

        subprocess.run([*self.trace.command(), sys.executable, "-c", f"import os; os.chdir({place!r})\n{script}"],
                       check=True, cwd=place)

        # names that are not absolute are relative to our folder: no other than this test has any
        told = {os.path.basename(path) for path in self.trace.files().written}
        self.assertLessEqual({"élan", "old", "new", "link", "second", "child"}, told)
        self.assertNotIn("read", told)
        self.assertIn(f"{place}/child", self.trace.files().written)
        self.assertEqual(self.trace.contents({f"{place}/gone"}), {f"{place}/gone": b"one"})

    def test_nothingIsInClear(self):
        server = self.enterContext(TestBed()).servers[0]
        bob = self.enterContext(Peer("bob")).start(server)
        alice = self.enterContext(self.parvis())
        alice.log_in(server)
        needles = {"password": PASSWORD, "access token": self.token(server, alice)} | keyring_secrets()
        self.assertIn("secret 0 of the keyring", needles)
        room = self.room_with(alice, bob)

        needles |= self.talk(alice, bob, room, "d'abord")
        self.look("while it runs", needles)
        alice.kill()
        self.look("after a power cut", needles)
        alice.resume()
        self.assertEqual(alice.call("draft", room=room)["body"], needles["draft d'abord"])
        needles |= self.talk(alice, bob, room, "ensuite")
        needles["access token of later"] = self.token(server, alice)
        self.look("after a restart", needles)
        self.assertEqual(alice.stop(), 0)
        self.look("after an orderly end", needles)

        files = self.trace.files()
        self.assertTrue([path for path in files.written if path.startswith(alice.profile)], "nothing was traced")
        # what was there between two looks only: the writes are known all the same
        contents = self.trace.contents(files.written)
        gone = files.written - self.seen - files.renamed
        self.assertEqual(gone - set(contents), set(), "gone, and nobody knows what was in them")
        self.assertEqual(findings(contents, needles, contents.get), set())
        # whose profile it is can be read: so these searches do see what Parvis writes
        whose = {"user id": alice.user_id}
        self.assertTrue(findings(contents, whose, contents.get))
        self.assertEqual({os.path.basename(path) for path, _, _ in findings(everything_in(self.searched), whose)},
                         {"profile.json", "profile.copy.json"})

    # --- the steps ----------------------------------------------------------------------------

    def parvis(self):
        # all that can be logged is: the level must not be what keeps a secret
        loud = {"QT_LOGGING_RULES": "parvis.*=true", "TMPDIR": f"{self.folder}/temporary"}
        return Driver("alice", folder=f"{self.folder}/driver", vault="keychain", before=self.trace.command(),
                      environment=loud)

    def token(self, server, alice):
        """The server knows it; Parvis has no way to tell it."""
        rows = server.sql("SELECT token FROM access_tokens WHERE device_id = ?", (alice.device_id,))
        self.assertTrue(rows)
        return rows[-1]["token"]

    def room_with(self, alice, bob):
        room = alice.call("create_room", name="Essai", kind="private", invite=[bob.user_id])["room_id"]
        bob.join(room)
        bob.call("waitEncrypted", room=room)
        alice.wait_idle()
        return room

    def talk(self, alice, bob, room, when):
        """A message each way and a draft; answers the texts."""
        texts = {f"sent {when}": f"Voilà l'énigme éventée par Parvis, {when}",
                 f"received {when}": f"Où se cache l'élève modèle ? (de Bob, {when})",
                 f"draft {when}": f"Brouillon jamais envoyé : à relire, {when}"}
        sent, received, draft = texts.values()
        alice.call("send", room=room, body=sent, wait=True)
        bob.wait_text(room, sent)
        bob.send(room, received)
        alice.wait_text(room, received)
        alice.call("draft", room=room, body=draft)
        alice.wait_idle()
        return texts

    def look(self, when, needles):
        with self.subTest(when):
            paths = everything_in(self.searched) | self.trace.files().written
            self.seen |= {path for path in paths if os.path.lexists(path)}
            self.assertEqual(findings(paths, needles), set())


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "290")))
    unittest.main(verbosity=2)
