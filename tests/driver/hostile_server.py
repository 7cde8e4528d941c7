# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A homeserver of one account that answers well until it is told to answer badly.

    server = HostileServer().start()
    server.answer("POST", "/login", status=403, body={"errcode": "M_FORBIDDEN"})   from now on
    server.heal()                                                                  good again
    server.sync(rooms(...)); server.sync(b"{", status=200)                         once each, in order

It speaks classic sync, or sliding sync with `sliding=True`. Threads of its own; loopback alone.
"""
import collections
import gzip
import http.server
import itertools
import json
import ssl
import subprocess
import threading
import time
import urllib.parse

PASSWORD = "sésame, ouvre-toi"
CLIENT = "/_matrix/client"
SLIDING = f"{CLIENT}/unstable/org.matrix.simplified_msc3575/sync"
EMPTY_WAIT = 1.0  # seconds that a sync without news is held at most


class Answer:
    """What goes back. `body`: bytes as they are, anything else as JSON, or a function(write) that writes them.

    Status 0: the bytes are the whole, without any HTTP around them. `length`: what Content-Length says, whatever is sent; None: the connection's end is the body's.
    """

    def __init__(self, body=b"", status=200, headers=None, length=..., kind="application/json"):
        if not isinstance(body, bytes) and not callable(body):
            body = json.dumps(body).encode()
        self.body, self.status, self.headers, self.kind = body, status, dict(headers or {}), kind
        self.length = length if length is not ... else None if callable(body) else len(body)


class HostileServer:
    def __init__(self, sliding=False, certificate=None):
        self.sliding = sliding
        self.name = "127.0.0.1"
        self.user_id, self.device_id, self.token = "@claire:hostile.example", "HOSTILE", "token-1"
        self.hung_up_after = []    # bytes that went out of each long answer before the client went away
        self.synced_from = []      # the positions that the client named
        self.passwords = 0         # how often a password came
        self._news, self._state = collections.deque(), threading.Condition()
        self._positions, self._asked = itertools.count(1), 0
        self._bad = {}
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body are two writes

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except OSError:
                    self.close_connection = True

            def _any(self):
                size = int(self.headers.get("Content-Length") or 0)
                server.serve(self, self.rfile.read(size))

            do_GET = do_POST = do_PUT = do_DELETE = _any

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a client that refuses our certificate

        self._server = Server((self.name, 0), Handler)
        self.scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True,
                                                      do_handshake_on_connect=False)

    def start(self):
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def close(self):
        with self._state:
            self._state.notify_all()
        self._server.shutdown()
        self._server.server_close()

    @property
    def base_url(self):
        return f"{self.scheme}://{self.name}:{self._server.server_port}"

    # What the test says.

    def answer(self, method, path, body=b"", **how):
        """From now on, for every path that ends so."""
        self._bad[method, path] = Answer(body, **how)

    def heal(self):
        self._bad.clear()

    def sync(self, body, **how):
        """One answer to the next sync; an object gets the next position unless it names one."""
        with self._state:
            if isinstance(body, dict):
                body = {self.position_key: f"p{next(self._positions)}", **body}
            self._news.append(Answer(body, **how))
            self._state.notify_all()

    @property
    def position_key(self):
        return "pos" if self.sliding else "next_batch"

    def room(self, room, timeline=(), state=(), **more):
        """The body of a sync in which this room has news."""
        if self.sliding:
            return {"lists": {"all_rooms": {"count": 1}},
                    "rooms": {room: {"timeline": list(timeline), "required_state": list(state),
                                     "membership": "join", **more}}}
        return {"rooms": {"join": {room: {"timeline": {"events": list(timeline)},
                                          "state": {"events": list(state)}, **more}}}}

    def wait_taken(self, timeout=20):
        """Until every sync answer that was given has been asked for."""
        with self._state:
            if not self._state.wait_for(lambda: not self._news, timeout):
                raise TimeoutError("the client does not sync")

    # What the client hears.

    def serve(self, request, body):
        url = urllib.parse.urlsplit(request.path)
        for (method, path), bad in list(self._bad.items()):
            if request.command == method and url.path.endswith(path):
                return self._write(request, bad)
        query = dict(urllib.parse.parse_qsl(url.query))
        return self._write(request, self._good(request.command, url.path, query, body))

    def _good(self, method, path, query, body):
        if path == f"{CLIENT}/versions":
            features = {"org.matrix.simplified_msc3575": self.sliding}
            return Answer({"versions": ["v1.11"], "unstable_features": features})
        if path == f"{CLIENT}/v3/login" and method == "GET":
            return Answer({"flows": [{"type": "m.login.password"}]})
        if path == f"{CLIENT}/v3/login":
            return self._log_in(json.loads(body))
        if path == f"{CLIENT}/v3/account/whoami":
            return Answer({"user_id": self.user_id, "device_id": self.device_id})
        if path == f"{CLIENT}/v3/keys/upload":
            return Answer({"one_time_key_counts": {"signed_curve25519": 50}})
        if path == f"{CLIENT}/v3/keys/query":
            return Answer({"device_keys": {}, "failures": {}})
        if path == f"{CLIENT}/v3/sync" or path == SLIDING:
            return self._sync(query, body)
        if path == f"{CLIENT}/v3/logout":
            return Answer({})
        return Answer({"errcode": "M_UNRECOGNIZED", "error": "unknown"}, status=404)

    def _log_in(self, body):
        self.passwords += 1
        if body.get("password") != PASSWORD:
            return Answer({"errcode": "M_FORBIDDEN", "error": "wrong"}, status=403)
        return Answer({"user_id": self.user_id, "device_id": self.device_id, "access_token": self.token})

    def _sync(self, query, body):
        extra = {}
        news = True
        if self.sliding and json.loads(body).get("conn_id") == "encryption":
            news = False
            extra = {"extensions": {"to_device": {"next_batch": "d1", "events": []},
                                    "e2ee": {"device_one_time_keys_count": {"signed_curve25519": 50}}}}
        elif not self.sliding:
            extra = {"device_one_time_keys_count": {"signed_curve25519": 50}}
        wait = min(int(query.get("timeout", 0)) / 1000, EMPTY_WAIT)
        with self._state:
            if news:
                self.synced_from.append(query.get("pos" if self.sliding else "since", ""))
                self._asked += 1
                self._state.notify_all()
            mine = self._asked
            # A question that the client gave up to ask at once takes no news with it.
            self._state.wait_for(lambda: news and (self._news or mine != self._asked), wait)
            if news and self._news and mine == self._asked:
                answer = self._news.popleft()
                self._state.notify_all()
                return answer
            return Answer({self.position_key: f"p{next(self._positions)}", **extra})

    def _write(self, request, answer):
        if not answer.status:
            request.wfile.write(answer.body)
            request.close_connection = True
            return
        request.send_response(answer.status)
        if answer.body or answer.status == 200:
            request.send_header("Content-Type", answer.kind)
        for name, value in answer.headers.items():
            request.send_header(name, value)
        if answer.length is None:
            request.send_header("Connection", "close")
        else:
            request.send_header("Content-Length", str(answer.length))
        request.end_headers()
        if callable(answer.body):
            sent = 0

            def write(piece):
                nonlocal sent
                request.wfile.write(piece)
                sent += len(piece)
            try:
                answer.body(write)
            except OSError:
                self.hung_up_after.append(sent)
        else:
            request.wfile.write(answer.body)
        if answer.length is None or answer.length != len(answer.body if isinstance(answer.body, bytes) else b""):
            request.close_connection = True


def flood(megabytes, per_second=100):
    """A JSON string that goes on and on, no faster than a good line."""
    def body(write):
        write(b'{"versions": ["')
        for _ in range(megabytes):
            write(b"x" * (1 << 20))
            time.sleep(1 / per_second)
        write(b'"]}')
    return body


def bomb(megabytes):
    """As much, in few bytes."""
    return gzip.compress(b'{"versions": ["' + b"x" * (megabytes << 20) + b'"]}', 6)


def nested(depth, key="a"):
    return (b'{"%s":' % key.encode()) * depth + b"1" + b"}" * depth


def self_signed(folder, name):
    """A certificate that nobody signed, for that name; (certificate file, key file)."""
    key, certificate = f"{folder}/{name}.key", f"{folder}/{name}.pem"
    kind = "IP" if name.replace(".", "").isdigit() else "DNS"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    f"/CN={name}", "-addext", f"subjectAltName={kind}:{name}", "-keyout", key, "-out",
                    certificate], check=True, capture_output=True)
    return certificate, key
