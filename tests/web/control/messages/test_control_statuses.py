"""Statuses that are made to happen, over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.graph import Graph
from kit.identities import SHEENA
from kit.receivers import Inbox

from emulator import Sandbox


@pytest.fixture
def sent(graph: Graph, control: Control, sandbox: Sandbox, inbox: Inbox) -> str:
    """A text that has been read."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})
    answer = graph.text("Hi")
    sandbox.settle()
    inbox.clear()
    return str(answer.json["messages"][0]["id"])


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ({"status": "delivered"}, "delivered"),
        ({"status": "played"}, "played"),
        ({"status": "failed", "code": 131026}, "failed 131026"),
    ],
)
def test_a_status_is_reported(
    control: Control, sandbox: Sandbox, inbox: Inbox, sent: str, body: Any, event: str
) -> None:
    """The answer is the message."""
    answer = control.post(f"/messages/{sent}/statuses", body)
    sandbox.settle()

    assert (answer.status_code, answer.json["id"]) == (201, sent)
    assert inbox.events == [event]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/messages/wamid.1/statuses", {"status": "read"}, 404),
        ("/messages/{sent}/statuses", {"status": "accepted"}, 400),
        ("/messages/{sent}/statuses", {"status": "failed"}, 422),
        ("/messages/{sent}/statuses", {}, 400),
        ("/people/16505551234/plays", {"message_id": "{sent}"}, 422),
    ],
)
def test_what_cannot_be_is_explained(
    control: Control, sent: str, path: str, body: dict[str, str], status: int
) -> None:
    """As a problem."""
    given = {name: value.format(sent=sent) for name, value in body.items()}

    assert problem_of(control.post(path.format(sent=sent), given))[0] == status
