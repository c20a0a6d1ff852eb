"""Values of senseless size are answered in a time that grows with them, by an answer that does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import thread_time
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from kit.bodies.strategies import places, put
from kit.control import HERE
from kit.operations import GRAPH, Operation, control_operations
from kit.pace import too_long
from kit.times import START

from emulator import Emulator, Sandbox, create_app
from emulator.web.graph.endpoints import emulated

SMALL, LARGE, URL = 100_000, 3_000_000, 60_000
LIMIT = 2.0
"""Seconds of processor time for one call: a tenth of it is usual, and what is quadratic takes minutes."""
FORM = 1.0
"""Seconds of processor time for a form; 0.2 to 0.4 are usual."""
LONGEST_REFUSAL = 60_000
"""Bytes: the longest sentence, with every letter escaped."""
PATTERNS = (
    *("x", "1", "{{1}}", "[", " x", "a,", "a{", "+1 ", "http://a.b/a.%20", "\\'"),
    *("é😀\u200d", "\n*_~`", "{'a':'", "ZD"),
)
"""What is repeated: digits, brackets, variables, marks, escapes; each has a reader that may stumble."""
Path = tuple[Any, ...]


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="module")
def client(emulator: Emulator) -> FlaskClient:
    return create_app(emulator).test_client()


@pytest.fixture
def sandbox(emulator: Emulator) -> Iterator[Sandbox]:
    yield emulator.create(at=START, speed=None, at_once=True)
    emulator.remove("default")


class Caller:
    """Calls operations with other values, and keeps what took too long or was answered wrongly."""

    def __init__(self, client: FlaskClient, root: str) -> None:
        self._client, self._root = client, root
        self.wrong: list[str] = []

    def call(
        self,
        operation: Operation,
        method: str,
        data: bytes,
        what: str,
        *,
        kind: str = "json",
        query: str = "",
        limit: float = LIMIT,
    ) -> None:
        """Make a call whose body are these bytes."""
        begun = thread_time()
        answer = self._client.open(
            self._root + operation.path,
            method=method,
            data=data,
            query_string=query,
            content_type="application/json" if kind == "json" else "application/x-www-form-urlencoded",
            headers={"Authorization": f"Bearer {operation.token}"},
        )
        seconds = thread_time() - begun
        size = len(answer.data) if answer.status_code >= 400 else 0
        if too_long(seconds, limit) or answer.status_code >= 500 or size > LONGEST_REFUSAL:
            self.wrong.append(f"{what}: {answer.status_code} in {seconds:.2f} s, {size} bytes")

    def put(self, operation: Operation, where: Path, value: Any, what: str) -> None:
        """Make the call with another value at one place: of the body, or of the query, sent as a body."""
        if where[0] == "query":
            body = {**operation.query, where[1]: value, "method": operation.method}
            self.call(operation, "POST", json.dumps(body).encode(), what)
        else:
            data = json.dumps(put(dict(operation.body or {}), where[1:], value)).encode()
            self.call(operation, operation.method, data, what)


def places_of(operation: Operation) -> Iterator[Path]:
    for name in operation.query:
        yield ("query", name)
    for path in places(dict(operation.body or {})):
        yield ("body", *path)


def text(pattern: str, size: int) -> str:
    return (pattern * (size // len(pattern) + 1))[:size]


def named(operations: Any) -> list[Any]:
    return [pytest.param(each, place, id=f"{place} {each.name}") for place, each in enumerate(operations)]


def strings(caller: Caller, operation: Operation, first: int, size: int, count: int) -> list[str]:
    """What was wrong when each place had ``count`` of the patterns, beginning with another one each time."""
    for number, where in enumerate(places_of(operation), first):
        for more in range(count):
            pattern = PATTERNS[(number + more) % len(PATTERNS)]
            caller.put(operation, where, text(pattern, size), f"{pattern!r} at {where}")
    return caller.wrong


CONTROL = [each for each in control_operations() if each.body]


def test_the_operations_are_all_there_are() -> None:
    """Each row of the table of endpoints has a call here."""
    called = {(each.method, each.path.partition("/")[2]) for each in GRAPH}

    assert [row for row in emulated() if row[0] != "Root" and (row[2], row[1]) not in called] == []


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(("operation", "place"), named(GRAPH))
def test_a_long_string_takes_no_longer_than_reading_it(
    client: FlaskClient, operation: Operation, place: int
) -> None:
    """At every parameter of every operation of the Graph API."""
    assert strings(Caller(client, "/v24.0/"), operation, place, SMALL, 1) == []


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("operation", [each for each in GRAPH if each.query], ids=lambda each: each.name)
def test_a_long_query_takes_no_longer_than_reading_it(client: FlaskClient, operation: Operation) -> None:
    """As long as a URL can be, with a few of the patterns in every parameter."""
    caller = Caller(client, "/v24.0/")
    for number, name in enumerate(operation.query):
        for pattern in (*(PATTERNS * 2)[number % len(PATTERNS) :][:3], "ZD"):
            query = urlencode({**operation.query, name: text(pattern, URL)})
            caller.call(operation, operation.method, b"", f"{pattern!r} as {name}", query=query)

    assert caller.wrong == []


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(("operation", "place"), named(CONTROL))
def test_a_long_string_is_no_trouble_for_the_control_api(
    client: FlaskClient, operation: Operation, place: int
) -> None:
    """At every member of every route."""
    assert strings(Caller(client, HERE), operation, place, SMALL, 2) == []


BODIES: dict[str, bytes] = {
    "deep lists": b"[" * LARGE,
    "deep objects": b'{"a":' * (LARGE // 5),
    "closed": b'{"to":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "keys": json.dumps({f"k{number}": number for number in range(100_000)}).encode(),
    "same keys": b"{" + b'"to":1,' * 100_000 + b'"to":2}',
    "items": json.dumps({"to": ["x"] * 100_000, "type": [{}] * 100_000}).encode(),
    "digits": b'{"to":' + b"9" * LARGE + b"}",
    "fraction": b'{"to":0.' + b"9" * LARGE + b"}",
    "surrogates": b'{"to":"' + rb"\ud83d" * (LARGE // 6) + b'"}',
    "escapes": b'{"to":"' + rb"\u0000" * (LARGE // 6) + b'"}',
    "not UTF-8": b'{"to":"' + b"\xff" * LARGE + b'"}',
    "spaces": b" " * LARGE,
    "quotes": b'"' * LARGE,
}
FORMS: dict[str, bytes] = {
    "fields": b"&".join(b"k%d=%d" % (number, number) for number in range(100_000)),
    "lists": b"&".join(b"to[]=%d" % number for number in range(100_000)),
    "members": b"&".join(b"to[%d]=%d" % (number, number) for number in range(100_000)),
    "members of members": b"&".join(b"to[a][%d]=%d" % (number, number) for number in range(100_000)),
    "escapes": b"to=" + b"%41" * (LARGE // 3),
    "wrong escapes": b"to=" + b"%C3%28" * (LARGE // 6),
    "no escapes": b"to=" + b"%zz" * (LARGE // 3),
    "signs": b"&" * LARGE,
    "equals": b"=" * LARGE,
}
WRITING = [each for each in GRAPH if each.method == "POST" and each.path.endswith("/messages")][:2]


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("name", BODIES)
def test_a_body_without_end_is_answered(client: FlaskClient, name: str) -> None:
    """Three megabytes of it, or a hundred thousand members."""
    graph, control = Caller(client, "/v24.0/"), Caller(client, HERE)
    for operation in WRITING:
        graph.call(operation, "POST", BODIES[name], operation.name)
    for operation in (each for each in CONTROL if each.path in ("/people", "/settings", "/faults")):
        control.call(operation, operation.method, BODIES[name], operation.path)

    assert graph.wrong + control.wrong == []


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_end_is_answered(client: FlaskClient, name: str) -> None:
    """As its JSON is, and in a time that is not much longer."""
    caller = Caller(client, "/v24.0/")
    for operation in WRITING:
        caller.call(operation, "POST", FORMS[name], operation.name, kind="form", limit=FORM)

    assert caller.wrong == []


def test_the_journal_keeps_the_beginning_of_a_call(client: FlaskClient, sandbox: Sandbox) -> None:
    """However long what was sent, and what is said of it."""
    caller = Caller(client, "/v24.0/")
    for operation in WRITING:
        for where in (("body", "to"), ("body", "type"), ("body", "x" * 3000)):
            caller.put(operation, where, text("ab ", LARGE), "")

    entries = (client.get(f"{HERE}/journal").json or {})["journal"]

    assert len(entries) >= 6
    assert max(len(json.dumps(entry)) for entry in entries) < 3 * 16_384 * 2


def test_time_grows_with_the_length_alone(client: FlaskClient, sandbox: Sandbox) -> None:
    """Twice the length takes about twice the time: what is quadratic would take four times as long."""
    operation = next(each for each in WRITING if "text" in (each.body or {}))

    def seconds(size: int) -> float:
        data = json.dumps(put(dict(operation.body or {}), ("text", "body"), text("{{1}} ", size))).encode()
        best = LIMIT * 100
        for _ in range(5):
            begun = thread_time()
            client.post(
                f"/v24.0/{operation.path}",
                data=data,
                content_type="application/json",
                headers={"Authorization": f"Bearer {operation.token}"},
            )
            best = min(best, thread_time() - begun)
        return best

    assert seconds(2 * 1_500_000) < 3.5 * seconds(1_500_000) + 0.05


@pytest.mark.soak
@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(("operation", "place"), named([*GRAPH]))
def test_three_megabytes_anywhere_in_the_graph_api(
    client: FlaskClient, operation: Operation, place: int
) -> None:
    """Of three patterns at every parameter."""
    assert strings(Caller(client, "/v24.0/"), operation, place, LARGE, 3) == []


@pytest.mark.soak
@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(("operation", "place"), named(CONTROL))
def test_three_megabytes_anywhere_in_the_control_api(
    client: FlaskClient, operation: Operation, place: int
) -> None:
    """Of three patterns at every member."""
    assert strings(Caller(client, HERE), operation, place, LARGE, 3) == []
