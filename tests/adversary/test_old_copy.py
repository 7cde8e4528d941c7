#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody puts an older copy of a profile back: nothing is encrypted twice under one key, and the person is told."""
import shutil

from scene import Attacks, main

from matrix_api import quote  # from a folder that the scene has added


class OldCopy(Attacks):
    bootstrapped = False

    def session_of(self, room, event):
        found = self.server.acting(self.carol.user_id).call("GET", f"/rooms/{quote(room)}/event/{quote(event)}")
        return found["content"]["session_id"]

    def restarted(self, client, folder=None):
        """A new process on the same profile, or on the copy of it in `folder`; the keychain stays as it is."""
        client.stop()
        if folder:
            shutil.rmtree(client.profile)
            shutil.copytree(folder, client.profile)
        client.resume()
        self.settle_all(client)

    def test_aCopyThatWasPutBack(self):
        carol = self.carol = self.alone("carol")
        dora = self.forged("dora")
        room = self.room_with(dora, alice=carol)
        first = carol.call("send", room=room, body="un", wait=True)["event_id"]
        carol.call("stop")
        carol.call("send", room=room, body="en attente")
        copy = f"{carol.folder}/copy"
        carol.stop()
        shutil.copytree(carol.profile, copy)

        carol.resume()
        self.settle_all(carol)
        second = carol.call("send", room=room, body="deux", wait=True)["event_id"]
        carol.wait_idle()
        self.assertEqual(self.session_of(room, second), self.session_of(room, first))
        self.assertFalse(carol.call("crypto_status")["put_back"])

        self.restarted(carol, copy)
        self.assertTrue(carol.call("crypto_status")["put_back"])
        # It was sent before; whether it goes again is for the person to say.
        self.assertEqual([(row["state"], row["error"]["code"]) for row in carol.call("queue")],
                         [("failed", "PARVIS_PUT_BACK")])
        third = carol.call("send", room=room, body="trois", wait=True)["event_id"]
        self.assertNotEqual(self.session_of(room, third), self.session_of(room, first))
        keys, _ = self.keys_sent_to(dora)
        told = {key["content"]["session_id"] for key in keys if key and key["type"] == "m.room_key"}
        self.assertEqual(told, {self.session_of(room, first), self.session_of(room, third)})

        # What began anew goes on: it is no copy any more.
        self.restarted(carol)
        fourth = carol.call("send", room=room, body="quatre", wait=True)["event_id"]
        self.assertEqual(self.session_of(room, fourth), self.session_of(room, third))
        sent = [item["body"] for item in carol.history(room)
                if item["type"] == "m.room.message" and item["state"] == "sent"]
        self.assertEqual(sorted(sent), ["deux", "en attente", "quatre", "trois", "un"])


if __name__ == "__main__":
    main()
