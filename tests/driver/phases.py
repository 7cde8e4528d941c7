# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work in the middle of which Parvis is killed, and how it is known that it was in the middle.

A phase names the profile that it begins with (Profiles in phase_runs.py), begins its work in a process that runs, says
whether the work is over, and says of a process that is dead, once the next one has opened the profile, whether it died in
the middle. ALL is the table of them: a new phase is a class and a line there.
"""
import glob
import os
import re
import time

from json_lines import Gone
from story import PAUSE

WORDS_SENT = "Alpha Bravo Charlie Delta Écho Foxtrot Golf Hôtel India Juliette Kilo Lima Mike Novembre Oscar Papa".split()
LONG_ROOM = "!salon0:hostile.example"
TALKED_IN = ("!salon1:hostile.example", "!salon2:hostile.example")
LEFT = re.compile(r"\b(\d+) rows are left from the last run")
NOTHING_OLD = re.compile(r"\bnothing is left that is too old\b")
DAY = 24 * 3_600_000
SCHEMA = re.compile(r"\b(keys|cache) schema (?:\d+ )?(becomes|is) (\d+)$")
_TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NEWEST_CACHE = len(glob.glob(f"{_TREE}/src/store/schema/cache/*.sql"))


class Phase:
    name = "?"
    begins_with = "synced"  # the profile
    slowness = 0.0          # of the server
    opens = True            # whether the account is opened before the work begins
    syncs = True            # whether the connection is, too
    reads_back = True       # whether what the server has can be read at the end, and all is as before

    def policy(self, server):
        """What the administrator says beside what all phases have in common."""
        return {}

    def prepare(self, run):
        """Once, before the first process of the run."""

    def begin(self, run):
        """Begins the work, or goes on with it, in a process that was just opened."""

    def go_on(self, run):
        """Again and again, while the work is going on."""

    def over(self, run):
        raise NotImplementedError

    def going(self, run):
        """Of a process that may be killed now: False while what is timed has not begun."""
        return True

    def in_the_middle(self, run, born):
        """Of a process that was killed, asked once the next one was opened, and before it does anything else. `born`:
        where its own lines begin in the log."""
        raise NotImplementedError

    def check(self, case, run):
        """What must hold at the end beside what all phases have in common."""


class FirstSync(Phase):
    name, begins_with, syncs = "first sync", "new", False

    def begin(self, run):
        run.driver.call("start")

    def over(self, run):
        return not run.server.behind

    def going(self, run):
        return run.server.asked_for_news > run.asked_before

    def in_the_middle(self, run, born):
        return run.server.behind


class LaterSync(FirstSync):
    """What came while nobody was there: several answers, and more than they hold."""

    name, begins_with = "later sync", "synced"

    def prepare(self, run):
        run.server.release_all()


class Paging(Phase):
    name, slowness = "pagination", 0.006

    def begin(self, run):
        run.page = run.driver.begin("paginate", room=LONG_ROOM, back=True, count=30)
        run.at_start = False

    def go_on(self, run):
        try:
            run.at_start = run.driver.finish(run.page, 0.002)["at_start"]
        except TimeoutError:
            return
        if not run.at_start:
            run.page = run.driver.begin("paginate", room=LONG_ROOM, back=True, count=30)

    def over(self, run):
        return run.at_start

    def in_the_middle(self, run, born):
        """A page was asked for, and its answer neither given nor refused."""
        if run.at_start:
            return False
        try:
            run.at_start = run.dead.finish(run.page, 0.001)["at_start"]
            return False
        except (Gone, TimeoutError):
            return True


class Indexing(Phase):
    """Of a history that came at once."""

    name, begins_with, syncs = "indexing", "unindexed", False

    def begin(self, run):
        run.waiting = 1

    def go_on(self, run):
        run.waiting = run.driver.call("index_status")["coverage"]["waiting"]

    def over(self, run):
        return run.waiting == 0

    def in_the_middle(self, run, born):
        return run.driver.call("index_status")["coverage"]["waiting"] > 0

    def check(self, case, run):
        case.assertEqual(run.driver.call("index_status")["coverage"]["waiting"], 0)


class Migrating(Phase):
    """Of both files of the account, from the schemas of an older Parvis."""

    name, begins_with, opens, syncs = "migration", "aged", False, False

    def prepare(self, run):
        run.began_at = run.driver.log_size()  # the profile's own past is in the log as well

    def begin(self, run):
        run.opening, run.opened = run.driver.begin("restore"), False

    def going(self, run):
        self.go_on(run)
        return run.opened or bool(self._steps(run.driver.log_since(run.born)))

    def go_on(self, run):
        if not run.opened:
            try:
                run.driver.finish(run.opening, 0.0005)
                run.opened = True
            except TimeoutError:
                pass

    def over(self, run):
        return run.opened

    @staticmethod
    def _steps(log):
        return [(found[1], found[2], int(found[3])) for found in map(SCHEMA.search, log) if found]

    def in_the_middle(self, run, born):
        """It began a step, and did not come to the end of the last one: keys.db goes first."""
        steps = self._steps(run.driver.log_since(born))
        return bool(steps) and ("cache", "is", NEWEST_CACHE) not in steps

    def check(self, case, run):
        """Each version was reached once, in order; a step that a kill took back began again."""
        reached = [(file, version) for file, what, version in self._steps(run.driver.log_since(run.began_at)) if what == "is"]
        case.assertEqual(reached, sorted(set(reached), key=lambda step: (step[0] == "cache", step[1])))
        case.assertEqual(reached[-1], ("cache", NEWEST_CACHE))


class Sending(Phase):
    """In two rooms in turn, the last one when all others are there: which room is the newest shall not be chance. What the
    dead process had not answered is sent again unless it is in the room's timeline."""

    name, slowness = "sending", 0.02

    def prepare(self, run):
        run.texts = [(TALKED_IN[number % 2], f"{word} {number}") for number, word in enumerate(WORDS_SENT)]
        run.queued, run.sending = 0, None

    def begin(self, run):
        run.sending = None
        if run.queued < len(run.texts) and self._is_there(run, *run.texts[run.queued]):
            run.queued += 1
        self._next(run)

    def _is_there(self, run, room, body):
        return any(item["body"] == body for item in run.driver.call("timeline", room=room, limit=100_000))

    def _next(self, run):
        last = run.queued + 1 == len(run.texts)
        if run.queued < len(run.texts) and not (last and run.driver.call("queue")):
            room, body = run.texts[run.queued]
            run.sending = run.driver.begin("send", room=room, body=body)

    def go_on(self, run):
        if run.sending:
            try:
                run.driver.finish(run.sending, 0.002)
            except TimeoutError:
                return
            run.queued, run.sending = run.queued + 1, None
        self._next(run)

    def over(self, run):
        return run.queued == len(run.texts) and run.driver.call("queue") == []

    def in_the_middle(self, run, born):
        """It had rows in its queue: the next process says how many it found."""
        self._take_answer(run)
        left = [int(found[1]) for found in map(LEFT.search, run.driver.log_since(run.born)) if found]
        return left[-1] > 0

    def _take_answer(self, run):
        if run.sending:
            try:
                run.dead.finish(run.sending, 0.001)
                run.queued += 1
            except (Gone, TimeoutError):
                pass

    def check(self, case, run):
        for room in TALKED_IN:
            wanted = [body for where, body in run.texts if where == room]
            case.assertEqual(run.server.bodies(room), wanted, "each once, and in order")


