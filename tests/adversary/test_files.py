#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that the server sends otherwise than they came: matrix-client 5.2.64."""
import os
import time

from scene import Attacks, main

DOWNLOAD = "/media/download/.*"


class Files(Attacks):
    bootstrapped = False

    def setUp(self):
        super().setUp()
        self.room = self.alice.call("create_room", name="Pièces", kind="private")["room_id"]
        self.data = f"un document, {self.number}\n".encode() * 5_000
        path = f"{self.alice.folder}/original-{self.number}.txt"
        with open(path, "wb") as file:
            file.write(self.data)
        self.event = self.alice.call("send_file", room=self.room, path=path, wait=True)["event_id"]
        self.item(self.room, self.event)
        self.folder = f"{self.alice.folder}/reçus-{self.number}"
        os.mkdir(self.folder)

    def fetch(self):
        return self.alice.call("download", room=self.room, event=self.event, to=f"{self.folder}/a.txt",
                               timeout=20_000)

    def refused_soon(self, code, **how):
        """With this code, without waiting for a line that will never carry more; nothing of it is on the disk."""
        began = time.monotonic()
        with self.proxy.rule("GET", DOWNLOAD, **how) as rule:
            self.assertEqual(self.refused("download", room=self.room, event=self.event, to=f"{self.folder}/a.txt",
                                          timeout=20_000), code)
            self.assertTrue(rule.hits)
        self.assertLess(time.monotonic() - began, 8)
        self.assertEqual(os.listdir(self.folder), [])
        self.assertEqual([name for root, _, names in os.walk(self.alice.profile) for name in names
                          if root.endswith("/media/incoming")], [])

    def test_anotherFileOrAnotherLength(self):
        """Shorter, longer by a byte, longer than its sender said, nothing at all: refused at once, by hash or size."""
        for what, code, bend in (
                ("one bit", "PARVIS_ATTACHMENT_DAMAGED", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
                ("cut", "PARVIS_ATTACHMENT_DAMAGED", lambda data: data[:-1]),
                ("half", "PARVIS_ATTACHMENT_DAMAGED", lambda data: data[:len(data) // 2]),
                ("nothing", "PARVIS_ATTACHMENT_DAMAGED", lambda data: b""),
                ("longer", "PARVIS_ATTACHMENT_DAMAGED", lambda data: data + b"x"),
                ("far longer", "PARVIS_ATTACHMENT_TOO_LARGE", lambda data: data + bytes(10 << 20)),
                ("zeros", "PARVIS_ATTACHMENT_DAMAGED", lambda data: bytes(len(data))),
                ("in clear", "PARVIS_ATTACHMENT_DAMAGED", lambda data: self.data)):
            with self.subTest(what):
                self.refused_soon(code, raw=bend)
        self.assertEqual(self.fetch()["bytes"], len(self.data))

    def test_theLineBreaksOff(self):
        """The body ends before the length that was announced: tried again, then said; one good answer is enough."""
        self.refused_soon("PARVIS_CONNECTION_LOST", cut=1)
        with self.proxy.rule("GET", DOWNLOAD, cut=1000, times=2) as rule:
            self.assertEqual(self.fetch()["bytes"], len(self.data))
            self.assertEqual(len(rule.hits), 2)
        with open(f"{self.folder}/a.txt", "rb") as file:
            self.assertEqual(file.read(), self.data)


class Addresses(Attacks):
    """CVE-2024-50336: what a member calls the address of a file is asked for as one, or not at all."""
    bootstrapped = False
    LIES = ("mxc://parvis.test/../../../../client/v3/account/whoami", "mxc://parvis.test/..%2f..%2fwhoami",
            "mxc://parvis.test/abc?access_token=x", "mxc://parvis.test/abc#x", "mxc://parvis.test/abc/def",
            "mxc://../../client/v3/whoami", "mxc://parvis.test/", "mxc:///abc", "mxc://user@evil.example/abc",
            "mxc://parv\u0456s.test/abc", "mxc://parvis.test/a\0b", "mxc://parvis.test/a\nHost: x",
            "https://evil.example/abc", "file:///etc/passwd", "mxc://parvis.test/" + "a" * 5000, "", 7)

    def test_addressesThatLeadElsewhere(self):
        """Encrypted and in clear; neither when it is shown nor when the person wants it does anything go out."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        made = self.alice.call("eval", what="attachment_encrypt", input={"data_base64": "AAAA"})["file"]
        self.proxy.forget()
        asked = []
        for url in self.LIES:
            for content in ({"url": url}, {"file": {**made, "url": url}}):
                whole = {"msgtype": "m.image", "body": "image.png", "filename": "image.png",
                         "info": {"mimetype": "image/png", "size": 3}, **content}
                asked.append((url, bob.api.send(room, bob.encrypt(room, None, content=whole), "m.room.encrypted")))
        for number, (url, event) in enumerate(asked):
            with self.subTest(url):
                self.item(room, event)
                code = self.refused("download", room=room, event=event,
                                    to=f"{self.alice.folder}/{self.number}-{number}", timeout=10_000)
                self.assertTrue(code.startswith("PARVIS_"), code)
        self.assertEqual(self.proxy.requests("(media|whoami|preview_url).*"), [])


if __name__ == "__main__":
    main()
