# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every file that a process has opened for writing, made or renamed, and what it wrote: told by the kernel (strace).

    trace = Trace(folder)
    subprocess.run([*trace.command(), "sqlite3", ...])
    trace.files()            -> Files(written, renamed)
    trace.contents(paths)    all that was ever written into these, also if they are gone
"""
import collections
import itertools
import os
import re
from typing import NamedTuple

CALLS = "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat," \
    "write,writev,pwrite64,pwritev,pwritev2"
_DONE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>\d+)(?:<(?P<path>.*)>)?$")
_BEGUN = re.compile(r"(?P<head>(?P<pid>\d+) +\w+\(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<tail>.*)$")
# "name", or 5</folder>, "name"
_NAME = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>(?:[^\\>]|\\.)*)>, )?"(?P<name>(?:[^\\"]|\\.)*)"')
_STRING = re.compile(r'"(?P<name>(?:[^\\"]|\\.)*)"')
_INTO = re.compile(r"\d+<(?P<path>(?:[^\\>]|\\.)*)>")
_WRITES = re.compile(r"\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND)\b")


class Files(NamedTuple):
    """Absolute paths: those written or made, and those that have got another name since."""
    written: set
    renamed: set


class Trace:
    """The logs of one or several traced processes and of their children."""

    def __init__(self, folder):
        self._folder, self._numbers = folder, itertools.count(1)

    def command(self):
        """To be put before a program's, once or again and again; a signal meets the program and not strace."""
        log = f"{self._folder}/trace-{next(self._numbers)}"
        return ["strace", "-D", "-f", "-y", "-qq", "-xx", "-s", "1048576", "-e", "signal=none", "-A", "-o", log,
                "-e", f"trace={CALLS}"]

    def files(self):
        written, renamed = set(), set()
        for call, arguments, path in self._calls():
            _take(call, arguments, path, written, renamed)
        elsewhere = ("/dev/", "/proc/")
        return Files({path for path in written if not path.startswith(elsewhere)}, renamed)

    def contents(self, paths):
        """{path: all that was ever written into the file, in this order}, also of files that are gone."""
        told = collections.defaultdict(bytes)
        for call, arguments, _ in self._calls():
            into = _INTO.match(arguments) if "write" in call else None
            path = _unescaped(into["path"]) if into else None
            if path in paths:
                told[path] += b"".join(_bytes(name["name"]) for name in _STRING.finditer(arguments, into.end()))
        return told

    def _calls(self):
        for entry in sorted(os.listdir(self._folder)):
            with open(f"{self._folder}/{entry}", encoding="ascii") as log:
                yield from _calls(log)


def _calls(log):
    """(call, arguments, path of the answered descriptor) of each call that did not fail."""
    begun = {}
    for line in log:
        line = line.rstrip("\n")
        if half := _BEGUN.match(line):
            begun[half["pid"]] = half["head"]
            continue
        if rest := _RESUMED.match(line):
            line = begun.pop(rest["pid"], rest["pid"] + " lost(") + rest["tail"]
        if done := _DONE.match(line):
            yield done["call"], done["arguments"], done["path"]


def _take(call, arguments, path, written, renamed):
    if call == "creat" or (call.startswith("open") and _WRITES.search(_NAME.sub("", arguments))):
        # Where another thread was quicker to close it, strace no longer knows where the descriptor led.
        written.add(_unescaped(path) if path else _absolute(_NAME.search(arguments)))
    elif call.startswith(("rename", "link", "symlink")):
        names = [_absolute(match) for match in _NAME.finditer(arguments)]
        written.add(names[-1])
        if call.startswith("rename"):
            renamed.add(names[0])


def _absolute(match):
    return os.path.normpath(os.path.join(_unescaped(match["folder"] or os.getcwd()), _unescaped(match["name"])))


def _unescaped(text):
    return os.fsdecode(_bytes(text))


def _bytes(text):
    """strace writes bytes as C would."""
    return text.encode("ascii").decode("unicode_escape").encode("latin-1")
