#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rules about files as such: length, foreign addresses, paths of one machine, finished French, text that is no markup."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 400
WRITTEN_BY_HAND = (".cpp", ".h", ".qml", ".py", ".sh", ".mjs", ".js", ".cmake", ".sql")
ALSO = ("CMakeLists.txt", "dev", "run", "synapse-python")

# Mirrors and registries are what a machine's package clients are set up for, not ours to name.
REGISTRY = re.compile(r"https?://(deb|ftp|registry|mirrors?|archive|snapshot|security|packages|pypi|files)\.")
PERSONAL = re.compile(r"(?<![\w.$}/-])/(home|Users)/[a-z]")

# QML guesses what is markup, unless it is told. Only here it is, and ours: made of escaped text.
DRAWS_MARKUP = ("qml/timeline/TextBlock.qml", "qml/search/HitDelegate.qml")
TEXT = re.compile(r"^( *)(?:\w+: )?(?:Text|Label|TextEdit|TextArea) \{$", re.MULTILINE)
OTHER_FORMAT = re.compile(r"\btextFormat:(?! Text(?:Edit)?\.PlainText$)")


def tracked():
    out = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                         capture_output=True, check=True).stdout
    return sorted(ROOT / name.decode() for name in set(out.split(b"\0")) if name and (ROOT / name.decode()).is_file())


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None


def markup_in(name, text):
    for element in TEXT.finditer(text):
        end = text.find(f"\n{element[1]}}}", element.end())
        if "textFormat: " not in text[element.end():end]:
            yield f"{name}:{text.count(chr(10), 0, element.start()) + 1}: a text without textFormat"
    for number, line in enumerate(text.splitlines(), 1):
        if OTHER_FORMAT.search(line) and str(name) not in DRAWS_MARKUP:
            yield f"{name}:{number}: only {' and '.join(DRAWS_MARKUP)} draw markup"


def mistakes_in(path, text):
    name = path.relative_to(ROOT)
    if path.suffix in WRITTEN_BY_HAND or path.name in ALSO:
        lines = text.count("\n")
        if lines > LIMIT:
            yield f"{name}: {lines} lines, {LIMIT} are allowed: split it"
    if name.parts[0] == "LICENSES" or name.parts[:2] == ("tests", "data"):
        return
    # The folder that this clone happens to lie in must appear nowhere.
    here = str(ROOT.parent) + "/"
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRY.search(line):
            yield f"{name}:{number}: names a package mirror or registry"
        if PERSONAL.search(line) or (here.count("/") > 1 and re.search(r"(?<![\w.-])" + re.escape(here), line)):
            yield f"{name}:{number}: a path of one machine"
    if path.name == "package-lock.json" and '"resolved"' in text:
        yield f"{name}: 'resolved' addresses (.npmrc: omit-lockfile-registry-resolved=true)"
    if path.suffix == ".qml" and name.parts[0] in ("qml", "app"):
        yield from markup_in(name, text)
    if path.suffix == ".ts" and "fr" in path.stem.split("_"):
        for kind in ("unfinished", "vanished", "obsolete"):
            count = text.count(f'type="{kind}"')
            if count:
                yield f"{name}: {count} {kind} message(s)"
    if path.suffix == ".json" and path.name != "tsconfig.json":
        try:
            json.loads(text)
        except ValueError as error:
            yield f"{name}: {error}"


def main():
    found = []
    for path in tracked():
        text = text_of(path)
        if text is not None:
            found += mistakes_in(path, text)
    print("\n".join(found), end="\n" if found else "", file=sys.stderr)
    return bool(found)


sys.exit(main())
