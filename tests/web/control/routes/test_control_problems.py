"""What the control API refuses, as problem details."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import (
    JONAS,
    SHEENA,
)

from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver

FROM = "2026-11-02T09:00:00+00:00"


WRONG: list[tuple[str, str, Any, int, str]] = [
    ("GET", "/_emulator/nonsense", None, 404, "see /_emulator/openapi.json"),
    ("PATCH", "/_emulator/health", None, 404, "see /_emulator/openapi.json"),
    ("GET", "/_emulator/sandboxes/other", None, 404, "there is no sandbox other; there are: default"),
    ("DELETE", "/_emulator/sandboxes/other", None, 404, "there is no sandbox other; there are: default"),
    ("POST", "/_emulator/sandboxes", {"id": "Bad Name"}, 422, "'Bad Name'"),
    ("POST", "/_emulator/sandboxes", {"id": ""}, 422, "''"),
    ("POST", "/_emulator/sandboxes", {"id": "default"}, 422, "there is a sandbox default already"),
    ("POST", "/_emulator/sandboxes", {"seed": "nonsense"}, 400, "there is no seed named 'nonsense'"),
    ("POST", "/_emulator/sandboxes", {"seed": "../default"}, 400, "there is no seed named '../default'"),
    ("POST", "/_emulator/sandboxes", {"seed": "/etc/passwd"}, 400, "there is no seed named"),
    ("POST", "/_emulator/sandboxes", {"seed": 7}, 400, "'seed' must be a string or object, got 7"),
    ("POST", "/_emulator/sandboxes", {"seed": {"appz": {}}}, 400, "there is no appz; did you mean app"),
    (
        "POST",
        "/_emulator/sandboxes",
        {"message_templates": {"error": {"code": 190}}},
        400,
        "this is an error of the Graph API, not a list of templates",
    ),
    (
        "POST",
        "/_emulator/sandboxes",
        {"clock": {"zone": "UTC"}},
        400,
        "there is no 'zone' in 'clock'; it takes at, speed, frozen",
    ),
    ("POST", "/_emulator/sandboxes", {"clock": {"speed": 0}}, 400, "clock.speed is a number above 0"),
    ("POST", "/_emulator/sandboxes", {"clock": {"frozen": "no"}}, 400, "frozen"),
    ("POST", "/_emulator/sandboxes", {"clock": {"at": "noon"}}, 400, "'noon' is no instant"),
    ("POST", "/_emulator/sandboxes", {"clock": {"at": 7}}, 400, "'clock.at' must be a string, got 7"),
    ("PATCH", "/settings", {"window_errors": "never"}, 400, "'window_errors' is one of async, sync"),
    ("PATCH", "/settings", {"review_after": "soon"}, 400, "'review_after' must be a number, got 'soon'"),
    ("PATCH", "/settings", {"review_after": -1}, 422, "review_after is a number of seconds"),
    ("PATCH", "/settings", {"http_statuses": {"132001": 418}}, 422, "132001 is answered with 404 or 400"),
    ("PATCH", "/settings", {"http_statuses": 400}, 400, "'http_statuses' must be an object, got 400"),
    (
        "PATCH",
        "/settings",
        {"window_error": "sync"},
        400,
        "there is no 'window_error' here; did you mean window_errors?; this call takes",
    ),
    ("POST", "/clock/advance", {}, 400, "say how far"),
    ("POST", "/clock/advance", {"hours": 1, "next": True}, 400, "say how far"),
    (
        "POST",
        "/clock/advance",
        {"hours": -1},
        422,
        f"it is {FROM} in this sandbox and time only goes forward",
    ),
    ("POST", "/clock/advance", {"hours": True}, 400, "'hours' must be a number, got True"),
    ("POST", "/clock/advance", {"weeks": 1}, 400, "there is no 'weeks' here"),
    ("POST", "/clock/advance", {"days": 1e15}, 400, "more time than a calendar has"),
    ("POST", "/clock/advance", {"days": 5_000_000}, 422, "past the end of the calendar"),
    ("POST", "/clock/advance", {"to": "tomorrow"}, 400, "'tomorrow' is no instant"),
    ("POST", "/clock/advance", {"to": "2020-01-01T00:00:00Z"}, 422, "time only goes forward"),
    ("POST", "/clock/advance", {"to": "0001-01-01T00:00:00+23:59"}, 400, "is no instant"),
    ("POST", "/clock/freeze", {"at": "2020-01-01T00:00:00Z"}, 422, "time only goes forward"),
    ("POST", "/clock/run", {"speed": 0}, 422, "a clock runs at a speed above 0"),
    ("POST", "/clock/run", {"speed": "fast"}, 400, "'speed' must be a number"),
    ("POST", "/faults", {}, 422, "say what goes wrong: a code of the catalogue, or a kind"),
    ("POST", "/faults", {"code": "131049"}, 400, "'code' must be a number, got '131049'"),
    ("POST", "/faults", {"code": True}, 400, "'code' must be a number, got True"),
    ("POST", "/faults", {"code": 7}, 422, "there is no error 7 in the catalogue"),
    (
        "POST",
        "/faults",
        {"code": 131000, "when": "soon"},
        400,
        "'when' is one of sync, async, delivered, inbound",
    ),
    ("POST", "/faults", {"code": 131000, "when": "inbound"}, 422, "131000 is never reported inbound"),
    ("POST", "/faults", {"code": 131000, "to": "Sheena"}, 400, "'Sheena' is no phone number"),
    ("POST", "/faults", {"code": 131000, "phone_number_id": "1"}, 422, "there is no business number 1"),
    ("POST", "/faults", {"code": 131000, "times": 0}, 422, "times is a whole number from 1"),
    ("POST", "/faults", {"code": 131000, "probability": 2}, 422, "probability is above 0 and at most 1"),
    ("DELETE", "/faults/1", None, 404, "there is no fault 1; there are: none"),
    ("DELETE", "/faults/first", None, 404, "there is no fault first"),
    ("GET", "/people/nobody", None, 400, "'nobody'"),
    ("GET", "/people/19999999999", None, 404, "no person has the number 19999999999; there are"),
    ("POST", "/people", {"wa_id": SHEENA}, 422, f"{SHEENA} is Sheena Nelson's number already"),
    ("POST", "/people", {"wa_id": "nonsense"}, 400, "'nonsense'"),
    ("POST", "/people", {"locale": "xx_XX"}, 422, "there is no locale 'xx_XX'"),
    ("POST", "/people", {"opted_in": "yes"}, 400, "'opted_in' must be a boolean, got 'yes'"),
    ("POST", "/people", {"habits": {"nap": 1}}, 422, "there is no habit 'nap'; there are sent_after"),
    (
        "POST",
        "/people",
        {"habits": {"read_after": "soon"}},
        422,
        "the habit read_after is a number of seconds, zero or more and below 10⁹; got 'soon'",
    ),
    (
        "POST",
        "/people",
        {"habits": {"sent_after": None}},
        422,
        "the habit sent_after is a number of seconds, zero or more and below 10⁹; got None",
    ),
    ("PATCH", f"/people/{SHEENA}", {"wa_id": "1"}, 400, "there is no 'wa_id' here"),
    ("PATCH", f"/people/{SHEENA}", {"habits": []}, 400, "'habits' must be an object, got []"),
    ("POST", f"/people/{SHEENA}/messages", {}, 400, "'text' is missing"),
    ("POST", f"/people/{SHEENA}/messages", {"text": "Hi"}, 400, "'text' must be an object"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {}}, 400, "'text.body' is missing"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": ""}}, 422, "a message needs some text"),
    (
        "POST",
        f"/people/{SHEENA}/messages",
        {"text": {"body": "a"}, "type": "poll"},
        400,
        "'type' is one of",
    ),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": "a"}, "to": "1"}, 422, "no business number 1"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": "a"}, "context": {"id": 7}}, 400, "context"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": "a"}, "context": {"id": {}}}, 400, "context"),
    (
        "POST",
        f"/people/{JONAS}/messages",
        {"text": {"body": "a"}},
        422,
        "Jonas Weber is not on WhatsApp",
    ),
    ("POST", "/people/19999999999/messages", {"text": {"body": "a"}}, 404, "no person has the number"),
    ("POST", f"/people/{SHEENA}/taps", {}, 400, "either 'button' or 'row'"),
    (
        "POST",
        f"/people/{SHEENA}/taps",
        {"button": "Yes"},
        422,
        "no message with buttons has reached Sheena",
    ),
    ("POST", f"/people/{SHEENA}/taps", {"button": "Yes", "message_id": "x"}, 422, "has no message x"),
    ("POST", "/people/19999999999/reads", None, 404, "no person has the number"),
    ("GET", "/messages?limit=-1", None, 400, "'limit' must be a whole number, got '-1'"),
    ("GET", "/messages?colour=blue", None, 400, "there is no query parameter 'colour'; there are: wa_id"),
    ("GET", "/messages/nonsense", None, 404, "there is no message nonsense"),
    ("PUT", "/webhook", {"url": "http://8.8.8.8/hook"}, 422, "8.8.8.8 is a public address"),
    ("PUT", "/webhook", {"url": "http://8.8.8.8/hook"}, 422, "--allow-public"),
    ("POST", "/templates/1/review", {"decision": "approve"}, 404, "there is no template 1"),
    ("POST", "/templates/1689556908129836/review", {}, 400, "'decision' is missing"),
    ("POST", "/templates/1689556908129836/review", {"decision": "burn"}, 400, "'decision' is one of approve"),
    ("POST", "/templates/1689556908129836/review", {"decision": "pause"}, 422, "loyalty_points is PENDING"),
    ("PUT", "/webhook", {}, 400, "'url' is missing"),
    ("PUT", "/webhook", {"url": 7}, 400, "'url' must be a string or null, got 7"),
    ("PUT", "/webhook", {"url": None, "fields": [7]}, 400, "'fields[0]' must be a string, got 7"),
    (
        "PUT",
        "/webhook",
        {"url": None, "fields": ["mail"]},
        422,
        "there is no webhook field 'mail'; there are",
    ),
    ("GET", "/deliveries?state=lost", None, 400, "'state' is one of waiting, delivered, failed"),
    ("GET", "/deliveries/99", None, 404, "there is no delivery 99"),
    ("GET", "/deliveries/first", None, 404, "there is no delivery first"),
    ("POST", "/deliveries/99/redeliver", None, 404, "there is no delivery 99"),
    ("GET", "/journal?since=yesterday", None, 400, "'yesterday' is no instant"),
    ("GET", "/journal?since=0001-01-01T00:00:00%2B23:59", None, 400, "is no instant"),
    ("GET", "/journal?after=first", None, 400, "'after' must be a whole number"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    WRONG,
    ids=[f"{case[0]} {case[1]} {json.dumps(case[2])}" for case in WRONG],
)
def test_wrong_input_is_explained(
    control: Control, method: str, path: str, body: Any, status: int, says: str
) -> None:
    """As problem details with a sentence that names what came, and nothing has changed."""
    before = control.get("/snapshot").data if "/sandboxes" not in path else None

    told, detail = problem_of(control(method, path, body))

    assert told == status, detail
    assert says in detail
    assert before is None or control.get("/snapshot").data == before


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b'"text"', b"null", b"7", b"\xff", rb'{"text":"\ud800"}', b"[" * 100_000]
)
def test_a_body_that_is_no_object_is_explained(control: Control, data: bytes) -> None:
    """Whatever it is instead."""
    answer = control("POST", f"/people/{SHEENA}/messages", data=data, content_type="application/json")

    assert problem_of(answer) == (400, "the body must be a JSON object")


def test_a_body_over_the_limit_is_explained(control: Control) -> None:
    """Four megabytes are enough for anything but a snapshot."""
    answer = control("POST", "/people", data=b" " * (4 * 1024 * 1024 + 1), content_type="application/json")

    assert problem_of(answer) == (400, "the body is larger than 4194304 bytes")


@pytest.mark.parametrize(
    "data",
    [b"", b"nonsense", b"SQLite format 3\x00", b"SQLite format 3\x00" + b"\x00" * 5000],
    ids=["empty", "nonsense", "a head", "a head and nothing"],
)
def test_what_is_no_snapshot_changes_nothing(control: Control, sandbox: Sandbox, data: bytes) -> None:
    """It is refused, and the sandbox goes on as it was."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})

    status, _ = problem_of(control("PUT", "/snapshot", data=data))

    assert status == 422
    assert [message.text for message in sandbox.messages.all()] == ["Hi"]


