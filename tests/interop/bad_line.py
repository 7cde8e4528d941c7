# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A line to a homeserver that loses requests, loses answers and repeats requests.

    line = BadLine(server.base_url, random.Random(1), share=0.05).start()
    line.base_url                  where a client signs in instead
    line.counts                    what was done to it so far
"""
import collections
import http.client
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# Whoever logs in or out twice has two sessions, or none: that is no fault of a line.
SPARED = ("/login", "/logout", "/register", "/createRoom", "/join", "/versions", "/.well-known")
# The same again does the same: the specification has a transaction id in the path, or the body says it all.
REPEATABLE = ("/send/", "/sendToDevice/", "/keys/upload", "/keys/query", "/keys/claim", "/keys/signatures/upload")
HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # a client hangs up when it wants to
            super().handle_error(request, client_address)


class BadLine:
    def __init__(self, target, dice, share=0.05):
        """`share`: of the requests that meet with one of the three."""
        self.target, self.dice, self.share = urlsplit(target), dice, share
        self.counts = collections.Counter()
        self._state = threading.Lock()
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def _serve(self):
                line.serve(self)

            do_GET = do_PUT = do_POST = do_DELETE = _serve

        self._server = _Server(("127.0.0.1", 0), Handler)

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def serve(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        fault = self._fault(request)
        try:
            if fault == "request lost":
                raise OSError(fault)
            status, headers, answer = self._forward(request, body)
            if fault == "repeated":
                status, headers, answer = self._forward(request, body)
            if fault == "answer lost":
                raise OSError(fault)
            request.send_response(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP:
                    request.send_header(name, value)
            request.send_header("Content-Length", str(len(answer)))
            request.end_headers()
            request.wfile.write(answer)
        except (OSError, http.client.HTTPException):
            request.close_connection = True
            try:
                request.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _fault(self, request):
        path = urlsplit(request.path).path
        if any(part in path for part in SPARED):
            return None
        faults = ["request lost", "answer lost"]
        if any(part in path for part in REPEATABLE):
            faults.append("repeated")
        with self._state:
            if self.dice.random() >= self.share:
                return None
            fault = self.dice.choice(faults)
            self.counts[fault] += 1
        return fault

    def _forward(self, request, body):
        server = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=120)
        try:
            headers = {name: value for name, value in request.headers.items()
                       if name.lower() not in HOP_BY_HOP | {"host", "accept-encoding"}}
            server.request(request.command, request.path, body=body, headers=headers)
            answer = server.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            server.close()
