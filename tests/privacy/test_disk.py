#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole client on a small disk of its own, without root's privileges: who may read its files, what
happens when there is no room left, and when nothing can be written at all.
"""
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from homeserver import TestBed
from json_lines import CommandError, Gone

MEGABYTES = 6
# Whoever runs this, the client may no more than a person may, and nothing is kept from others by the umask.
PERSON = ("/bin/sh", "-c", 'umask 0 && exec setpriv --inh-caps=-all --bounding-set=-all "$@"', "person")


def with_mounts_of_our_own():
    """Starts this script again where it may mount: nothing of it is seen outside, or stays."""
    if "PARVIS_DISK_INSIDE" in os.environ:
        return
    person = [] if os.geteuid() == 0 else ["--map-root-user"]
    unshare = ["unshare", *person, "--mount", "--propagation", "private", "--"]
    possible = subprocess.run([*unshare, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False).returncode == 0
    os.environ["PARVIS_DISK_INSIDE"] = "yes" if possible else ""
    if possible:
        os.execvp("unshare", [*unshare, sys.executable, *sys.argv])


class Disk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bed = cls.enterClassContext(TestBed())
        cls.server = cls.bed.servers[0]

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="parvis-disk-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.disk = f"{self.folder}/disk"
        os.mkdir(self.disk)

    def small_disk(self):
        if not os.environ["PARVIS_DISK_INSIDE"]:
            self.skipTest("this machine lets nobody mount a disk of their own")
        self.mount("-t", "tmpfs", "-o", f"size={MEGABYTES}M,mode=755", "tmpfs", self.disk)
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk], check=True)

    def mount(self, *arguments):
        subprocess.run(["mount", *arguments], check=True)

    def parvis(self, name):
        return Driver(name, folder=self.disk, log=f"{self.folder}/log", vault=f"file:{self.folder}/vault",
                      before=PERSON)

    def fill(self):
        with open(f"{self.disk}/ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                pass
        self.assertEqual(os.statvfs(self.disk).f_bavail, 0)

    def empty(self):
        os.remove(f"{self.disk}/ballast")

    def test_nobodyElseMayReadIt(self):
        alice = self.enterContext(self.parvis("alice")).log_in(self.server)
        room = alice.call("create_room", name="Essai", kind="private")["room_id"]
        alice.call("send", room=room, body="pour nous seuls", wait=True)
        alice.call("draft", room=room, body="pas encore")

        modes = {path: stat.S_IMODE(os.lstat(path).st_mode) for path in self.everything(alice.profile)}

        self.assertGreater(len(modes), 5)
        for path, mode in modes.items():
            self.assertEqual(oct(mode), oct(0o700 if os.path.isdir(path) else 0o600), path)

    def everything(self, folder):
        return [folder, *(os.path.join(root, name) for root, folders, files in os.walk(folder)
                          for name in (*folders, *files))]

    def test_aFullDiskLosesNothing(self):
        self.small_disk()
        bob = self.server.register("bob")
        room = bob.create_room(preset="public_chat")
        alice = self.enterContext(self.parvis("carole")).log_in(self.server)
        alice.call("join", room=room)
        alice.wait_idle()
        alice.call("draft", room=room, body="brouillon d'avant")
        alice.call("send", room=room, body="tant qu'il y a de la place", wait=True)

        self.fill()
        codes = {self.refused(alice, room, number) for number in range(3)}
        for number in range(20):
            bob.send(room, f"pendant que le disque est plein, {number} " + "x" * 4000)
        self.assertEqual(codes, {"PARVIS_DISK_FULL"})
        self.assertTrue(alice.alive)

        self.empty()
        alice.call("send", room=room, body="de nouveau", wait=True)
        alice.wait_idle()
        self.nothing_is_missing(alice, room)
        self.assertEqual(alice.stop(), 0)
        alice.resume()
        self.nothing_is_missing(alice, room)
        self.assertEqual(alice.call("draft", room=room)["body"], "brouillon d'avant")

    def nothing_is_missing(self, alice, room):
        bodies = [item["body"] for item in alice.history(room) if item["body"]]
        told = [f"pendant que le disque est plein, {number} " + "x" * 4000 for number in range(20)]
        self.assertEqual(bodies, ["tant qu'il y a de la place", *told, "de nouveau"])

    def refused(self, alice, room, number):
        """The code of the error that says why a text was not taken."""
        with self.assertRaises(CommandError) as caught:
            alice.call("send", room=room, body=f"refusé {number} " + "y" * 20_000)
        self.assertEqual(caught.exception.kind, "storage")
        return caught.exception.error["code"]

    def test_readOnlyDisk(self):
        self.small_disk()
        alice = self.enterContext(self.parvis("denise")).log_in(self.server)
        alice.wait_idle()
        alice.stop()
        self.mount("-o", "remount,ro", self.disk)

        with self.assertRaises(Gone):
            alice.launch()

        self.assertEqual(alice.stop(), 3)
        with open(f"{self.folder}/log", encoding="utf-8") as log:
            self.assertIn("PARVIS_STORE_FAILED", log.read())


if __name__ == "__main__":
    with_mounts_of_our_own()
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "290")))
    unittest.main(verbosity=2)
