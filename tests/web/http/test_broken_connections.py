"""Answers that break over a real connection: what the client's socket, and its library, make of them."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import requests
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.messages import text_message
from kit.served import Served, until

PATH = f"/v24.0/{PRODUCTION}/messages"
BODY = {"messaging_product": "whatsapp", "to": SHEENA, **text_message(SHEENA, "Hello")}
HEADERS = {"Authorization": f"Bearer {ACCESS_TOKEN}"}


def by_requests(url: str) -> Any:
    return requests.post(url + PATH, json=BODY, headers=HEADERS, timeout=10).json()


def by_httpx(url: str) -> Any:
    return httpx.post(url + PATH, json=BODY, headers=HEADERS, timeout=10).json()


def by_http_client(url: str) -> Any:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    try:
        connection.request("POST", PATH, json.dumps(BODY), {**HEADERS, "Content-Type": "application/json"})
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


CLIENTS: dict[str, tuple[Callable[[str], Any], type[Exception], type[Exception]]] = {
    "requests": (by_requests, requests.ConnectionError, requests.exceptions.ChunkedEncodingError),
    "httpx": (by_httpx, httpx.ReadError, httpx.RemoteProtocolError),
    "http.client": (by_http_client, ConnectionResetError, http.client.IncompleteRead),
}
"""By library: how it sends a message, and what it raises for a reset connection and for half an answer."""
clients = pytest.mark.parametrize(("send", "reset", "half"), CLIENTS.values(), ids=CLIENTS)


@pytest.fixture
def served() -> Iterator[Served]:
    with Served() as found:
        yield found


def sent(served: Served) -> int:
    return len(served.sandbox.messages.all(outbound=True))


@clients
def test_a_reset_is_one_for_the_socket(
    served: Served, send: Callable[[str], Any], reset: type[Exception], half: type[Exception]
) -> None:
    """The library raises what it raises for a connection that was reset; the next call is answered."""
    served.sandbox.faults.add(kind="reset", effect="done")

    with pytest.raises(reset) as raised:
        send(served.server.url)

    assert "reset" in str(raised.value).lower()
    assert "messages" in send(served.server.url)
    assert sent(served) == 2


@clients
def test_half_an_answer_is_known_to_be_half(
    served: Served, send: Callable[[str], Any], reset: type[Exception], half: type[Exception]
) -> None:
    """The connection ends before the length that was named; the message was sent."""
    served.sandbox.faults.add(kind="truncated")

    with pytest.raises(half):
        send(served.server.url)

    assert sent(served) == 1


def test_a_connection_that_is_kept_is_the_one_that_ends(served: Served) -> None:
    """A session goes on with another one."""
    served.sandbox.faults.add(kind="reset", every=2)

    with requests.Session() as session:
        session.headers.update(HEADERS)
        first = session.post(served.server.url + PATH, json=BODY, timeout=10)
        with pytest.raises(requests.ConnectionError):
            session.post(served.server.url + PATH, json=BODY, timeout=10)
        third = session.post(served.server.url + PATH, json=BODY, timeout=10)

    assert (first.status_code, third.status_code) == (200, 200)


def test_an_answer_that_is_held_back_holds_nobody_else_up(served: Served) -> None:
    """Others are answered, in the same sandbox, and its clock moves; deleted, it lets go at once."""
    served.sandbox.faults.add(delay=300, text="slow")
    slow = served.begin(served.send, "slow")
    until(lambda: sent(served) == 1)

    quick = [served.send("quick").status_code for _ in range(3)]
    moved = served.control("POST", "/clock/advance", {"hours": 1}).status_code
    waited = not slow.done()
    served.emulator.remove("default")

    assert (quick, moved, waited) == ([200] * 3, 200, True)
    assert slow.result(timeout=10).status_code == 200


def test_a_client_that_gives_up_has_sent_all_the_same(served: Served) -> None:
    """The duplicate is there when it sends again."""
    served.sandbox.faults.add(delay=0.3)

    with pytest.raises(requests.ReadTimeout):
        requests.post(served.server.url + PATH, json=BODY, headers=HEADERS, timeout=0.05)
    served.send("Hello")

    assert sent(served) == 2
