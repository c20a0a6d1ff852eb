"""Whatever is sent, the answer is the platform's: a refusal or a success, never a failure of the emulator."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest
from kit.answers import strictly
from kit.bodies.random_changes import DRAFT, RECEIPT, TEMPLATE, VALID, garbled, mutated
from kit.bodies.strategies import put
from kit.identities import WABA_ID

from emulator.sandbox.sandbox import Sandbox
from emulator.web.bounds import MAX_BODY

PRODUCT_IS_REQUIRED = "(#100) The parameter messaging_product is required."


@pytest.fixture
def post(graph: Any) -> Any:
    """Posts bytes to a path, as JSON unless said otherwise."""

    def send(
        data: bytes, content_type: str | None = "application/json", path: str | None = None, **headers: str
    ) -> Any:
        return graph.post(
            path or f"{graph.number}/messages",
            data=data,
            content_type=content_type,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    return send


def counted(sandbox: Sandbox) -> tuple[int, int]:
    """How many messages and templates there are."""
    with sandbox.services.command() as store:
        return store.messages.count(), store.templates.count(WABA_ID)


UNREADABLE = {
    "nothing": b"",
    "white space": b" \n",
    "a word": b"hello",
    "broken": b'{"messaging_product":"whatsapp"',
    "single quotes": b"{'messaging_product':'whatsapp'}",
    "a list": b'[{"messaging_product":"whatsapp"}]',
    "a text": b'"messaging_product"',
    "a number": b"7",
    "null": b"null",
    "two bodies": b'{"messaging_product":"whatsapp"}{}',
    "not UTF-8": b'{"messaging_product":"whatsapp","to":"\xe4"}',
    "UTF-16": '{"messaging_product":"whatsapp"}'.encode("utf-16"),
    "half a surrogate pair": rb'{"messaging_product":"whatsapp","to":"\ud83d"}',
    "a surrogate in UTF-8": b'{"messaging_product":"whatsapp","to":"\xed\xa0\xbd"}',
    "a NUL byte": b'{"messaging_product":"whatsapp","to":"\x00"}',
    "only NUL bytes": b"\x00\x00",
    "no number": b'{"messaging_product":"whatsapp","to":NaN}',
    "a number without end": b'{"messaging_product":"whatsapp","to":' + b"9" * 5000 + b"}",
    "deep lists": b'{"messaging_product":"whatsapp","to":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "very deep lists": b"[" * 500_000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=list(UNREADABLE))
def test_a_body_that_cannot_be_read_counts_as_empty(
    sandbox: Sandbox, refusal: Any, post: Any, data: bytes
) -> None:
    """So the first member that is required is the one that is missed."""
    status, error = refusal(post(data))

    assert (status, error["code"], error["message"]) == (400, 100, PRODUCT_IS_REQUIRED)
    assert sandbox.messages.all() == []


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/octet-stream", "nonsense", "a/b; c"]
)
def test_json_that_is_not_announced_is_not_read(refusal: Any, post: Any, content_type: str | None) -> None:
    """As reported of the platform, which then looks for a form."""
    status, error = refusal(post(b'{"messaging_product":"whatsapp","to":"1"}', content_type))

    assert (status, error["message"]) == (400, PRODUCT_IS_REQUIRED)


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json"]
)
def test_json_may_be_announced_in_several_ways(refusal: Any, post: Any, content_type: str) -> None:
    """With a character set, in capitals, as a kind of JSON."""
    status, error = refusal(post(b'{"messaging_product":"whatsapp"}', content_type))

    assert (status, error["message"]) == (400, "The parameter to is required.")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"%ff=%00&messaging_product=whatsapp", "application/x-www-form-urlencoded"),
        (b"messaging_product=whatsapp&\xff\xfe", "application/x-www-form-urlencoded"),
        (b"messaging_product=whatsapp&=&&&==", "application/x-www-form-urlencoded"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (
            b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\xff\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_broken_form_is_refused_like_a_broken_body(post: Any, data: bytes, content_type: str) -> None:
    """In the platform's form."""
    answer = post(data, content_type)

    assert answer.status_code == 400
    assert strictly(answer.data)["error"]["code"] == 100


def test_a_body_over_the_limit_is_refused(graph: Any, sandbox: Sandbox, post: Any) -> None:
    """413, in the platform's form; up to the limit it is read."""
    start = b'{"messaging_product":"whatsapp","to":"'
    fits = start + b"1" * (MAX_BODY - len(start) - 2) + b'"}'

    at_the_limit, over_it = post(fits), post(fits + b" ")

    assert len(fits) == MAX_BODY
    assert (at_the_limit.status_code, over_it.status_code) == (400, 413)
    assert strictly(over_it.data)["error"]["fbtrace_id"] == over_it.headers["X-Fb-Request-Id"]
    assert sandbox.messages.all() == []


