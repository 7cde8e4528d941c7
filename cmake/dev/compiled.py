#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the build knows of the files named on standard input, one a line.

compiled.py BUILD --known         prints those that the build compiles
compiled.py BUILD --database FILE writes how each of our sources is compiled by itself, for clang-tidy; none is read
compiled.py BUILD --headers JOBS  compiles each header alone, with the flags of its folder
compiled.py BUILD --flags FLAG... is every one of our sources compiled with these flags?
"""
import concurrent.futures
import itertools
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def commands(build):
    """{source: the compiler and its arguments}; generated sources stand for their folder too."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        # Without what starts the compiler: ccache, by way of CMake.
        arguments = list(itertools.dropwhile(lambda word: not re.search(r"[+][+](-\d+)?$", word),
                                             shlex.split(entry["command"])))
        found.update((one, [str(one) if argument == entry["file"] else argument for argument in arguments])
                     for one in parts(source))
    return found


def parts(source):
    """What is compiled together in one, each for itself."""
    if source.parent.name != "Unity" or not source.exists():
        return [source]
    return [pathlib.Path(name) for name in re.findall(r'^#include "(.*)"$', source.read_text(), re.MULTILINE)]


def write_database(known, build, target):
    """Without the headers that tests have precompiled: clang would read them all again."""
    rows = []
    for source, arguments in sorted(known.items()):
        if build not in source.parents:
            kept = [argument for argument in arguments
                    if "cmake_pch" not in argument and argument not in ("-Winvalid-pch", "-include")]
            rows.append({"directory": str(build), "file": str(source), "arguments": kept})
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(rows, indent=1))


def flags_for(header, known, build):
    """As the sources beside the header are compiled, one after the other, then what is generated for its module."""
    folder = header.parent
    while len(folder.relative_to(ROOT).parts) >= 2:
        generated = build / folder.relative_to(ROOT)
        for beside in (lambda source: source.parent == folder, lambda source: generated in source.parents):
            found = {tuple(without_output(arguments)) for source, arguments in known.items() if beside(source)}
            if found:
                return sorted(found, key=len, reverse=True) + users_of(header, known)
        folder = folder.parent
    return None


def users_of(header, known):
    """A fake belongs to whoever tests with it; a module's header has to do with what its own module may see."""
    name = header.relative_to(ROOT)
    if name.parts[0] != "tests":
        return []
    needle = f'#include "{name.relative_to("tests")}"'
    users = (source for source in known if ROOT / "tests" in source.parents and needle in source.read_text())
    return [tuple(without_output(known[source])) for source in itertools.islice(users, 3)]


def without_output(arguments):
    kept, skip = [], False
    for argument in arguments[1:]:
        if skip:
            skip = False
        elif argument in ("-o", "-c", "-MT", "-MF", "-include"):
            skip = True
        elif argument not in ("-MD", "-Winvalid-pch"):
            kept.append(argument)
    return kept


def compile_alone(header, ways):
    """In one way at least: a folder of tests has several targets, and not each of them uses the header."""
    # As an include, since a header named on the command line warns about its #pragma once.
    text = f'#include "{header}"\n#include "{header}"\n'
    for flags in ways:
        done = subprocess.run(["c++", *flags, "-fsyntax-only", "-x", "c++", "-"], input=text, text=True,
                              capture_output=True, check=False)
        if done.returncode == 0:
            break
    return done.returncode, done.stderr


def flags_missing(known, flags):
    """Generated sources are ours too: they become part of what ships. Tests that are not optimised do not."""
    wrong = 0
    for source, arguments in sorted(known.items()):
        unhurried = "-O0" in arguments and "tests" in source.relative_to(ROOT).parts
        lost = [flag for flag in flags
                if flag not in arguments and not (unhurried and "_FORTIFY_SOURCE" in flag)]
        if lost:
            wrong += 1
            print(f"{source}: compiled without {' '.join(lost)}", file=sys.stderr)
    return wrong > 0


def main():
    build = (ROOT / sys.argv[1]).resolve()
    files = [] if sys.argv[2] in ("--flags", "--database") else [ROOT / line.strip() for line in sys.stdin if line.strip()]
    known = commands(build)
    if sys.argv[2] == "--flags":
        return flags_missing(known, sys.argv[3:])
    if sys.argv[2] == "--database":
        return write_database(known, build, pathlib.Path(sys.argv[3]))
    if sys.argv[2] == "--known":
        for path in files:
            if path in known:
                print(path.relative_to(ROOT))
        return 0
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(int(sys.argv[3])) as pool:
        jobs = {}
        for header in files:
            flags = flags_for(header, known, build)
            if flags is None:
                print(f"{header.relative_to(ROOT)}: nothing is compiled in its folder, not checked")
            else:
                jobs[pool.submit(compile_alone, header, flags)] = header
        for job in concurrent.futures.as_completed(jobs):
            code, errors = job.result()
            if code:
                failed += 1
                print(f"{jobs[job].relative_to(ROOT)} does not compile alone:\n{errors}", file=sys.stderr)
    return failed > 0


sys.exit(main())
