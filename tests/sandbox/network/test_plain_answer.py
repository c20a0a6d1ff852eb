"""An answer that came whole is read at once; whatever else came is left to the closer look."""

from __future__ import annotations

import pytest

from emulator.sandbox.network.plain_answer import MOST_LINES, plain_answer


def answer(*lines: str, body: str = "ok", status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join([status, *lines, "", body]).encode("latin-1")


LENGTH = "Content-Length: 2"


@pytest.mark.parametrize(
    ("data", "status", "reason", "is_last"),
    [
        pytest.param(answer(LENGTH), 200, "OK", False, id="usual"),
        pytest.param(answer(LENGTH, status="HTTP/1.1 500"), 500, "", False, id="no reason"),
        pytest.param(answer(LENGTH, "Connection: close"), 200, "OK", True, id="the last one"),
        pytest.param(answer(LENGTH, "connection: Keep-Alive"), 200, "OK", False, id="kept"),
        pytest.param(answer("CONTENT-LENGTH:2 "), 200, "OK", False, id="spaces"),
        pytest.param(answer(LENGTH, *["X: y"] * (MOST_LINES - 1)), 200, "OK", False, id="many headers"),
    ],
)
def test_a_whole_answer_is_read(data: bytes, status: int, reason: str, is_last: bool) -> None:
    """With its status, its reason, its body, and whether the connection ends with it."""
    found = plain_answer(data)

    assert found is not None
    assert (found.status, found.reason, found.is_last) == (status, reason, is_last)
    assert (found.length, found.is_complete) == (2, False)
    assert (found.read(1), found.read(5), found.length, found.is_complete) == (b"o", b"k", 0, True)


def test_its_headers_are_there_for_who_asks() -> None:
    """By any spelling of their names."""
    found = plain_answer(answer(LENGTH, "X-Colour: green"))

    assert found is not None
    assert found.headers["x-colour"] == "green"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", id="no length"),
        pytest.param(answer(LENGTH, body="o"), id="a part of the body"),
        pytest.param(answer(LENGTH, body="oks"), id="more than the body"),
        pytest.param(answer(LENGTH)[:20], id="a part of the head"),
        pytest.param(answer(LENGTH, LENGTH), id="two lengths"),
        pytest.param(answer("Content-Length: +2"), id="a sign"),
        pytest.param(answer("Content-Length: 0000000002"), id="a long length"),
        pytest.param(answer(LENGTH, "Transfer-Encoding: chunked"), id="chunks"),
        pytest.param(answer(LENGTH, "Connection: upgrade"), id="an upgrade"),
        pytest.param(answer(LENGTH, "Upgrade: h2c"), id="another protocol"),
        pytest.param(answer(LENGTH, " folded"), id="a folded header"),
        pytest.param(answer("No header", LENGTH), id="no header"),
        pytest.param(answer("Content-Length : 2"), id="a space in a name"),
        pytest.param(answer(LENGTH, *["X: y"] * MOST_LINES), id="too many headers"),
        pytest.param(answer(LENGTH, status="HTTP/1.0 200 OK"), id="HTTP/1.0"),
        pytest.param(answer(LENGTH, status="HTTP/1.1 100 Continue"), id="an interim answer"),
        pytest.param(answer(LENGTH, status="HTTP/1.1 204 No Content"), id="without a body"),
        pytest.param(answer(LENGTH, status="HTTP/1.1 600 Odd"), id="no status"),
        pytest.param(answer(LENGTH, status="HTTP/1.1 200 \xd6K"), id="beyond ASCII"),
        pytest.param(b"\r\n" + answer(LENGTH), id="an empty line first"),
    ],
)
def test_what_is_not_a_plain_answer_is_left(data: bytes) -> None:
    """Neither refused nor guessed."""
    assert plain_answer(data) is None
