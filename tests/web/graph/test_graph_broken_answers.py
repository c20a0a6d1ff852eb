"""Answers that go wrong on purpose: another body, no body, half of one, late, or none at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from kit.graph import Graph, graph_of, identifying
from kit.identities import PABLO, PRODUCTION, SHEENA, WABA_ID
from kit.messages import order_shipped_parts
from kit.rich_sandbox import PNG
from kit.times import HOUR, START

from emulator import Emulator, Sandbox
from emulator.sandbox.closing import Closing


def sent(sandbox: Sandbox) -> list[str]:
    """The texts that were accepted."""
    return [message.as_text for message in sandbox.messages.all(outbound=True)]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> list[tuple[float, bool]]:
    """For how long answers are held back, which takes no time here, and whether a transaction was open."""
    found: list[tuple[float, bool]] = []
    database = sandbox.services.store.database

    def wait(_: Closing, seconds: float) -> None:
        found.append((seconds, database.in_transaction))

    monkeypatch.setattr(Closing, "wait", wait)
    return found


@pytest.fixture
def download(graph: Graph, sandbox: Sandbox) -> Callable[[], Any]:
    """Fetch the bytes of a photo that a person has sent."""
    media_id = sandbox.people.show(SHEENA, "image", BytesIO(PNG), "image/png").content["id"]

    def fetch() -> Any:
        url = str(graph.get(media_id).json["url"])
        return graph.get("/" + url.split("/", 3)[3], buffered=True)

    return fetch


def test_an_envelope_is_answered_as_it_was_written(graph: Graph, sandbox: Sandbox) -> None:
    """With its status, the headers of the Graph API, and one of its own; nothing was sent."""
    body = {"error": {"message": "Try later", "code": 99, "nested": [1, "ä/ö"]}}
    sandbox.faults.add(envelope=body, status=418, headers={"X-Shard": "7"})

    answer = graph.text()

    assert (answer.status_code, answer.json) == (418, body)
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.headers["X-Shard"] == "7"
    assert "X-Fb-Trace-Id" in answer.headers
    assert sent(sandbox) == []


@pytest.mark.parametrize("envelope", [[1, 2], "down", 7, True, {"messages": []}])
def test_an_envelope_may_be_any_json(graph: Graph, sandbox: Sandbox, envelope: Any) -> None:
    """By default with the status 400."""
    sandbox.faults.add(envelope=envelope)

    answer = graph.text()

    assert (answer.status_code, json.loads(answer.data)) == (400, envelope)


def test_a_status_alone_is_a_page_of_a_proxy(graph: Graph, sandbox: Sandbox) -> None:
    """HTML, without any header of the Graph API; the emulator explains itself all the same."""
    sandbox.faults.add(status=503)

    answer = graph.text()

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"<h1>503 Service Unavailable</h1>" in answer.data
    assert not [name for name, _ in answer.headers if name.startswith(("X-Fb", "Facebook", "X-Business"))]
    assert answer.headers["X-Emulator-Rule"] == "fault"
    assert answer.headers["X-Emulator-Hint"] == (
        "Fault 1 was asked for: status 503 (1 of 1). The call was not carried out."
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [("try again", "text/plain"), ('{"messages": [', "application/json"), ("[", "application/json")],
)
def test_a_status_may_have_a_text(graph: Graph, sandbox: Sandbox, body: str, kind: str) -> None:
    """Half an object of JSON among them, which comes whole as far as HTTP is concerned."""
    sandbox.faults.add(status=200, body=body)

    answer = graph.text()

    assert (answer.status_code, answer.text) == (200, body)
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_a_status_nobody_knows_can_be_answered(graph: Graph, sandbox: Sandbox) -> None:
    """As proxies have some of their own; its headers are what was asked for."""
    sandbox.faults.add(status=599, headers={"Content-Type": "text/x-dog", "Retry-After": "3"})

    answer = graph.text()

    assert (answer.status_code, answer.headers["Content-Type"]) == (599, "text/x-dog")
    assert answer.headers["Retry-After"] == "3"
    assert b"599 Unknown" in answer.data


def test_an_empty_answer_has_no_body(graph: Graph, sandbox: Sandbox) -> None:
    """And by default the status 200."""
    sandbox.faults.add(kind="empty", times=2)
    sandbox.faults.add(kind="empty", status=500)

    answers = [graph.text() for _ in range(3)]

    assert [(answer.status_code, answer.data) for answer in answers] == [(200, b""), (200, b""), (500, b"")]


def test_a_reset_connection_raises_what_a_socket_would(graph: Graph, sandbox: Sandbox) -> None:
    """A client in this process has no socket that could be reset."""
    sandbox.faults.add(kind="reset")

    with pytest.raises(ConnectionResetError, match="Connection reset by peer"):
        graph.text()

    assert sent(sandbox) == []
    assert graph.text().status_code == 200


def test_a_truncated_answer_says_how_long_it_would_have_been(graph: Graph, sandbox: Sandbox) -> None:
    """Half of it comes; the message is sent, since only the answer broke off."""
    sandbox.faults.add(kind="truncated")

    answer = graph.text("Hello")

    assert int(answer.headers["Content-Length"]) // 2 == len(answer.data) > 50
    assert answer.data.startswith(b'{"messaging_product":"whatsapp"')
    assert sent(sandbox) == ["Hello"]


@pytest.mark.parametrize("effect", ["none", "done"])
@pytest.mark.parametrize(
    "told",
    [
        {"code": 131000},
        {"envelope": {}, "status": 500},
        {"status": 502},
        {"kind": "empty"},
        {"kind": "reset"},
        {"status": 504, "delay": 0.001},
    ],
    ids=["error", "envelope", "status", "empty", "reset", "late"],
)
def test_a_call_is_carried_out_or_not(
    graph: Graph, sandbox: Sandbox, told: dict[str, Any], effect: str
) -> None:
    """As ``effect`` says; a client that sends again then sends twice or once."""
    sandbox.faults.add(**told, effect=effect)

    for _ in range(2):
        try:
            graph.text("Hello")
        except ConnectionResetError:
            continue

    assert sent(sandbox) == ["Hello"] * (2 if effect == "done" else 1)


def test_what_is_refused_anyway_is_answered_as_the_fault_has_it(graph: Graph, sandbox: Sandbox) -> None:
    """Nobody hears of the platform's own answer where that is lost."""
    sandbox.faults.add(status=502, effect="done")

    assert graph.text(type="nonsense").status_code == 502


