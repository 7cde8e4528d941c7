# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms in which a text can lie in bytes, for a search that must not miss it."""
import base64
import json
import urllib.parse

MINIMUM = 6  # bytes; anything shorter is found by chance in ciphertext


def forms(needle):
    """{name: bytes} of a text, or of raw bytes (which have no UTF-16 and no JSON)."""
    raw = needle.encode() if isinstance(needle, str) else needle
    if len(raw) < MINIMUM:
        raise ValueError(f"needle {needle!r} is too short to be searched for")
    every = "".join(f"%{byte:02X}" for byte in raw)
    usual = urllib.parse.quote(raw, safe="")
    found = {
        "plain": raw,
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "percent-encoded": usual.encode(),
        "percent-encoded, lower case": _lower_escapes(usual).encode(),
        "percent-encoded, + for a space": urllib.parse.quote_plus(raw).encode(),
        "percent-encoded, each byte": every.encode(),
        "percent-encoded, each byte, lower case": every.lower().encode(),
    }
    if isinstance(needle, str):
        found["JSON escapes"] = json.dumps(needle)[1:-1].encode()
        found["UTF-16LE"] = needle.encode("utf-16-le")
        found["UTF-16BE"] = needle.encode("utf-16-be")
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw)
        # characters which also depend on the neighbours of the needle are left out
        inner = text[(8 * shift + 5) // 6:8 * (shift + len(raw)) // 6]
        found[f"base64, offset {shift}"] = inner
        found[f"base64url, offset {shift}"] = inner.replace(b"+", b"-").replace(b"/", b"_")
    return found


def _lower_escapes(quoted):
    first, *rest = quoted.split("%")
    return first + "".join(f"%{part[:2].lower()}{part[2:]}" for part in rest)
