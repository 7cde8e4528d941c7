# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hostile answers to a synchronisation, as tables: what comes, and what is said of it.

    for case in refused(): ...     nothing of it is taken; said with kind and code; the next answer helps
    for case in taken(): ...       what is broken is left out, the rest of the answer is taken
"""
import dataclasses
import gzip
import json
import time
import zlib
from collections.abc import Callable

from hostile_server import Answer, nested
from sync_server import BOB, EPOCH, ROOM

PAGE = b"<!DOCTYPE html><html><body>Bienvenue. Acceptez nos conditions.</body></html>"
MEGABYTE = 1 << 20
STRANGE = ("", " ", "\x00", "a\x00b", "a\nb", "a\r\n\r\nb", "\u202eabc", "\u200b", "\ufeff", "\U0010ffff", "\x7f", "\x1b[2J",
           "$" + "x" * 255, "x" * 70_000, "../../etc/passwd", "%2e%2e%2f", "'; DROP TABLE events; --", "<b>", "\ud800",
           "$a:b?c#d/e", "é" * 100, "null", 5, None, True, [], {}, ["$a"], {"$a": 1})
TIMES = (0, -1, 1, -2**63, 2**63 - 1, 2**63, 2**64, 10**400, 1e300, -1e300, 0.5, -0.0, EPOCH + 0.5, "soon", "", str(EPOCH),
         None, True, [], {}, EPOCH - 3_600_000 * 7, EPOCH + 3_600_000 * 7, -62_135_596_800_001, 253_402_300_800_000,
         EPOCH // 1000, EPOCH * 1000, 4_102_444_800_000)


@dataclasses.dataclass
class Case:
    name: str
    answer: Callable                # (server, good) -> a body, or an Answer
    kind: str = ""                  # of the error that is said; empty: none, or Qt asks again by itself
    code: str = ""


def _bytes(server, good):
    return json.dumps(server.positioned(server.news([good]))).encode()


def _plain(*arguments, **how):
    return lambda server, good: Answer(*arguments, **how)


def errcode(code, **more):
    return {"errcode": code, "error": "<b>of the server's own</b>", **more}


def _changed(change):
    """The bytes of a good answer, with something done to them."""
    return lambda server, good: change(_bytes(server, good))


def refused():
    """Answers of which nothing may be taken."""
    bad_sync, bad_json = ("protocol", "PARVIS_BAD_SYNC"), ("protocol", "PARVIS_BAD_JSON")
    lost, portal = ("network", "PARVIS_CONNECTION_LOST"), ("network", "PARVIS_CAPTIVE_PORTAL")
    for name, answer, said in (
            ("nothing", _plain(b""), bad_json), ("a list", _plain([]), bad_json), ("a word", _plain(b"hello"), bad_json),
            ("null", _plain(None), bad_json), ("bytes", _plain(bytes(range(256))), bad_json),
            ("a page", _plain(PAGE, kind="text/html"), portal),
            ("511", _plain(PAGE, status=511, kind="text/html"), portal),
            ("a brace", _plain(b"{"), bad_sync), ("no end", _plain(b"{" * 100_000), bad_sync),
            ("an empty object", _plain({}), bad_sync),
            ("cut in the middle", _changed(lambda text: text[:len(text) // 2]), bad_sync),
            ("cut before the end", _changed(lambda text: text[:-1]), bad_sync),
            ("cut in a string", _changed(lambda text: text[:text.index(b"bonne nouvelle") + 5]), bad_sync),
            ("not UTF-8", _changed(lambda text: text.replace(b"bonne", b"b\xff\xfe")), bad_sync),
            ("a control character", _changed(lambda text: text.replace(b"bonne", b"b\x01")), bad_sync),
            ("no commas", _changed(lambda text: text.replace(b",", b" ")), bad_sync),
            ("single quotes", _changed(lambda text: text.replace(b'"', b"'")), bad_sync),
            ("two answers", _changed(lambda text: text + text), bad_sync),
            ("something behind", _changed(lambda text: text + b" true"), bad_sync),
            ("UTF-16", _changed(lambda text: text.decode().encode("utf-16")), bad_json),
            ("an empty position", lambda server, good: Answer({**server.news([good]), server.position_key: ""}), bad_sync),
            ("a position without end",
             lambda server, good: Answer({**server.news([good]), server.position_key: "p" * 100_000}), bad_sync),
            ("no answer", _plain(status=0), None), ("no HTTP", _plain(b"\x00" * 100, status=0), None),
            ("cut off", lambda server, good: Answer(_bytes(server, good)[:-9], length=len(_bytes(server, good))), lost),
            ("cut off without a length",
             lambda server, good: Answer(lambda write: write(_bytes(server, good)[:-9])), None),
            ("announced", _plain(b"{", length=10**15), ("too_large", "PARVIS_REPLY_TOO_LARGE")),
            ("no gzip", _plain(b"{}", headers={"Content-Encoding": "gzip"}), None),
            ("half a gzip", lambda server, good: Answer(gzip.compress(_bytes(server, good))[:60],
                                                        headers={"Content-Encoding": "gzip"}), None),
            ("elsewhere", _plain(status=307, headers={"Location": "/_matrix/client/versions"}), None),
            ("no content", _plain(status=204), bad_json),
            *((str(status), _plain(PAGE, status=status, kind="text/html"), ("server", "PARVIS_SERVER_ERROR"))
              for status in (500, 502, 503, 504)),
            ("500 with a code", _plain(errcode("M_UNKNOWN"), status=500), ("server", "M_UNKNOWN")),
            ("400", _plain(errcode("M_BAD_JSON"), status=400), ("forbidden", "M_BAD_JSON")),
            ("403", _plain(errcode("M_FORBIDDEN"), status=403), ("forbidden", "M_FORBIDDEN")),
            ("a word that is none", _plain(errcode("M_\u202eX<b>"), status=403), ("forbidden", "PARVIS_REFUSED")),
            ("404", _plain(PAGE, status=404, kind="text/html"), ("not_found", "PARVIS_NOT_FOUND")),
            ("too often", _plain(errcode("M_LIMIT_EXCEEDED", retry_after_ms=150), status=429),
             ("rate_limited", "M_LIMIT_EXCEEDED")),
            ("too often, in words", _plain(errcode("M_LIMIT_EXCEEDED", retry_after_ms="soon"), status=429),
             ("rate_limited", "M_LIMIT_EXCEEDED")),
            ("too often, in the past",
             _plain(errcode("M_LIMIT_EXCEEDED", retry_after_ms=-9e99), status=429,
                    headers={"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}), ("rate_limited", "M_LIMIT_EXCEEDED"))):
        yield Case(name, answer, *(said or ()))


def endless_delays():
    """Too often, and come back in another century; the person who tries again is not kept waiting."""
    for name, headers, more in (
            ("seconds", {"Retry-After": "9" * 18}, {}), ("a date", {"Retry-After": "Fri, 31 Dec 2999 23:59:59 GMT"}, {}),
            ("the body", {}, {"retry_after_ms": 1e300})):
        yield Case(name, _plain(errcode("M_LIMIT_EXCEEDED", **more), status=429, headers=headers),
                   "rate_limited", "M_LIMIT_EXCEEDED")


def _events(make):
    """What is broken goes before the good message, in the same room."""
    return lambda server, good: server.news([*make(server), good])


def _padded(server, size):
    return server.event(content={"msgtype": "m.text", "body": "x" * size})


def _over(key, values):
    return _events(lambda server: [server.event(**{key: value}) for value in values])


def _beside(make):
    """What is broken stands in other places of the answer."""
    return lambda server, good: {**server.news([good]), **make(server)}


def _strange_rooms(server, good):
    body, content = server.news([good]), {"timeline": [server.event()]} if server.sliding else {
        "timeline": {"events": [server.event()]}, "summary": {"m.heroes": list(STRANGE)}}
    (body["rooms"] if server.sliding else body["rooms"]["join"]).update(
        {name: content for name in STRANGE if isinstance(name, str)})
    return body


def _receipts(server, content):
    event = {"type": "m.receipt", "content": content}
    if server.sliding:
        return {"extensions": {"receipts": {"rooms": {ROOM: event}}}}
    return {"rooms": {"join": {ROOM: {"ephemeral": {"events": [event]}}}}}


def _with_receipts(content):
    def body(server, good):
        answer, receipts = server.news([good]), _receipts(server, content)
        if server.sliding:
            return {**answer, **receipts}
        answer["rooms"]["join"][ROOM].update(receipts["rooms"]["join"][ROOM])
        return answer
    return body


def _behind_brace(text):
    return lambda answer: b"{" + text + b"," + answer[1:]


def taken():
    """Answers in which something is broken: the good message comes all the same."""
    deep = nested(100_000)
    for name, answer in (
            ("64 KiB", _events(lambda server: [_padded(server, size) for size in (65_000, 65_536, 70_000)])),
            ("beyond every limit", _events(lambda server: [_padded(server, size) for size in (200_000, MEGABYTE)])),
            ("many members", _events(lambda server: [server.event(content={f"k{n}": n for n in range(10_000)})])),
            ("strange event ids", _over("event_id", STRANGE)), ("strange senders", _over("sender", STRANGE)),
            ("strange types", _over("type", STRANGE)), ("strange state keys", _over("state_key", STRANGE)),
            ("strange members", _events(lambda server: [server.event(
                "m.room.member", {"membership": "join", "displayname": key}, state_key=key) for key in STRANGE])),
            ("strange relations", _events(lambda server: [server.event(content={
                "body": "x", "m.relates_to": {"rel_type": "m.replace", "event_id": key}}) for key in STRANGE])),
            ("strange redactions", _events(lambda server: [server.event(
                "m.room.redaction", {"redacts": key}, redacts=key) for key in STRANGE])),
            ("strange transactions", _events(lambda server: [server.event(
                sender=server.user_id, content={"body": "x"}, unsigned={"transaction_id": key}) for key in STRANGE])),
            ("strange rooms", _strange_rooms),
            ("times", _over("origin_server_ts", TIMES)),
            ("ages", _events(lambda server: [server.event(unsigned={"age": time}) for time in TIMES])),
            ("times of receipts", _with_receipts({f"$lu{n}": {"m.read": {BOB: {"ts": time}}}
                                                  for n, time in enumerate(TIMES)})),
            ("strange receipts", _with_receipts({str(key): {"m.read": {str(key): {"ts": 5}}} for key in STRANGE})),
            ("many receipts", _with_receipts({f"$lu{n}": {"m.read": {f"@u{n}:b": {"ts": n}}} for n in range(5000)})),
            ("lives of keys", lambda server, good: server.news([good], [server.event(
                "m.room.topic", {"topic": "x", "rotation_period_ms": time}, state_key="") for time in TIMES])),
            ("no event", _events(lambda server: [None, 5, "x", [], [[]], {}, {"type": "m.room.message"}, True])),
            ("one event often", _events(lambda server: [server.event(event_id="$encore", content={"body": "x"})] * 50)),
            ("the good one twice", lambda server, good: server.news([good, good])),
            ("one id, two texts", lambda server, good: server.news(
                [good, {**good, "content": {"msgtype": "m.text", "body": "autre chose"}}])),
            ("an old one again", lambda server, good: server.news([server.history[-2], good])),
            ("deep", _changed(_behind_brace(b'"deep":' + deep))),
            ("deep, in an event", lambda server, good: json.dumps(server.positioned(server.news(
                [server.event(content={"body": "x", "deep": 0}), good]))).encode().replace(
                    b'"deep": 0', b'"deep":' + nested(20_000))),
            ("deep lists", _changed(_behind_brace(b'"deep":' + b"[" * 100_000 + b"]" * 100_000))),
            ("numbers", _changed(_behind_brace(b'"n":[1e999,-1e999,' + b"9" * 5000 + b",0." + b"1" * 5000 + b"]"))),
            ("keys twice", _changed(_behind_brace(b'"rooms":5,"pos":7,"next_batch":null'))),
            ("an empty key", _changed(_behind_brace(b'"":{"":{"":[]}}'))),
            ("blanks", _changed(lambda text: b"\n" * MEGABYTE + text + b" " * MEGABYTE)),
            ("many members beside", _beside(lambda server: {f"k{n}": [n] for n in range(50_000)})),
            ("gzip", lambda server, good: Answer(gzip.compress(_bytes(server, good)),
                                                 headers={"Content-Encoding": "gzip"})),
            *((f"clock {date}", lambda server, good, date=date: Answer(_bytes(server, good), headers={"Date": date}))
              for date in ("Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "yesterday", "-1", "")),
            ("expiry", lambda server, good: Answer(_bytes(server, good), headers={
                "Expires": "Thu, 01 Jan 1970 00:00:00 GMT", "Cache-Control": "max-age=99999999999999999999",
                "Age": "-5", "Last-Modified": "soon", "Set-Cookie": "a=b; Max-Age=-1"}))):
        yield Case(name, answer)


def keys_of(server):
    """What is broken in the part about encryption: (name, body)."""
    count = {"signed_curve25519": 50}
    for name, how in (
            ("no event", {"events": [None, 5, "x", [], {}, {"type": 5}, {"type": "m.dummy", "sender": BOB}]}),
            ("strange senders", {"events": [{"type": "m.dummy", "sender": key, "content": {}} for key in STRANGE]}),
            ("strange types", {"events": [{"type": key, "sender": BOB, "content": {}} for key in STRANGE]}),
            ("no contents", {"events": [{"type": "m.room.encrypted", "sender": BOB, "content": key} for key in STRANGE]}),
            ("strange ciphertexts", {"events": [{"type": "m.room.encrypted", "sender": BOB, "content": {
                "algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": key, "ciphertext": {str(key): {
                    "type": 0, "body": key}}}} for key in STRANGE]}),
            ("keys in clear", {"events": [{"type": type, "sender": BOB, "content": {
                "algorithm": "m.megolm.v1.aes-sha2", "room_id": ROOM, "session_id": "s", "session_key": "k"}}
                for type in ("m.room_key", "m.forwarded_room_key", "m.secret.send")]}),
            ("large events", {"events": [{"type": "x", "sender": BOB, "content": {"a": "x" * size}}
                                         for size in (65_536, 200_000, 10 * MEGABYTE)]}),
            ("a flood", {"events": [{"type": "m.room.encrypted", "sender": f"@u{n}:b", "content": {
                "algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "A" * 43,
                "ciphertext": {"A" * 43: {"type": n % 2, "body": "AwogAA"}}}} for n in range(20_000)]}),
            ("a flood in clear", {"events": [{"type": "x", "sender": f"@u{n}:b", "content": {"n": n}}
                                             for n in range(20_000)]}),
            *((f"count {value!r:.20}", {"counts": {"signed_curve25519": value}})
              for value in (-1, 0, 1, 2**63 - 1, 2**64, 10**400, 0.5, "50", None, True, [], {})),
            ("many counts", {"counts": {**{f"k{n}": n for n in range(10_000)}, **count}}),
            ("strange counts", {"counts": {**{str(key): 5 for key in STRANGE}, **count}}),
            ("strange kinds", {"unused": STRANGE}), ("many kinds", {"unused": ["x"] * 10_000}),
            ("strange devices", {"changed": STRANGE, "left": STRANGE}),
            ("many devices", {"changed": [f"@u{n}:b" for n in range(20_000)], "left": [BOB] * 20_000})):
        yield name, server.keys(**how)
    yield "strange position of messages", server.keys(since="\x00\u202e" + "d" * 3000)


def padding(megabytes, tail):
    """A body with so much in a member that nobody reads, no faster than a good line, and then `tail`."""
    def body(write):
        write(b'{"rest": "')
        for _ in range(megabytes):
            write(b"x" * MEGABYTE)
            time.sleep(0.002)
        write(b'",' + tail[1:])
    return body


def gzipped(megabytes, tail):
    """As much, in few bytes."""
    packer = zlib.compressobj(1, wbits=31)
    pieces = [packer.compress(b'{"rest": "'), *(packer.compress(b"x" * MEGABYTE) for _ in range(megabytes)),
              packer.compress(b'",' + tail[1:]), packer.flush()]
    return b"".join(pieces)
