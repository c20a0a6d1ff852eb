"""What every endpoint refuses alike: tokens, versions, objects, permissions; and how it is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.identities import APP_ID, APP_SECRET, ORDER_SHIPPED, PRODUCTION, WABA_ID

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox

FBTRACE = re.compile(r"A[A-Za-z0-9_-]{22}")
DOCS = "https://developers.facebook.com/docs/graph-api"
SEED = """
seed: tokens
app:
  id: "670843887433847"
  secret: 5eedab1e5eedab1e5eedab1e5eedab1e
  access_token: EMULATOR-ACCESS-TOKEN
  api_version: v23.0
waba: {id: "102290129340398"}
numbers:
  - {id: "106540352242922", number: "+1 555 078 3881"}
people:
  - {number: "+1 650 555 1234", name: Sheena Nelson}
tokens:
  - {token: EXPIRING, expires_at: 2026-11-02T13:00:00Z}
  - {token: MANAGER, scopes: [whatsapp_business_management]}
  - {token: MESSENGER, scopes: [whatsapp_business_messaging]}
"""
REAL_LOOKING = "EAA" + "x" * 180


def unsupported(verb: str, name: str) -> dict[str, Any]:
    return {
        "message": f"Unsupported {verb} request. Object with ID '{name}' does not exist, cannot be loaded "
        "due to missing permissions, or does not support this operation. Please read the Graph API "
        f"documentation at {DOCS}",
        "type": "GraphMethodException",
        "code": 100,
        "error_subcode": 33,
    }


@pytest.fixture
def seeded(emulator: Emulator, sandbox: Sandbox, tmp_path: Path) -> Sandbox:
    """A sandbox with tokens that expire or lack a permission."""
    file = tmp_path / "tokens.yaml"
    file.write_text(SEED)
    emulator.remove("default")
    return emulator.create(seed=file, at=datetime(2026, 11, 2, 9, tzinfo=UTC), speed=None, at_once=True)


# tokens


@pytest.mark.parametrize("headers", [{}, {"Authorization": ""}, {"Authorization": "Basic abc"}])
def test_a_call_without_a_token_is_refused(graph: Any, refusal: Any, headers: dict[str, str]):
    """Code 104, HTTP 400."""
    told = refusal(graph.get(graph.number, token=None, headers=headers))

    assert told == (
        400,
        {
            "message": "An access token is required to request this resource.",
            "type": "OAuthException",
            "code": 104,
        },
    )


@pytest.mark.parametrize("token", ["nonsense", f"{APP_ID}|wrong", "|", "1|2|3", REAL_LOOKING])
def test_an_unknown_token_is_refused(graph: Any, refusal: Any, token: str):
    """Code 190, HTTP 401."""
    told = refusal(graph.get(graph.number, token=token))

    assert told == (
        401,
        {
            "message": "Invalid OAuth access token - Cannot parse access token",
            "type": "OAuthException",
            "code": 190,
        },
    )


def test_an_unknown_token_is_not_kept(emulator: Emulator, graph: Any):
    """It may be a real one, called by mistake."""
    for where in ({"token": REAL_LOOKING}, {"token": None, "data": {"access_token": REAL_LOOKING}}):
        assert graph.post(f"{graph.waba}/subscribed_apps", **where).status_code == 401

    assert REAL_LOOKING not in repr(vars(emulator))


def test_a_token_may_come_in_every_accepted_way(graph: Any):
    """Bearer or OAuth in the header, or a parameter of the query or the body."""
    answers = [
        graph.get(graph.number),
        graph.get(graph.number, token=None, headers={"Authorization": f"OAuth {graph.token}"}),
        graph.get(graph.number, token=None, headers={"Authorization": f"bearer {graph.token}"}),
        graph.get(f"{graph.number}?access_token={graph.token}", token=None),
        graph.get(f"{graph.number}?access_token={graph.app_token}", token=None),
        graph.post(f"{graph.waba}/subscribed_apps", {"access_token": graph.token}, token=None),
        graph.post(f"{graph.waba}/subscribed_apps", token=None, data={"access_token": graph.token}),
    ]

    assert [answer.status_code for answer in answers] == [200] * 7


def test_an_expired_token_is_refused_from_its_very_instant(seeded: Sandbox, graph: Any, refusal: Any):
    """Code 190 with subcode 463, and the sentence in Pacific time."""
    before = graph.get(graph.number, token="EXPIRING").status_code
    seeded.travel_to(datetime(2026, 11, 2, 13, tzinfo=UTC))

    told = refusal(graph.get(graph.number, token="EXPIRING"))

    assert before == 200
    assert told == (
        401,
        {
            "message": "Error validating access token: Session has expired on Monday, 02-Nov-26 05:00:00 "
            "PST. The current time is Monday, 02-Nov-26 05:00:00 PST.",
            "type": "OAuthException",
            "code": 190,
            "error_subcode": 463,
        },
    )


def test_a_token_without_the_permission_is_refused(seeded: Sandbox, graph: Any, refusal: Any):
    """Code 200, HTTP 403; each permission opens its own half."""
    message = {"messaging_product": "whatsapp", "to": graph.sheena, "text": {"body": "Hello"}}

    sent = graph.post(f"{graph.number}/messages", message, token="MANAGER")
    listed = graph.get(f"{graph.waba}/message_templates", token="MESSENGER")

    assert refusal(sent) == (
        403,
        {
            "message": "(#200) You do not have the necessary permissions to send messages on behalf of this "
            "WhatsApp Business Account",
            "type": "OAuthException",
            "code": 200,
        },
    )
    assert refusal(listed) == (
        403,
        {"message": "(#200) Permissions error", "type": "OAuthException", "code": 200},
    )
    assert seeded.messages() == []
    assert graph.post(f"{graph.number}/messages", message, token="MESSENGER").status_code == 200
    assert graph.get(f"{graph.waba}/message_templates", token="MANAGER").status_code == 200


@pytest.mark.parametrize("where", ["query", "body"])
def test_a_right_proof_is_accepted(graph: Any, where: str):
    """HMAC-SHA256 of the token under the app's secret, in hexadecimal."""
    proof = hmac.new(b"5eedab1e5eedab1e5eedab1e5eedab1e", graph.token.encode(), hashlib.sha256).hexdigest()

    answer = (
        graph.get(f"{graph.number}?appsecret_proof={proof}")
        if where == "query"
        else graph.post(f"{graph.waba}/subscribed_apps", {"appsecret_proof": proof})
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("proof", ["0" * 64, "x", "", "ä"])
def test_a_proof_is_checked_whenever_it_is_there(graph: Any, refusal: Any, proof: str):
    """In the query as in the body."""
    wrong = (
        400,
        {
            "message": "Invalid appsecret_proof provided in the API argument",
            "type": "GraphMethodException",
            "code": 100,
        },
    )

    assert refusal(graph.get(f"{graph.number}?appsecret_proof={proof}")) == wrong
    assert refusal(graph.post(f"{graph.waba}/subscribed_apps", {"appsecret_proof": proof})) == wrong


# objects and paths


@pytest.mark.parametrize(
    ("method", "path", "verb"),
    [
        ("GET", "123123", "get"),
        ("GET", "123_123", "get"),
        ("GET", "123123/phone_numbers", "get"),
        ("GET", "123123?fields=id", "get"),
        ("POST", "123123", "post"),
        ("POST", "123123/messages", "post"),
        ("POST", "123123/register", "post"),
        ("PUT", "123123/messages", "post"),
        ("DELETE", "123123", "delete"),
        ("DELETE", "123123/message_templates?name=x", "delete"),
    ],
)
def test_an_unknown_object_is_refused_in_the_verb_s_words(
    graph: Any, refusal: Any, method: str, path: str, verb: str
):
    """HTTP 400 and never 404, subcode 33."""
    name = path.partition("/")[0].partition("?")[0]

    assert refusal(graph(method, path)) == (400, unsupported(verb, name))


def test_a_method_may_be_asked_for_in_a_parameter(graph: Any, refusal: Any):
    """``POST …?method=delete`` is a DELETE."""
    told = refusal(graph.post("123123?method=delete"))

    assert told == (400, unsupported("delete", "123123"))


def test_an_object_of_another_sandbox_is_unknown(emulator: Emulator, graph: Any, refusal: Any):
    """A token sees its own sandbox alone."""
    other = emulator.create("other", at=datetime(2026, 11, 2, tzinfo=UTC), speed=None)
    number = other.identity()["numbers"][0]["phone_number_id"]

    told = refusal(graph.get(number))

    assert number != graph.number
    assert told == (400, unsupported("get", number))
    assert graph.get(number, token=other.identity()["access_token"]).status_code == 200


def test_a_missing_edge_is_told_by_method(graph: Any, refusal: Any):
    """A GET names the edge and the node's type, a POST or DELETE says that the object cannot do it."""
    got = refusal(graph.get(f"{graph.number}/message_templates"))
    posted = refusal(graph.post(f"{graph.number}/nonsense"))
    deleted = refusal(graph.delete(f"{graph.number}/messages"))

    assert got == (
        400,
        {
            "message": "(#100) Tried accessing nonexisting field (message_templates) on node type "
            "(WhatsAppBusinessPhoneNumber)",
            "type": "OAuthException",
            "code": 100,
        },
    )
    assert posted == (400, unsupported("post", graph.number))
    assert deleted == (400, unsupported("delete", graph.number))


@pytest.mark.parametrize("path", ["me", "nonsense", "nonsense/messages"])
def test_a_path_that_is_no_object_is_refused(graph: Any, refusal: Any, path: str):
    """Code 2500, with the path."""
    assert refusal(graph.get(path)) == (
        400,
        {"message": f"Unknown path components: /{path}", "type": "OAuthException", "code": 2500},
    )


def test_a_path_with_a_line_end_in_it_is_refused_like_any_other(graph: Any, refusal: Any):
    """The platform never answers 404 for a path."""
    status, error = refusal(graph.get("/v24.0/a%0ab"))

    assert (status, error["code"]) == (400, 2500)


@pytest.mark.parametrize("path", ["/v24.0//{}", "//v24.0/{}", "/v24.0/{}/"])
def test_too_many_slashes_do_no_harm(graph: Any, path: str):
    """Base addresses that end in a slash are common; nothing is redirected."""
    assert graph.get(path.format(graph.number)).status_code == 200


def test_a_head_is_answered_like_a_get_without_its_body(graph: Any):
    """Status and headers are the same."""
    got, head = graph.get(graph.number), graph("HEAD", graph.number)

    assert (head.status_code, head.data) == (200, b"")
    assert set(head.headers.keys()) == set(got.headers.keys())


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_pages_of_every_origin_may_call(graph: Any, method: str):
    """CORS is open, also when a browser asks first."""
    answer = graph(method, graph.number)

    assert (answer.status_code, answer.headers.get("Access-Control-Allow-Origin")) == (200, "*")


@pytest.mark.parametrize("version", ["v999.0", "v12.0", "v24.1"])
def test_a_version_that_never_was_is_an_unknown_path(graph: Any, refusal: Any, version: str):
    """Nothing is upgraded that never existed."""
    status, error = refusal(graph.get(f"/{version}/{graph.number}"))

    assert (status, error["code"]) == (400, 2500)
    assert error["message"].startswith(f"Unknown path components: /{version}")


def test_what_is_not_emulated_is_noted_in_the_journal(graph: Any, sandbox: Sandbox):
    """So that nobody takes a missing edge for a wrong call."""
    graph.post(f"{graph.number}/request_code", {"code_method": "SMS", "language": "en_US"})

    with sandbox.command() as store:
        (entry,) = store.journal.select(kind="unsupported")
    assert entry.subject == "POST WhatsAppBusinessPhoneNumber/request_code"


# versions


@pytest.mark.parametrize(
    ("path", "version", "warning"),
    [
        ("/v26.0/", "v26.0", None),
        ("/", "v26.0", None),
        ("/v25.0/", "v26.0", "The call has been auto-upgraded to v26.0 as v25.0 will be deprecated."),
        ("/v13.0/", "v26.0", "The call has been auto-upgraded to v26.0 as v13.0 has been deprecated."),
    ],
)
def test_a_call_is_carried_out_under_a_version(graph: Any, path: str, version: str, warning: str | None):
    """Its own, the app's when it names none, or the oldest one that still works; the latter is told."""
    answer = graph.get(f"{path}{graph.number}")

    assert answer.status_code == 200
    assert answer.headers["Facebook-Api-Version"] == version
    assert answer.headers.get("X-Ad-Api-Version-Warning") == warning


def test_a_version_expires_while_time_goes_by(emulator: Any, client: Any):
    """The same call, one second later."""
    begin = datetime(2026, 6, 5, tzinfo=UTC) - timedelta(seconds=1)
    sandbox = emulator.create("june", at=begin, speed=None)
    identity = sandbox.identity()
    path = f"/v24.0/{identity['numbers'][0]['phone_number_id']}"
    headers = {"Authorization": f"Bearer {identity['access_token']}"}

    before = client.get(path, headers=headers)
    sandbox.advance(timedelta(seconds=1))
    after = client.get(path, headers=headers)
    emulator.remove("june")

    assert [each.headers["Facebook-Api-Version"] for each in (before, after)] == ["v24.0", "v25.0"]


def test_a_refusal_tells_the_version_too(graph: Any):
    """Upgrade and warning are no matter of success."""
    answer = graph.get("/v19.0/123123")

    assert answer.headers["Facebook-Api-Version"] == "v26.0"
    assert "X-Ad-Api-Version-Warning" in answer.headers


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
def test_every_refusal_has_the_recorded_form(graph: Any, method: str, path: str, more: dict[str, Any]):
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


def test_no_two_answers_have_the_same_trace(graph: Any):
    """Successes, refusals, and refusals that belong to no sandbox."""
    answers = [
        call()
        for _ in range(5)
        for call in (
            lambda: graph.get(graph.number),
            lambda: graph.get("123123"),
            lambda: graph.get(graph.number, token=None),
        )
    ]

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
def test_usage_is_counted_for_the_waba(graph: Any, method: str, path: str, kind: str):
    """Also when the call is refused, as long as the object is known."""
    answer = graph(method, path, {} if method == "POST" else None)

    usage = json.loads(answer.headers["X-Business-Use-Case-Usage"])
    assert [entry["type"] for entry in usage[WABA_ID]] == [kind]
    assert "X-App-Usage" not in answer.headers


def test_usage_is_counted_for_the_app_when_the_object_is_unknown(graph: Any):
    """There is no WABA then."""
    answer = graph.get("123123")

    assert "X-App-Usage" in answer.headers
    assert "X-Business-Use-Case-Usage" not in answer.headers


def test_a_body_is_the_recorded_number_of_bytes(graph: Any):
    """363 for the first recorded refusal, escapes and all."""
    answer = graph.post("/v19.0/123123/messages", {"messaging_product": "whatsapp"})

    assert len(answer.data) == 363
    assert answer.data.startswith(
        b'{"error":{"message":"Unsupported post request. Object with ID \'123123\' '
    )


# the journal


def journal(sandbox: Sandbox) -> str:
    with sandbox.command() as store:
        entries = store.journal.select()
    return json.dumps(
        [(entry.subject, entry.cause, entry.summary, dict(entry.details)) for entry in entries], default=str
    )


def test_every_call_is_written_down_with_its_answer(graph: Any, sandbox: Sandbox):
    """Also one that was refused, with the emulator's explanation."""
    graph.text()
    refused = graph.text(to="")

    with sandbox.command() as store:
        first, second = store.journal.select(kind="call")
    assert first.summary == f"POST /v24.0/{PRODUCTION}/messages → 200"
    assert first.cause == sandbox.messages()[0].id
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
def test_no_token_or_secret_is_written_down(graph: Any, sandbox: Sandbox, call: Any):
    """However it was given, and wherever the answer repeats it."""
    call(graph)

    written = journal(sandbox)
    assert '"call"' not in written
    assert graph.token not in written
    assert APP_SECRET not in written


def test_a_token_that_looks_real_is_written_nowhere(graph: Any, sandbox: Sandbox):
    """Nor does the answer repeat it; a header warns whoever sent it."""
    for given in ({"token": REAL_LOOKING}, {"token": None, "data": {"access_token": REAL_LOOKING}}):
        answer = graph.post(f"{graph.number}/messages", **given)
        assert REAL_LOOKING not in answer.text + str(answer.headers)
        assert "real Meta token" in answer.headers["X-Emulator-Hint"]

    assert REAL_LOOKING not in journal(sandbox)
