#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys of a room's past that go along with an invitation (MSC4268): to whom, and what can be read with them afterwards."""
import copy
import time

from scene import Accepts, Attacks, PASSWORD, SHIPPED, main
from forged import Forged, Identity
from matrix_api import quote  # from a folder that the scene has added

ONLY_VERIFIED = {"mandatory": {"encrypt_for": "verified_devices"}}


class Invitations(Attacks):
    def inviting(self, policy):
        """Somebody with an identity and a room of their own in which something was said, and whom they invite."""
        carol = self.alone("carol", policy=policy)
        carol.call("bootstrap", password=PASSWORD, timeout=60_000)
        bob = self.forged("bob")
        bob.identity()
        room = self.room_with(alice=carol)
        return carol, bob, room, self.session_of(carol, room, "avant")

    def session_of(self, alice, room, body):
        """Says it; the id of the session with which it is encrypted."""
        event = alice.call("send", room=room, body=body, wait=True)["event_id"]
        return self.server.acting(alice.user_id).call("GET", self.path(room, "event", quote(event)))["content"]["session_id"]

    def given(self, device):
        """What Parvis told the device, encrypted, and how many files it put on the server."""
        messages = [one for one in self.proxy.requests("/sendToDevice/m.room.encrypted/.*")
                    if device.device in one["messages"].get(device.user, {})]
        return messages, self.proxy.requests("/media/v3/upload")

    def kinds_told(self, device):
        events, _ = device.inbox()
        return [device.read_olm_any(one)["type"] for one in events if one["type"] == "m.room.encrypted"]

    def invites(self, alice, room, user):
        self.proxy.forget()
        alice.call("invite", room=room, user=user, timeout=60_000)
        alice.wait_idle()

    def test_whoIsNotVerifiedGetsNoPastWhereTheRuleSaysSo(self):
        """By the administration's rule, and by the person's wish for one room."""
        carol, bob, room, _ = self.inviting(ONLY_VERIFIED)
        self.invites(carol, room, bob.user)
        self.assertEqual(self.given(bob), ([], []))
        self.assertEqual(self.kinds_told(bob), [])

    def test_whoIsNotVerifiedGetsNoPastWhereThePersonSaysSo(self):
        carol, bob, room, _ = self.inviting(SHIPPED)
        carol.call("block_unverified", on=True, room=room)
        self.invites(carol, room, bob.user)
        self.assertEqual(self.given(bob), ([], []))

    def test_anExchangedIdentityGetsNoPast(self):
        """The server puts another identity, and a device of its own, in the place of somebody whom nobody has verified."""
        carol, bob, room, _ = self.inviting(SHIPPED)
        self.room_with(bob, alice=carol)  # so that she has seen bob's
        thief = Forged(self.server, self.forger, bob.name, register=False)
        double = Identity(self.forger, bob.user)
        signed = double.signed(thief.keys(), "self_signing")

        def exchange(body):
            if bob.user in body["device_keys"]:
                for part, key in double.objects().items():
                    body.setdefault(f"{part}s", {})[bob.user] = key
                body["device_keys"][bob.user] = {thief.device: copy.deepcopy(signed)}

        with self.keys_query(exchange):
            self.asks_again(bob.user, carol)
            self.assertTrue(self.identity(bob.user, carol)["changed"])
            self.invites(carol, room, bob.user)
            self.assertEqual(self.given(thief), ([], []))

            carol.call("pin_identity", user=bob.user)
            self.invites(carol, room, bob.user)
            self.assertEqual(self.kinds_told(thief), ["m.room_key_bundle"])  # so that silence means something above

    def test_whatFollowsAnInvitationHasAKeyOfItsOwn(self):
        """The key of the past is that of the present as well, until then: who is thrown out again would read on."""
        carol, bob, room, before = self.inviting(SHIPPED)
        self.invites(carol, room, bob.user)
        self.assertEqual(self.kinds_told(bob), ["m.room_key_bundle"])  # so that silence means something above

        bob.api.call("POST", "/logout")
        carol.wait_idle()
        self.assertNotEqual(self.session_of(carol, room, "le poste invité est parti"), before)

    def test_theServerRefusesTheInvitation(self):
        """What it was told ahead opens nothing of what is said next, and whom it was for is no reader."""
        carol, bob, room, before = self.inviting(SHIPPED)
        with self.proxy.rule("POST", "/invite", status=403, body={"errcode": "M_FORBIDDEN", "error": "non"}):
            self.assertEqual(self.refused("invite", carol, room=room, user=bob.user, timeout=60_000), "M_FORBIDDEN")
        self.assertNotEqual(self.session_of(carol, room, "sans lui"), before)
        self.assertNotIn("m.room_key", self.kinds_told(bob))

    def test_whoMayNotInviteGivesNothing(self):
        """Neither where the room does not let us, nor for somebody whom it has banned."""
        carol, bob, room, _ = self.inviting(SHIPPED)
        acting = self.server.acting(carol.user_id)
        acting.call("POST", self.path(room, "ban"), {"user_id": bob.user})
        self.heard(carol, room, "banni")
        self.proxy.forget()
        self.assertIn(self.refused("invite", carol, room=room, user=bob.user, timeout=60_000),
                      ("M_FORBIDDEN", "M_BAD_STATE"))
        self.assertEqual(self.given(bob), ([], []))

        dave = self.forged("dave")
        dave.identity()
        levels = acting.call("GET", self.path(room, "state", "m.room.power_levels"))
        levels.update(invite=100, users={carol.user_id: 50})
        acting.call("PUT", self.path(room, "state", "m.room.power_levels"), levels)
        self.heard(carol, room, "droits")
        self.proxy.forget()
        self.assertEqual(self.refused("invite", carol, room=room, user=dave.user, timeout=60_000), "M_FORBIDDEN")
        self.assertEqual(self.given(dave), ([], []))

    def heard(self, alice, room, name):
        """What the server said of the room so far has reached her: a name that comes after it is there."""
        self.server.acting(alice.user_id).call("PUT", self.path(room, "state", "m.room.name"), {"name": name})
        for _ in range(60):
            alice.wait_idle()
            if any(one["name"] == name for one in alice.call("rooms")):
                return
            time.sleep(0.25)
        self.fail("the room keeps its name")

    def path(self, room, *parts):
        return "/rooms/" + quote(room) + "".join("/" + part for part in parts)