class Purging(Phase):
    """Of all that was said before the pause in the middle of the story: the administration keeps no more. What the server
    has is not read again: it would be here again."""

    name, begins_with, syncs, reads_back = "purge", "full", False, False

    def policy(self, server):
        return {"keep_messages_days": int((time.time() * 1000 - self._oldest(server)) // DAY)}

    @staticmethod
    def _oldest(server):
        """Any time of the pause would do."""
        return server.story.resumed_at - PAUSE // 2

    def prepare(self, run):
        run.at_first = None

    def begin(self, run):
        run.figures = run.driver.call("storage")
        run.at_first = run.at_first or run.figures["events"]

    def going(self, run):
        run.figures = run.driver.call("storage")
        return run.figures["events"] < run.at_first or self.over(run)

    def go_on(self, run):
        run.figures = run.driver.call("storage")

    def over(self, run):
        return any(NOTHING_OLD.search(line) for line in run.driver.log_since(run.born))

    def in_the_middle(self, run, born):
        figures = run.driver.call("storage")
        return figures["events"] < run.at_first and figures["oldest_ts"] < self._oldest(run.server)

    def check(self, case, run):
        figures = run.driver.call("storage")
        case.assertEqual(figures["oldest_ts"] >= run.server.story.resumed_at, True, figures)
        case.assertLess(figures["events"], run.at_first)


ALL = (FirstSync(), LaterSync(), Paging(), Indexing(), Migrating(), Sending(), Purging())
