#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prints the Debian packages of the QML modules that our pages import, as a Depends line.

A program is not linked to the modules that its QML imports, so no tool that reads binaries finds them.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a module needs at run time and its package does not depend on: Qt's own file dialog ends the program without it.
ALSO = {"QtQuick.Dialogs": "Qt/labs/folderlistmodel"}


def say(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main():
    triplet = say("dpkg-architecture", "-qDEB_HOST_MULTIARCH")
    modules = f"/usr/lib/{triplet}/qt6/qml"
    found = json.loads(say("/usr/lib/qt6/libexec/qmlimportscanner", "-rootPath", str(ROOT / "qml"), "-importPath", modules))
    packages, lost = set(), []
    for entry in found:
        if entry["type"] != "module" or entry["name"].startswith("Parvis"):
            continue
        if "path" not in entry:
            lost.append(entry["name"])
            continue
        folders = [pathlib.Path(entry["path"])]
        if entry["name"] in ALSO:
            folders.append(pathlib.Path(modules) / ALSO[entry["name"]])
        for folder in folders:
            packages.add(say("dpkg", "-S", str(folder / "qmldir")).split(":")[0])
    if lost:
        print(f"no package has {', '.join(sorted(lost))}", file=sys.stderr)
        return 1
    print(", ".join(sorted(packages)))
    return 0


sys.exit(main())
