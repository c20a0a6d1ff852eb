"""Bytes between two connections: whole, both ways at once, and until one side ends."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from threading import Thread

import pytest

from emulator.web.proxy.authority import Authority
from emulator.web.proxy.relay import relay

MUCH = bytes(range(256)) * 16 * 1024
"""Four mebibytes: more than every buffer in between."""
Ends = tuple[socket.socket, socket.socket]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.new()


@pytest.fixture(params=["plain", "TLS"])
def ends(request: pytest.FixtureRequest, authority: Authority) -> Iterator[Ends]:
    """A client and a server with a relay between them; the client's side may be TLS."""
    client, near = socket.socketpair()
    far, server = socket.socketpair()
    for each in (client, near, far, server):
        each.settimeout(10)

    def carry() -> None:
        inner = authority.serving.wrap_socket(near, server_side=True) if request.param == "TLS" else near
        with inner, far:
            relay(inner, far)

    thread = Thread(target=carry)
    thread.start()
    if request.param == "TLS":
        client = authority.trusting.wrap_socket(client, server_hostname="graph.facebook.com")
    with client, server:
        yield client, server
    thread.join(10)
    assert not thread.is_alive()


def received(connection: socket.socket, count: int) -> bytes:
    parts = []
    while count > 0 and (part := connection.recv(min(count, 65536))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def test_what_goes_in_comes_out(ends: Ends) -> None:
    """In either direction, in turns, as HTTP is spoken."""
    client, server = ends

    for question, answer in ((b"one", b"two"), (b"three", b"four")):
        client.sendall(question)
        assert received(server, len(question)) == question
        server.sendall(answer)
        assert received(client, len(answer)) == answer


@pytest.mark.parametrize("turn", [0, 1], ids=["to the server", "to the client"])
def test_more_comes_through_than_any_buffer_holds(ends: Ends, turn: int) -> None:
    """Whole, while the receiver reads at its own pace."""
    sender, receiver = ends[turn], ends[1 - turn]
    sending = Thread(target=sender.sendall, args=(MUCH,))

    sending.start()
    got = received(receiver, len(MUCH))
    sending.join(10)

    assert got == MUCH


def test_one_way_goes_on_while_the_other_is_blocked(ends: Ends) -> None:
    """A server that is not read from for now still hears what the client says."""
    client, server = ends
    sending = Thread(target=server.sendall, args=(MUCH,))

    sending.start()
    client.sendall(b"go on")
    heard = received(server, 5)
    got = received(client, len(MUCH))
    sending.join(10)

    assert (heard, got) == (b"go on", MUCH)


def test_what_came_before_the_end_is_handed_over(ends: Ends) -> None:
    """A server that answers and closes has answered whole, and TLS says that this was all."""
    client, server = ends

    server.sendall(b"that was all")
    server.close()

    assert received(client, len(MUCH)) == b"that was all"


def test_a_client_that_goes_ends_the_servers_connection(ends: Ends) -> None:
    """It reads the end."""
    client, server = ends
    client.sendall(b"bye")
    assert received(server, 3) == b"bye"

    client.close()

    assert server.recv(1) == b""


def test_a_reset_of_the_server_is_one_for_the_client() -> None:
    """And not the end of an answer, which would be another story for it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        client, far = (socket.create_connection(door.getsockname(), 10) for _ in range(2))
        near, server = (door.accept()[0] for _ in range(2))

    def carry() -> None:
        with near, far:
            relay(near, far)

    thread = Thread(target=carry)
    thread.start()
    with client:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        server.close()

        with pytest.raises(ConnectionResetError):
            client.recv(1)
    thread.join(10)
    assert not thread.is_alive()