def test_an_answer_is_held_back_outside_of_every_transaction(
    graph: Graph, sandbox: Sandbox, waits: list[tuple[float, bool]]
) -> None:
    """The call was carried out before; nobody else waits."""
    sandbox.faults.add(delay=2.5)
    sandbox.faults.add(131000, delay=7)

    answers = [graph.text(), graph.text(), graph.text()]

    assert waits == [(2.5, False), (7.0, False)]
    assert [answer.status_code for answer in answers] == [200, 500, 200]


def test_a_caller_with_less_patience_gives_up(
    graph: Graph, sandbox: Sandbox, waits: list[tuple[float, bool]]
) -> None:
    """In this process as over a socket: after its own time-out, and the message is sent."""
    sandbox.faults.add(delay=2.5)

    with pytest.raises(TimeoutError):
        graph.post(
            f"{PRODUCTION}/messages",
            {"messaging_product": "whatsapp", "to": SHEENA, "text": {"body": "Hello"}},
            environ_overrides={"emulator.patience": 1.0},
        )

    assert waits == [(1.0, False)]
    assert sent(sandbox) == ["Hello"]


@pytest.mark.parametrize(
    ("code", "retry_after", "minutes"), [(80007, 60, 1), (80007, 61, 2), (130429, 1, 1), (131056, 6, 1)]
)
def test_a_throttled_call_says_when_to_try_again(
    graph: Graph, sandbox: Sandbox, code: int, retry_after: int, minutes: int
) -> None:
    """In seconds in ``Retry-After``, in minutes in the usage of the account, which is used up."""
    sandbox.faults.add(code, retry_after=retry_after, edge="messages")

    answer = graph.text()

    assert answer.json["error"]["code"] == code
    assert answer.headers["Retry-After"] == str(retry_after)
    (usage,) = json.loads(answer.headers["X-Business-Use-Case-Usage"])[WABA_ID]
    assert (usage["call_count"], usage["estimated_time_to_regain_access"]) == (100, minutes)
    assert (usage["type"], sent(sandbox)) == ("whatsapp", [])


