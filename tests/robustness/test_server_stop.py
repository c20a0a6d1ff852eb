"""A server stops within seconds, whatever is under way in it."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Semaphore
from time import perf_counter
from typing import Any

import pytest
from kit.command_line import Serving
from kit.raw_http import HEALTH, LIMIT, ask, connect, open_connections, read_to_the_end

from emulator import Server

MOST = 5.0
"""Seconds that stopping may take: one for calls under way, the rest is room for a busy machine."""


class Holding:
    """Holds every call until :attr:`go`; then answers."""

    def __init__(self) -> None:
        self.go, self.came = Event(), Semaphore(0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.came.release()
        assert self.go.wait(LIMIT)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]


def seconds_to_stop(server: Server) -> float:
    """Stop a server; returns how long that took."""
    begin = perf_counter()
    server.stop()
    return perf_counter() - begin


def is_free(port: int) -> bool:
    """Whether nobody listens on a port."""
    try:
        connect(port).close()
    except ConnectionError:
        return True
    return False


def test_it_stops_while_calls_wait() -> None:
    """They are given a second; then their connections are closed, and the port is free."""
    app = Holding()
    server = Server(app).start()
    with open_connections(server.port, 3) as waiting:
        for each in waiting:
            each.sendall(HEALTH)
        for _ in waiting:
            assert app.came.acquire(timeout=LIMIT)

        took = seconds_to_stop(server)

        assert [read_to_the_end(each) for each in waiting] == [b""] * 3
    app.go.set()
    assert took < MOST
    assert is_free(server.port)


def test_a_call_that_ends_in_time_is_answered() -> None:
    """The server has been stopped already, and lets in nobody else."""
    app = Holding()
    server = Server(app).start()
    with connect(server.port) as waiting:
        waiting.sendall(HEALTH)
        assert app.came.acquire(timeout=LIMIT)
        app.go.set()

        took = seconds_to_stop(server)

        assert read_to_the_end(waiting).endswith(b"ok")
    assert took < MOST


def test_it_stops_beside_connections_that_are_half_open(server: Server) -> None:
    """Silent ones, half a head, half a body, and one that does not read its answer."""
    sent = (b"", b"GET /", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc", HEALTH * 3)
    with open_connections(server.port, len(sent)) as half:
        for each, begun in zip(half, sent, strict=True):
            each.sendall(begun)
        with connect(server.port) as whole:
            ask(whole)

            took = seconds_to_stop(server)

    assert took < MOST
    assert is_free(server.port)


def test_it_stops_while_an_answer_is_not_taken() -> None:
    """The call is inside, and cannot write on."""

    def endless(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        while True:
            yield b"x" * 1_000_000

    server = Server(endless).start()
    with connect(server.port) as greedy:
        greedy.sendall(HEALTH)
        assert greedy.recv(1) == b"H"

        took = seconds_to_stop(server)

    assert took < MOST
    assert is_free(server.port)


def test_stopping_twice_is_stopping_once(server: Server) -> None:
    """And one that never served is stopped, too."""
    server.stop()
    server.stop()
    unused = Server(Holding())
    unused.stop()

    assert is_free(server.port)
    assert is_free(unused.port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_serve_stops_beside_connections_that_are_half_open(tmp_path: Path, number: int) -> None:
    """With the exit code 0, and no second signal."""
    with Serving(tmp_path, "--quiet") as serving:
        port = int(serving.url.rpartition(":")[2])
        with open_connections(port, 5) as opened:
            for each in opened:
                each.sendall(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc")
            begin = perf_counter()
            code = serving.end(number)
            took = perf_counter() - begin

    assert code == 0
    assert took < 2 * MOST  # the process ends with all that Python does at its end, on a busy machine
    assert "Traceback" not in serving.errors
