#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in where something is wrong: with the name, the network, the certificate, the server's answers.

Each time the error is of the right kind, says so in both languages and ends in its code; nothing is left
behind in the profile, and the next sign-in works.
"""
import hashlib
import os
import re
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from hostile_server import Answer, HostileServer, PASSWORD, bomb, flood, nested, self_signed
from json_lines import CommandError

SENTENCE = re.compile(r"^(?P<text>\S.*[.!?…]) \((?P<code>[A-Z0-9_.]+)\)$")
NO_PROXY = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
PAGE = b"<!DOCTYPE html><html><body>Bienvenue. Acceptez nos conditions.</body></html>"
DEEP = nested(100_000)
LONGEST_VERSIONS = 64 * 1024
LONGEST_ANSWER = 32 << 20
UNDER_WAY = 40 << 20  # what still goes out until a busy machine has hung up


def tree(folder):
    """Every file and what is in it."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            with open(f"{where}/{name}", "rb") as file:
                found[os.path.relpath(f"{where}/{name}", folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def errcode(code, **more):
    return {"errcode": code, "error": "<b>of the server's own</b>", **more}


def login_answer(**over):
    return {"user_id": "@claire:hostile.example", "device_id": "D", "access_token": "t", **over}


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = HostileServer().start()
        cls.addClassCleanup(cls.server.close)
        cls.drivers = {}
        for language in ("en", "fr"):
            driver = Driver(language, options=("--lang", language), environment=NO_PROXY)
            cls.addClassCleanup(driver.close)
            driver.launch()
            driver.call("accounts")
            cls.drivers[language] = driver

    def tearDown(self):
        """The way in is open again as soon as what is bad is gone."""
        self.server.heal()
        for language, driver in self.drivers.items():
            with self.subTest(afterwards=language):
                answer = driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
                self.assertEqual(answer["user_id"], self.server.user_id)
                driver.call("logout")
                self.assertEqual(driver.call("accounts"), [])

    def refused(self, kind, code, server=None, password=PASSWORD, shown=None):
        """Both say no, in a sentence that ends in what is `shown` (the code), and remain as they were."""
        before = {language: tree(driver.profile) for language, driver in self.drivers.items()}
        begun = {language: driver.begin("login", server=self.server.base_url if server is None else server,
                                        user="claire", password=password)
                 for language, driver in self.drivers.items()}
        errors, texts = {}, {}
        for language, driver in self.drivers.items():
            with self.assertRaises(CommandError, msg=f"{language}: signed in") as raised:
                driver.finish(begun[language])
                self.server.heal()
                driver.call("logout")
            errors[language] = error = raised.exception.error
            self.assertEqual((error["kind"], error["code"]), (kind, code), error)
            sentence = SENTENCE.match(error["message"])
            self.assertIsNotNone(sentence, error["message"])
            self.assertEqual(sentence["code"], code if shown is None else shown)
            texts[language] = sentence["text"]
            self.assertNotIn("<b>", error["message"])
            self.assertEqual(driver.call("status")["connection"], "offline")
            self.assertEqual(driver.call("accounts"), [])
            self.assertEqual(tree(driver.profile), before[language])
        self.assertNotEqual(texts["en"], texts["fr"])
        return errors["en"]

    def each(self, method, path, kind, code, answers, **how):
        for name, answer in answers.items():
            with self.subTest(answer=name):
                self.server.heal()
                answer = answer if isinstance(answer, Answer) else Answer(answer)
                self.server._bad[method, path] = answer
                self.refused(kind, code, **how)

    # The name

    def test_names_that_are_none(self):
        for name in ("", " ", "ex ample.fr", "https://", "https://user:secret@exemple.fr", "ftp://exemple.fr",
                     "javascript:alert(1)", "file:///etc/passwd", "@claire", "@:", "a" * 300, "x\u202ey\n.fr",
                     "https://exemple.fr/?a", "https://exemple.fr:99999", "..", "exemple.fr:port", "[::1",
                     "\x00", "../../etc"):
            with self.subTest(name=name[:40]):
                self.refused("usage", "PARVIS_BAD_SERVER_NAME", server=name)

    def test_unencrypted_elsewhere(self):
        for name in ("http://exemple.gouv", "http://192.0.2.1:8008", "http://127.0.0.1.exemple.fr",
                     "http://localhost.exemple.fr"):
            with self.subTest(name=name):
                self.refused("tls", "PARVIS_HTTPS_ONLY", server=name)

    def test_unknown_host(self):
        self.refused("network", "PARVIS_HOST_NOT_FOUND", server="inconnu.invalid")

    def test_nobody_listens(self):
        gone = HostileServer()
        address = gone.base_url
        gone._server.server_close()
        self.refused("network", "PARVIS_CONNECTION_REFUSED", server=address)

    # The certificate

    def test_wrong_certificates(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, code in (("127.0.0.1", "PARVIS_TLS_SELF_SIGNED"),
                               ("autre.exemple.fr", "PARVIS_TLS_WRONG_HOST")):
                with self.subTest(name=name):
                    server = HostileServer(certificate=self_signed(folder, name)).start()
                    try:
                        self.refused("tls", code, server=server.base_url)
                        self.assertEqual(server.passwords, 0)
                    finally:
                        server.close()

    def test_no_encryption_behind_https(self):
        self.refused("tls", "PARVIS_TLS_HANDSHAKE", server=self.server.base_url.replace("http:", "https:"))

    # What answers

    def test_no_homeserver(self):
        self.each("GET", "/versions", "protocol", "PARVIS_NOT_A_HOMESERVER", {
            "a page": Answer(PAGE, kind="text/html"),
            "not found": Answer(PAGE, status=404, kind="text/html"),
            "forbidden": Answer(b"", status=403),
            "nothing": b"", "a list": [], "a word": b"hello", "cut": b'{"versions": ["v1.11"',
            "no versions": {}, "a number": {"versions": 11}, "an object": {"versions": {"v1.11": True}},
            "null": {"versions": None}, "features": {"versions": ["v1.11"], "unstable_features": [1]},
            "deep": nested(9000), "bytes": bytes(range(256)), "not UTF-8": b'{"versions": ["\xff"]',
        })

    def test_too_old(self):
        self.each("GET", "/versions", "protocol", "PARVIS_SERVER_TOO_OLD", {
            "r0": {"versions": ["r0.6.1"]}, "none": {"versions": []}, "numbers": {"versions": [1, None, {}]}})

    def test_captive_portals(self):
        self.each("GET", "/versions", "network", "PARVIS_CAPTIVE_PORTAL", {
            "511": Answer(PAGE, status=511, kind="text/html"),
            "elsewhere": Answer(status=302, headers={"Location": "http://portail.exemple.fr/"})})
        self.each("POST", "/login", "network", "PARVIS_CAPTIVE_PORTAL", {
            "a page": Answer(PAGE, kind="text/html; charset=utf-8")})

    def test_redirects(self):
        self.each("GET", "/versions", "protocol", "PARVIS_REDIRECT_LOOP", {
            "in a circle": Answer(status=302, headers={"Location": "/_matrix/client/versions"})})
        # The password stays with whom it was meant for.
        self.each("POST", "/login", "protocol", "PARVIS_REDIRECTED", {
            str(status): Answer(status=status, headers={"Location": "/_matrix/client/v3/login2"})
            for status in (301, 307, 308)})

    def test_broken_http(self):
        for path in (("GET", "/versions"), ("POST", "/login")):
            self.each(*path, "network", "PARVIS_CONNECTION_LOST", {
                "nothing": Answer(status=0), "cut": Answer(b'{"versions": [', length=500)})
            self.each(*path, "network", "PARVIS_CONNECTION_LOST", {
                "cut without a length": Answer(lambda write: write(b'{"versions": ["v1'))})

    def test_ways_in(self):
        self.each("GET", "/login", "forbidden", "PARVIS_NO_LOGIN_KIND", {
            "none": {"flows": []}, "unknown": {"flows": [{"type": "x"}, {"type": 5}, 7, None, {}]}})
        self.each("GET", "/login", "protocol", "PARVIS_BAD_ANSWER", {
            "a number": {"flows": 5}, "missing": {}, "an object": {"flows": {"type": "m.login.password"}}})

    # What it says to a password

    def test_wrong_password(self):
        error = self.refused("auth", "M_FORBIDDEN", password="autre")
        self.assertIn("password", error["message"])

    def test_accounts_that_may_not(self):
        for status in (401, 403):
            for code in ("M_USER_LOCKED", "M_USER_DEACTIVATED", "M_USER_SUSPENDED"):
                with self.subTest(code=code, status=status):
                    self.server.answer("POST", "/login", errcode(code, soft_logout=True), status=status)
                    error = self.refused("forbidden", code)
                    self.assertIn("account", error["message"])

    def test_too_often(self):
        for name, headers, body, wanted in (
                ("header", {"Retry-After": "7"}, errcode("M_LIMIT_EXCEEDED"), 7000),
                ("body", {}, errcode("M_LIMIT_EXCEEDED", retry_after_ms=2500), 2500),
                ("both", {"Retry-After": "3"}, errcode("M_LIMIT_EXCEEDED", retry_after_ms=9000), 3000),
                ("for ever", {"Retry-After": "9" * 18}, errcode("M_LIMIT_EXCEEDED"), 3_600_000),
                ("negative", {"Retry-After": "-5"}, errcode("M_LIMIT_EXCEEDED", retry_after_ms=-5), 0),
                ("words", {"Retry-After": "soon"}, errcode("M_LIMIT_EXCEEDED", retry_after_ms="soon"), 0),
                ("huge", {}, errcode("M_LIMIT_EXCEEDED", retry_after_ms=1e300), 3_600_000)):
            with self.subTest(delay=name):
                self.server.answer("POST", "/login", body, status=429, headers=headers)
                error = self.refused("rate_limited", "M_LIMIT_EXCEEDED")
                self.assertEqual(error["retry_after_ms"], wanted)
        self.each("POST", "/login", "rate_limited", "PARVIS_RATE_LIMITED", {
            "a page": Answer(PAGE, status=429, kind="text/html")})

    def test_server_failures(self):
        for path in (("GET", "/versions"), ("GET", "/login"), ("POST", "/login")):
            self.each(*path, "server", "PARVIS_SERVER_ERROR", {
                str(status): Answer(PAGE, status=status, kind="text/html") for status in (500, 502, 503, 504)})
        self.each("POST", "/login", "server", "M_UNKNOWN", {
            "with a code": Answer(errcode("M_UNKNOWN"), status=500)})

    def test_codes_that_are_none(self):
        for code in ("<b>", "M_\u202eX", "M FORBIDDEN", "x" * 65, "PARVIS_PROFILE_IN_USE", "", 5, None, {}):
            with self.subTest(code=str(code)[:30]):
                self.server.answer("POST", "/login", errcode(code), status=403)
                self.refused("forbidden", "PARVIS_REFUSED")
        self.server.answer("POST", "/login", errcode("m_lower"), status=403)
        self.refused("forbidden", "m_lower", shown="FORBIDDEN")

    def test_answers_of_wrong_types(self):
        bad = {f"{key} {value!r}"[:60]: login_answer(**{key: value}) for key, values in {
            "user_id": (5, None, "", [], {}, "claire", "@a", "@:hostile.example", "@" + "x" * 300 + ":a.fr",
                        "@a\nb:hostile.example", "@a\x00:hostile.example", "@a\u202eb:hostile.example",
                        "@a:hostile\u202e.example", "@a: ", "@a:"),
            "device_id": (5, None, "", [], "D\n", "D\x00", "D\u202eX", "D" * 10_000),
            "access_token": (5, None, "", "a\nb", "a b", "é", "\x00"),
            "refresh_token": (5, "", "a\r\nX: y"),
            "expires_in_ms": ("soon", -1, 1e300, 1.5),
        }.items() for value in values}
        self.each("POST", "/login", "protocol", "PARVIS_BAD_ANSWER", bad)

    def test_answers_that_are_no_json(self):
        self.each("POST", "/login", "protocol", "PARVIS_BAD_JSON", {
            "nothing": b"", "a list": [], "a word": b"hello", "deep": DEEP, "bytes": bytes(range(256)),
            "two": b'{"user_id": "@a:b"} {}'})

    # Too much of it

    def assertCutOff(self, limit):
        deadline = time.monotonic() + 10
        while len(self.server.hung_up_after) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(len(self.server.hung_up_after), 2, "it was read to its end")
        self.assertLess(max(self.server.hung_up_after), limit + UNDER_WAY)

    def test_endless_answers_are_cut_off(self):
        before = {driver: driver.call("status")["rss_kb"] for driver in self.drivers.values()}
        for path, limit in ((("GET", "/versions"), LONGEST_VERSIONS), (("GET", "/login"), 256 * 1024),
                            (("POST", "/login"), LONGEST_ANSWER)):
            with self.subTest(path=path):
                self.server.heal()
                self.server.hung_up_after.clear()
                self.server.answer(*path, flood(100))
                error = self.refused("too_large", "PARVIS_REPLY_TOO_LARGE")
                self.assertIn("server", error["message"])
                self.assertCutOff(limit)
        for driver, was in before.items():
            # The sanitizers keep a shadow of every byte and freed memory for a while.
            allowed = (384 if "ASAN_OPTIONS" in os.environ else 96) * 1024
            self.assertLess(driver.call("status")["rss_kb"] - was, allowed)

    def test_announced_and_compressed_floods(self):
        self.each("GET", "/versions", "too_large", "PARVIS_REPLY_TOO_LARGE", {
            "announced": Answer(b"{", length=10**15),
            "compressed": Answer(bomb(100), headers={"Content-Encoding": "gzip"})})


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
