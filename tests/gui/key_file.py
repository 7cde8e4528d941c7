# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file of exported keys, as another Matrix application writes it, with as many made-up keys as wanted."""
import base64
import hashlib
import hmac
import json
import os
import subprocess

PRIME = 2**255 - 19
D = -121665 * pow(121666, -1, PRIME) % PRIME
BASE = (15112221349535400772501151409588531511454012693041857206046113283949847762202,
        46316835694926478169428394003475163141307993866256225615783033603165251855960)
MANY = 500


def _plain(data):
    return base64.b64encode(data).decode().rstrip("=")


def _next(point):
    """The curve point that comes by adding the base: each of them is somebody's Ed25519 key."""
    (x1, y1), (x2, y2) = point, BASE
    both = D * x1 * x2 * y1 * y2 % PRIME
    return ((x1 * y2 + x2 * y1) * pow(1 + both, -1, PRIME) % PRIME,
            (y1 * y2 + x1 * x2) * pow(1 - both, -1, PRIME) % PRIME)


def _sessions(count):
    sender = _plain(os.urandom(32))
    point = BASE
    for number in range(count):
        point = _next(point)
        signing = (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")
        yield {"algorithm": "m.megolm.v1.aes-sha2", "forwarding_curve25519_key_chain": [],
               "room_id": f"!salle{number % MANY}:exemple.gouv", "sender_key": sender,
               "sender_claimed_keys": {"ed25519": _plain(signing)}, "session_id": _plain(signing),
               "session_key": _plain(b"\x01" + bytes(4) + os.urandom(128) + signing)}


def write(path, count, passphrase, rounds=1000):
    salt, start = os.urandom(16), bytearray(os.urandom(16))
    start[8] &= 0x7F  # the counter's highest bit
    keys = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, rounds, 64)
    text = json.dumps(list(_sessions(count))).encode()
    hidden = subprocess.run(["openssl", "enc", "-aes-256-ctr", "-K", keys[:32].hex(), "-iv", start.hex()],
                            input=text, capture_output=True, check=True).stdout
    body = b"\x01" + salt + bytes(start) + rounds.to_bytes(4, "big") + hidden
    body += hmac.digest(keys[32:], body, "sha256")
    lines = base64.encodebytes(body).decode()
    with open(path, "w", encoding="ascii") as file:
        file.write(f"-----BEGIN MEGOLM SESSION DATA-----\n{lines}-----END MEGOLM SESSION DATA-----\n")