def test_time_ends_before_the_calendar_does(control: Control) -> None:
    """Nobody comes so near to the last year that a window could not close any more."""
    status, detail = problem_of(control.post("/clock/advance", {"to": "9999-12-31T12:00:00Z"}))

    assert status == 422
    assert "past the end of the calendar" in detail


def test_a_sandbox_of_the_last_year_answers_or_is_refused(control: Control) -> None:
    """A sandbox may be asked to begin where time ends; nothing fails because of it."""
    begin = {"id": "last", "clock": {"at": "9999-12-31T23:59:59Z", "frozen": True}}
    made = control.post("/_emulator/sandboxes", begin)
    control.post(f"/_emulator/sandboxes/last/people/{SHEENA}/messages", {"text": {"body": "Happy new year"}})

    windows = control.get("/_emulator/sandboxes/last/windows")

    assert (made.status_code, windows.status_code) in ((201, 200), (400, 404), (422, 404))


def test_a_receiver_that_moves_time_is_told_that_it_cannot(control: Control, sandbox: Sandbox) -> None:
    """Time waits for the receiver; the conflict is explained and the webhook delivered."""

    answers: list[Any] = []
    sandbox.webhooks.connect(
        "http://receiver.invalid/x", CallableReceiver(lambda _: answers.append(control.post("/settle")))
    )
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})

    control.post("/settle")

    ((status, detail),) = [problem_of(answer) for answer in answers]
    assert status == 409
    assert detail.startswith("a webhook receiver must answer before time can go on")


@pytest.mark.parametrize(
    ("path", "mimetype"),
    [
        ("/_emulator/health", "application/problem+json"),
        ("/_emulator/sandboxes/default/people", "application/problem+json"),
        ("/v24.0/me", "application/json"),
    ],
)
def test_a_method_that_no_path_has_is_refused_in_the_form_of_its_api(
    control: Control, path: str, mimetype: str
) -> None:
    """With those that there are, as HTTP asks for it."""
    answer = control.client.open(path, method="TRACE")

    assert (answer.status_code, answer.mimetype) == (405, mimetype)
    assert answer.headers["Allow"] == "GET, POST, PUT, DELETE, PATCH, OPTIONS"
