"""Every refusal explains itself: a rule, and a hint with the facts of the call.

That every refused call of the tests has both is looked at by :class:`kit.graph.Graph` and by the table of
fidelity; that every raised one has, by :func:`kit.refusals.refusal_of`. Here is what hints say.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from kit.explanations import explained, explains_itself
from kit.graph import Graph, graph_of
from kit.identities import ACCESS_TOKEN, APP_SECRET, PRODUCTION, SHEENA
from kit.messages import template_message, text_message

from emulator import Emulator
from emulator.domain.catalogue import CATALOGUE
from emulator.domain.errors import GraphError, bad_parameter, invalid_parameter, message_error, refuse
from emulator.domain.faults.asking import new_fault
from emulator.domain.shapes import invalid
from emulator.domain.templates.refusals import missing_field, refusal, unexpected_fields
from emulator.domain.templates.wording import OWN_BOTH
from emulator.web.bounds import MAX_BODY

SEND = f"/v24.0/{PRODUCTION}/messages"
TEXT = text_message(SHEENA, "Hi")
WITHOUT_TO = {name: value for name, value in TEXT.items() if name != "to"}
JSON = "application/json"


def hint_of(graph: Graph, **call: Any) -> str:
    answer = graph.post(SEND, **call)
    assert answer.status_code >= 400
    return answer.headers["X-Emulator-Hint"]


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b'{"messaging_product": "whatsapp",', JSON, ["no JSON", "line 1, column 34"]),
        (b'{"to": "\xff"}', JSON, ["not UTF-8", "byte 8"]),
        (b"[1, 2]", JSON, ["an array of 2 elements, not an object"]),
        (b'{"a": NaN}', JSON, ["PHP does not read"]),
        (b'{"to": "1"}', "text/plain", ["Content-Type is text/plain", "application/json"]),
        (b'{"to": "1"}', "", ["no Content-Type", "application/json"]),
    ],
)
def test_a_body_that_could_not_be_read_says_why(
    graph: Graph, data: bytes, kind: str, words: list[str]
) -> None:
    """Its refusal is about a parameter that is missing; the hint says what is wrong with the body itself."""
    hint = hint_of(graph, data=data, content_type=kind)

    assert [word for word in words if word not in hint] == []


def test_an_empty_body_is_no_broken_one(graph: Graph) -> None:
    """It has no parameters, and that is all."""
    hint = hint_of(graph, data=b"", content_type=JSON)

    assert hint.startswith("The call has no parameters at all")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (WITHOUT_TO, ["The call has messaging_product, text, type; add to."]),
        (WITHOUT_TO | {"To": SHEENA}, ["Is To meant?"]),
        (TEXT | {"to": ""}, ["to came as an empty string"]),
        (TEXT | {"type": "txet"}, ["'txet' is none of the", "Is TEXT meant?"]),
        (TEXT | {"messaging_product": "sms"}, ["'sms' is not WHATSAPP"]),
        (TEXT | {"type": 5}, ["a number, 5"]),
        (TEXT | {"text": {"boddy": "Hi"}}, ["Known here are body", "Is body meant?"]),
        (TEXT | {"text": "Hi"}, ['a string, "Hi"', "a JSON object"]),
        (TEXT | {"text": {"body": 7}}, ["a number, 7", "a string"]),
        (TEXT | {"text": {"body": "x" * 4097}}, ["4097 characters"]),
        (TEXT | {"text": {"body": ""}}, ["body came as an empty string"]),
        (TEXT | {"type": "image"}, ["add image"]),
        (TEXT | {"type": "image", "image": {"link": "ftp://a/b"}}, ["ftp://a/b", "http://"]),
        (TEXT | {"biz_opaque_callback_data": "x" * 513}, ["513 characters, 1 too many"]),
        (template_message(SHEENA, "order_shipped"), ["Send 2 for the body, 2 more"]),
    ],
)
def test_a_hint_has_the_facts_of_the_call(graph: Graph, body: dict[str, Any], words: list[str]) -> None:
    """What came, how much of it, and which name was probably meant."""
    hint = hint_of(graph, body=body)

    assert [word for word in words if word not in hint] == [], hint


def test_a_call_without_a_sandbox_explains_itself(graph: Graph) -> None:
    """A wrong version, a wrong proof, and a body that is too large."""
    version = graph.get("/v999.0/me")
    proof = graph.get("me", query_string={"appsecret_proof": "x"})
    large = graph.post(SEND, data=b" " * (MAX_BODY + 1), content_type=JSON)

    assert "There is no version v999.0; the newest is v" in version.headers["X-Emulator-Hint"]
    assert "HMAC-SHA256" in proof.headers["X-Emulator-Hint"]
    assert f"{MAX_BODY:,} bytes" in large.headers["X-Emulator-Hint"]
    right = hmac.new(APP_SECRET.encode(), ACCESS_TOKEN.encode(), hashlib.sha256).hexdigest()
    assert right not in proof.headers["X-Emulator-Hint"]


def test_an_expired_token_names_both_instants(emulator: Emulator) -> None:
    """That of the sandbox's clock, and that at which the token's time ended."""
    shop = emulator.create("default", "shop", at=datetime(2026, 11, 3, tzinfo=UTC), speed=None)

    answer = graph_of(emulator, "EMULATOR-SHOP-EXPIRING-TOKEN").get("me")

    assert answer.json["error"]["error_subcode"] == 463
    assert "2026-11-02T09:00:00" in answer.headers["X-Emulator-Hint"]
    assert shop.clock.now().isoformat() in answer.headers["X-Emulator-Hint"]


BUILDERS = (
    lambda: refuse(131047),  # type: ignore[call-arg]
    lambda: message_error(131047),  # type: ignore[call-arg]
    lambda: invalid_parameter("Something is wrong."),  # type: ignore[call-arg]
    lambda: bad_parameter("Something is wrong."),  # type: ignore[call-arg]
    lambda: GraphError("Something is wrong.", 100),  # type: ignore[call-arg]
    lambda: invalid("Something is wrong."),  # type: ignore[call-arg]
    lambda: refusal(None, "Something", "It is wrong."),  # type: ignore[call-arg]
    lambda: missing_field("BODY", "text"),  # type: ignore[call-arg]
    lambda: unexpected_fields("BODY", ("text",)),  # type: ignore[call-arg]
)


@pytest.mark.parametrize("build", BUILDERS)
def test_nobody_refuses_without_a_hint(build: Callable[[], object]) -> None:
    """Whoever builds a refusal says what came and what would help; there is no sentence for all of them."""
    with pytest.raises(TypeError, match="hint"):
        build()


@pytest.mark.parametrize("number", CATALOGUE)
def test_an_error_that_was_asked_for_says_when_it_is_usually_returned(number: int) -> None:
    """Beside that it was asked for, and how often."""
    words = dict.fromkeys(("verb", "id", "parameter", "path", "expired", "now"), "x")

    refused = new_fault(number).refusal(words)

    assert explains_itself(refused)
    assert f"usually returns it for: {CATALOGUE[number].trigger}." in refused.hint


def test_a_hint_that_says_nothing_of_the_call_is_noticed() -> None:
    """Whose the words are is no explanation."""
    with pytest.raises(AssertionError, match="says nothing of the call"):
        explains_itself(refuse(2388025, hint=OWN_BOTH))


def test_a_hint_that_repeats_its_message_is_noticed(graph: Graph) -> None:
    """By the helper that all these tests rely on."""
    with pytest.raises(AssertionError, match="repeats the message"):
        explains_itself(bad_parameter("The parameter to is required.", hint="The parameter to is required"))
    with pytest.raises(AssertionError, match="no sentence"):
        explains_itself(bad_parameter("The parameter to is required.", hint="no"))
    assert explained(graph.get(PRODUCTION)).status_code == 200
