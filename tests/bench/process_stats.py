# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What /proc says of a process."""
import os
import time

TICKS = os.sysconf("SC_CLK_TCK")
QUIET_S = 0.6
LOOK_S = 0.03


class Unsettled(Exception):
    """A process went on working for longer than anybody waits."""


def cpu_seconds(pid):
    """User and system time since it was started, in steps of a tick (10 ms as a rule)."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid):
    """Peak and present resident size."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        fields = dict(line.split(":", 1) for line in file if line.startswith("Vm"))
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmHWM", "VmRSS"))


def wants_to_run(pid):
    """One of its threads does: on a busy machine it may have no time and much to do."""
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/stat", encoding="utf-8") as file:
                if file.read().rsplit(")", 1)[1].split()[0] in "RD":
                    return True
    except FileNotFoundError:  # the thread has ended
        return True
    return False


def waited_seconds(pid):
    """How long its threads were ready to run while the processors did something else."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="utf-8") as file:
                total += int(file.read().split()[1])
        except FileNotFoundError:  # the thread has ended
            pass
    return total / 1e9


def _idle_share():
    """Of all processors, during a second."""
    def read():
        with open("/proc/stat", encoding="utf-8") as file:
            numbers = [int(word) for word in file.readline().split()[1:]]
        return numbers[3], sum(numbers)
    idle, total = read()
    time.sleep(1)
    later_idle, later_total = read()
    return (later_idle - idle) / max(later_total - total, 1)


def await_quiet(patience):
    """Waits, for so many seconds at most, until the machine has little else to do."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and _idle_share() < 0.7:
        pass


def settle(pid, others=(), quiet=QUIET_S, timeout=900):
    """Waits until the process has had nothing to do for a while, and the `others`, whose answers it may be waiting
    for, neither. Answers the moment of its last work (time.monotonic)."""
    deadline = time.monotonic() + timeout
    busy = quiet_from = time.monotonic()
    last = cpu_seconds(pid)
    while time.monotonic() - quiet_from < quiet:
        time.sleep(LOOK_S)
        now = cpu_seconds(pid)
        if now > last or wants_to_run(pid):
            busy = quiet_from = time.monotonic()
        elif any(wants_to_run(other) for other in others):
            quiet_from = time.monotonic()
        last = now
        if time.monotonic() > deadline:
            raise Unsettled(f"process {pid} works for more than {timeout} s")
    return busy


class WakeUps:
    """How often threads of a process have slept, and so woken, since this was made: their voluntary context switches.
    A thread that comes and goes between two looks is not seen."""

    def __init__(self, pid):
        self._pid = pid
        self._last = self._counts()
        self._sum = 0

    def _counts(self):
        found = {}
        for thread in os.listdir(f"/proc/{self._pid}/task"):
            try:
                with open(f"/proc/{self._pid}/task/{thread}/status", encoding="utf-8") as file:
                    found[thread] = next(int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt"))
            except (FileNotFoundError, ProcessLookupError, StopIteration):  # the thread has ended
                pass
        return found

    def look(self):
        """The sum until now."""
        counts = self._counts()
        self._sum += sum(count - self._last.get(thread, 0) for thread, count in counts.items())
        self._last = counts
        return self._sum
