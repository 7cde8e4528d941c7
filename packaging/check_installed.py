#!/usr/bin/python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens the installed program of a tree in this session, without a policy and under one, and looks at it.

check_installed.py TREE PICTURES
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "gui"))

from desktop import Window

PASS_ON = ("DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND",
           "QT_LINUX_ACCESSIBILITY_ALWAYS_ON")


def look(tree, picture):
    """(what a screen reader finds, the brightness of the page's empty corner from 0 to 1) of a first start."""
    settings = [f"{name}={os.environ[name]}" for name in PASS_ON] + ["HOME=/root/first", "PATH=/usr/bin:/bin",
                                                                     "LANG=C.UTF-8"]
    shutil.rmtree(tree / "root/first", ignore_errors=True)
    (tree / "root/first").mkdir()
    program = subprocess.Popen(["chroot", tree, "env", "-i", *settings, "parvis"])
    try:
        window = Window(program.pid)
        window.wait_shown()
        elements = window.wait("something to use", lambda: [e for e in window.elements() if e.focusable])
        assert elements, "nothing in the window can be used"
        window.picture(picture)
        names = {element.name for element in window.elements() if element.name}
    finally:
        program.terminate()
        code = program.wait(timeout=20)
    assert code in (0, -15), f"ended with {code}"
    corner = ["-gravity", "NorthWest", "-crop", "20%x20%+0+0"]  # the other half of the page is a plain colour
    said = subprocess.run(["convert", picture, *corner, "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"],
                          capture_output=True, text=True, check=True)
    return names, float(said.stdout)


def main():
    tree, pictures = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    policy = tree / "etc/parvis/policy.json"
    plain, light = look(tree, pictures / "deb-plain.png")
    policy.parent.mkdir(exist_ok=True)
    policy.write_text(json.dumps({"mandatory": {"theme": "dark"}, "recommended": {"language": "fr"}}))
    policy.chmod(0o644)
    french, dark = look(tree, pictures / "deb-policy.png")
    print(f"plain: {sorted(plain)}\nunder the policy: {sorted(french)}\nbrightness {light:.2f} and {dark:.2f}")
    assert dark < 0.3 < 0.6 < light, "the mandatory theme is not followed"
    assert len(french - plain) > 2, "the recommended language is not followed"
    print("installed: opens, and follows a mandatory and a recommended key")


main()
