"""Hosts on loopback that behave as they are made to, a connection at a time."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

Behaviour = Callable[["Visit"], None]


class Host:
    """A port on loopback. ``behave`` is called with each visit, in a thread of its own.

    What it raises because the visitor has gone, or because the host is closed, ends the visit. With ``tls``
    the visitors must speak it.
    """

    def __init__(self, behave: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self._behave, self._tls = behave, tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[Thread] = []
        self.visits: list[Visit] = []
        self.closing = Event()
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}/hook"
        self._accepting = Thread(target=self._accept, daemon=True)
        self._accepting.start()

    @property
    def requests(self) -> list[bytes]:
        """Every request that came, whole, in the order of its arrival."""
        return [request for visit in self.visits for request in visit.requests]

    def close(self) -> None:
        """End every visit and free the port."""
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for visit in self.visits:
            visit.hang_up()
        for thread in (self._accepting, *self._threads):
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            visit = Visit(self, connection)
            self.visits.append(visit)
            thread = Thread(target=self._visit, args=(visit,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _visit(self, visit: Visit) -> None:
        with suppress(OSError):
            if self._tls is not None:
                visit.speak_tls(self._tls)
            self._behave(visit)
        visit.end()


class Visit:
    """One connection that came to a host."""

    def __init__(self, host: Host, connection: socket.socket) -> None:
        self.host = host
        self._connection = connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""
        self.requests: list[bytes] = []
        self.written = 0
        self.number = len(host.visits)
        """How many connections came before this one."""

    def speak_tls(self, context: ssl.SSLContext) -> None:
        """Make the handshake, as a server does."""
        self._connection = context.wrap_socket(self._connection, server_side=True)

    def read(self) -> bytes:
        """Read a whole request; raises :class:`ConnectionError` when the visitor is gone."""
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, *_ = self._rest.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(self._rest) < len(head) + 4 + length:
            self._more()
        request, self._rest = self._rest[: len(head) + 4 + length], self._rest[len(head) + 4 + length :]
        self.requests.append(request)
        return request

    def write(self, data: bytes) -> None:
        """Write bytes; they count as :attr:`written` when the system has taken them."""
        self._connection.sendall(data)
        self.written += len(data)

    def answer(self, status: str = "200 OK", body: bytes = b"ok", *headers: str) -> None:
        """Read a request and answer it, so that the connection stays open."""
        self.read()
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        self.write("\r\n".join(lines).encode() + body)

    def drip(self, data: bytes, interval: float) -> None:
        """Write a byte every ``interval`` seconds, as long as the host is open."""
        for number in range(len(data)):
            self.write(data[number : number + 1])
            if self.host.closing.wait(interval):
                return

    def wait(self) -> None:
        """Say nothing until the visitor leaves or the host is closed."""
        with suppress(ConnectionError):
            while True:
                self._more()

    def wait_unread(self) -> None:
        """Wait until the next request comes, and read nothing of it."""
        self._connection.recv(1, socket.MSG_PEEK)

    def hang_up(self) -> None:
        with suppress(OSError):
            socket.socket.shutdown(self._connection, socket.SHUT_RDWR)

    def end(self) -> None:
        self._connection.close()

    def _more(self) -> None:
        data = self._connection.recv(65536)
        if not data:
            raise ConnectionResetError("the visitor is gone")
        self._rest += data


@contextmanager
def host(behave: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Host]:
    """A host that is closed at the end."""
    made = Host(behave, tls)
    try:
        yield made
    finally:
        made.close()


def again_and_again(visit: Visit) -> None:
    """Answer every request with 200, on one connection for all."""
    while True:
        visit.answer()


def reads_and_hangs(visit: Visit) -> None:
    """Read the request and never answer it."""
    visit.read()
    visit.wait()


@contextmanager
def refusing() -> Iterator[str]:
    """The URL of a port where nobody listens, nor can: it is bound."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/hook"


@contextmanager
def full() -> Iterator[str]:
    """The URL of a port that takes no connection and refuses none: its queue is full."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = []
        try:
            while True:
                each = socket.socket()
                waiting.append(each)
                each.settimeout(0.1)
                each.connect(("127.0.0.1", port))
        except TimeoutError:
            yield f"http://127.0.0.1:{port}/hook"
        finally:
            for each in waiting:
                each.close()


def resolve_to(monkeypatch: pytest.MonkeyPatch, name: str, *answers: list[str]) -> list[str]:
    """Have a name resolve to addresses, a list for each time it is looked up, and then to none.

    Returns the names that were looked up.
    """
    original, asked, given = socket.getaddrinfo, list[str](), iter(answers)

    def answer(host: str, port: int, *rest: object, **more: object) -> object:
        if host != name or more.get("flags"):
            return original(host, port, *rest, **more)  # type: ignore[arg-type]
        asked.append(host)
        found = next(given, None)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


@contextmanager
def resolving_slowly(
    monkeypatch: pytest.MonkeyPatch, name: str, asked: Event | None = None
) -> Iterator[None]:
    """Let the look-up of a name go without an answer as long as the context lasts.

    ``asked`` is set when somebody looks it up.
    """
    original, over = socket.getaddrinfo, Event()

    def slow(host: str, *rest: object, **more: object) -> object:
        if host != name or more.get("flags"):
            return original(host, *rest, **more)  # type: ignore[arg-type]
        if asked is not None:
            asked.set()
        over.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    yield
    over.set()
