# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""When to kill a program: while a request of the phase that is tested is on its way, as the program's own log tells.

    phase = Phase("key claim", r"keys claim$", dice)
    watch = Watch(driver)          reads the log as it grows
    driver.begin("wait_idle")
    phase.moment(watch, lambda: done)   waits until one of its requests is out, and a part of its time more
    driver.kill()
    phase.counts(watch)            whether one was still unanswered when it died
"""
import re
import statistics
import time

# what the program says of its work
RULES = "parvis.store.debug=true;parvis.api.debug=true"
LEAVES = re.compile(r"\brequest (\d+) leaves: (.+)$")
ANSWERED = re.compile(r"\brequest (\d+) is answered$")
SAVING = re.compile(r"\bkeys (begin|end)$")
SAVE = "saving of keys"
LOOK = 0.0005  # seconds between two looks at the log


class Watch:
    """What a program says that it does, from now on, with when it was seen."""

    def __init__(self, driver):
        self.left, self.took, self._open, self._saving = [], [], {}, False
        self._file = open(driver.log, "rb")
        self._file.seek(0, 2)
        self._rest = b""

    def look(self):
        *lines, self._rest = (self._rest + self._file.read()).split(b"\n")
        now = time.monotonic()
        for line in (line.decode("utf-8", "replace") for line in lines):
            if found := LEAVES.search(line):
                self.left.append(found[2])
                self._open[found[1]] = (found[2], now)
            elif found := ANSWERED.search(line):
                kind, since = self._open.pop(found[1], (None, now))
                self.took.append((kind, now - since))
            elif found := SAVING.search(line):
                self._saving = found[1] == "begin"
        return self

    def pending(self):
        """What is not answered, or half saved, where the log ends (now)."""
        return {kind for kind, _ in self._open.values()} | ({SAVE} if self._saving else set())

    def close(self):
        self._file.close()


class Phase:
    """`kinds`: what its requests are called in the log. It learns how many there are and how long they take here."""

    def __init__(self, name, kinds, dice):
        self.name, self._kinds, self._dice = name, re.compile(kinds), dice
        self.struck = self.counted = self._missed = 0
        self._usual, self._took = 1, [0.005]

    def _mine(self, kinds):
        return [kind for kind in kinds if kind and self._kinds.match(kind)]

    def moment(self, watch, over):
        """Answers at a moment to kill; False where it was over before."""
        wanted = self._dice.randint(1, self._usual)
        while not over():
            watch.look()
            # One that left before anybody looked may be answered already: then the next one.
            if len(self._mine(watch.left)) >= wanted and self._mine(watch.pending()):
                time.sleep(self._dice.uniform(0, statistics.median(self._took)))
                return True
            time.sleep(LOOK)
        self._usual = max(1, len(self._mine(watch.left)))
        self._missed += 1
        self._learn(watch)
        return False

    def _learn(self, watch):
        self._took += [seconds for kind, seconds in watch.took if self._mine([kind])]

    def counts(self, watch):
        """Of a program that is dead. Answers what it was doing, for the log."""
        going = watch.look().pending()
        # A save is one of the phase's where its requests are: nothing else was begun.
        hit = self._mine(going) or (SAVE in going and self._mine(watch.left))
        self.struck += 1
        self.counted += bool(hit)
        self._usual = max(self._usual, len(self._mine(watch.left)))
        self._learn(watch)
        return f"{self.name} kill {self.counted} of {self.struck}: {', '.join(sorted(going)) or 'nothing'}" \
            + ("" if hit else " (not counted)")

    def goes_on(self, wanted):
        """Whether more kills are to come: a phase that is hardly ever hit comes to an end as well."""
        return self.counted < wanted and self.struck + self._missed < 20 + 6 * wanted
