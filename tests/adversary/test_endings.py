#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The server never answers, and the person signs out or quits: the program ends in order, and leaves nothing after a sign-out."""
import itertools
import os
import threading
import time

from scene import PASSWORD, Attacks, CommandError, main

_names = itertools.count(1)

STORAGE_KEY = r"/account_data/m\.secret_storage\.default_key"
MASTER_KEY = r"/account_data/m\.cross_signing\.master"
UPLOAD = r"/keys/device_signing/upload"
BACKUP = r"/room_keys/version"


class Endings(Attacks):
    """Each case with an account of its own, which works for a while with everything that an engine has."""

    def account(self, bootstrapped=True):
        """A new person's Parvis, and its recovery key."""
        one = self.sign_in(f"quitter{next(_names)}")
        self.addCleanup(one.close)
        key = None
        if bootstrapped:
            key = one.call("bootstrap", password=PASSWORD, timeout=60_000)["recovery_key"]
            one.wait_idle()
        return one, key

    def begun(self, one, command, method, path, **arguments):
        """The command hangs at this request from now on."""
        patience = threading.Event()
        self.addCleanup(patience.set)
        rule = self.proxy.rule(method, path, hold=patience)
        running = one.begin(command, **arguments)
        for _ in range(200):
            if rule.hits:
                return running
            time.sleep(0.05)
        return self.fail(f"{command} never asked {method} {path}")

    def quits(self, *how, **arguments):
        one = how[0]
        self.begun(*how, **arguments)
        self.assertEqual(one.stop(), 0, one.log_since(0)[-20:])

    def signs_out(self, *how, **arguments):
        one = how[0]
        running = self.begun(*how, **arguments)
        one.call("logout", timeout=30_000)
        with self.assertRaises(CommandError) as heard:
            one.finish(running, 15)
        self.assertEqual(heard.exception.kind, "cancelled", heard.exception)
        self.assertEqual(one.stop(), 0, one.log_since(0)[-20:])
        left = [name for _, _, files in os.walk(one.profile) for name in files if name in
                ("keys.db", "cache.db", "key.json")]
        self.assertEqual(left, [])
        one.launch()
        self.assertEqual(one.call("accounts"), [])

    def each(self, method, path, command, prepare):
        """The same twice: quitting, and signing out."""
        for ending in (self.quits, self.signs_out):
            with self.subTest(command=command, path=path, ending=ending.__name__):
                one, arguments = prepare()
                ending(one, command, method, path, **arguments)
                self.proxy.honest()

    def test_whileRecoveryIsSetUp(self):
        for method, path in (("GET", STORAGE_KEY), ("PUT", MASTER_KEY), ("POST", UPLOAD), ("POST", BACKUP)):
            self.each(method, path, "bootstrap",
                      lambda: (self.account(bootstrapped=False)[0], {"password": PASSWORD, "timeout": 60_000}))

    def test_whileTheIdentityIsReset(self):
        self.each("POST", UPLOAD, "reset_identity",
                  lambda: (self.account()[0], {"password": PASSWORD, "timeout": 60_000}))

    def test_whileTheRecoveryKeyIsTried(self):
        def second():
            first, key = self.account()
            user = first.name
            first.call("stop")
            other = self.sign_in(user, register=False)
            self.addCleanup(other.close)
            return other, {"recovery_key": key, "timeout": 60_000}

        self.each("GET", STORAGE_KEY, "recover", second)
        self.each("GET", BACKUP, "recover", second)

    def test_whileTheBackupIsRestored(self):
        def restoring():
            one, _ = self.account()
            room = one.call("create_room", name="Essai", kind="private")["room_id"]
            one.call("send", room=room, body="bonjour", wait=True)
            one.wait_idle()
            return one, {"timeout": 60_000}

        self.each("GET", BACKUP, "restore_backup", restoring)
        self.each("GET", r"/room_keys/keys.*", "restore_backup", restoring)

    def test_whileAPastIsGathered(self):
        other = self.forged("invited")

        def inviting():
            one, _ = self.account()
            room = one.call("create_room", name="Essai", kind="private")["room_id"]
            one.call("send", room=room, body="bonjour", wait=True)
            one.wait_idle()
            return one, {"room": room, "user": other.user, "timeout": 60_000}

        self.each("GET", r"/room_keys/keys/.*", "invite", inviting)
        self.each("POST", r"/keys/query", "invite", inviting)

    def test_whileDevicesAreAskedFor(self):
        def asking():
            one, _ = self.account()
            return one, {"user": one.user_id, "timeout": 60_000}

        self.each("GET", r"/devices", "devices", asking)


if __name__ == "__main__":
    main()
