#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes each refusal of refusal_list.py out of a copy of the sources, once, and runs its tests: one of them must fail.

    refusals.py --check             only whether the lists fit the sources; takes no time
    refusals.py [--only WORDS]      all of them, or those in whose name one of the words occurs
    refusals.py --tests A,B         only those that these tests alone show
    refusals.py --unit              only those that unit tests alone show: no server is started
    refusals.py --part 1/2          every second one: another run with a tree of its own takes the others
    refusals.py --seen LOG          without those that an earlier run, whose output it is, has seen
    refusals.py --tree DIR          where the copy lies and stays (build/refusals)

What survives is printed at the end, and is a failure: a refusal that nothing shows.
"""
import argparse
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

from refusal_list import REFUSALS

TEST_SECONDS = 180


def text_of(root, path):
    with open(f"{root}/{path}", encoding="utf-8") as file:
        return file.read()


def mistakes(root):
    """What in the list does not fit the sources any more."""
    found, names = [], set()
    for one in REFUSALS:
        if one.name in names:
            found.append(f"{one.name}: twice in the list")
        names.add(one.name)
        count = text_of(root, one.path).count(one.find) if os.path.exists(f"{root}/{one.path}") else 0
        if count != 1:
            found.append(f"{one.name}: {count} times in {one.path}: {one.find.strip().splitlines()[0]}")
        for test in one.tests:
            script, _, case = test.partition("::")
            missing = case and f"def {case.rpartition('.')[2]}(" not in text_of(root, f"tests/adversary/{script}")
            if missing or (not case and not any(os.path.exists(f"{root}/tests/{module}/tst_{test}.cpp")
                                                for module in os.listdir(f"{root}/tests"))):
                found.append(f"{one.name}: no test {test}")
    return found


class DoesNotBuild(Exception):
    """What is left without a refusal is no program: the list has to take it out in another way."""


class Tree:
    """A copy of the sources as they are, with a build of its own."""

    def __init__(self, folder):
        self.folder, self.build = folder, f"{folder}/build/debug"

    def prepare(self, chosen):
        files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True,
                               capture_output=True).stdout.decode().split("\0")
        for name in filter(None, files):
            source, target = f"{ROOT}/{name}", f"{self.folder}/{name}"
            if not os.path.isfile(source):
                continue
            same = os.path.exists(target) and open(source, "rb").read() == open(target, "rb").read()
            if not same:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy(source, target)
        # one source at a time, without optimisation: each of them is compiled for one change, and twice
        self.run(["cmake", "--preset", "debug", "-DCMAKE_COMPILE_WARNING_AS_ERROR=OFF"], "configure")
        self.make({target for one in chosen for target in targets(one)}, "the sources as they are")

    def run(self, command, what):
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise DoesNotBuild(f"refusals: {what}: {(done.stdout + done.stderr)[-3000:]}")

    def make(self, wanted, what):
        self.run(["nice", "ninja", "-C", self.build, *sorted(wanted)], what)

    def write(self, path, text):
        with open(f"{self.folder}/{path}", "w", encoding="utf-8") as file:
            file.write(text)

    def passes(self, test):
        """One that does not end in time fails as well."""
        script, _, case = test.partition("::")
        command = [f"{self.build}/tests/tst_{test}"]
        if case:
            command = ["/usr/bin/python3", f"{self.folder}/tests/adversary/{script}", case]
        environment = {**os.environ, "PARVIS_DRIVER": f"{self.build}/bin/parvis-driver",
                       "PARVIS_BIN": f"{self.build}/bin", "QT_QPA_PLATFORM": "offscreen"}
        try:
            done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True,
                                  timeout=TEST_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def targets(refusal):
    for test in refusal.tests:
        if "::" in test:
            yield from ("parvis-driver", "parvis-forger")
        else:
            yield f"tst_{test}"


def survives(tree, refusal):
    """Whether all of its tests pass without it."""
    whole = text_of(ROOT, refusal.path)
    tree.write(refusal.path, whole.replace(refusal.find, refusal.replace))
    try:
        tree.make(set(targets(refusal)), refusal.name)
        return all(tree.passes(test) for test in refusal.tests)
    finally:
        tree.write(refusal.path, whole)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--tests", default="")
    parser.add_argument("--unit", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--seen")
    parser.add_argument("--tree", default=f"{ROOT}/build/refusals")
    options = parser.parse_args()
    wrong = mistakes(ROOT)
    if wrong:
        sys.exit("refusals: the list does not fit the sources:\n" + "\n".join(wrong))
    if options.check:
        print(f"{len(REFUSALS)} refusals fit")
        return
    words = options.only.split()
    chosen = [one for one in REFUSALS if (not words or any(word in one.name for word in words))
              and not (options.unit and any("::" in test for test in one.tests))
              and not (options.tests and set(one.tests) - set(options.tests.split(",")))]
    part, parts = (int(number) for number in options.part.split("/"))
    chosen = sorted(chosen, key=lambda one: one.tests)[part - 1::parts]
    if options.seen:
        with open(options.seen, encoding="utf-8") as log:
            seen = {line.removeprefix("seen ").rpartition(" (")[0] for line in log if line.startswith("seen ")}
        chosen = [one for one in chosen if one.name not in seen]
    if not chosen:
        sys.exit(f"refusals: none is called {options.only}, or all are seen")
    tree = Tree(options.tree)
    try:
        tree.prepare(chosen)
    except DoesNotBuild as error:
        sys.exit(str(error))
    red = {test for one in chosen for test in one.tests if not tree.passes(test)}
    if red:
        sys.exit(f"refusals: red with every refusal in its place: {', '.join(sorted(red))}")
    survivors = []
    for one in chosen:
        began = time.monotonic()
        try:
            alive = survives(tree, one)
        except DoesNotBuild as error:
            print(error)
            alive = True
        if alive:
            survivors.append(one)
        print(f"{'SURVIVES' if alive else 'seen'} {one.name} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} refusals are shown by a test")
    for one in survivors:
        print(f"survivor: {one.name}: {one.path}, in spite of {', '.join(one.tests)}")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
