"""Access tokens: what every endpoint refuses alike."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from kit.identities import APP_ID, REAL_LOOKING_TOKEN

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox

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


@pytest.fixture
def seeded(emulator: Emulator, sandbox: Sandbox, tmp_path: Path) -> Sandbox:
    """A sandbox with tokens that expire or lack a permission."""
    file = tmp_path / "tokens.yaml"
    file.write_text(SEED)
    emulator.remove("default")
    return emulator.create(seed=file, at=datetime(2026, 11, 2, 9, tzinfo=UTC), speed=None, at_once=True)


@pytest.mark.parametrize("headers", [{}, {"Authorization": ""}, {"Authorization": "Basic abc"}])
def test_a_call_without_a_token_is_refused(graph: Any, refusal: Any, headers: dict[str, str]) -> None:
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


@pytest.mark.parametrize("token", ["nonsense", f"{APP_ID}|wrong", "|", "1|2|3", REAL_LOOKING_TOKEN])
def test_an_unknown_token_is_refused(graph: Any, refusal: Any, token: str) -> None:
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


def test_an_unknown_token_is_not_kept(emulator: Emulator, graph: Any) -> None:
    """It may be a real one, called by mistake."""
    for where in (
        {"token": REAL_LOOKING_TOKEN},
        {"token": None, "data": {"access_token": REAL_LOOKING_TOKEN}},
    ):
        assert graph.post(f"{graph.waba}/subscribed_apps", **where).status_code == 401

    assert REAL_LOOKING_TOKEN not in repr(vars(emulator))


def test_a_token_may_come_in_every_accepted_way(graph: Any) -> None:
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


def test_an_expired_token_is_refused_from_its_very_instant(seeded: Sandbox, graph: Any, refusal: Any) -> None:
    """Code 190 with subcode 463, and the sentence in Pacific time."""
    before = graph.get(graph.number, token="EXPIRING").status_code
    seeded.clock.travel_to(datetime(2026, 11, 2, 13, tzinfo=UTC))

    late = graph.get(graph.number, token="EXPIRING")
    told = refusal(late)

    assert before == 200
    assert late.headers["X-Emulator-Hint"].endswith("reset the sandbox: its clock begins anew.")
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


def test_a_token_without_the_permission_is_refused(seeded: Sandbox, graph: Any, refusal: Any) -> None:
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
    assert seeded.messages.all() == []
    assert graph.post(f"{graph.number}/messages", message, token="MESSENGER").status_code == 200
    assert graph.get(f"{graph.waba}/message_templates", token="MANAGER").status_code == 200


@pytest.mark.parametrize("where", ["query", "body"])
def test_a_right_proof_is_accepted(graph: Any, where: str) -> None:
    """HMAC-SHA256 of the token under the app's secret, in hexadecimal."""
    proof = hmac.new(b"5eedab1e5eedab1e5eedab1e5eedab1e", graph.token.encode(), hashlib.sha256).hexdigest()

    answer = (
        graph.get(f"{graph.number}?appsecret_proof={proof}")
        if where == "query"
        else graph.post(f"{graph.waba}/subscribed_apps", {"appsecret_proof": proof})
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("proof", ["0" * 64, "x", "", "ä"])
def test_a_proof_is_checked_whenever_it_is_there(graph: Any, refusal: Any, proof: str) -> None:
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
