# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A child process that is steered by JSON lines: commands with ids in, answers and events out.

It dies with us: its standard input closes, and the kernel kills it even if it does not listen.
"""
import collections
import ctypes
import itertools
import json
import os
import signal
import subprocess
import threading
import time

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


class CommandError(Exception):
    """The child answered a command with an error."""

    def __init__(self, command, error):
        detail = error if isinstance(error, str) else json.dumps(error, ensure_ascii=False)
        super().__init__(f"{command}: {detail}")
        self.command, self.error = command, error
        self.kind = error.get("kind") if isinstance(error, dict) else None


class Gone(Exception):
    """The child has ended (or was killed) before it answered."""


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class JsonLines:
    """`nested`: arguments go into "args" (parvis-driver) rather than beside "cmd" (the peer)."""

    def __init__(self, command, *, name, nested, log=None, environment=None):
        self.name, self._nested = name, nested
        self._ids = itertools.count(1)
        self._state = threading.Condition()
        self._answers, self._events, self._gone = {}, collections.deque(maxlen=100_000), False
        self._log = open(log, "ab") if log else None
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            env={**os.environ, **(environment or {})}, start_new_session=True,
            # the kernel would kill it at the end of the thread, so only the main one may ask for it
            preexec_fn=_die_with_parent if threading.current_thread() is threading.main_thread()
            else None)
        self._writing = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self):
        return self._process.pid

    @property
    def alive(self):
        return self._process.poll() is None

    def _read(self):
        for line in self._process.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                message = {"event": "not_json", "line": line.decode("utf-8", "replace")}
            with self._state:
                if "event" in message:
                    self._events.append(message)
                else:
                    self._answers[message.get("id")] = message
                self._state.notify_all()
        with self._state:
            self._gone = True
            self._state.notify_all()

    def begin(self, command, **arguments):
        """Sends a command and answers its id at once; see finish()."""
        identity = next(self._ids)
        body = {"args": arguments} if self._nested else arguments
        data = json.dumps({"id": identity, "cmd": command, **body}, ensure_ascii=False)
        with self._writing:
            try:
                self._process.stdin.write(data.encode() + b"\n")
                self._process.stdin.flush()
            except (OSError, ValueError) as error:
                raise Gone(f"{self.name} is gone: {command}") from error
        return identity, command

    def finish(self, begun, timeout=60):
        identity, command = begun
        deadline = time.monotonic() + timeout
        with self._state:
            while identity not in self._answers:
                if self._gone:
                    raise Gone(f"{self.name} ended during {command}{self._last_words()}")
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"{self.name}: no answer to {command} in {timeout} s")
                self._state.wait(left)
            answer = self._answers.pop(identity)
        if not answer.get("ok"):
            raise CommandError(command, answer.get("error"))
        return answer.get("result")

    def _last_words(self):
        """How it ended, and what it said then."""
        code = self._process.wait(10)
        if not self._log:
            return f" with {code}"
        with open(self._log.name, "rb") as file:
            return f" with {code}: {file.read()[-2000:].decode(errors='replace')}"

    def call(self, command, **arguments):
        """A command and its result. A `timeout` among the arguments is the child's, in ms."""
        own = arguments.get("timeout", 30_000) / 1000 + 30
        return self.finish(self.begin(command, **arguments), own)

    def events(self, name=None):
        with self._state:
            return [event for event in self._events if name in (None, event["event"])]

    def take_event(self, name, timeout=30, **fields):
        """Waits for an event with these fields, and takes it out of the list."""
        deadline = time.monotonic() + timeout
        with self._state:
            while True:
                for event in self._events:
                    if event["event"] == name and fields.items() <= event.items():
                        self._events.remove(event)
                        return event
                left = deadline - time.monotonic()
                if self._gone:
                    raise Gone(f"{self.name} ended before event {name}")
                if left <= 0:
                    raise TimeoutError(f"{self.name}: no event {name} {fields} in {timeout} s")
                self._state.wait(left)

    def wait_event(self, *arguments, **fields):
        return self.take_event(*arguments, **fields)

    def kill(self):
        """SIGKILL, as a power cut would."""
        self._process.kill()
        return self._end()

    def close(self, timeout=10):
        """Closes its input and waits; answers the exit code."""
        with self._writing:
            try:
                self._process.stdin.close()
            except OSError:
                pass
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._end()

    def _end(self):
        code = self._process.wait()
        self._reader.join(5)
        for stream in (self._process.stdin, self._process.stdout, self._log):
            try:
                if stream:
                    stream.close()
            except OSError:
                pass
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
