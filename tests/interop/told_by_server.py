# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person should see of their rooms, worked out from plain answers of the server: /messages, and one whole /sync.

    told = ToldByServer(server, user_id)
    events = told.messages(room); told.lines(events)    what a timeline shows of all that /messages says, oldest first
    told.newest(room, events, sliding)    when the last message came, as the way of synchronising tells it
    told.rooms()             {room: (membership, (notification_count, highlight_count))}
    told.counts(room)        the same two, as the server judged each event; what was taken back since is not counted
"""
import json

import configuration
from matrix_api import Acting, quote

# state that has a line; of a member, of what is set a second time alone, or of what has none: see _state_line
LINES = {"m.room.create", "m.room.name", "m.room.topic", "m.room.avatar", "m.room.join_rules",
         "m.room.history_visibility", "m.room.tombstone"}
COUNTED = """SELECT coalesce(sum(notif), 0) AS notifications, coalesce(sum(highlight), 0) AS highlights
    FROM event_push_actions WHERE user_id = ? AND room_id = ? AND stream_ordering > coalesce((
        SELECT max(event_stream_ordering) FROM receipts_linearized WHERE user_id = ? AND room_id = ?), 0)"""
BUMPS = {"m.room.create", "m.room.message", "m.room.encrypted"}


class ToldByServer:
    def __init__(self, server, user_id):
        self._api = Acting(server.base_url, configuration.AS_TOKEN, user_id)
        self._api._timeout = 300
        self._server, self._me, self._asked = server, user_id, 0

    def messages(self, room):
        """All events, oldest first."""
        events, begin = [], None
        while True:
            page = self._api.messages(room, limit=500, start=begin)
            events += page["chunk"]
            begin = page.get("end")
            if not begin:
                return events[::-1]

    def rooms(self):
        # A question that was asked before has the answer of before for two minutes.
        self._asked += 1
        sought = {"room": {"timeline": {"limit": 1, "not_types": [f"asked.{self._asked}"]},
                           "state": {"types": ["m.room.member"], "lazy_load_members": True}}}
        answer = self._api.call("GET", "/sync", query={"filter": json.dumps(sought), "timeout": 0})
        told = {room: ("invite", None) for room in answer["rooms"].get("invite", {})}
        for room, one in answer["rooms"].get("join", {}).items():
            counts = one["unread_notifications"]
            told[room] = "join", (counts["notification_count"], counts["highlight_count"])
        return told

    def counts(self, room):
        # The sums that the server keeps of what is older than half a minute stay as they are when something is taken back.
        row = self._server.sql(COUNTED, (self._me, room, self._me, room))[0]
        return row["notifications"], row["highlights"]

    def name(self, room):
        try:
            return self._api.call("GET", f"/rooms/{quote(room)}/state/m.room.name/")["name"]
        except Exception as error:
            if getattr(error, "errcode", "") != "M_NOT_FOUND":
                raise
            return None

    def newest(self, room, events, sliding):
        if not sliding:
            return max((event["origin_server_ts"] for event in events if event["type"] in BUMPS), default=0)
        # The order in which the server stored them, which is not quite that of their times.
        kinds = ", ".join(f"'{type}'" for type in sorted(BUMPS))
        return self._server.sql(f"SELECT max(stream_ordering) AS newest FROM events WHERE room_id = ? AND type IN ({kinds})",
                                (room,))[0]["newest"]

    @staticmethod
    def redacted(events):
        return any("redacted_because" in event.get("unsigned", {}) for event in events)

    def lines(self, events):
        known = {event["event_id"]: event for event in events}
        edits, reactions = {}, {}
        for event in events:
            relation = event["content"].get("m.relates_to", {})
            about, target = relation.get("rel_type"), relation.get("event_id")
            if about == "m.replace" and known.get(target, {}).get("sender") == event["sender"]:
                edits[target] = event
            elif event["type"] == "m.reaction" and about == "m.annotation":
                reactions.setdefault(target, {}).setdefault(relation["key"], set()).add(event["sender"])
        return [line for event in events if (line := self._line(event, edits, reactions))]

    def _line(self, event, edits, reactions):
        content, type = event["content"], event["type"]
        line = {"event_id": event["event_id"], "sender": event["sender"], "ts": event["origin_server_ts"], "type": type,
                "body": "", "kind": None, "edited": False, "reactions": {}, "reply_to": None, "thread": None}
        if "state_key" in event:
            return line if self._state_line(event) else None
        if type == "m.room.encrypted":
            return {**line, "kind": "unreadable"}
        if type != "m.room.message":
            return None
        if "redacted_because" in event.get("unsigned", {}):
            return {**line, "kind": "redacted"}
        relation = content.get("m.relates_to", {})
        if relation.get("rel_type") == "m.replace":
            return None
        edit = edits.get(event["event_id"])
        body = edit["content"]["m.new_content"]["body"] if edit else content["body"]
        kind = "notice" if content["msgtype"] == "m.notice" and not edit else "text"
        answer = None if relation.get("is_falling_back") else relation.get("m.in_reply_to", {}).get("event_id")
        return {**line, "kind": kind, "body": body, "edited": bool(edit), "reply_to": answer,
                "thread": relation["event_id"] if relation.get("rel_type") == "m.thread" else None,
                "reactions": {key: sorted(who) for key, who in reactions.get(event["event_id"], {}).items()}}

    @staticmethod
    def _state_line(event):
        before = event.get("unsigned", {}).get("prev_content") or {}
        if event["type"] in ("m.room.encryption", "m.room.power_levels"):
            return bool(before) == (event["type"] == "m.room.power_levels")
        if event["type"] == "m.room.member":
            seen = [{key: content.get(key) for key in ("membership", "displayname", "avatar_url")}
                    for content in (before, event["content"])]
            return seen[0] != seen[1]
        return event["type"] in LINES


def seen_line(item):
    """A line of the driver's timeline, in the same words."""
    kind = item["kind"] if item["type"] in ("m.room.message", "m.room.encrypted") else None
    return {"event_id": item["event_id"], "sender": item["sender"], "ts": item["ts"], "type": item["type"],
            "body": item["body"] if kind not in (None, "redacted", "unreadable") else "", "kind": kind,
            "edited": item["edited"], "reply_to": item.get("reply_to"), "thread": item.get("thread"),
            "reactions": {key: sorted(who) for key, who in item["reactions"].items()}}
