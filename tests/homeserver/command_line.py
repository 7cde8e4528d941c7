# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""homeserver.py as a program, for tests that are not written in Python; see README.md."""
import argparse
import json
import os
import select
import signal
import sys
import traceback

from homeserver import PASSWORD, TestBed
from matrix_api import MatrixError


class _Stop(Exception):
    pass


def _stop(*_):
    raise _Stop


def lines(parent):
    """Lines of standard input until it closes or the parent is gone."""
    buffer = b""
    while True:
        readable, _, _ = select.select([0], [], [], 1)
        if readable:
            data = os.read(0, 65536)
            if not data:
                return
            buffer += data
            *complete, buffer = buffer.split(b"\n")
            yield from (line for line in complete if line.strip())
        elif os.getppid() != parent:
            return


def _say(value):
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _run(bed, request):
    server = bed.servers[request.get("server", 0)]
    match request["cmd"]:
        case "stop":
            server.kill() if request.get("kill") else server.stop()
        case "start":
            server.start()
        case "restart":
            changes = {key: request[key] for key in ("sliding", "limits", "overrides")
                       if key in request}
            server.restart(**changes)
        case "register":
            api = server.register(request["user"], request.get("password", PASSWORD))
            return {"user_id": api.user_id, "access_token": api.token, "device_id": api.device_id}
        case "db_search":
            return {"counts": server.db_search(request["needles"])}
        case "sql":
            return {"rows": server.sql(request["query"], request.get("parameters", ()))}
        case other:
            raise ValueError(f"no command {other}")
    return server.describe()


def _answer(bed, line):
    identity = None
    try:
        request = json.loads(line)
        identity = request.get("id")
        _say({"id": identity, "ok": True, "result": _run(bed, request)})
    except _Stop:
        raise
    except MatrixError as error:
        _say({"id": identity, "ok": False, "error": str(error), "errcode": error.errcode})
    except Exception as error:  # the asker hears of it; the servers go on
        traceback.print_exc()
        _say({"id": identity, "ok": False, "error": f"{type(error).__name__}: {error}"})


def _arguments():
    parser = argparse.ArgumentParser(description="Homeservers for tests.")
    parser.add_argument("--json", action="store_true",
                        help="one JSON line when ready, JSON commands on standard input")
    parser.add_argument("--name", action="append", help="a server's name; twice: they federate")
    parser.add_argument("--federation", action="store_true", help="two servers that federate")
    parser.add_argument("--sliding", choices=("on", "off"), default="on")
    parser.add_argument("--limits", choices=("lifted", "real"), default="lifted")
    parser.add_argument("--token-lifetime", help="of refreshable access tokens, such as 5s")
    parser.add_argument("--set", default="{}", metavar="JSON", help="Synapse's settings")
    parser.add_argument("--keep", metavar="DIR", help="use this folder, and leave it there")
    parser.add_argument("--port", type=int, action="append", help="else a free one is picked")
    parser.add_argument("--log-level", default="WARNING")
    return parser.parse_args()


def main():
    arguments = _arguments()
    parent = os.getppid()
    overrides = json.loads(arguments.set)
    if arguments.token_lifetime:
        overrides["refreshable_access_token_lifetime"] = arguments.token_lifetime
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    bed = None
    try:
        bed = TestBed(names=arguments.name, federation=arguments.federation, keep=arguments.keep,
                      ports=arguments.port, sliding=arguments.sliding == "on",
                      limits=arguments.limits, overrides=overrides,
                      log_level=arguments.log_level)
        bed.start()
        if arguments.json:
            _say({"servers": [server.describe() for server in bed.servers]})
        else:
            for server in bed.servers:
                print(f"{server.name}: {server.base_url}  ({server.folder})", flush=True)
        for line in lines(parent):
            _answer(bed, line)
    except (_Stop, BrokenPipeError):
        pass
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if bed:
            bed.close()
    return 0