class Accepting(Accepts):
    def reads_the_past(self, seconds=15):
        for _ in range(seconds * 2):
            self.dave.history(self.room)
            found = [one for one in self.dave.call("timeline", room=self.room, limit=1000)
                     if one.get("event_id") == self.past]
            if found and found[0]["readable"]:
                break
            time.sleep(0.5)
        self.assertEqual([one["body"] for one in found], ["du passé"])

    def test_whoInvitedSignsOutBefore(self):
        """The device that gave the keys is gone, or the server says so: what it sent still bears its owner's signature."""
        self.invited()
        self.bob.call("logout")
        self.dave.call("join", room=self.room)
        self.reads_the_past()

    def test_strangersPushNothingOut(self):
        """As many bundles of ten accounts as there are places, after the one that will be wanted."""
        self.invited()
        file = {"url": "mxc://a/b", "v": "v2", "iv": "A" * 22, "hashes": {"sha256": "A" * 43},
                "key": {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "ext": True, "k": "A" * 43}}
        for name in range(10):
            stranger = self.forged(f"stranger{name}x")
            for room in range(20):
                bundle = {"room_id": f"!r{name}-{room}:x", "file": file}
                stranger.tell(self.dave, stranger.encrypted(self.dave, "m.room_key_bundle", bundle))
        self.proxy.wait_delivered()
        self.dave.wait_idle()
        self.dave.call("join", room=self.room)
        self.reads_the_past()

    def test_theMediaServerIsAwayForAWhile(self):
        """Longer than one request is tried: what was given is fetched without a restart all the same."""
        self.invited()
        away = self.proxy.rule("GET", "/media/download/.*", status=502, times=4)
        self.dave.call("join", room=self.room)
        for _ in range(120):
            if len(away.hits) >= 4:
                break
            time.sleep(0.25)
        self.assertEqual(len(away.hits), 4)
        self.reads_the_past(40)

    def test_byTheAddressOfTheRoom(self):
        """An invitation is accepted by whatever name one joins."""
        alias = f"#salle{self.number}:" + self.bob.user_id.split(":", 1)[1]
        self.server.acting(self.bob.user_id).call("PUT", "/directory/room/" + quote(alias), {"room_id": self.room})
        self.invited()
        self.dave.call("join", alias=alias)
        self.reads_the_past()


if __name__ == "__main__":
    main()
