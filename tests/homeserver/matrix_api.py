# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Just enough of the client-server API for tests to set a scene."""
import http.client
import itertools
import json
import time
import urllib.parse
import urllib.request

_transactions = itertools.count(1)


class MatrixError(Exception):
    """What the server answered instead of 2xx."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body.get('errcode')}: {body.get('error')}")
        self.status, self.body, self.errcode = status, body, body.get("errcode")


def quote(text):
    return urllib.parse.quote(text, safe="")


class Api:
    """One account's (or the application service's) requests over one kept connection."""

    def __init__(self, base_url, token=None, user_id=None, timeout=60):
        self._connection = None
        self.base_url, self.token, self.user_id = base_url.rstrip("/"), token, user_id
        self.device_id = None
        self._timeout = timeout

    def close(self):
        if self._connection:
            self._connection.close()
        self._connection = None

    __del__ = close

    def call(self, method, path, body=None, query=None, prefix="/_matrix/client/v3"):
        """One request; a dict back, or MatrixError."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        data = None if body is None and method == "GET" else json.dumps(body or {}).encode()
        for attempt in (1, 2):
            fresh = self._connection is None
            if fresh:
                where = urllib.parse.urlsplit(self.base_url)
                self._connection = http.client.HTTPConnection(where.netloc, timeout=self._timeout)
            try:
                self._connection.request(method, prefix + path, data, headers)
                response = self._connection.getresponse()
                raw = response.read()
                break
            except (http.client.HTTPException, ConnectionError):
                self.close()  # a kept connection that the server has closed meanwhile
                if fresh or attempt == 2:
                    raise
        try:
            answer = json.loads(raw or b"{}")
        except ValueError:
            answer = {"error": raw.decode("utf-8", "replace")}
        if response.status >= 300:
            raise MatrixError(response.status, answer)
        return answer

    def register(self, user, password, **more):
        """Makes an account and becomes it."""
        self.token = None
        answer = self.call("POST", "/register", {
            "username": user, "password": password, "auth": {"type": "m.login.dummy"}, **more})
        self.token, self.user_id = answer.get("access_token"), answer["user_id"]
        self.device_id = answer.get("device_id")
        return self

    def login(self, user, password, **more):
        self.token = None
        answer = self.call("POST", "/login", {
            "type": "m.login.password", "password": password,
            "identifier": {"type": "m.id.user", "user": user}, **more})
        self.token, self.user_id = answer["access_token"], answer["user_id"]
        self.device_id = answer["device_id"]
        return self

    def create_room(self, **body):
        return self.call("POST", "/createRoom", body)["room_id"]

    def invite(self, room, user):
        return self.call("POST", f"/rooms/{quote(room)}/invite", {"user_id": user})

    def join(self, room, via=None):
        return self.call("POST", f"/join/{quote(room)}", {}, query={"via": via} if via else None)

    def send(self, room, body, event_type="m.room.message"):
        """A text, or any content as a dict; answers the event's id."""
        content = {"msgtype": "m.text", "body": body} if isinstance(body, str) else body
        txn = f"t{time.time_ns()}.{next(_transactions)}"
        return self.call("PUT", f"/rooms/{quote(room)}/send/{event_type}/{txn}",
                         content)["event_id"]

    def messages(self, room, limit=100, direction="b", start=None):
        query = {"dir": direction, "limit": limit}
        if start:
            query["from"] = start
        return self.call("GET", f"/rooms/{quote(room)}/messages", query=query)

    def wait_body(self, room, body, timeout=15):
        """Waits until the newest events of a room hold a message with this text."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for event in self.messages(room)["chunk"]:
                if event.get("content", {}).get("body") == body:
                    return event
            time.sleep(0.1)
        raise TimeoutError(f"no message {body!r} in {room}")


class Acting(Api):
    """The application service acting as somebody: any account, without a device."""

    def __init__(self, base_url, as_token, user_id):
        super().__init__(base_url, as_token, user_id)

    def call(self, method, path, body=None, query=None, prefix="/_matrix/client/v3"):
        return super().call(method, path, body, {**(query or {}), "user_id": self.user_id}, prefix)

    def upload(self, data, mime, name):
        """Answers the mxc: address."""
        request = urllib.request.Request(
            f"{self.base_url}/_matrix/media/v3/upload?"
            + urllib.parse.urlencode({"filename": name, "user_id": self.user_id}),
            data, {"Content-Type": mime, "Authorization": "Bearer " + self.token})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["content_uri"]
