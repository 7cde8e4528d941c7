#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the administrator's file does to the running client: each key of the network, the log, and mistakes.

Nobody but the administrator has a say in these keys: a recommended value holds as a mandatory one does, and a
mandatory one goes before it.
"""
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver, program
from hostile_server import HostileServer, PASSWORD, self_signed
from json_lines import CommandError

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
NO_PROXY = {name: "" for lower in PROXIES for name in (lower, lower.upper())}
ELSEWHERE = "https://ailleurs.invalid"


class Proxy:
    """Takes note of whom it is asked for, and wants a password."""

    def __init__(self):
        self.asked = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            with client:
                head = b""
                while b"\r\n\r\n" not in head and (piece := client.recv(4096)):
                    head += piece
                self.asked.append(head.split(b"\r\n")[0].decode())
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n"
                               b"Proxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\n\r\n")

    def close(self):
        if self._socket.fileno() >= 0:
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread, which would answer once more
            self._socket.close()


class Policies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="parvis-policy-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.certificate = self_signed(cls.folder, "127.0.0.1")
        cls.clear = HostileServer().start()
        cls.addClassCleanup(cls.clear.close)
        cls.encrypted = HostileServer(certificate=cls.certificate).start()
        cls.addClassCleanup(cls.encrypted.close)

    def write(self, policy):
        path = f"{self.folder}/policy.json"
        with open(path, "w", encoding="utf-8") as file:
            file.write(policy if isinstance(policy, str) else json.dumps(policy))
        os.chmod(path, 0o644)
        return path

    def driver(self, policy, **environment):
        driver = Driver("policy", vault="memory", policy=self.write(policy),
                        environment={**NO_PROXY, **environment})
        self.addCleanup(driver.close)
        return driver.launch()

    def found(self, policy, server, **environment):
        return self.driver(policy, **environment).call("discover", server=server.base_url)

    def refused(self, code, policy, address, **environment):
        with self.assertRaises(CommandError) as raised:
            self.driver(policy, **environment).call("discover", server=address)
        self.assertEqual(raised.exception.error["code"], code, raised.exception.error)

    # The network

    def test_servers(self):
        other = ["*.exemple.gouv"]
        ours = [self.clear.base_url.removeprefix("http://")]
        for policy in ({"mandatory": {"servers": other}}, {"recommended": {"servers": other}},
                       {"mandatory": {"servers": other}, "recommended": {"servers": ours}},
                       {"mandatory": {"servers": 5}}, "{"):
            with self.subTest(policy=policy):
                self.refused("PARVIS_SERVER_NOT_ALLOWED", policy, self.clear.base_url)
        self.found({"mandatory": {"servers": ours}, "recommended": {"servers": other}}, self.clear)

    def test_login_kinds(self):
        for policy in ({"mandatory": {"login_kinds": ["sso"]}}, {"recommended": {"login_kinds": ["sso"]}},
                       {"mandatory": {"login_kinds": []}, "recommended": {"login_kinds": ["password"]}}):
            with self.subTest(policy=policy):
                self.refused("PARVIS_LOGIN_KIND_NOT_ALLOWED", policy, self.clear.base_url)
        found = self.found({"mandatory": {"login_kinds": ["password"]}, "recommended": {"login_kinds": []}},
                           self.clear)
        self.assertEqual(found["flows"], ["password"])

    def test_proxy(self):
        named, systems = Proxy(), Proxy()
        self.addCleanup(named.close)
        self.addCleanup(systems.close)
        environment = {"https_proxy": systems.address}
        for policy in ({"mandatory": {"proxy": named.address}}, {"recommended": {"proxy": named.address}},
                       {"mandatory": {"proxy": named.address}, "recommended": {"proxy": "none"}}):
            with self.subTest(policy=policy):
                named.asked.clear()
                self.refused("PARVIS_PROXY_SIGN_IN", policy, ELSEWHERE, **environment)
                self.assertEqual(named.asked[0], "CONNECT ailleurs.invalid:443 HTTP/1.1")
        self.assertEqual(systems.asked, [])
        self.refused("PARVIS_HOST_NOT_FOUND", {"mandatory": {"proxy": "none"}}, ELSEWHERE, **environment)
        self.assertEqual(systems.asked, [])
        self.refused("PARVIS_PROXY_SIGN_IN", {}, ELSEWHERE, **environment)
        self.assertEqual(len(systems.asked), 1)

    def test_proxy_that_is_gone(self):
        gone = Proxy()
        gone.close()
        self.refused("PARVIS_PROXY_UNREACHABLE", {"mandatory": {"proxy": gone.address}}, ELSEWHERE)
        self.refused("PARVIS_PROXY_UNREACHABLE", {}, ELSEWHERE, https_proxy=gone.address)
        self.found({"mandatory": {"proxy": gone.address}}, self.clear)  # this computer is reached directly

    def test_proxy_is_asked_for_names(self):
        """What the person's server is called is nobody's business but the proxy's."""
        questions = f"{self.folder}/names"
        listens = {"LD_PRELOAD": os.path.join(os.path.dirname(program()), "libname_questions.so"),
                   "PARVIS_NAME_QUESTIONS": questions,
                   "ASAN_OPTIONS": f"{os.environ.get('ASAN_OPTIONS', '')}:verify_asan_link_order=0"}
        self.refused("PARVIS_HOST_NOT_FOUND", {"mandatory": {"proxy": "none"}}, ELSEWHERE, **listens)
        with open(questions, encoding="utf-8") as file:
            self.assertIn("ailleurs.invalid", file.read().split())  # without a proxy it is asked
        os.remove(questions)
        proxy = Proxy()
        self.addCleanup(proxy.close)
        self.refused("PARVIS_PROXY_SIGN_IN", {"mandatory": {"proxy": proxy.address}}, ELSEWHERE, **listens)
        self.assertEqual(proxy.asked[0], "CONNECT ailleurs.invalid:443 HTTP/1.1")
        self.assertFalse(os.path.exists(questions), "names were asked for beside the proxy")
        proxy.close()
        self.refused("PARVIS_PROXY_UNREACHABLE", {"mandatory": {"proxy": proxy.address}}, ELSEWHERE, **listens)
        self.assertFalse(os.path.exists(questions), "names were asked for where the proxy is gone")

    def test_ca_file(self):
        good = {"ca_file": self.certificate[0]}
        self.refused("PARVIS_TLS_SELF_SIGNED", {}, self.encrypted.base_url)
        for policy in ({"mandatory": good}, {"recommended": good},
                       {"mandatory": good, "recommended": {"ca_file": "/nowhere.pem"}}):
            with self.subTest(policy=policy):
                self.found(policy, self.encrypted)

    def test_ca_file_that_cannot_be_read_stops_everything(self):
        missing, key = {"ca_file": "/nowhere.pem"}, {"ca_file": self.certificate[1]}
        for policy in ({"mandatory": missing}, {"recommended": missing}, {"mandatory": key},
                       {"mandatory": missing, "recommended": {"ca_file": self.certificate[0]}}):
            for server in (self.encrypted, self.clear):
                with self.subTest(policy=policy, server=server.scheme):
                    driver = self.driver(policy)
                    with self.assertRaises(CommandError) as raised:
                        driver.call("login", server=server.base_url, user="claire", password=PASSWORD)
                    self.assertEqual((raised.exception.kind, raised.exception.error["code"]),
                                     ("policy", "PARVIS_CA_FILE"))
        self.assertEqual((self.encrypted.passwords, self.clear.passwords), (0, 0))

    def test_minimum_tls(self):
        old = HostileServer(certificate=self.certificate)
        old._server.socket.context.maximum_version = ssl.TLSVersion.TLSv1_2
        old.start()
        self.addCleanup(old.close)
        trust = {"ca_file": self.certificate[0]}
        for policy in ({"mandatory": {"minimum_tls": "1.3", **trust}},
                       {"recommended": {"minimum_tls": "1.3", **trust}},
                       {"mandatory": {"minimum_tls": "9", **trust}, "recommended": {"minimum_tls": "1.2"}}):
            with self.subTest(policy=policy):
                self.refused("PARVIS_TLS_HANDSHAKE", policy, old.base_url)
                self.found(policy, self.encrypted)
        self.found({"mandatory": {"minimum_tls": "1.2", **trust}, "recommended": {"minimum_tls": "1.3"}}, old)

    # The log

    def logged(self, policy, **environment):
        """Whether what is only information is written."""
        driver = self.driver(policy, **environment)
        with self.assertRaises(CommandError):
            driver.call("discover", server="https://127.0.0.1:1")
        driver.stop()
        with open(driver.log, encoding="utf-8") as file:
            return "request failed" in file.read()

    def test_log_level(self):
        loud = {"QT_LOGGING_RULES": "parvis.*=true"}
        for wanted, policy, environment in (
                (False, {}, {}), (True, {}, loud),
                (True, {"recommended": {"log_level": "info"}}, {}),
                (True, {"recommended": {"log_level": "error"}}, loud),
                (True, {"mandatory": {"log_level": "debug"}}, {"QT_LOGGING_RULES": "*=false"}),
                (False, {"mandatory": {"log_level": "error"}}, loud),
                (False, {"mandatory": {"log_level": "warning"}, "recommended": {"log_level": "debug"}}, loud),
                (False, {"mandatory": {"log_level": "loud"}}, loud), (False, "{", loud)):
            with self.subTest(policy=policy, environment=environment):
                self.assertIs(self.logged(policy, **environment), wanted)

    # The file

    def test_mistakes_are_named(self):
        driver = self.driver('{"mandatory": {"bogus": 1,\n"minimum_tls": "9"}}')
        driver.stop()
        with open(driver.log, encoding="utf-8") as file:
            said = file.read()
        self.assertRegex(said, r"(?m)^parvis-driver: policy: bogus line 1 .*unknown key")
        self.assertRegex(said, r"(?m)^parvis-driver: policy: minimum_tls line 2 .*locked at its safest value")

    def test_file_that_is_not_there_is_no_start(self):
        ended = subprocess.run([program(), "--profile", f"{self.folder}/none", "--vault", "memory", "--policy",
                                f"{self.folder}/nowhere.json"], stdin=subprocess.DEVNULL, capture_output=True,
                               timeout=30, check=False)
        self.assertEqual((ended.returncode, ended.stdout), (2, b""))
        self.assertIn(b"nowhere.json", ended.stderr)
        self.assertFalse(os.path.exists(f"{self.folder}/none"))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "110")))
    unittest.main(verbosity=2)
