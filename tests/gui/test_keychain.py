#!/usr/bin/python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window where the keychain is not what it was: absent, locked, emptied. By real key presses, on a real keyring.

Each scene is a desktop session of its own on the same home, as if the person had logged out and in again; in it
this file runs once more, with the scene's name.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "homeserver")]

import accessible
import keyring
import watchdog
from application import Application
from desktop import keys, wait_window, write
from homeserver import PASSWORD, TestBed

ROOM = "Essai"
PASSPHRASE = "seize castors sous la neige"
KEPT = "Un brouillon que rien ne doit perdre"
SESSION = HERE.parent.parent / "cmake" / "dev" / "session.sh"


class Keychain(unittest.TestCase):
    """Outside: a server, and one session after the other."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="parvis-keychain-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        bed = TestBed()
        self.addCleanup(bed.close)
        self.server = bed.start().servers[0]
        lea = self.server.register("lea")
        self.addCleanup(lea.close)
        lea.create_room(name=ROOM, preset="private_chat")

    def session(self, keyring, scene):
        with self.subTest(scene):
            done = subprocess.run(
                [SESSION, "--keyring", keyring, "--home", f"{self.folder}/home", "--", "/usr/bin/python3", __file__,
                 "--scene", scene, self.folder, self.server.base_url], stdin=subprocess.DEVNULL, check=False,
                timeout=100)
            self.assertEqual(done.returncode, 0)

    def test_whereNoKeychainAnswers(self):
        self.session("none", "protects_by_a_passphrase")
        self.session("none", "opens_with_the_passphrase")

    def test_whereTheKeychainIsNotAsItWas(self):
        self.session("unlocked", "signs_in_with_a_keychain")
        self.session("locked", "is_refused_by_a_locked_keychain_then_let_in")
        self.session("none", "waits_for_a_keychain")
        self.session("unlocked", "is_where_it_was")
        self.session("unlocked", "never_starts_anew_by_itself")
        self.session("unlocked", "is_where_it_was")


class Scene:
    """Inside: one start of the window, with keys alone."""

    def __init__(self, folder, base_url):
        self.base_url = base_url
        self.folder = pathlib.Path(folder)
        self.application = Application(self.folder / "profile", self.folder / "log")
        self.window = self.application.window

    def play(self, name):
        try:
            getattr(self, name)()
        finally:
            self.application.kill()
        said = self.application.said()
        assert "warning" not in said, said

    def close(self):
        code = self.application.close()
        assert code == 0, (code, self.application.said())

    def walk(self, page):
        faults = accessible.faults(self.window.elements())
        assert not faults, (page, faults)

    # --- without a keychain -------------------------------------------------------------------------

    def protects_by_a_passphrase(self):
        self._signs_in()
        self.window.wait_for("Où garder votre clé", role="heading")
        self.walk("where to keep the key")
        self.window.has_keyboard("Phrase secrète")
        write(PASSPHRASE)
        keys("Return")
        self.window.has_keyboard("La même, encore une fois")
        write(PASSPHRASE)
        keys("Return")
        self._writes_a_draft()
        self.close()

    def opens_with_the_passphrase(self):
        self.window.has_keyboard("Phrase secrète")
        self.walk("asking for the passphrase")
        write("quinze castors sous la pluie")
        keys("Return")
        self.window.wait_for("(PARVIS_WRONG_PASSPHRASE)")
        self.window.has_keyboard("Phrase secrète")
        write(PASSPHRASE)
        keys("Return")
        self.is_where_it_was()

    # --- with one -----------------------------------------------------------------------------------

    def signs_in_with_a_keychain(self):
        self._signs_in()
        self._writes_a_draft()
        self.close()

    def is_refused_by_a_locked_keychain_then_let_in(self):
        """The system's own prompt is answered: by "no", then by the keyring's password."""
        wait_window("gcr-prompter")
        self.window.wait_for("demande à déverrouiller")
        keys("Escape")
        # An entry that is not told of may be missing or locked up: it is by a second prompt that Parvis finds out.
        wait_window("gcr-prompter")
        keys("Escape")
        self.window.wait_for("Le trousseau est verrouillé", role="heading", seconds=60)
        self.window.wait_shown()
        self.window.has_keyboard("Réessayer")
        self.walk("the keychain is locked")
        keys("Return")
        wait_window("gcr-prompter")
        write("parvis")  # session.sh's
        keys("Return")
        self.is_where_it_was()

    def waits_for_a_keychain(self):
        self._waits("Aucun trousseau ne répond")

    def never_starts_anew_by_itself(self):
        """The key is taken out while nothing runs, and put back while the window asks what to do."""
        self.is_where_it_was()
        kept = keyring.entries()
        keyring.clear()

        self.__init__(self.folder, self.base_url)
        self.window.wait_for("Votre clé n’est plus dans le trousseau", role="heading")
        self.window.has_keyboard("Réessayer")
        self.walk("the key is missing")
        self.window.tab_to("Repartir de zéro")
        keys("Return")
        self.window.has_keyboard("Tout conserver")
        self.walk("starting over")
        keys("Return")
        self.window.tab_to("Réessayer")
        keys("Return")
        self.window.wait_for("Votre clé n’est plus dans le trousseau", role="heading")

        keyring.put_back(kept)
        self.window.tab_to("Réessayer")
        keys("Return")
        self.window.has_keyboard("Message", seconds=60)
        self.close()

    def is_where_it_was(self):
        self.window.wait("the draft of before", lambda: any(
            one.name == "Message" and one.text == KEPT for one in self.window.elements()), 60)
        self.window.has_keyboard("Message", seconds=60)
        self.close()

    # --- steps --------------------------------------------------------------------------------------

    def _signs_in(self):
        self.window.has_keyboard("Adresse ou serveur")
        write(self.base_url)
        keys("Return")
        self.window.has_keyboard("Nom sur le serveur")
        write("lea")
        keys("Tab")
        self.window.has_keyboard("Mot de passe")
        write(PASSWORD)
        keys("Return")

    def _writes_a_draft(self):
        self.window.wait_for(ROOM, role="list item", seconds=60)
        keys("ctrl+k")
        self.window.wait("the search", lambda: (now := self.window.focused()) and now.role in ("text", "entry"))
        write(ROOM)
        keys("Return")
        self.window.has_keyboard("Message", seconds=60)
        write(KEPT)
        self.window.wait("the draft", lambda: any(
            one.focused and one.text == KEPT for one in self.window.elements()))

    def _waits(self, title):
        self.window.wait_for(title, role="heading", seconds=60)
        self.window.has_keyboard("Réessayer")
        self.walk(title)
        keys("Return")
        self.window.wait(f"{title}, again", lambda: self.window.find("Réessayer", focused=True)
                         and self.window.find(title, role="heading"), 60)
        self.close()


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "290")))
    if sys.argv[1:2] == ["--scene"]:
        scene, folder, base_url = sys.argv[2:]
        Scene(folder, base_url).play(scene)
    else:
        unittest.main(verbosity=2)
