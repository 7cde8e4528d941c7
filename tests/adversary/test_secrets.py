#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The server lies about secret storage and backup: nobody's secret is taken for ours, and nothing of ours goes to another's."""
import json
import os
import time
import urllib.parse

from scene import Attacks, main

IMPOSSIBLE_ROUNDS = (0, 1, -1, 2**31, 1e300, "500000")
RECORDS = 50_000


class Secrets(Attacks):
    """A second Parvis of alice's, which wants to recover, and a server that does not want it to."""

    def setUp(self):
        super().setUp()
        self.second = self.sign_in("alice", register=False)
        self.addCleanup(self.second.close)
        self.acting = self.server.acting(self.alice.user_id)

    def data(self, type):
        """The account data as the server has it."""
        return self.acting.call("GET", f"/user/{urllib.parse.quote(self.alice.user_id)}/account_data/{type}")

    def bend_data(self, type, change):
        """What the server answers to the question for one type."""
        return self.proxy.rule("GET", "/account_data/" + type.replace(".", r"\."),
                               answer=lambda body, asked: change(body))

    def storage(self):
        key = self.data("m.secret_storage.default_key")["key"]
        return key, f"m.secret_storage.key.{key}"

    def storage_key(self):
        """The bytes that the recovery key stands for."""
        return self.alice.call("eval", what="recovery_key_decode",
                               input={"text": self.recovery_key})["key_base64"]

    def sealed(self, name, secret):
        made = self.alice.call("eval", what="secret_encrypt",
                               input={"key_base64": self.storage_key(), "name": name, "secret": secret})
        return {"encrypted": {self.storage()[0]: made}}

    def recovers(self):
        return self.second.call("recover", recovery_key=self.recovery_key, timeout=40_000)

    def is_refused(self, *codes):
        """Nothing was taken in, and nothing was written at the server."""
        self.proxy.forget()
        code = self.refused("recover", self.second, recovery_key=self.recovery_key, timeout=40_000)
        if codes:
            self.assertIn(code, codes)
        status = self.second.call("crypto_status")
        self.assertFalse(status["verified"] or status["cross_signing"] or status["backup"]["readable"], status)
        self.assertEqual(self.proxy.requests("/account_data/.*", "PUT"), [])
        self.assertEqual(self.proxy.requests("/keys/signatures/upload"), [])
        return code

    def test_theRightKeyRecovers(self):
        """So that the others show something; and the lies of the others are gone with them."""
        with self.bend_data("m.cross_signing.master", lambda body: {"encrypted": {}}):
            self.is_refused()
        self.assertEqual(self.recovers(), {"backup": True, "cross_signing": True})
        deadline = time.monotonic() + 20
        while not self.second.call("crypto_status")["verified"] and time.monotonic() < deadline:
            self.second.wait_idle()  # signs itself, and hears of it
        self.assertTrue(self.second.call("crypto_status")["verified"])

    def test_theDefaultKeyIsExchanged(self):
        """5.2.51: with the description of a key that the server knows, the person's key is said not to fit."""
        name = self.storage()[1]
        theirs = self.alice.call("eval", what="secret_encrypt",
                                 input={"key_base64": "A" * 43, "name": "", "secret": "\0" * 32})
        swapped = {"algorithm": "m.secret_storage.v1.aes-hmac-sha2", "iv": theirs["iv"], "mac": theirs["mac"]}
        with self.bend_data("m.secret_storage.default_key", lambda body: {"key": "theirs"}), \
                self.proxy.rule("GET", r"/account_data/m\.secret_storage\.key\.theirs", status=200, body=swapped):
            self.is_refused("PARVIS_RECOVERY_WRONG_KEY")
        with self.bend_data(name, lambda body: {**body, **swapped}):
            self.is_refused("PARVIS_RECOVERY_WRONG_KEY")
        self.assertTrue(self.recovers()["cross_signing"])

    def test_roundsThatNobodyCanMean(self):
        """5.2.52 and 53: none, one, endless, no number, other bits: refused at once, whatever is typed."""
        name = self.storage()[1]
        for rounds in IMPOSSIBLE_ROUNDS:
            with self.subTest(rounds):
                words = {"algorithm": "m.pbkdf2", "salt": "sel", "iterations": rounds, "bits": 256}
                with self.bend_data(name, lambda body, words=words: {**body, "passphrase": words}):
                    began = time.monotonic()
                    self.refused("recover", self.second, passphrase="mot de passe", timeout=30_000)
                    self.assertLess(time.monotonic() - began, 5)
        with self.subTest("bits"):
            words = {"algorithm": "m.pbkdf2", "salt": "sel", "iterations": 500_000, "bits": 128}
            with self.bend_data(name, lambda body: {**body, "passphrase": words}):
                self.refused("recover", self.second, passphrase="mot de passe", timeout=30_000)
        self.assertFalse(self.second.call("crypto_status")["verified"])

    def test_secretsThatDoNotFitWhatIsKnown(self):
        """5.2.54: well sealed under our key, and not the private key of the identity that the server shows."""
        for name in ("m.cross_signing.master", "m.cross_signing.self_signing", "m.cross_signing.user_signing"):
            with self.subTest(name):
                other = self.sealed(name, self.forger.call("signer")["seed"])
                with self.bend_data(name, lambda body, other=other: other):
                    self.is_refused()
        self.assertTrue(self.recovers()["cross_signing"])

    def test_secretsThatWereAltered(self):
        """5.2.54: one letter of the text, of the MAC, of the IV: none gives a key."""
        name = "m.cross_signing.master"
        for field in ("ciphertext", "mac", "iv"):
            with self.subTest(field):
                def alter(body, field=field):
                    sealed = next(iter(body["encrypted"].values()))
                    text = sealed[field]
                    sealed[field] = ("A" if text[2] != "A" else "B").join((text[:2], text[3:]))
                    return body

                with self.bend_data(name, alter):
                    self.is_refused()

    def test_aBackupOfAnothersKey(self):
        """5.2.55: a public key that was exchanged gets no keys, with our signatures on it or without."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        self.says(room, "une clé pour la sauvegarde")
        other = self.forger.call("pair", name="backup")["key"]
        for what, bend in (("signatures kept", lambda data: {**data, "public_key": other}),
                           ("signatures stripped", lambda data: {"public_key": other, "signatures": {}})):
            with self.subTest(what):
                with self.proxy.rule("GET", "/room_keys/version", answer=lambda body, asked, bend=bend: {
                        **body, "auth_data": bend(body["auth_data"]), "version": "99"}):
                    self.alice.stop()
                    self.alice.resume()
                    self.alice.wait_idle()
                    self.proxy.forget()
                    self.alice.call("discard_session", room=room)
                    self.says(room, f"encore une clé {what}")
                    self.alice.wait_idle()
                    time.sleep(1)
                    self.assertEqual(self.proxy.requests("/room_keys/keys", "PUT"), [])
                    backup = self.alice.call("crypto_status")["backup"]
                    self.assertFalse(backup["trusted"], backup)
        self.alice.stop()
        self.alice.resume()
        self.proxy.wait_request("/room_keys/keys", lambda body: body and room in body.get("rooms", {}), 30)

    def test_theVersionChangesDuringTheUpload(self):
        """5.2.56: the server is asked which one there is, and the keys go there all the same."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        self.proxy.forget()
        with self.proxy.rule("PUT", "/room_keys/keys", status=403, times=1, body={
                "errcode": "M_WRONG_ROOM_KEYS_VERSION", "error": "no", "current_version": "77"}) as rule:
            self.says(room, "une clé")
            self.proxy.wait_request("/room_keys/keys", lambda body: body and room in body.get("rooms", {}), 30)
            deadline = time.monotonic() + 30
            while len(self.proxy.requests("/room_keys/keys", "PUT")) < 2 and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertEqual(len(rule.hits), 1)
        self.assertGreaterEqual(len(self.proxy.requests("/room_keys/version")), 1)
        self.assertGreaterEqual(len(self.proxy.requests("/room_keys/keys", "PUT")), 2)

    def test_aBackupFullOfNothing(self):
        """5.2.58: wrong ids, no base64, endless chains, keys that nobody sealed: bounded, and nothing is taken in."""
        self.assertTrue(self.recovers()["backup"])
        real = self.alice.call("crypto_status")["backup"]["version"]
        self.assertTrue(real)
        chain = ["A" * 43] * 1000
        bodies = ({"ciphertext": "!", "mac": "x", "ephemeral": "x"}, "text", None, {"ciphertext": 1},
                  {"ciphertext": "A" * 400, "mac": "A" * 11, "ephemeral": "A" * 43},
                  {"ciphertext": "A" * 400, "mac": "A" * 11, "ephemeral": "B" * 43, "chain": chain})
        sessions = {f"s{number}": {"first_message_index": 0, "forwarded_count": 10**30, "is_verified": True,
                                   "session_data": bodies[number % len(bodies) if number < 600 else 0]}
                    for number in range(RECORDS)}
        lie = json.dumps({"rooms": {"!r:parvis.test": {"sessions": sessions}, "no room": {"sessions": []},
                                    "!s:parvis.test": 7}})
        began = time.monotonic()
        with self.proxy.rule("GET", "/room_keys/keys", status=200, body=json.loads(lie)):
            counts = self.second.call("restore_backup", timeout=60_000)
        self.assertEqual((counts["imported"], counts["total"]), (0, RECORDS), counts)  # refused, each and counted
        self.assertLess(time.monotonic() - began, 45)
        self.assertTrue(self.second.call("whoami")["user_id"])

    def test_filesOfKeys(self):
        """5.2.60 and 61: readable by the owner alone, nothing beside it; damaged ones and wrong words take nothing in."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        self.says(room, "une clé pour le fichier")
        folder = f"{self.alice.folder}/export-{self.number}"
        os.mkdir(folder)
        path = f"{folder}/clés.txt"
        self.assertGreater(self.alice.call("export_keys", path=path, passphrase="sésame",
                                           timeout=60_000)["total"], 0)
        self.assertEqual(os.listdir(folder), ["clés.txt"])
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        with open(path) as file:
            text = file.read()
        self.assertNotIn("session_key", text)
        for what, bent in (("cut", text[:len(text) // 2]), ("altered", text[:200] + "AAAA" + text[204:]),
                           ("no file of keys", "bonjour"), ("empty", "")):
            with self.subTest(what):
                with open(path, "w") as file:
                    file.write(bent)
                self.assertTrue(self.refused("import_keys", self.second, path=path, passphrase="sésame",
                                             timeout=60_000).startswith("PARVIS_"))
        with open(path, "w") as file:
            file.write(text)
        self.assertTrue(self.refused("import_keys", self.second, path=path, passphrase="sesame",
                                     timeout=60_000).startswith("PARVIS_"))
        self.assertGreater(self.second.call("import_keys", path=path, passphrase="sésame",
                                            timeout=60_000)["imported"], 0)

    def test_recoveryKeysThatAreNone(self):
        """A wrong key, a cut one, one with a wrong letter: a sentence, and another try."""
        wrong = self.alice.call("eval", what="recovery_key_encode", input={"key_base64": "A" * 43})["text"]
        for what, key in (("another", wrong), ("cut", self.recovery_key[:20]),
                          ("a letter", ("a" if self.recovery_key[9] != "a" else "b").join(
                              (self.recovery_key[:9], self.recovery_key[10:]))), ("nothing", " ")):
            with self.subTest(what):
                self.assertTrue(self.refused("recover", self.second, recovery_key=key,
                                             timeout=40_000).startswith("PARVIS_"))
        self.assertFalse(self.second.call("crypto_status")["verified"])
        self.assertTrue(self.recovers()["cross_signing"])


if __name__ == "__main__":
    main()