def test_a_throttled_app_has_its_own_header(graph: Graph, sandbox: Sandbox) -> None:
    """``X-App-Usage``, and not that of an account."""
    sandbox.faults.add(4, retry_after=30)

    answer = graph.get(f"{graph.waba}/message_templates")

    assert answer.json["error"]["code"] == 4
    assert json.loads(answer.headers["X-App-Usage"])["call_count"] == 100
    assert answer.headers["Retry-After"] == "30"
    assert "X-Business-Use-Case-Usage" not in answer.headers


@pytest.mark.parametrize(
    ("condition", "struck"),
    [
        ({"type": "template"}, [False, False, True, False]),
        ({"text": "price"}, [False, True, False, True]),
        ({"pattern": "^The .*[0-9]+$"}, [False, True, False, False]),
        ({"template": "order_shipped"}, [False, False, True, False]),
        ({"to": PABLO}, [False, False, False, True]),
        ({"to": SHEENA, "text": "PRICE"}, [False, True, False, False]),
    ],
)
def test_only_calls_that_fit_are_struck(
    graph: Graph, sandbox: Sandbox, condition: dict[str, Any], struck: list[bool]
) -> None:
    """By what they would send, and to whom."""
    sandbox.faults.add(kind="empty", times=None, **condition)

    answers = [
        graph.text("Hello"),
        graph.text("The price is 7"),
        graph.template("order_shipped", *order_shipped_parts()),
        graph.text("Our prices!", to=PABLO),
    ]

    assert [not answer.data for answer in answers] == struck


def test_a_call_that_comes_as_a_form_is_read_too(graph: Graph, sandbox: Sandbox) -> None:
    """There the message stands as JSON in a text."""
    sandbox.faults.add(kind="empty", text="price")
    form = {"messaging_product": "whatsapp", "to": SHEENA, "text": '{"body": "The price"}'}

    assert graph.post(f"{PRODUCTION}/messages", data=form).data == b""


@pytest.mark.parametrize(
    "message", [{"text": "price"}, {"type": "image", "image": []}, {"type": ["text"]}, {"template": "price"}]
)
def test_a_call_that_makes_no_sense_fits_no_text(graph: Graph, sandbox: Sandbox, message: Any) -> None:
    """It gets its own refusal."""
    sandbox.faults.add(kind="empty", text="price", times=None)
    sandbox.faults.add(kind="empty", template="price", times=None)

    assert graph.send(**message).status_code == 400


def test_a_fault_has_its_time(graph: Graph, sandbox: Sandbox) -> None:
    """From an instant of simulated time, up to but not including another."""
    now = sandbox.clock.now()
    sandbox.faults.add(kind="empty", times=None, since=now + HOUR, until=now + 2 * HOUR)

    answers = []
    for _ in range(3):
        answers.append(bool(graph.text().data))
        sandbox.clock.advance(HOUR - timedelta(seconds=1))
        answers.append(bool(graph.text().data))
        sandbox.clock.advance(timedelta(seconds=1))

    assert answers == [True, True, False, False, True, True]


def test_every_third_call_is_struck(graph: Graph, sandbox: Sandbox) -> None:
    """Of those that fit; as often as was said."""
    sandbox.faults.add(kind="empty", every=3, times=2, to=SHEENA)

    answers = []
    for _ in range(10):
        graph.text(to=PABLO)
        answers.append(bool(graph.text().data))

    assert [place for place, answer in enumerate(answers, 1) if not answer] == [3, 6]


def test_what_was_struck_is_in_the_journal(graph: Graph, sandbox: Sandbox) -> None:
    """The hit has the fault as its cause, and so has a call that was not carried out; each says what came."""
    sandbox.faults.add(kind="reset", effect="done")
    sandbox.faults.add(status=503)
    with pytest.raises(ConnectionResetError):
        graph.text()
    graph.text()

    by_cause = [sandbox.journal.all(cause=f"fault:{number}") for number in (1, 2)]
    calls = sandbox.journal.all(kind="call")

    assert [[entry.kind for entry in entries] for entries in by_cause] == [["fault"], ["fault", "call"]]
    (message,) = sandbox.messages.all(outbound=True)
    assert [(call.cause, call.details["fault"]) for call in calls] == [
        (message.id, "fault:1"),
        ("fault:2", "fault:2"),
    ]
    assert [call.summary.partition(" → ")[2] for call in calls] == [
        "no answer (fault:1: reset, done)",
        "503 (fault:2: status 503, none)",
    ]
    assert [(call.details["status"], call.details["effect"]) for call in calls] == [
        (0, "done"),
        (503, "none"),
    ]


