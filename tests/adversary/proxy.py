# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A server in the middle: hands on what a client says and what the homeserver answers, unless a rule says otherwise.

    with Proxy(homeserver.base_url) as proxy:
        with proxy.rule("POST", "/keys/query", answer=lambda body, asked: {**body, "device_keys": {}}):
            ...                                   as long as the block lasts
        proxy.rule("POST", "/keys/claim", status=500, times=1)
        proxy.deliver(event)                      into the next answer to a synchronisation, of either dialect

Threads of its own; loopback alone.
"""
import collections
import http.client
import http.server
import json
import re
import threading
import time
import urllib.parse

MARK = "~"
SYNC = re.compile(r"/(v3/sync|unstable/org\.matrix\.simplified_msc3575/sync)$")


class Rule:
    """One thing that goes wrong. `method`: a verb or None; `path`: a pattern of the path's end.

    request  (body) -> body        what the homeserver is told instead; None: it hears nothing of it
    answer   (body, asked) -> body what the client hears instead; `asked`: what it had asked
    raw      (bytes) -> bytes      the same of an answer that is no JSON
    cut      so many bytes are missing of the answer when the line breaks off
    status   the homeserver is not asked at all, and this comes back
    lose     the homeserver takes it, and the client is hung up on
    hold     an Event: the request waits for it
    times    after so many it is over; None: never
    """

    def __init__(self, method, path, *, request=None, answer=None, raw=None, cut=0, status=None, body=None,
                 lose=False, hold=None, times=None):
        self.raw, self.cut = raw, cut
        self.method, self.path = method, re.compile(path + "$")
        self.request, self.answer, self.status, self.body = request, answer, status, body
        self.lose, self.hold, self.times, self.proxy = lose, hold, times, None
        self.hits = []  # what was asked, as JSON

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.drop(self)

    def matches(self, method, path):
        return self.times != 0 and self.method in (None, method) and self.path.search(path)


class Proxy:
    def __init__(self, base_url):
        self._target = urllib.parse.urlsplit(base_url).netloc
        self._rules, self._lock = [], threading.Condition()
        self._mail = collections.deque()  # (number, to-device events, users): until the client has it
        self._posted = 0       # how much mail there was ever
        self._rooms = []       # functions (room id, event) -> event or None, over every event of a room
        self.seen = []         # (method, path, body) of every request, as JSON
        self.failures = []     # mistakes of the rules themselves
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (OSError, http.client.HTTPException):
                    self.close_connection = True

            def _any(self):
                proxy._serve(self, self.rfile.read(int(self.headers.get("Content-Length") or 0)))

            do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = _any

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What a test says.

    def rule(self, method, path, **what):
        """From now on; the later of two that fit holds. The rule, which `with` ends."""
        rule = Rule(method, path, **what)
        with self._lock:
            self._rules.insert(0, rule)
        rule.proxy = self
        return rule

    def drop(self, rule):
        with self._lock:
            if rule in self._rules:
                self._rules.remove(rule)

    def honest(self):
        """No lies any more."""
        with self._lock:
            self._rules.clear()
            self._rooms.clear()

    def deliver(self, *events):
        """To-device events for the client, in this order, with its next synchronisation."""
        self._post(list(events), [])

    def changed(self, *users):
        """Their devices are said to have changed, with the next synchronisation."""
        self._post([], list(users))

    def _post(self, events, users):
        with self._lock:
            self._posted += 1
            self._mail.append((self._posted, events, users))

    def each_event(self, change):
        """change(room, event) -> event, a list of events, or None to leave it out."""
        with self._lock:
            self._rooms.append(change)

    def wait_delivered(self, timeout=30):
        with self._lock:
            if not self._lock.wait_for(lambda: not self._mail, timeout):
                raise TimeoutError("the client does not synchronise")

    def requests(self, path, method=None):
        """The bodies of what the client asked so far."""
        pattern = re.compile(path + "$")
        with self._lock:
            return [body for verb, at, body in self.seen if method in (None, verb) and pattern.search(at)]

    def wait_request(self, path, fits=lambda body: True, timeout=15):
        """Until the client has asked for something that fits, since forget()."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = [body for body in self.requests(path) if fits(body)]
            if found:
                return found
            time.sleep(0.05)
        raise TimeoutError(f"no request {path}")

    def forget(self):
        with self._lock:
            self.seen.clear()

    # What happens.

    def _serve(self, handler, data):
        path = handler.path.split("?")[0]
        asked = _json(data)
        with self._lock:
            self.seen.append((handler.command, path, asked))
            rule = next((one for one in self._rules if one.matches(handler.command, path)), None)
            if rule:
                rule.hits.append(asked)
                rule.times = rule.times and rule.times - 1
        try:
            self._exchange(handler, path, data, asked, rule)
        except Exception as mistake:
            if not isinstance(mistake, (OSError, http.client.HTTPException)):
                self.failures.append(f"{handler.command} {path}: {mistake!r}")
            handler.close_connection = True

    def _exchange(self, handler, path, data, asked, rule):
        if rule and rule.hold:
            rule.hold.wait(60)
        if rule and rule.status:
            body = rule.body if rule.body is not None else {"errcode": "M_UNKNOWN", "error": "as the test wants it"}
            return _write(handler, rule.status, json.dumps(body).encode())
        if rule and rule.request:
            changed = rule.request(asked)
            if changed is None:
                return _write(handler, 200, b"{}")
            data = json.dumps(changed).encode()
        sync = SYNC.search(path)
        if sync:
            data = self._acknowledge(asked, data)
        status, answer, kind = self._ask(handler, data, quick=bool(sync and self._mail))
        if rule and rule.lose:
            handler.close_connection = True
            return handler.connection.close()
        if status == 200 and rule and rule.raw:
            answer = rule.raw(answer)
        if status == 200 and rule and rule.cut:
            handler.close_connection = True
            return _write(handler, status, answer, kind, without=rule.cut)
        if status == 200 and (sync or self._rooms or (rule and rule.answer)):
            body = _json(answer)
            if isinstance(body, dict):
                if rule and rule.answer:
                    body = rule.answer(body, asked)
                if sync:
                    self._bend_sync(body, sliding="msc3575" in path, asked=asked)
                self._bend_rooms(body)
                answer = body if isinstance(body, bytes) else json.dumps(body).encode()
        return _write(handler, status, answer, kind)

    def _ask(self, handler, data, quick):
        headers = {key: value for key, value in handler.headers.items()
                   if key.lower() not in ("host", "content-length", "accept-encoding", "connection")}
        url = re.sub(r"timeout=\d+", "timeout=0", handler.path) if quick else _shorter(handler.path)
        connection = http.client.HTTPConnection(self._target, timeout=60)
        try:
            connection.request(handler.command, url, data or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers.get("Content-Type", "application/json")
        finally:
            connection.close()

    def _acknowledge(self, asked, data):
        """The client names how far it has got with our mail, behind the position of the homeserver."""
        part = (asked or {}).get("extensions", {}).get("to_device", {})
        since, found, number = (part.get("since") or "").partition(MARK)
        if not found:
            return data
        part["since"] = since
        with self._lock:
            while self._mail and self._mail[0][0] <= int(number):
                self._mail.popleft()
            self._lock.notify_all()
        return json.dumps(asked).encode()

    def _bend_sync(self, body, sliding, asked):
        # In sliding sync, only the connection that asks for them may get to-device events.
        if sliding and "to_device" not in (asked or {}).get("extensions", {}):
            return
        with self._lock:
            mail = list(self._mail)
            if not sliding:  # heard or not: a position of /v3/sync is not ours to mark
                self._mail.clear()
                self._lock.notify_all()
        if not mail:
            return
        events = [event for _, some, _ in mail for event in some]
        users = [user for *_, some in mail for user in some]
        extensions = body.setdefault("extensions", {}) if sliding else body
        lists = (extensions.setdefault("e2ee", {}) if sliding else body).setdefault("device_lists", {})
        lists["changed"] = lists.get("changed", []) + users
        part = extensions.setdefault("to_device", {})
        part["events"] = events + part.get("events", [])
        if sliding:
            position = part.get("next_batch") or asked["extensions"]["to_device"].get("since") or "0"
            part["next_batch"] = f"{position}{MARK}{mail[-1][0]}"

    def _bend_rooms(self, body):
        changes = list(self._rooms)
        if not changes or not isinstance(body, dict):
            return

        def bent(room, events):
            for change in changes:
                made = []
                for event in events:
                    one = change(room, event)
                    made += one if isinstance(one, list) else [] if one is None else [one]
                events = made
            return events

        rooms = body.get("rooms", {})
        for room, content in rooms.get("join", {}).items() if "join" in rooms else ():
            for part in ("timeline", "state"):
                if "events" in content.get(part, {}):
                    content[part]["events"] = bent(room, content[part]["events"])
        for room, content in rooms.items() if "join" not in rooms else ():
            for part in ("timeline", "required_state"):
                if isinstance(content, dict) and part in content:
                    content[part] = bent(room, content[part])
        if "chunk" in body:
            body["chunk"] = bent(None, body["chunk"])


def _shorter(url):
    """A synchronisation is held two seconds at most, so that what is to be delivered is not waited for."""
    return re.sub(r"timeout=\d{4,}", "timeout=1000", url)


def _json(data):
    try:
        return json.loads(data) if data else None
    except ValueError:
        return None


def _write(handler, status, body, kind="application/json", without=0):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body[:len(body) - without])
