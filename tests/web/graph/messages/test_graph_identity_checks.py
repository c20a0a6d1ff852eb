"""A send may insist that its recipient is still the same; it is refused when their keys have changed."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.sandbox.sandbox import Sandbox

HASH = "DF2lS5v2W6x="


def test_a_changed_identity_refuses_the_send(graph: Any, sandbox: Sandbox, inbox: Any, refusal: Any) -> None:
    """In the answer, as the catalogue says; no message exists and no webhook follows."""
    sandbox.people.change(graph.sheena, identity_key_hash="changed")

    answer = graph.text(recipient_identity_key_hash=HASH)
    sandbox.settle()

    assert refusal(answer) == (
        400,
        {
            "message": "(#137000) Recipient identity key hash mismatch",
            "type": "OAuthException",
            "code": 137000,
        },
    )
    assert answer.headers["X-Emulator-Rule"] == "recipient_is_still_the_same"
    assert "is changed" in answer.headers["X-Emulator-Hint"]
    assert (sandbox.messages.all(), inbox.webhooks) == ([], [])


@pytest.mark.parametrize(
    ("known", "expected"),
    [(HASH, HASH), (HASH, None), (None, HASH), (None, None)],
    ids=["the same", "not asked for", "not known", "neither"],
)
def test_whoever_is_still_the_same_is_reached(
    graph: Any, sandbox: Sandbox, known: Any, expected: Any
) -> None:
    """So is everybody when one side says nothing."""
    sandbox.people.change(graph.sheena, identity_key_hash=known)
    sandbox.people.say(graph.sheena, "Hello")

    answer = graph.text(**({} if expected is None else {"recipient_identity_key_hash": expected}))
    sandbox.settle()

    assert (answer.status_code, sandbox.messages.all()[-1].status) == (200, "read")


def test_the_hash_is_a_string(graph: Any, refusal: Any) -> None:
    """Graph's reader says so."""
    status, error = refusal(graph.text(recipient_identity_key_hash={"a": 1}))

    assert (status, error["message"]) == (
        400,
        "(#100) Param recipient_identity_key_hash must be a string.",
    )


def test_webhooks_tell_the_hash_of_who_has_one(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Beside the contact who writes, and in every status; that is where an integrator learns it."""
    sandbox.people.change(graph.sheena, identity_key_hash=HASH)
    for person in (graph.sheena, graph.pablo):
        sandbox.people.say(person, "Hello")
        graph.text(to=person)
    sandbox.settle()

    contacts = {
        value["contacts"][0]["wa_id"]: value["contacts"][0]
        for value in inbox.of("messages")
        if "messages" in value
    }
    told = {(each["recipient_id"], each.get("recipient_identity_key_hash")) for each in inbox.statuses}

    assert contacts[graph.sheena]["identity_key_hash"] == HASH
    assert "identity_key_hash" not in contacts[graph.pablo]
    assert told == {(graph.sheena, HASH), (graph.pablo, None)}


def test_the_control_api_changes_the_hash_and_takes_it_away(graph: Any, control: Any) -> None:
    """A new phone has new keys; ``null`` ends the check."""
    person = f"/people/{graph.sheena}"
    before = control.get(person).json["identity_key_hash"]

    changed = control.patch(person, {"identity_key_hash": "new"}).json["identity_key_hash"]
    refused = graph.text(recipient_identity_key_hash=HASH).json["error"]["code"]
    ended = control.patch(person, {"identity_key_hash": None}).json["identity_key_hash"]
    added = control.post("/people", {"name": "Anna", "identity_key_hash": HASH}).json["identity_key_hash"]

    assert (before, changed, refused, ended, added) == (None, "new", 137000, None, HASH)
    assert graph.text(recipient_identity_key_hash=HASH).status_code == 200
