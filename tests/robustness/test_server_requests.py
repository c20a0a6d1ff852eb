"""Requests that are malformed, contradictory or too large: one refusal in Graph's form, and life goes on."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.messages import text_message
from kit.raw_http import HEALTH, RawAnswer, answers, ask, connect, exchange, health, read_to_the_end

from emulator import Server

POST = f"POST /v24.0/{PRODUCTION}/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
BEARER = f"Authorization: Bearer {ACCESS_TOKEN}\r\nContent-Type: application/json\r\n".encode()
BODY = json.dumps(text_message(SHEENA, "Hello")).encode()


def refused(server: Server, sent: bytes) -> RawAnswer:
    """The one answer to bytes, after which the connection is closed."""
    found = answers(exchange(server.port, sent))
    assert len(found) == 1, found
    assert found[0].headers["connection"] == "close"
    return found[0]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, 100),
        (b"GET /\r\n\r\n", 505, 100),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, 100),
        (b"get / HTTP/1.1\r\n\r\n", 400, 100),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, 100),
        (b"GET / HTTP/1.1\r\nX: a\nY: b\r\n\r\n", 400, 100),
        (b"GET http://[/ HTTP/1.1\r\n\r\n", 400, 100),
        (POST + b"Content-Length: 5, 6\r\n\r\nHello", 400, 100),
        (POST + b"Content-Length: -5\r\n\r\n", 400, 100),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 400, 100),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nHello\r\n", 400, 100),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 2000, 400, 100),
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501, 100),
        (POST + b"X: " + b"x" * 70_000 + b"\r\n\r\n", 431, 100),
        (POST + b"Content-Length: 9999999\r\n\r\n", 413, 1),
        (POST + b"Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n", 413, 1),
    ],
    ids=lambda value: f"{value[:60]!r}" if isinstance(value, bytes) else str(value),
)
def test_what_the_server_refuses_is_graphs_error(server: Server, sent: bytes, status: int, code: int) -> None:
    """With the headers of every refusal; the connection is closed."""
    answer = refused(server, sent)

    assert answer.status == status
    assert answer.error["code"] == code


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding:\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding:\r\n",
        b"Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
    ],
    ids=lambda value: value.decode().replace("\r\n", " "),
)
def test_two_lengths_of_a_body_are_refused(server: Server, headers: bytes) -> None:
    """Two readers could find two different requests in it; the second one here is never carried out."""
    answer = refused(server, POST + headers + b"\r\n0\r\n\r\n" + HEALTH)

    assert answer.status == 400


def test_chunks_are_for_http_1_1(server: Server) -> None:
    """HTTP/1.0 has none: the length of such a body is unknown."""
    answer = refused(server, b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")

    assert answer.status == 400


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunks"])
def test_a_body_that_is_too_large_hears_why(server: Server, chunked: bool) -> None:
    """The client reads the refusal although it is still sending; no more than the limit is kept."""
    piece = b"x" * 65_536
    if chunked:
        head, sent = b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + piece + b"\r\n"
    else:
        head, sent = b"Content-Length: 8388608\r\n\r\n", piece
    with connect(server.port) as connection:
        with suppress(ConnectionError):
            connection.sendall(POST + BEARER + head)
            for _ in range(128):
                connection.sendall(sent)
        found = answers(read_to_the_end(connection))

    assert [answer.status for answer in found] == [413]
    assert found[0].error["code"] == 1
    assert found[0].headers["x-emulator-rule"] == "body_size"


def test_the_largest_body_is_read(server: Server) -> None:
    """Exactly four MiB are; one byte more is too large."""
    most = 4 * 1024 * 1024
    whole = BODY + b" " * (most - len(BODY))

    with connect(server.port) as connection:
        accepted = ask(connection, POST + BEARER + b"Content-Length: %d\r\n\r\n" % most + whole)
    above = refused(server, POST + BEARER + b"Content-Length: %d\r\n\r\n" % (most + 1))

    assert (accepted.status, above.status) == (200, 413)


def test_an_application_that_raises_is_an_internal_error(caplog: pytest.LogCaptureFixture) -> None:
    """Also one that is no Flask application; the next call is answered."""

    class Broken:
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            if environ["PATH_INFO"] == "/broken":
                raise KeyError("broken")
            start_response("200 OK", [("Content-Length", "0")])
            return []

        def refusal(self, *asked: str) -> tuple[int, list[tuple[str, str]], bytes]:
            return 500, [("Content-Type", "text/plain")], repr(asked[0]).encode()

    with Server(Broken()) as server:
        found = answers(exchange(server.port, b"GET /broken HTTP/1.1\r\n\r\n"))
        with connect(server.port) as connection:
            assert ask(connection, b"GET / HTTP/1.1\r\n\r\n").status == 200

    assert [(answer.status, answer.body) for answer in found] == [(500, b"500")]


# fuzz


VALID = (
    HEALTH,
    POST + BEARER + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY,
    POST + BEARER + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY),
    POST + BEARER + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY,
    POST + BEARER + b"Content-Length: 2\r\n\r\n{}" + HEALTH,
    b"HEAD /_emulator/health HTTP/1.1\r\n\r\n",
    b"OPTIONS /v24.0/me?fields=id%2Cname HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n",
    b"GET http://127.0.0.1/v24.0/debug_token?input_token=a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    f"POST /v24.0/{PRODUCTION}/media HTTP/1.1\r\n".encode()
    + f"Authorization: Bearer {ACCESS_TOKEN}\r\n".encode()
    + b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 182\r\n\r\n"
    + b'--b\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n'
    + b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
    + b"Content-Type: text/plain\r\n\r\nHello\r\n--b--\r\n",
    b"GET /whatsapp_business/attachments/?mid=1&ext=2&hash=3 HTTP/1.1\r\nRange: bytes=0-9\r\n\r\n",
    b"PATCH /_emulator/sandboxes/default/settings HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
    b"POST /v24.0/upload:abc HTTP/1.1\r\nfile_offset: 0\r\nContent-Length: 3\r\n\r\nabc",
)
WORDS = (
    b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"/", b"//", b"%", b"%00", b"%ff", b"?", b"#",
    b"[", b"]",
    b"\xff", b"\xc3\xa9", b"{", b"[" * 300, b"\x7f", b"HTTP/1.1", b"HTTP/9.9", b"GET", b"CONNECT",
    b"x" * 5000,
    b"\r\nContent-Length: 0", b"\r\nContent-Length: 99999999999", b"\r\nTransfer-Encoding: chunked",
    b"\r\nTransfer-Encoding: x", b"\r\nExpect: 100-continue", b"\r\nConnection: close", b"\r\nHost: a b",
    b"\r\nContent-Type: application/json; charset=utf-99", b"\r\nX-Forwarded-Host: \xff",
    b"\r\nRange: bytes=-",
    b"\r\nContent-Encoding: gzip", b"\r\nContent-Type: multipart/form-data", b"ffffffffffffffffff", b"-1",
    b"\r\nAuthorization: OAuth \xff\xfe", b"\r\n \r\n", b"\r\n\r\n", b"\\ud800", b"\\u0000", b"1e999", b"NaN",
)  # fmt: skip


def mutated(chance: random.Random) -> bytes:
    """A valid request with one to six changes."""
    request = chance.choice(VALID)
    for _ in range(chance.randint(1, 6)):
        place, length = chance.randrange(len(request) + 1), chance.choice((1, 1, 2, 8, 40))
        before, cut, after = request[:place], request[place : place + length], request[place + length :]
        match chance.randrange(7):
            case 0:
                request = before + after
            case 1:
                request = before + cut + cut + after
            case 2:
                request = before + bytes(chance.randrange(256) for _ in cut) + after
            case 3 | 4:
                request = before + chance.choice(WORDS) + cut + after
            case 5:
                request = before + chance.choice(WORDS) + after
            case _:
                other = chance.choice(VALID)
                request = before + other[chance.randrange(len(other)) :]
    return request


def check_answers(sent: bytes, received: bytes) -> list[int]:
    """Every answer is well-formed, and a refusal has an envelope; returns the statuses."""
    found = answers(received, perhaps_to_head=b"HEAD" in sent)
    for answer in found:
        kind = answer.headers.get("content-type", "")
        if answer.status < 400 or not answer.body:
            continue
        if kind.startswith("application/problem+json"):
            assert {"type", "title", "status", "detail"} == set(answer.json)
        else:
            assert answer.error["message"]
    return [answer.status for answer in found]


def fuzz(server: Server, seed: int, times: int, caplog: pytest.LogCaptureFixture) -> None:
    chance = random.Random(seed)
    requests = [mutated(chance) for _ in range(times)]
    statuses: dict[int, int] = {}

    def attempt(request: bytes) -> None:
        received = exchange(server.port, request)
        try:
            for status in check_answers(request, received):
                statuses[status] = statuses.get(status, 0) + 1
        except AssertionError as problem:
            raise AssertionError(f"{request!r} was answered with {received!r}") from problem

    with ThreadPoolExecutor(16) as pool:
        for done in [pool.submit(attempt, request) for request in requests]:
            done.result()

    assert {200, 400} <= set(statuses)
    assert not {500, 503} & set(statuses), statuses
    assert health(server.port).status == 200
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


UNCLOSED = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""werkzeug leaves the files of a malformed multipart body to the garbage collector."""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not whole, or asks no more, ends at once."""
    for name in ("HEAD_TIME", "BODY_TIME", "IDLE_TIME", "LINGER"):
        monkeypatch.setattr(f"emulator.web.http.connections.{name}", 0.2)
    monkeypatch.setattr("emulator.web.server.CHECK", 0.02)


@UNCLOSED
@pytest.mark.usefixtures("impatient")
def test_mutated_requests_are_answered_or_closed(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Five hundred of them, always the same: no traceback, and the server is well afterwards."""
    fuzz(server, 1, 500, caplog)


@UNCLOSED
@pytest.mark.soak
@pytest.mark.usefixtures("impatient")
def test_ten_thousand_mutated_requests(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """The same, for minutes."""
    fuzz(server, 2, 10_000, caplog)
