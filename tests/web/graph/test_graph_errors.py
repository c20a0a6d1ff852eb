"""How a refusal is told: its body, its headers, and its line in the journal."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from kit.identities import APP_ID, APP_SECRET, ORDER_SHIPPED, PRODUCTION, REAL_LOOKING_TOKEN, WABA_ID

from emulator.sandbox.sandbox import Sandbox

FBTRACE = re.compile(r"A[A-Za-z0-9_-]{22}")


# how it is told


REFUSED = [
    ("no token", "GET", PRODUCTION, {"token": None}),
    ("unknown token", "GET", PRODUCTION, {"token": "nonsense"}),
    ("unknown object", "GET", "123123", {}),
    ("unknown object", "POST", "123123/messages", {}),
    ("unknown object", "DELETE", "123123", {}),
    ("unknown path", "GET", "nonsense", {}),
    ("no path", "GET", "/", {}),
    ("unknown version", "GET", "/v999.0/me", {}),
    ("unknown edge", "GET", f"{PRODUCTION}/nonsense", {}),
    ("unknown field", "GET", f"{PRODUCTION}?fields=nonsense", {}),
    ("wrong body", "POST", f"{PRODUCTION}/messages", {"body": {}}),
    ("wrong template", "POST", f"{WABA_ID}/message_templates", {"body": {"name": "A"}}),
    ("not the app's token", "GET", f"{APP_ID}/subscriptions", {}),
    ("wrong secret", "GET", f"oauth/access_token?client_id={APP_ID}&client_secret=x", {"token": None}),
    ("wrong proof", "GET", f"{PRODUCTION}?appsecret_proof=x", {}),
    ("unknown method", "PATCH", PRODUCTION, {}),
]


@pytest.mark.parametrize(
    ("method", "path", "more"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_every_refusal_has_the_recorded_form(
    graph: Any, method: str, path: str, more: dict[str, Any]
) -> None:
    """One ``error`` object, its trace id in a header too, ``WWW-Authenticate`` with its message, nothing
    cached."""
    answer = graph(method, path, **more)

    error = answer.json["error"]
    assert list(answer.json) == ["error"]
    assert 400 <= answer.status_code < 500
    assert FBTRACE.fullmatch(error["fbtrace_id"])
    assert list(error)[-1] == "fbtrace_id"
    assert answer.headers["X-Fb-Request-Id"] == error["fbtrace_id"]
    assert len(answer.headers["X-Fb-Trace-Id"]) == 11
    kind = "invalid_token" if error["code"] == 190 else "invalid_request"
    assert answer.headers["WWW-Authenticate"] == f'OAuth "Facebook Platform" "{kind}" "{error["message"]}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.headers["X-Emulator-Rule"]


def test_no_two_answers_have_the_same_trace(graph: Any) -> None:
    """Successes, refusals, and refusals that belong to no sandbox."""
    answers = []
    for _ in range(5):
        answers += [graph.get(graph.number), graph.get("123123"), graph.get(graph.number, token=None)]

    traces = {answer.headers["X-Fb-Request-Id"] for answer in answers}
    assert len(traces) == 15
    assert all(FBTRACE.fullmatch(trace) for trace in traces)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", f"{PRODUCTION}/messages", "whatsapp"),
        ("GET", PRODUCTION, "whatsapp_business_management"),
        ("GET", f"{WABA_ID}/message_templates", "whatsapp_business_management"),
        ("GET", ORDER_SHIPPED, "whatsapp_business_management"),
    ],
)
def test_usage_is_counted_for_the_waba(graph: Any, method: str, path: str, kind: str) -> None:
    """Also when the call is refused, as long as the object is known."""
    answer = graph(method, path, {} if method == "POST" else None)

    usage = json.loads(answer.headers["X-Business-Use-Case-Usage"])
    assert [entry["type"] for entry in usage[WABA_ID]] == [kind]
    assert "X-App-Usage" not in answer.headers


def test_usage_is_counted_for_the_app_when_the_object_is_unknown(graph: Any) -> None:
    """There is no WABA then."""
    answer = graph.get("123123")

    assert "X-App-Usage" in answer.headers
    assert "X-Business-Use-Case-Usage" not in answer.headers


def test_a_body_is_the_recorded_number_of_bytes(graph: Any) -> None:
    """363 for the first recorded refusal, escapes and all."""
    answer = graph.post("/v19.0/123123/messages", {"messaging_product": "whatsapp"})

    assert len(answer.data) == 363
    assert answer.data.startswith(
        b'{"error":{"message":"Unsupported post request. Object with ID \'123123\' '
    )


# the journal


def journal(sandbox: Sandbox) -> str:
    with sandbox.services.command() as store:
        entries = store.journal.select()
    return json.dumps(
        [(entry.subject, entry.cause, entry.summary, dict(entry.details)) for entry in entries], default=str
    )


def test_every_call_is_written_down_with_its_answer(graph: Any, sandbox: Sandbox) -> None:
    """Also one that was refused, with the emulator's explanation."""
    graph.text()
    refused = graph.text(to="")

    with sandbox.services.command() as store:
        first, second = store.journal.select(kind="call")
    assert first.summary == f"POST /v24.0/{PRODUCTION}/messages → 200"
    assert first.cause == sandbox.messages.all()[0].id
    assert second.summary.startswith(f"POST /v24.0/{PRODUCTION}/messages → 400 ")
    assert second.details["fbtrace_id"] == refused.json["error"]["fbtrace_id"]
    assert (second.details["code"], second.details["rule"]) == (100, "parameters")
    assert json.loads(second.details["response"]) == refused.json


@pytest.mark.parametrize(
    "call",
    [
        lambda graph: graph.get(graph.number),
        lambda graph: graph.get(f"{graph.number}?access_token={graph.token}", token=None),
        lambda graph: graph.post(f"{graph.waba}/subscribed_apps", {"access_token": graph.token}, token=None),
        lambda graph: graph.post(
            f"{graph.waba}/subscribed_apps", token=None, data={"access_token": graph.token}
        ),
        lambda graph: graph.get(f"{graph.waba}/phone_numbers?limit=1&access_token={graph.token}", token=None),
        lambda graph: graph.get(f"nonsense?access_token={graph.token}", token=None),
        lambda graph: graph.get(f"{graph.app}/subscriptions", token=graph.app_token),
        lambda graph: graph.get(
            f"oauth/access_token?grant_type=client_credentials&client_id={APP_ID}&client_secret={APP_SECRET}",
            token=None,
        ),
    ],
    ids=["header", "query", "body", "form", "page link", "refused", "app token", "exchange"],
)
def test_no_token_or_secret_is_written_down(graph: Any, sandbox: Sandbox, call: Any) -> None:
    """However it was given, and wherever the answer repeats it."""
    call(graph)

    written = journal(sandbox)
    assert '"call"' not in written
    assert graph.token not in written
    assert APP_SECRET not in written


def test_a_token_that_looks_real_is_written_nowhere(graph: Any, sandbox: Sandbox) -> None:
    """Nor does the answer repeat it; a header warns whoever sent it."""
    for given in (
        {"token": REAL_LOOKING_TOKEN},
        {"token": None, "data": {"access_token": REAL_LOOKING_TOKEN}},
    ):
        answer = graph.post(f"{graph.number}/messages", **given)
        assert REAL_LOOKING_TOKEN not in answer.text + str(answer.headers)
        assert "real Meta token" in answer.headers["X-Emulator-Hint"]

    assert REAL_LOOKING_TOKEN not in journal(sandbox)