class Broken(io.BytesIO):
    """A body whose reading fails as nobody expected."""

    def readinto(self, buffer: Any, /) -> int:
        raise RuntimeError("the server broke")


def test_a_body_that_cannot_be_read_is_a_failure_of_the_emulator(
    graph: Any, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """131000 with the status 500, in the platform's form; the log has the cause."""
    answer = graph.post(
        f"{graph.number}/messages",
        input_stream=Broken(b"{}"),
        headers={"Content-Type": "application/json", "Content-Length": "2"},
    )

    assert answer.status_code == 500
    assert strictly(answer.data)["error"]["code"] == 131000
    assert "the server broke" in caplog.text
    assert sandbox.messages.all() == []


def test_a_long_text_is_never_repeated_in_a_header(graph: Any, post: Any) -> None:
    """A complaint quotes what came; headers stay short."""
    answer = post(json.dumps({"messaging_product": "x" * 1_000_000}).encode())

    assert answer.status_code == 400
    assert all(len(value) <= 1000 for value in answer.headers.values())


INJECTIONS = [
    "\r\nSet-Cookie: a=b",
    "\n\nHTTP/1.1 200 OK",
    "\x00",
    "\x1b[31m",
    "ä",
    "😀",
    '"',
    "\u2028",
    "\ud7ff",
]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("member", ["messaging_product", "to", "type", "recipient_type"])
def test_no_text_gets_out_of_its_header(graph: Any, text: str, member: str) -> None:
    """Whatever member it stands in, the headers are those of any refusal."""
    usual = {"messaging_product": "whatsapp", "to": graph.sheena, "type": "text", "text": {"body": "Hello"}}
    names = set(graph.post(f"{graph.number}/messages", usual | {member: "x"}).headers.keys())

    answer = graph.post(f"{graph.number}/messages", usual | {member: text})

    assert answer.status_code == 400
    assert set(answer.headers.keys()) == names
    assert all(value.isascii() and value.isprintable() for value in answer.headers.values())
    assert strictly(answer.data)["error"]["code"] == 100


@pytest.mark.parametrize("text", ["%00", "%ff", "%f0%9f%98%80", "..%2f..%2f", "%2e%2e", "'", "%5b%5d"])
def test_no_path_breaks_an_answer(graph: Any, text: str) -> None:
    """As an id, as an edge, as a version."""
    for path in (f"/v24.0/{text}", f"/{text}/{graph.number}", f"/v24.0/{graph.number}/{text}"):
        answer = graph.get(path)
        assert answer.status_code == 400, path
        assert strictly(answer.data)["error"]["fbtrace_id"] == answer.headers["X-Fb-Request-Id"]


@pytest.mark.parametrize(
    "text", ["%0d%0aSet-Cookie:%20a=b", "%00", "%ff", "%f0%9f%98%80", "{", "}", "%e4", "("]
)
@pytest.mark.parametrize("name", ["fields", "limit", "after", "before", "method", "appsecret_proof"])
def test_no_query_breaks_an_answer(graph: Any, name: str, text: str) -> None:
    """A refusal in the platform's form, or the list."""
    answer = graph.get(f"/v24.0/{graph.waba}/message_templates?{name}={text}")

    body = strictly(answer.data)
    assert (answer.status_code, "error" in body) in ((200, False), (400, True))
    assert all(value.isascii() and value.isprintable() for value in answer.headers.values())


@pytest.mark.parametrize("text", ["%0d%0a", "%00", "%ff", "%27%20OR%201=1--", "%25"])
def test_no_filter_finds_what_is_not_there(graph: Any, text: str) -> None:
    """Filters are compared, not interpreted."""
    assert graph.get(f"/v24.0/{graph.waba}/message_templates?name={text}").data == b'{"data":[]}'


def test_a_nul_byte_may_stand_in_a_text(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """It is a character like any other, there and in the webhooks."""
    answer = graph.text("a\x00b", biz_opaque_callback_data="\x00")
    sandbox.settle()

    assert answer.status_code == 200
    assert [message.text for message in sandbox.messages.all()] == ["a\x00b"]
    assert inbox.statuses[0]["biz_opaque_callback_data"] == "\x00"


WRONG = [
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "\x00",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    "[",
    '{"a":',
    '{"type":7}',
]


PLACES = [
    ("messages", ("messaging_product",)),
    ("messages", ("to",)),
    ("messages", ("recipient_type",)),
    ("messages", ("type",)),
    ("messages", ("status",)),
    ("messages", ("template",)),
    ("messages", ("template", "name")),
    ("messages", ("template", "language")),
    ("messages", ("template", "language", "code")),
    ("messages", ("template", "components")),
    ("messages", ("template", "components", 0)),
    ("messages", ("template", "components", 0, "type")),
    ("messages", ("template", "components", 0, "parameters")),
    ("messages", ("template", "components", 0, "parameters", 0)),
    ("messages", ("template", "components", 0, "parameters", 0, "type")),
    ("messages", ("template", "components", 1, "index")),
    ("messages", ("template", "components", 1, "sub_type")),
    ("message_templates", ("name",)),
    ("message_templates", ("language",)),
    ("message_templates", ("category",)),
    ("message_templates", ("components",)),
    ("message_templates", ("components", 0)),
    ("message_templates", ("components", 0, "type")),
    ("message_templates", ("components", 0, "format")),
    ("message_templates", ("components", 1, "text")),
    ("message_templates", ("components", 1, "example")),
    ("message_templates", ("components", 1, "example", "body_text")),
    ("message_templates", ("components", 2, "buttons")),
    ("message_templates", ("components", 2, "buttons", 0)),
    ("message_templates", ("components", 2, "buttons", 0, "type")),
    ("message_templates", ("components", 2, "buttons", 1, "url")),
    ("message_templates", ("components", 2, "buttons", 1, "example")),
]


@pytest.mark.parametrize(("edge", "place"), PLACES)
def test_a_wrong_type_is_refused_wherever_it_stands(
    graph: Any, sandbox: Sandbox, post: Any, edge: str, place: tuple[str | int, ...]
) -> None:
    """Truth values, numbers, lists, objects, broken JSON in strings: a refusal, or what it can stand for."""
    valid = TEMPLATE if edge == "messages" else DRAFT
    owner = graph.number if edge == "messages" else graph.waba

    for value in WRONG:
        before = counted(sandbox)
        answer = post(json.dumps(put(valid, place, value)).encode(), path=f"{owner}/{edge}")
        check(answer, before, counted(sandbox))


CASES = 200
"""How many bodies each seed makes."""


def check(answer: Any, before: tuple[int, int], after: tuple[int, int]) -> None:
    """A refusal that left nothing behind, or a success that left exactly one thing or none."""
    body = strictly(answer.data)
    made = (after[0] - before[0], after[1] - before[1])
    if answer.status_code == 200:
        assert made == (len(body.get("messages", ())), int("category" in body)), (body, made)
    else:
        assert 400 <= answer.status_code < 500, body
        assert made == (0, 0), (body, made)
        assert body["error"]["fbtrace_id"] == answer.headers["X-Fb-Request-Id"]


@pytest.mark.parametrize("seed", range(20))
def test_a_body_changed_at_random_is_taken_or_refused_whole(
    graph: Any, sandbox: Sandbox, post: Any, seed: int
) -> None:
    """Always a refusal in the platform's form or a success; never a message or a template by halves, and
    what was taken can be read, sent and told afterwards."""
    chance = random.Random(seed)
    read = sandbox.people.say(graph.sheena, "Hi")

    for number in range(CASES):
        valid = chance.choice(VALID)
        draft = "components" in valid
        named = (
            {"name": f"template_{number}"} if draft else {"message_id": read.id} if valid is RECEIPT else {}
        )
        data = json.dumps(mutated(chance, valid | named)).encode()
        if chance.random() < 0.15:
            data = garbled(chance, data)
        before = counted(sandbox)
        edge = f"{graph.waba}/message_templates" if draft else f"{graph.number}/messages"

        answer = post(data, path=edge)

        try:
            check(answer, before, counted(sandbox))
        except (AssertionError, ValueError) as problem:
            problem.add_note(f"seed {seed}, case {number}: POST {edge} {data!r}")
            raise

    sandbox.settle()
    listed = strictly(graph.get(f"{graph.waba}/message_templates?limit=1000").data)
    assert len(listed["data"]) == counted(sandbox)[1]
    with sandbox.services.command() as store:
        assert store.journal.select(kind="warning", limit=-1) == []


@pytest.mark.parametrize(
    "data",
    [
        b'{"name":"huge","language":"en_US","category":"UTILITY","components":[{"type":"BODY",'
        b'"text":"Your order is on its way to you now.","weight":1e999}]}',
        b'{"name":"huge","language":"en_US","category":"UTILITY","components":[{"type":"BODY",'
        b'"text":"Your order is on its way to you now."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY",'
        b'"text":"Yes","weight":-1e999}]}]}',
    ],
)
def test_a_number_too_large_for_a_double_breaks_no_list(graph: Any, post: Any, data: bytes) -> None:
    """Whether the template is taken or not, what is listed afterwards is JSON."""
    post(data, path=f"{graph.waba}/message_templates")

    assert strictly(graph.get(f"{graph.waba}/message_templates").data)["data"]
