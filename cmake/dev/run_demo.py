#!/usr/bin/python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What './dev run' does inside its session: a demo world, an account signed in, the window.

With --person the window is left to whoever sits there. Without, encrypted messages are sent and their answers
read by real key presses alone; pictures and a transcript go to --out.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "release" / "bin"
ROOM = "Cellule inondations"
MESSAGES = (
    "Bonjour Claire, où en est le niveau de la Saône ?",
    "Merci. Je préviens les communes avant midi.",
    "Le point de 14 h se tient-il toujours en salle Ampère ?",
    "Parfait. Le rapport du matin est-il déjà dans le dossier partagé ?",
    "Je le relis à midi, puis il part aux douze communes.",
    "Bonjour à toute la cellule, et bon courage pour cet après-midi.")
sys.path[:0] = [str(ROOT / "tests" / "gui"), str(ROOT / "tests" / "homeserver")]


class Transcript:
    def __init__(self, path):
        self._file = open(path, "w", encoding="utf-8")
        self._began = time.monotonic()

    def __call__(self, text):
        line = f"{time.monotonic() - self._began:6.1f} s  {text}"
        print(line, flush=True)
        print(line, file=self._file, flush=True)


def demo_world():
    """(process, what it says of itself). It lives until its standard input closes."""
    outside = dict(os.environ, HOME=os.environ["PARVIS_RUN_HOME"], XDG_CACHE_HOME=os.environ["PARVIS_RUN_CACHE"])
    process = subprocess.Popen([sys.executable, str(ROOT / "tests/demo/demo_world.py")], env=outside, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    line = process.stdout.readline()
    if not line:
        sys.exit("run: the demo world does not start")
    return process, json.loads(line)


def sign_in(profile, world):
    """Through the client's own headless door, so that the window finds an account as after any restart."""
    command = {"id": 1, "cmd": "login", "args": {"server": world["base_url"], "user": world["user"],
                                                 "password": world["password"], "device_name": "Parvis"}}
    driver = subprocess.Popen([BIN / "parvis-driver", "--profile", profile, "--vault", "keychain"], text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    driver.stdin.write(json.dumps(command) + "\n")
    driver.stdin.flush()
    for line in driver.stdout:
        answer = json.loads(line)
        if answer.get("id") == 1:
            break
    else:
        sys.exit("run: the driver ended before it answered")
    driver.stdin.close()
    driver.wait(timeout=30)
    if not answer["ok"]:
        sys.exit(f"run: cannot sign in: {answer['error']}")


def seen_by_server(world, count):
    """The types of the room's newest events, as the server knows them."""
    from matrix_api import Api

    api = Api(world["base_url"])
    api.login(world["user"], world["password"])
    newest = api.call("GET", f"/rooms/{world['encrypted_room']}/messages", query={"dir": "b", "limit": str(count)})
    api.call("POST", "/logout", {})
    return [event["type"] for event in newest["chunk"]]


def has_keyboard(window, name):
    window.wait(f"the keyboard at {name}", lambda: (now := window.focused()) and now.name == name)


def converse(window, world, out, say):
    """Messages there and answers back, by the keyboard."""
    import desktop

    window.wait_shown()
    window.wait_for(ROOM, role="list item", seconds=60)
    say("the conversations are there")
    window.picture(out / "1-conversations.png")
    desktop.keys("ctrl+k")
    window.wait("the search has the keyboard", lambda: (now := window.focused()) and now.role in ("text", "entry"))
    desktop.write(ROOM[:7])
    window.wait("the search has found it", lambda: len(
        [element for element in window.elements() if element.role == "list item"]) == 1)
    desktop.keys("Return")
    has_keyboard(window, "Message")
    for text in MESSAGES:
        desktop.write(text)
        if text == MESSAGES[0]:
            window.picture(out / "2-written.png")
        before = {element.name for element in window.elements()}
        desktop.keys("Return")
        window.wait_for(text, role="list item")
        say(f"sent:     {text}")
        answer = window.wait("an answer of Claire", lambda: next(
            (element for element in window.elements() if element.role == "list item"
             and element.name.startswith("Claire Moreau, ") and element.name not in before), None), seconds=60)
        say(f"received: {answer.name}")
    time.sleep(1)  # the receipt of what was just read
    window.picture(out / "3-answered.png")
    types = seen_by_server(world, 2)
    say(f"the server knows the last two as {' and '.join(types)}")
    if set(types) != {"m.room.encrypted"}:
        sys.exit("run: not encrypted")


def look_round(window, out, say):
    """The settings, and the same conversation in the dark."""
    import desktop

    desktop.keys("ctrl+comma")
    window.wait_for("Paramètres", role="heading")
    window.picture(out / "4-settings.png")
    # Tab leads to the answer that holds, arrows to the next ones.
    looks = ("Comme le système", "Clair", "Sombre")
    for _ in range(20):
        if (now := window.focused()) and now.name in looks:
            break
        desktop.keys("Tab")
    for _ in looks:
        if (now := window.focused()) and now.name == looks[-1]:
            break
        desktop.keys("Down")
    window.wait("the dark theme holds", lambda: (now := window.focused()) and now.name == looks[-1] and now.checked)
    desktop.keys("Escape")
    has_keyboard(window, "Message")
    time.sleep(1)
    window.picture(out / "5-dark.png")
    say("the theme is dark now")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--server")
    parser.add_argument("--person", action="store_true")
    arguments = parser.parse_args()
    say = Transcript(arguments.out / "transcript.txt")
    world = process = None
    with tempfile.TemporaryDirectory(prefix="parvis-run-") as folder:
        profile = f"{folder}/profile"
        more = ["--server", arguments.server] if arguments.server else []
        if not arguments.server:
            process, world = demo_world()
            say(f"demo world at {world['base_url']}: {world['user']} / {world['password']}, "
                f"recovery key {world['recovery_key']}")
            sign_in(profile, world)
            say("signed in")
        began = time.monotonic()
        language = os.environ.get("PARVIS_RUN_LC_ALL", "") if arguments.person else "fr_FR.UTF-8"
        application = subprocess.Popen([BIN / "parvis", "--profile", profile, *more],
                                       env={**os.environ, "LC_ALL": language})
        try:
            if arguments.person:
                return application.wait()
            from desktop import Window

            window = Window(application.pid)
            if world:
                converse(window, world, arguments.out, say)
                look_round(window, arguments.out, say)
            else:
                window.wait_shown()
                window.picture(arguments.out / "1-login.png")
            say(f"{time.monotonic() - began:.1f} s in the window; pictures and transcript: {arguments.out}")
            return 0
        finally:
            application.terminate()
            application.wait(timeout=20)
            if process:
                process.stdin.close()
                process.wait(timeout=30)


sys.exit(main())