def test_a_run_of_faults_is_the_same_to_the_byte(emulator: Emulator) -> None:
    """With chances, in a sandbox of the same seed: answers, journal, webhooks and all."""

    def run() -> tuple[list[Any], Any]:
        sandbox = emulator.create(at=START, speed=None, at_once=True)
        graph = graph_of(emulator)
        sandbox.webhooks.connect("http://127.0.0.1:9/webhook")
        sandbox.faults.add(kind="truncated", probability=0.3, times=None)
        sandbox.faults.add(status=502, effect="done", probability=0.5, every=2, times=None)
        sandbox.faults.add(kind="drop", probability=0.4, times=None)
        sandbox.faults.add(kind="late", by=60, probability=0.4, times=None)
        sandbox.people.say(SHEENA, "Hello")
        answers = [identifying(graph.text(f"Message {number}")) for number in range(20)]
        sandbox.settle()
        seen = graph.client.get("/_emulator/sandboxes/default/journal").data
        delivered = [(each.state, each.due, each.body) for each in sandbox.webhooks.all()]
        emulator.remove("default")
        return answers, (seen, delivered)

    first = run()

    assert first == run()
    assert {status for status, *_ in first[0]} == {200, 502}


def test_nothing_is_asked_where_no_fault_waits(graph: Graph, sandbox: Sandbox, monkeypatch: Any) -> None:
    """A send costs not one statement more: none reads or writes the tables of faults."""
    graph.text("Before")
    sandbox.settle()
    statements: list[str] = []
    sandbox.services.store.database.connection.set_trace_callback(statements.append)

    graph.text("Hello")
    sandbox.settle()

    assert len(statements) > 10
    assert [each for each in statements if "faults" in each or "spoilt" in each] == []


def test_a_download_can_be_struck(graph: Graph, sandbox: Sandbox, download: Callable[[], Any]) -> None:
    """By the same kinds; calls of the Graph API are not."""
    whole = download()
    for told in ({"status": 503}, {"kind": "empty"}, {"kind": "truncated"}, {"kind": "reset"}):
        sandbox.faults.add(**told, when="download")

    page, empty, half = download(), download(), download()
    with pytest.raises(ConnectionResetError):
        download()

    assert (page.status_code, b"503 Service Unavailable" in page.data) == (503, True)
    assert (empty.status_code, empty.data) == (200, b"")
    assert half.data == whole.data[: len(whole.data) // 2]
    assert half.headers["Content-Length"] == str(len(whole.data))
    assert half.headers["Content-Type"] == whole.headers["Content-Type"]
    assert graph.text().status_code == 200
    assert [fault.met for fault in sandbox.faults.all()] == [1, 1, 1, 1]
    assert download().data == whole.data


def test_a_download_of_another_number_is_not_struck(sandbox: Sandbox, download: Callable[[], Any]) -> None:
    """A file belongs to the number that it was sent to."""
    sandbox.faults.add(status=503, when="download", phone_number_id="15550934873")

    assert download().status_code == 200


def test_a_download_is_held_back(
    sandbox: Sandbox, download: Callable[[], Any], waits: list[tuple[float, bool]]
) -> None:
    """And then comes whole."""
    sandbox.faults.add(delay=4, when="download")

    assert len(download().data) > 10
    assert waits == [(4.0, False)]


@pytest.mark.parametrize(("asked", "status", "size"), [("bytes=0-3", 206, 4), ("bytes=999-", 416, 0)])
def test_a_range_of_a_download_that_is_held_back_is_that_range(
    graph: Graph, sandbox: Sandbox, waits: list[tuple[float, bool]], asked: str, status: int, size: int
) -> None:
    """A client that resumes gets what it asks for, late."""
    media_id = sandbox.people.show(SHEENA, "image", BytesIO(PNG), "image/png").content["id"]
    url = str(graph.get(media_id).json["url"])
    sandbox.faults.add(delay=4, when="download")

    answer = graph.get("/" + url.split("/", 3)[3], headers={"Range": asked}, buffered=True)

    assert (answer.status_code, len(answer.data)) == (status, size)
