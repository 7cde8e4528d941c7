#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small world to try Parvis in: a homeserver, fifteen people, weeks of history, one who answers.

Prints one JSON line when ready (base_url, user, password, recovery_key, encrypted_room, ...) and
runs until its standard input closes or whoever started it is gone. The world stays in the user's
cache, on the same port, so what is written there is there next time; --fresh begins anew.
"""
import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "homeserver")]

from answers import Answerer
from builder import World
from command_line import lines
from homeserver import TestBed, free_port
from matrix_api import MatrixError
from peer import Peer
from people import DEMO, PASSWORD

NAME = "rhone.parvis.test"
ANSWERS = "claire.moreau"
LIVE_DEVICE = "Démonstration"


def key():
    """Another world when the script of this one changes."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("conversations/*.txt")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def world_folder(fresh, wanted):
    """(folder, whether it outlives us, its lock): the cached one unless somebody else is in it."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    folder = wanted or cache / "parvis" / f"demo-{key()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = open(f"{folder}.lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return pathlib.Path(tempfile.mkdtemp(prefix="parvis-demo-")), False, lock
    if fresh or not (folder / "world.json").exists():
        shutil.rmtree(folder, ignore_errors=True)  # also what a broken start has left
    folder.mkdir(exist_ok=True)
    return folder, True, lock


def port_of(folder):
    """The port of last time if it is free: sessions of the last run go on."""
    path = folder / "port"
    if path.exists():
        port = int(path.read_text())
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass
    port = free_port()
    path.write_text(str(port))
    return port


def build(server, folder):
    world = World(server)
    world.make_people()
    world.play()
    world.read_up()
    world.keep_keys()
    facts = {"rooms": world.ids, "recovery": world.recovery,
             "live": [world.ids[room.key] for room in world.rooms if room.live]}
    (folder / "world.json").write_text(json.dumps(facts, indent=1))
    for login, peer in world.peers.items():
        if login not in (ANSWERS, DEMO):
            peer.call("stop")
            peer.call("raw", method="POST", path="/logout", body={})
            peer.close()
    return facts, {login: world.peers[login] for login in (ANSWERS, DEMO)}


def come_back(server, login, recovery_key):
    """A new device of somebody, trusted through their recovery key; those of earlier runs go."""
    api = server.login(login, PASSWORD)
    old = [device["device_id"] for device in api.call("GET", "/devices")["devices"]
           if device.get("display_name") == LIVE_DEVICE or device["device_id"] == api.device_id]
    peer = Peer(login).start(server, login, register=False, password=PASSWORD,
                             deviceName=LIVE_DEVICE)
    peer.call("recover", recoveryKey=recovery_key)
    _remove_devices(api, login, old)
    return peer


def _remove_devices(api, login, devices):
    try:
        api.call("POST", "/delete_devices", {"devices": devices})
    except MatrixError as error:
        api.call("POST", "/delete_devices", {"devices": devices, "auth": {
            "type": "m.login.password", "password": PASSWORD, "session": error.body["session"],
            "identifier": {"type": "m.id.user", "user": login}}})


def open_world(server, folder, second_device):
    path = folder / "world.json"
    if path.exists():
        facts = json.loads(path.read_text())
        logins = (ANSWERS, DEMO) if second_device else (ANSWERS,)
        peers = {login: come_back(server, login, facts["recovery"][login]) for login in logins}
    else:
        facts, peers = build(server, folder)
        if not second_device:
            peers.pop(DEMO).close()
    for peer in peers.values():
        peer.call("autoVerify")
    Answerer(peers[ANSWERS], facts["live"]).start()
    return facts, peers


def describe(server, facts):
    ids = facts["rooms"]
    return {"base_url": server.base_url, "server_name": server.name, "user": DEMO,
            "user_id": f"@{DEMO}:{server.name}", "password": PASSWORD,
            "recovery_key": facts["recovery"][DEMO], "answers": f"@{ANSWERS}:{server.name}",
            "encrypted_room": ids["cellule"], "direct_room": ids["direct_claire"],
            "public_room": ids["entraide"], "space": ids["space"], "rooms": ids}


def _stop(*_):
    raise SystemExit(0)


def main():
    parser = argparse.ArgumentParser(description="A small world to try Parvis in.")
    parser.add_argument("--fresh", action="store_true", help="forget the world of the last time")
    parser.add_argument("--sliding", choices=("on", "off"), default="on")
    parser.add_argument("--folder", type=pathlib.Path, help="keep the world here, not in the cache")
    parser.add_argument("--no-second-device", action="store_true",
                        help="the demo account has no device to verify a new one with")
    arguments = parser.parse_args()
    parent, began = os.getppid(), time.monotonic()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    folder, stays, _lock = world_folder(arguments.fresh, arguments.folder)
    bed, peers = None, {}
    try:
        bed = TestBed(names=[NAME], keep=folder, ports=[port_of(folder)],
                      sliding=arguments.sliding == "on",
                      overrides={"refreshable_access_token_lifetime": "1h"})
        bed.start()
        facts, peers = open_world(bed.servers[0], folder, not arguments.no_second_device)
        print(f"demo world: {time.monotonic() - began:.1f} s", file=sys.stderr)
        print(json.dumps(describe(bed.servers[0], facts), ensure_ascii=False), flush=True)
        for _ in lines(parent):
            pass
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for peer in peers.values():
            peer.kill()
        if bed:
            bed.close()
        if not stays:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
