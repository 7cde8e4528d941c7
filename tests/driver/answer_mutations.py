# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A synchronisation with something in every field that Parvis reads, and everything that can be wrong in it.

    body = full_news(server, good)
    for batch in batches(random, body, good): for place, value in batch: body = put(body, place, value)
    scramble(random, body, good)        a few places at once, of any type, or gone
"""
import copy

from sync_server import BOB, ROOM

OTHER, INVITED, LEFT = "!autre:hostile.example", "!invite:hostile.example", "!ancien:hostile.example"
PICTURE = "mxc://hostile.example/image"
# Of each type of JSON one that tempts: an integer for a flag, a number for a text, an id for a list.
OF_EACH_TYPE = {type(None): None, bool: True, int: 7, float: -1.5, str: "x", list: [[]], dict: {"a": {"b": None}}}
# Nobody whose messages the tests wait for: who is in the list of those to be ignored is not shown.
ANYTHING = (None, True, False, 0, 1, -1, 7, 2**31, 2**53 + 1, 2**63 - 1, -2**63, 2**64, 10**400, 1e300, -0.0, 0.5,
            "", "x", "\x00", "\ud800", "\u202e", "a\nb", "null", "true", "-1", "x" * 300, "x" * 70_000, "@", "!", "$",
            "join", "m.room.encrypted", [], [None], [[[]]], {}, {"": ""}, {"events": 5}, {"type": "m.room.message"},
            [{}], ["@a:b", 5, None], {"content": {}}, {"@bruit:hostile.example": {"ts": "x"}})


def _timeline(server):
    """Events of the kinds that are read further than their envelope."""
    text = server.event(content={
        "msgtype": "m.text", "body": "> <@bob:hostile.example> avant\n\nréponse", "format": "org.matrix.custom.html",
        "formatted_body": "<mx-reply>avant</mx-reply><b>réponse</b>", "m.mentions": {"user_ids": [server.user_id]},
        "m.relates_to": {"m.in_reply_to": {"event_id": "$avant"}}},
        unsigned={"age": 5, "transaction_id": "t1", "membership": "join"})
    edit = server.event(content={
        "msgtype": "m.text", "body": "* mieux", "m.new_content": {"msgtype": "m.text", "body": "mieux"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": text["event_id"]}})
    return [
        text, edit,
        server.event("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": text["event_id"],
                                                     "key": "+"}}),
        server.event("m.room.redaction", {"redacts": "$rien", "reason": "r"}, redacts="$rien"),
        server.event("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgA",
                                          "session_id": "s", "sender_key": "k", "device_id": "D"}),
        server.event("m.room.member", {"membership": "join", "displayname": "Bob", "avatar_url": PICTURE,
                                       "reason": "r", "is_direct": False}, state_key=BOB,
                     unsigned={"prev_content": {"membership": "invite", "displayname": "B"}}),
        server.event("m.room.topic", {"topic": "sujet"}, state_key="", unsigned={"prev_content": {"topic": "s"}}),
        server.event(content={}, unsigned={"redacted_because": {"type": "m.room.redaction", "content": {}}})]


def _state(server):
    return [server.event(type, content, state_key="") for type, content in (
        ("m.room.name", {"name": "Salon"}), ("m.room.canonical_alias", {"alias": "#salon:hostile.example"}),
        ("m.room.join_rules", {"join_rule": "invite"}), ("m.room.history_visibility", {"history_visibility": "shared"}),
        ("m.room.avatar", {"url": PICTURE}),
        ("m.room.power_levels", {"users": {BOB: 50}, "users_default": 0, "events": {"m.room.name": 50}, "ban": 50}),
        ("io.element.functional_members", {"service_members": ["@robot:hostile.example"]}))]


def _encryption(server):
    return server.event("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_ms": 604800000,
                                              "rotation_period_msgs": 100}, state_key="")


def _receipt(server):
    return {"type": "m.receipt", "content": {"$lu": {"m.read": {BOB: {"ts": 1_700_000_000_000, "thread_id": "main"}},
                                                     "m.read.private": {server.user_id: {"ts": 5}}}}}


def _invitation(server):
    return [{"type": "m.room.member", "state_key": server.user_id, "sender": BOB,
             "content": {"membership": "invite", "is_direct": True}},
            {"type": "m.room.name", "state_key": "", "sender": BOB, "content": {"name": "Projet"}}]


def _account_data():
    return [{"type": "m.direct", "content": {BOB: [ROOM]}},
            {"type": "m.push_rules", "content": {"global": {"content": []}}},
            {"type": "m.ignored_user_list", "content": {"ignored_users": {"@bruit:hostile.example": {}}}}]


def _room_data():
    return [{"type": "m.tag", "content": {"tags": {"m.favourite": {"order": 0.5}}}},
            {"type": "m.fully_read", "content": {"event_id": "$lu"}},
            {"type": "m.marked_unread", "content": {"unread": False}}]


def full_keys(server):
    return server.keys(
        events=[{"type": "m.room.encrypted", "sender": BOB, "content": {
                    "algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "A" * 43,
                    "ciphertext": {"A" * 43: {"type": 0, "body": "AwogAA"}}}},
                {"type": "m.room_key.withheld", "sender": BOB, "content": {
                    "algorithm": "m.megolm.v1.aes-sha2", "room_id": OTHER, "session_id": "s", "sender_key": "A" * 43,
                    "code": "m.unverified", "reason": "r"}},
                {"type": "m.dummy", "sender": BOB, "content": {}}],
        counts={"signed_curve25519": 50, "other": 1}, changed=[BOB], left=["@parti:hostile.example"])


def full_news(server, good):
    """`good` comes last in the room; the rest is there to be broken."""
    timeline = [*_timeline(server), good]
    if server.sliding:
        heroes = [{"user_id": BOB, "displayname": "Bob", "avatar_url": PICTURE}]
        return server.positioned({
            "lists": {"all_rooms": {"count": 4}},
            "rooms": {
                ROOM: {"name": "Salon", "avatar": PICTURE, "heroes": heroes, "initial": False, "limited": False,
                       "membership": "join", "prev_batch": "t1", "num_live": 1, "joined_count": 2, "invited_count": 0,
                       "bump_stamp": 5, "notification_count": 0, "required_state": _state(server),
                       "timeline": timeline},
                OTHER: {"initial": True, "prev_batch": "t2", "required_state": [_encryption(server)],
                        "timeline": [server.event(content={"body": "ailleurs"})]},
                INVITED: {"membership": "invite", "invite_state": _invitation(server)}},
            "extensions": {
                "account_data": {"global": _account_data(), "rooms": {ROOM: _room_data()}},
                "receipts": {"rooms": {ROOM: _receipt(server)}},
                "typing": {"rooms": {ROOM: {"type": "m.typing", "content": {"user_ids": [BOB]}}}}}})
    ephemeral = [_receipt(server), {"type": "m.typing", "content": {"user_ids": [BOB]}}]
    return server.positioned({
        **full_keys(server),
        "account_data": {"events": _account_data()},
        "rooms": {
            "join": {
                ROOM: {"timeline": {"events": timeline, "limited": False, "prev_batch": "t1"},
                       "state": {"events": _state(server)}, "account_data": {"events": _room_data()},
                       "ephemeral": {"events": ephemeral},
                       "summary": {"m.heroes": [BOB], "m.joined_member_count": 2, "m.invited_member_count": 0},
                       "unread_notifications": {"notification_count": 0, "highlight_count": 0}},
                OTHER: {"timeline": {"events": [server.event(content={"body": "ailleurs"})], "limited": True,
                                     "prev_batch": "t2"},
                        "state_after": {"events": [_encryption(server)]}}},
            "invite": {INVITED: {"invite_state": {"events": _invitation(server)}}},
            "leave": {LEFT: {"timeline": {"events": []}}}}})


def places(value, without=None, place=()):
    """Every place of a body, the body itself first, but for what is in `without`."""
    if value is without:
        return
    yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from places(part, without, (*place, key))


def at(body, place):
    for key in place:
        body = body[key]
    return body


def put(body, place, value):
    """The body with something else in this place; what is not on the way there is shared with the old one."""
    if not place:
        return value
    changed = copy.copy(body)
    changed[place[0]] = put(body[place[0]], place[1:], value)
    return changed


def wrong_types(value):
    """One value of each type of JSON but its own."""
    return [other for kind, other in OF_EACH_TYPE.items() if kind is not type(value)]


def batches(random, body, good, size=8):
    """Each place with each wrong type once: lists of (place, value), of which none stands in another's place.

    What the good message needs stands alone.
    """
    pairs = [(place, value) for place in places(body, without=good) for value in wrong_types(at(body, place))]
    random.shuffle(pairs)
    whole = [pair for pair in pairs if pair[0] in ((), ("pos",), ("next_batch",))
             or not holds(put(body, *pair), good)]
    yield from ([pair] for pair in whole)
    open_ = []
    for pair in pairs:
        if pair in whole:
            continue
        batch = next((batch for batch in open_ if not any(_overlap(pair[0], place) for place, _ in batch)), None)
        if batch is None:
            open_.append(batch := [])
        batch.append(pair)
        if len(batch) == size:
            open_.remove(batch)
            yield batch
    yield from open_


def _overlap(one, other):
    return all(a == b for a, b in zip(one, other))


def holds(body, good):
    """True where the good message still stands where it belongs."""
    try:
        room = body["rooms"]
        room = room[ROOM] if "join" not in room else room["join"][ROOM]["timeline"]
        return any(event is good for event in room.get("timeline", room.get("events")))
    except (KeyError, TypeError, AttributeError):
        return False


def scramble(random, body, good):
    """One to three places with anything in them, twice there, or gone; the position has its own tests."""
    for _ in range(random.randint(1, 3)):
        choice = [place for place in places(body, without=good) if place and place[0] not in ("pos", "next_batch")]
        place = random.choice(choice)
        parent, what = at(body, place[:-1]), random.random()
        if what < 0.7:
            body = put(body, place, random.choice(ANYTHING))
        elif isinstance(parent, list):
            body = put(body, place[:-1], parent[:place[-1]] if what < 0.8 else parent + [parent[place[-1]]])
        else:
            body = put(body, place[:-1], {key: part for key, part in parent.items() if key != place[-1]})
    return body
