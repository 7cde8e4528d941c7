# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""An HTTP CONNECT proxy that knows only the named test servers.

Homeservers with real-looking names federate on one machine without DNS, a hosts file or root:
Synapse's `https_proxy` asks for alpha.parvis.test:443 and gets 127.0.0.1:port. Anything else is
refused, so nothing leaves the machine.
"""
import socket
import threading


class FederationProxy:
    """Runs in threads of this process; `names` (name -> port) may change at any time."""

    def __init__(self):
        self.names, self._cut, self._open = {}, set(), []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listener.close()

    def cut(self, name):
        """Nobody reaches that server any more, by no connection that is open either; it reaches the others."""
        self._cut.add(name)
        for tunnel, ends in list(self._open):
            if tunnel == name:
                _shut(ends)

    def mend(self, name):
        self._cut.discard(name)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            head = b""
            while b"\r\n\r\n" not in head and len(head) < 65536:
                data = client.recv(4096)
                if not data:
                    return
                head += data
            method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
            name = target.rsplit(":", 1)[0]
            port = self.names.get(name) if method == "CONNECT" and name not in self._cut else None
            if port is None:
                client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", port)) as server:
                tunnel = (name, (client, server))
                self._open.append(tunnel)
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_pump, args=(server, client), daemon=True)
                back.start()
                _pump(client, server)
                back.join()
                self._open.remove(tunnel)
        except (OSError, ValueError):
            pass
        finally:
            client.close()


def _pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    _shut((source, sink))


def _shut(ends):
    for end in ends:
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
