"""Processes beside this one, so that its CPU time is that of the emulator alone: one receives, one calls.

This file is also what such a process runs, and so needs nothing but the standard library.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
_END_OF_HEAD = b"\r\n\r\n"


class Caller:
    """A process that makes the same call again and again over one kept connection."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def call(self, times: int) -> None:
        """Have it called so many times; returns when all are answered, each with 200."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{times}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"


@contextmanager
def receiver() -> Iterator[str]:
    """The URL of a process that answers every request with 200 and keeps its connections."""
    with _running("receive") as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/hook"


@contextmanager
def caller(port: int, path: str, body: bytes, headers: Mapping[str, str]) -> Iterator[Caller]:
    """A process that posts a body to a path of a port on loopback."""
    with _running("call", json.dumps([port, path, body.decode(), dict(headers)])) as process:
        yield Caller(process)


@contextmanager
def _running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, __file__, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _receive() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        connection, _ = listener.accept()
        Thread(target=_answer, args=(connection,), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    data = b""
    with connection:
        while True:
            while (end := data.find(_END_OF_HEAD)) < 0 or len(data) < end + 4 + _length(data[:end]):
                more = connection.recv(65536)
                if not more:
                    return
                data += more
            data = data[end + 4 + _length(data[:end]) :]
            connection.sendall(_ANSWER)


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0] or b"0")


def _call(port: int, path: str, body: str, headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for line in sys.stdin:
        for _ in range(int(line)):
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "receive":
        _receive()
    else:
        _call(*json.loads(sys.argv[2]))
