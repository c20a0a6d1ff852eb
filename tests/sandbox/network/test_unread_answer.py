"""An answer that nobody reads to its end."""

from __future__ import annotations

import socket

from emulator.sandbox.network.connection import Answer, _Incoming
from emulator.sandbox.network.deadline import Deadline


def test_it_is_closed_quietly() -> None:
    """Also after its file, as the interpreter may do: Python 3.13 and later tell of what is raised then."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        deadline = Deadline(10)
        response = Answer(_Incoming(ours, deadline), "GET", deadline)._response
        response.fp.close()

        response.close()

    assert response.closed
