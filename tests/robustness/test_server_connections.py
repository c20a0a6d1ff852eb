"""Connections that say nothing, too little, or too much: they end, and hold up nobody."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from threading import Event, Semaphore, Thread
from typing import Any

import pytest
from kit.raw_http import (
    HEALTH,
    LIMIT,
    answers,
    ask,
    connect,
    exchange,
    health,
    open_connections,
    read_to_the_end,
)
from kit.served import until

from emulator import Server
from emulator.web.http import listener
from emulator.web.http.connections import Connection
from emulator.web.http.seconds import seconds

HEAD = b"POST /v24.0/1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose time-outs are parts of a second."""
    monkeypatch.setattr("emulator.web.http.connections.HEAD_TIME", 0.2)
    monkeypatch.setattr("emulator.web.http.connections.BODY_TIME", 0.2)
    monkeypatch.setattr("emulator.web.server.CHECK", 0.05)


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> int:
    """A server with room for few connections; how many."""
    monkeypatch.setattr(listener, "CONNECTIONS", 20)
    return 20


class WaitingApp:
    """Answers at once, but for calls of ``/wait``, which it holds until :attr:`go`."""

    def __init__(self) -> None:
        self.go = Event()
        self._came = Semaphore(0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/wait":
            self._came.release()
            assert self.go.wait(LIMIT)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def hold(self, connections: list[socket.socket]) -> None:
        """Call ``/wait`` on each, and return when all of them wait."""
        for each in connections:
            each.sendall(b"GET /wait HTTP/1.1\r\n\r\n")
        for _ in connections:
            assert self._came.acquire(timeout=LIMIT)


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side has closed it; waits for nothing."""
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_two_hundred_idle_clients_do_not_make_it_deaf(server: Server) -> None:
    """Each has asked once and keeps its connection; a new client is answered."""
    with open_connections(server.port, 200) as idle:
        for each in idle:
            assert ask(each).status == 200

        assert health(server.port).status == 200
        assert ask(idle[0]).status == 200


def test_the_longest_idle_goes_first_when_it_is_full(crowded: int, server: Server) -> None:
    """Exactly as many as there is no room for; those that asked last stay."""
    with open_connections(server.port, crowded) as idle:
        for each in idle:
            ask(each)
        ask(idle[0])
        with open_connections(server.port, 3) as later:
            for each in later:
                assert ask(each).status == 200

            until(lambda: sum(map(is_closed, idle)) == 3)
            gone = [is_closed(each) for each in idle]

    assert gone == [False, True, True, True] + [False] * (crowded - 4)


def test_half_a_request_goes_before_a_call_that_is_under_way(crowded: int) -> None:
    """When nobody is idle, the one that takes longest to ask has to go."""
    app = WaitingApp()
    with Server(app) as server, open_connections(server.port, crowded) as full:
        for each in full[:2]:
            each.sendall(HEAD)
        app.hold(full[2:])
        with connect(server.port) as later:
            assert ask(later, b"GET / HTTP/1.1\r\n\r\n").status == 200
            app.go.set()

            assert read_to_the_end(full[0]) == b""
            assert all(ask(each, b"").body == b"ok" for each in full[2:])


def test_a_connection_too_many_hears_why(crowded: int) -> None:
    """When every connection has a call under way, the next one is answered with 503; later it is let in."""
    app = WaitingApp()
    with Server(app) as server, open_connections(server.port, crowded) as full:
        app.hold(full)
        refused = answers(exchange(server.port, b"GET / HTTP/1.1\r\n\r\n"))
        app.go.set()
        for each in full:
            assert ask(each, b"").status == 200

        assert [answer.status for answer in refused] == [503]
        with connect(server.port) as later:
            assert ask(later, b"GET / HTTP/1.1\r\n\r\n").status == 200


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "half",
    [
        b"G",
        HEAD,
        HEAD + b"Content-Length: 100\r\n\r\n" + b"x" * 99,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\nxx",
    ],
    ids=["first line", "head", "body", "chunk"],
)
def test_half_a_request_ends_in_time(server: Server, half: bytes) -> None:
    """It is answered with 408 in Graph's form, and the connection is closed; others are served meanwhile."""
    with connect(server.port) as connection:
        connection.sendall(half)
        assert health(server.port).status == 200

        answer = answers(read_to_the_end(connection))

    assert [each.status for each in answer] == [408]
    assert answer[0].error["code"] == 100


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("head", [HEAD, HEAD + b"Content-Length: 100000\r\n\r\n"], ids=["head", "body"])
def test_a_request_that_comes_byte_by_byte_ends_in_time(server: Server, head: bytes) -> None:
    """It is the whole that must come in time: one byte more is no reason to wait on."""
    ended = Event()
    with connect(server.port) as connection:
        connection.sendall(head)

        def drip() -> None:
            with suppress(OSError):
                while not ended.wait(0.01):
                    connection.sendall(b"x")

        dripping = Thread(target=drip)
        dripping.start()
        answer = answers(read_to_the_end(connection))
        ended.set()
        dripping.join(LIMIT)

    assert [each.status for each in answer] == [408]


@pytest.mark.usefixtures("impatient")
def test_a_body_in_time_is_taken_whole(server: Server) -> None:
    """One that comes in many pieces, each of them in time, is none of these."""
    body = b'{"messaging_product": "whatsapp"}'
    with connect(server.port) as connection:
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
        for place in range(len(body) - 1):
            connection.sendall(body[place : place + 1])

        assert ask(connection, body[-1:]).error["code"] == 104


def test_idle_connections_end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """After two minutes; here after a tenth of a second."""
    monkeypatch.setattr("emulator.web.http.connections.IDLE_TIME", 0.1)
    with connect(server.port) as silent, connect(server.port) as kept:
        assert ask(kept).status == 200

        assert read_to_the_end(silent) == b""
        assert read_to_the_end(kept) == b""


def test_an_answer_that_took_long_is_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's time to take it begins with the answer, not with the call; here checked as it begins."""
    begun = seconds()

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        until(lambda: seconds() - begun > 0.2)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def check_and_flush(self: Connection, do_close: bool = True) -> bool:
        self.check(seconds())
        return flush(self, do_close)

    flush = Connection._flush_some
    monkeypatch.setattr(Connection, "_flush_some", check_and_flush)
    monkeypatch.setattr("emulator.web.http.connections.IDLE_TIME", 0.1)
    with Server(slow) as server, connect(server.port) as connection:
        assert ask(connection).body == b"ok"


def test_a_client_that_does_not_take_its_answer_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks again and again and reads nothing; others are served, and it ends."""

    def large(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return (b"x" * 1_000_000 for _ in range(100))

    monkeypatch.setattr("emulator.web.http.connections.IDLE_TIME", 1)
    monkeypatch.setattr("emulator.web.server.CHECK", 0.05)
    with Server(large) as server, open_connections(server.port, 4) as greedy:
        for each in greedy:
            each.sendall(HEALTH * 3)
        with connect(server.port) as other:
            other.sendall(b"GET / HTTP/1.0\r\n\r\n")
            received = read_to_the_end(other)

    assert len(received.partition(b"\r\n\r\n")[2]) == 100_000_000


def test_urgent_data_is_no_part_of_a_request(server: Server) -> None:
    """It is left where it is; the server does not turn in circles over it."""
    with connect(server.port) as connection:
        connection.send(b"!", socket.MSG_OOB)

        assert ask(connection).status == 200


def test_head_and_body_go_out_together(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one segment: the client wakes once."""
    sent: list[bytes] = []
    usual = Connection.send

    def send(self: Connection, data: bytes, do_close: bool = True) -> int:
        sent.append(bytes(data))
        return int(usual(self, data, do_close))

    monkeypatch.setattr(Connection, "send", send)
    with connect(server.port) as client:
        answers_of_two = [ask(client).body, ask(client).body]

    assert len(sent) == 2
    assert all(each.endswith(body) for each, body in zip(sent, answers_of_two, strict=True))


def test_the_loop_rests_while_a_thread_answers(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be sent is the thread's to send, until a client takes no more of it."""
    asked: list[tuple[bool, bool]] = []
    usual = Connection._flush_some

    def flush(self: Connection, do_close: bool = True) -> bool:
        asked.append((bool(self.total_outbufs_len), self.writable()))
        return usual(self, do_close)

    monkeypatch.setattr(Connection, "_flush_some", flush)
    with connect(server.port) as client:
        for _ in range(3):
            assert ask(client).status == 200

    assert asked == [(True, False)] * 3


@pytest.fixture
def sleepy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose loop turns only when it is woken."""
    monkeypatch.setattr("emulator.web.server.CHECK", 10 * LIMIT)
    monkeypatch.setattr("emulator.web.server.STALL", 10 * LIMIT)


def test_the_loop_is_not_woken_after_an_answer(
    server: Server, sleepy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When nothing is left to do for it: the next request wakes it."""
    woken: list[object] = []
    usual = listener.Listener.wake

    def wake(self: listener.Listener) -> None:
        woken.append(self)
        usual(self)

    with connect(server.port) as client, monkeypatch.context() as patched:
        patched.setattr(listener.Listener, "wake", wake)
        for _ in range(3):
            assert ask(client).status == 200
            until(lambda: not any(each.requests for each in connections_of(server)))

        assert woken == []


@pytest.mark.parametrize("pause", [0.0, 0.05], ids=["at once", "later"])
def test_a_request_that_comes_while_another_is_carried_out(sleepy: None, pause: float) -> None:
    """Is read as soon as that is answered, whatever the loop knew of it meanwhile."""
    app = WaitingApp()
    with Server(app) as server, connect(server.port) as client:
        app.hold([client])
        client.sendall(b"GET /next HTTP/1.1\r\n\r\n")
        Event().wait(pause)
        client.sendall(b"GET /last HTTP/1.1\r\nConnection: close\r\n\r\n")
        app.go.set()

        assert [each.status for each in answers(read_to_the_end(client))] == [200, 200, 200]


def test_an_application_may_stop_its_server(sleepy: None) -> None:
    """From inside a call."""
    stopped = Event()

    def stop() -> None:
        server.stop()
        stopped.set()

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        Thread(target=stop).start()
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = Server(app).start()
    with connect(server.port) as client:
        assert ask(client).status == 200

    assert stopped.wait(LIMIT)


def test_what_a_client_does_not_take_at_once_is_sent_by_the_loop() -> None:
    """Megabytes, of which its socket takes only some: they come whole, and the thread is free before."""
    large = b"x" * (8 * 1024 * 1024)

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(len(large)))])
        return [large[:1000], large[1000:]]

    with Server(app) as server, connect(server.port) as client:
        client.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        until(lambda: is_left_to_the_loop(server))
        received = read_to_the_end(client)

    assert received.endswith(large)


def connections_of(server: Server) -> list[Connection]:
    return [each for port in server._listeners for each in port.active_channels.values()]


def is_left_to_the_loop(server: Server) -> bool:
    """Whether a call has been carried out whose answer is not sent yet."""
    return any(each.total_outbufs_len and not each.requests for each in connections_of(server))
