#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""People of whom one wants to hear nothing, or knows nothing, and what the account's data can change: matrix-client 5.2.75, 90, 97, 98, 100."""
import time

from forged_verification import ForgedSas
from scene import PASSWORD, SHIPPED, Attacks, main
from matrix_api import quote  # from a folder that the scene has added


class Strangers(Attacks):
    def account_data(self, **contents):
        """The server says once more, on each synchronisation, what the account's data are: type (dots as __) and content."""
        events = [{"type": type.replace("__", "."), "content": content} for type, content in contents.items()]

        def lie(body, asked):
            if "account_data" in (asked or {}).get("extensions", {}):
                part = body.setdefault("extensions", {}).setdefault("account_data", {})
                part["global"] = part.get("global", []) + events
            return body

        return self.proxy.rule("POST", "/org.matrix.simplified_msc3575/sync", answer=lie)

    def acting(self):
        return self.server.acting(self.alice.user_id)

    def invitations(self):
        return {one["room_id"]: one for one in self.alice.call("rooms") if one["membership"] == "invite"}

    def wait(self, found, what):
        for _ in range(80):
            self.alice.wait_idle()
            if found():
                return
            time.sleep(0.1)
        self.fail(what)

    def marker(self, who, room):
        """Something that comes after all that was said before."""
        body = f"repère {time.time_ns()}"
        return self.reads(room, who.api.send(room, body), body)

    def test_peopleWhoAreIgnored(self):
        """5.2.90: the list is kept here as well: no line, no reaction, nothing found, no invitation, no preview, no request,
        no count, whatever the server hands on."""
        bob, carol = self.forged("bob"), self.forged("carol")
        for one in (bob, carol):
            one.identity()
        room = self.room_with(bob, carol)
        self.asks_again(bob.user)
        before = self.reads(room, bob.api.send(room, "mirabelle d'avant"), "mirabelle d'avant")["event_id"]
        marker = self.marker(carol, room)["event_id"]
        bob.api.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": marker, "key": "x"}}, "m.reaction")
        self.wait(lambda: self.line(room, marker)["reactions"], "no reaction")
        self.alice.call("read", room=room, event=marker)
        with self.account_data(m__ignored_user_list={"ignored_users": {bob.user: {}, "x": 7}}):
            self.marker(carol, room)
            unread = self.counts(room)
            theirs = bob.api.create_room(preset="private_chat", invite=[self.alice.user_id], name="De Bob")
            hers = carol.api.create_room(preset="private_chat", invite=[self.alice.user_id], name="De Carole")
            ForgedSas(bob, self.alice, room).request()
            event = bob.api.send(room, f"{self.alice.user_id} hé mirabelle")
            self.wait(lambda: hers in self.invitations(), "nobody is invited")
            self.assertNotIn(theirs, self.invitations())
            self.assertEqual([one for one in self.alice.call("verifications") if one["user"] == bob.user], [])
            self.assertEqual(self.last(room)["preview"], "")
            self.assertEqual(self.counts(room), unread)
            self.marker(carol, room)
            self.assertEqual([self.line(room, one) for one in (before, event)], [None, None])
            self.assertFalse(self.line(room, marker)["reactions"])
            self.assertEqual(self.alice.call("search", text="mirabelle")["hits"], [])
            flow = ForgedSas(carol, self.alice, room).request()  # so that silence means something above
            self.alice.call("wait_verification", txn=flow, state="requested", timeout=20_000)
        with self.account_data(m__ignored_user_list={"ignored_users": {}}):
            self.wait(lambda: theirs in self.invitations(), "the invitation does not come back")
            self.wait(lambda: self.line(room, before) and self.line(room, event), "what was said does not come back")
            self.assertEqual(len(self.alice.call("search", text="mirabelle")["hits"]), 2)

    def line(self, room, event):
        return next((one for one in self.alice.call("timeline", room=room, limit=100)
                     if one["event_id"] == event), None)

    def last(self, room):
        return next(one for one in self.alice.call("rooms") if one["room_id"] == room)["last"]

    def counts(self, room):
        one = next(one for one in self.alice.call("rooms") if one["room_id"] == room)
        return one["notifications"], one["highlight"]

    def test_invitationsOfStrangers(self):
        """5.2.97 and 98: nothing is fetched for one; what it says of the room is decoration, until the room is there."""
        eve = self.forged("eve")
        eve.api.call("PUT", f"/profile/{quote(eve.user)}/displayname", {"displayname": "Bob Martin"})
        eve.api.call("PUT", f"/profile/{quote(eve.user)}/avatar_url", {"avatar_url": "mxc://evil.example/abc"})
        self.proxy.forget()

        def lie(body, asked):
            for room in body.get("rooms", {}).values():
                if "invite_state" in room:
                    room["invite_state"] = [one for one in room["invite_state"] if one["type"] != "m.room.name"] + [
                        {"type": "m.room.name", "state_key": "", "sender": eve.user, "content": {"name": "Le ministre"}},
                        {"type": "m.room.encryption", "state_key": "", "sender": eve.user, "content": {"algorithm": "x"}},
                        {"type": "m.room.avatar", "state_key": "", "sender": eve.user,
                         "content": {"url": "mxc://evil.example/def"}},
                        {"type": "m.room.power_levels", "state_key": "", "sender": eve.user, "content": "x"}, 7]
            return body

        with self.proxy.rule("POST", "/org.matrix.simplified_msc3575/sync", answer=lie):
            room = eve.api.create_room(preset="private_chat", is_direct=True, invite=[self.alice.user_id], name="Vrai nom")
            self.wait(lambda: room in self.invitations(), "nobody is invited")
        told = self.invitations()[room]
        self.assertFalse(told["direct"])  # nor is it a conversation of two before the person has answered
        self.assertEqual(self.proxy.requests("/(media|profile|thumbnail|download)/.*"), [])
        self.alice.call("join", room=room)
        self.wait(lambda: any(one["room_id"] == room and one["name"] == "Vrai nom" for one in self.alice.call("rooms")),
                  "the room keeps the name of the invitation")
        self.assertEqual(self.proxy.requests("/(media|thumbnail|download)/.*"), [])
        for body in self.proxy.requests("/account_data/m.direct", "PUT"):  # then it is one with whoever invited
            self.assertEqual([user for user, rooms in body.items() if room in rooms], [eve.user])

    def test_whatAccountDataCannotDo(self):
        """5.2.100, CVE-2024-42347: they bring no key to whom the rule shuts out, no clear text, no other server, no preview."""
        carol = self.alone("carol", policy=SHIPPED)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        carol.wait_idle()
        bob = self.forged("bob")  # whom nobody has signed
        room = self.room_with(bob, alice=carol)
        carol.call("block_unverified", on=True, room=room)
        before = carol.call("crypto_status")
        evil = {"base_url": "https://evil.example", "enabled": True, "disable": False}
        lies = {"m__identity_server": evil, "org__matrix__preview_urls": evil, "m__widgets": {"w": evil},
                "im__vector__web__settings": {"urlPreviewsEnabled_e2ee": True, "blacklistUnverifiedDevices": False},
                "m__room__encryption": {"algorithm": "none"}, "m__direct": {bob.user: 7, "x": [7, None]},
                "m__push_rules": {"global": 7}, "m__ignored_user_list": 7, "m__secret_storage__default_key": {"key": 7},
                "m__cross_signing__master": 7, "m__megolm_backup__v1": [], "m__key_backup": {"enabled": "yes"},
                "io__element__encryption": {"encrypt_for": "all_devices"}, "parvis": {"encrypt_for": "all_devices"}}
        with self.account_data(**lies):
            self.proxy.forget()
            for _ in range(3):
                self.asks_again(bob.user, carol)
            told = carol.call("readers", room=room)
            event = carol.call("send", room=room, body="voir https://evil.example/x", wait=True)["event_id"]
            carol.wait_idle()
            after = carol.call("crypto_status")
            self.assertEqual([after[one] for one in ("verified", "policy_rule", "only_verified", "identity_changed")],
                             [before[one] for one in ("verified", "policy_rule", "only_verified", "identity_changed")])
            self.assertTrue(told["only_verified"])
            self.assertEqual(self.keys_sent_to(bob)[0], [])
            wire = self.server.acting(carol.user_id).call("GET", f"/rooms/{quote(room)}/event/{quote(event)}")
            self.assertEqual(wire["type"], "m.room.encrypted")
            self.assertEqual(self.proxy.requests("(preview_url|openid|/identity/|/widget).*"), [])

    def test_nothingGoesOutByItself(self):
        """5.2.75: a message with addresses, pictures and HTML asks for nothing; who reads in private tells the room nothing."""
        bob = self.forged("bob")
        room = self.room_with(bob)
        bob.share(self.alice, room)
        html = '<img src="https://evil.example/a.png"><img src="mxc://evil.example/abc"><a href="https://evil.example">x</a>'
        picture = {"msgtype": "m.image", "body": "image.png", "url": "mxc://evil.example/def",
                   "info": {"mimetype": "image/png", "thumbnail_url": "mxc://evil.example/ghi"}}
        self.proxy.forget()
        for content in ({"msgtype": "m.text", "body": "voir https://evil.example", "format": "org.matrix.custom.html",
                         "formatted_body": html}, {"msgtype": "m.text", "body": "https://evil.example/ seul"}):
            event = bob.api.send(room, bob.encrypt(room, None, content=content), "m.room.encrypted")
            self.reads(room, event, content["body"])
        event = bob.api.send(room, bob.encrypt(room, None, content={**picture, "msgtype": "m.sticker"}), "m.room.encrypted")
        self.item(room, event)
        self.assertTrue(self.says(room, "voir https://evil.example/chez-moi"))
        self.assertEqual(self.proxy.requests("(preview_url|thumbnail|/media/|/typing/|/presence/).*"), [])
        self.alice.call("read", room=room, event=self.marker(bob, room)["event_id"], private=True)
        self.wait(lambda: self.proxy.requests("(receipt/|read_markers).*"), "nothing was marked")
        with_public = [body for body in self.proxy.requests("read_markers") if body and "m.read" in body]
        self.assertEqual(with_public + self.proxy.requests("/receipt/m.read/.*"), [])


if __name__ == "__main__":
    main()
