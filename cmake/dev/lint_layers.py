#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The layering: docs/architecture.md's table against the build files, and the build files against the includes.

The build itself enforces most of it (a header of a module that is not in DEPENDS is not found). This adds
what a compiler cannot see: that the table is true, that there is no cycle, who may touch a foreign library.
With --write the table's second column is brought up to date; a new module's row is written by hand.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Foreign headers and the modules that may include them, in sources and headers ending in _p.h alone.
OWNERS = {
    r"olm/.*": {"crypto"},
    r"sqlcipher/.*": {"store"},
    r"sqlite3\.h": set(),
    r"simdjson\.h": {"base", "events", "sync", "api"},
    r"cmark\.h": {"text"},
    r"gumbo\.h": {"text"},
    r"argon2\.h": {"session"},
    r"qrencode\.h": {"qr"},
    r"ReadBarcode\.h": {"qr"},
    r"qt6keychain/.*": {"platform"},
    r"libstemmer\.h": {"search"},
}
# Libraries of others that the build wraps under our own name.
FOREIGN = {"parvis::sqlcipher", "parvis::stemmer"}
# Private headers that one other module may see: a sync answer is walked once, with its events in it.
FRIENDS = {("sync", "events/event_reader_p.h")}
# Qt parts that only the user interface may link.
INTERFACE_ONLY = {"Qt6::Qml", "Qt6::Quick", "Qt6::QuickControls2", "Qt6::Gui", "Qt6::Widgets", "Qt6::Svg"}
INTERFACE = {"models", "platform", "media", "decoder", "qr"}

MODULE = re.compile(r"parvis_add_module\(\s*(\w+)(.*?)\)", re.S)
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
ROW = re.compile(r"^\| `?(\w+)`? \| ([^|]*) \|", re.M)


def declared():
    """{module: (modules it depends on, everything it links)} from src/*/CMakeLists.txt."""
    modules = {}
    for path in sorted((ROOT / "src").glob("*/CMakeLists.txt")):
        for name, body in MODULE.findall(re.sub(r"#.*", "", path.read_text())):
            words, depends, links, part = body.split(), set(), set(), None
            for word in words:
                if word in ("SOURCES", "DEPENDS", "PRIVATE", "QML_URI"):
                    part = word
                elif part in ("DEPENDS", "PRIVATE"):
                    links.add(word)
                    if word.startswith("parvis::") and word not in FOREIGN:
                        depends.add(word.removeprefix("parvis::"))
            modules[name] = (depends, links)
    return modules


def documented():
    """{module: modules it depends on} from the table in docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    part = text.split("## Modules", 1)[1].split("\n## ", 1)[0]
    rows = {}
    for name, depends in ROW.findall(part):
        if name != "Module":
            rows[name] = {word.strip(" `") for word in depends.split(",")} - {"", "-"}
    return rows


def write_table(modules):
    path = ROOT / "docs" / "architecture.md"
    text = path.read_text()
    order = [name for name, _ in ROW.findall(text)]

    def updated(row):
        name = row.group(1)
        if name not in modules:
            return row.group(0)
        depends = sorted(modules[name][0], key=lambda other: (order.index(other) if other in order else 99, other))
        return f"| {name} | {', '.join(depends) or '-'} |"

    path.write_text(ROW.sub(updated, text))


def cycles(modules):
    state, found = {}, []

    def visit(name, way):
        if state.get(name) == "done" or name not in modules:
            return
        if name in way:
            found.append(" -> ".join([*way[way.index(name):], name]))
            return
        for other in sorted(modules[name][0]):
            visit(other, [*way, name])
        state[name] = "done"

    for name in sorted(modules):
        visit(name, [])
    return found


def include_mistakes(module, path, modules):
    name = path.relative_to(ROOT)
    reachable = {module} | modules[module][0]
    for header in INCLUDE.findall(path.read_text()):
        folder = header.split("/")[0]
        if "/" in header and folder in modules:
            if folder not in reachable:
                yield f"{name}: includes {header}, but {module} does not list parvis::{folder} in DEPENDS"
            elif folder != module and header.endswith("_p.h") and (module, header) not in FRIENDS:
                yield f"{name}: {header} is private to {folder}"
        for pattern, owners in OWNERS.items():
            if re.fullmatch(pattern, header):
                if module not in owners:
                    yield f"{name}: <{header}> belongs to {', '.join(sorted(owners)) or 'nobody'}"
                elif path.suffix == ".h" and not path.name.endswith("_p.h"):
                    yield f"{name}: <{header}> only in sources and *_p.h"
                elif header.startswith("olm/") and path.suffix != ".cpp":
                    yield f"{name}: <{header}> only in the wrappers' sources"


def main():
    if "--write" in sys.argv:
        write_table(declared())
    modules, table, found = declared(), documented(), []
    for name in sorted(modules.keys() | table.keys()):
        if name not in table:
            found.append(f"docs/architecture.md: no row for src/{name}")
        elif name not in modules:
            found.append(f"docs/architecture.md: has a row for {name}, but src/{name} is no module")
        elif table[name] != modules[name][0]:
            found.append(f"docs/architecture.md: {name} depends on {', '.join(sorted(modules[name][0])) or '-'},"
                         f" the table says {', '.join(sorted(table[name])) or '-'}")
    found += [f"cycle: {way}" for way in cycles(modules)]
    for name, (depends, links) in modules.items():
        found += [f"src/{name}: parvis::{other} is no module" for other in sorted(depends - modules.keys())]
        if name not in INTERFACE:
            found += [f"src/{name}: {link} is for the user interface" for link in sorted(links & INTERFACE_ONLY)]
        for path in sorted((ROOT / "src" / name).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                found += include_mistakes(name, path, modules)
    print("\n".join(found), end="\n" if found else "", file=sys.stderr)
    return bool(found)


sys.exit(main())
