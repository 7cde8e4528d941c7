# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads conversations/*.txt: a room's description, an empty line, then its history.

    == 12 9:05              twelve days ago at 9:05; each next line comes some minutes later
    claire.moreau: text     a message                 claire.moreau> text    a reply to the last one
    claire.moreau~ text     edits their last message  claire.moreau+ 👍      reacts to the last one
    claire.moreau# text     in the thread of the last message outside threads
    claire.moreau- reason   removes their last message
    claire.moreau@ name     sends a picture or a file of attachments.py
"""
import dataclasses
import datetime
import pathlib
import re

FOLDER = pathlib.Path(__file__).parent / "conversations"
_LINE = re.compile(r"^([a-z][a-z.\-]*)([:>~+#@\-]) (.*)$")
_DAY = re.compile(r"^== (\d+) (\d+):(\d\d)$")
ACTIONS = {":": "say", ">": "reply", "~": "edit", "+": "react", "#": "thread", "-": "remove",
           "@": "attach"}


@dataclasses.dataclass
class Line:
    who: str
    action: str
    text: str
    ts: int


@dataclasses.dataclass
class Room:
    key: str
    name: str
    kind: str  # private, unencrypted, public, external, direct
    members: list
    topic: str = ""
    live: bool = False  # somebody answers here
    unread: int = 0  # how many of the last messages the demo account has not read
    invited: bool = False  # the demo account has not answered yet
    stranger: bool = False  # a public room the demo account is not in
    favourite: bool = False
    lines: list = dataclasses.field(default_factory=list)

    @property
    def encrypted(self):
        return self.kind in ("private", "external", "direct")


def _start(days, hour, minute, now):
    day = datetime.datetime.fromtimestamp(now / 1000) - datetime.timedelta(days=days)
    return int(day.replace(hour=hour, minute=minute, second=0, microsecond=0).timestamp() * 1000)


def _header(key, text):
    fields = dict(re.match(r"(\w+): *(.*)", line).groups()
                  for line in text.splitlines() if not line.startswith("#"))
    flags = {flag: fields.get(flag) == "yes"
             for flag in ("live", "invited", "stranger", "favourite")}
    return Room(key=key, name=fields.get("name", ""), kind=fields["kind"],
                topic=fields.get("topic", ""), unread=int(fields.get("unread", 0)),
                members=fields["members"].replace(",", " ").split(), **flags)


def read_room(path, now):
    """One room, its history ending before `now` (milliseconds)."""
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    room, ts = _header(path.stem, head), now
    for number, text in enumerate(filter(None, body.splitlines())):
        if day := _DAY.match(text):
            ts = _start(*map(int, day.groups()), now)
        elif line := _LINE.match(text):
            who, sign, words = line.groups()
            # people take from one to seven minutes; a reaction comes at once
            ts += 20_000 if sign == "+" else 60_000 + (number * 7919 + len(words) * 1543) % 360_000
            room.lines.append(Line(who, ACTIONS[sign], words, ts))
        else:
            raise ValueError(f"{path.name}: {text!r}")
    late = max((line.ts for line in room.lines), default=0) - (now - 60_000)
    if late > 0:  # "today at 15:00", said at noon
        for line in room.lines:
            line.ts -= late
    return room


def rooms(now):
    return [read_room(path, now) for path in sorted(FOLDER.glob("*.txt"))]
