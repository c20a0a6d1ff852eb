"""Webhooks on demand, and echoes of the business app, over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import SHEENA
from kit.receivers import Inbox

from emulator import Sandbox


def test_a_field_is_sent(control: Control, sandbox: Sandbox, everything: Inbox) -> None:
    """The answer is what was sent; the list of fields names the samples."""
    answer = control.post("/webhooks", {"field": "flows", "sample": "ENDPOINT_LATENCY", "person": SHEENA})
    sandbox.settle()

    assert (answer.status_code, answer.json["value"]["p90_latency"]) == (202, 8000)
    assert everything.payloads[0]["entry"][0]["changes"][0] == {
        "value": answer.json["value"],
        "field": "flows",
    }
    fields = {each["field"]: each["samples"] for each in control.get("/webhooks").json["fields"]}
    assert "ENDPOINT_LATENCY" in fields["flows"]
    assert fields["message_echoes"] == []


def test_somebody_answers_in_the_app(control: Control, sandbox: Sandbox, everything: Inbox) -> None:
    """The answer is the id of the message."""
    answer = control.post(f"/people/{SHEENA}/echoes", {"text": {"body": "I take over"}})
    sandbox.settle()

    (echo,) = everything.payloads[0]["entry"][0]["changes"][0]["value"]["message_echoes"]
    assert (answer.status_code, answer.json) == (201, {"id": echo["id"]})


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/webhooks", {}, 400),
        ("/webhooks", {"field": "nonsense"}, 422),
        ("/webhooks", {"field": "security", "sample": "nonsense"}, 422),
        ("/webhooks", {"field": "security", "value": []}, 400),
        ("/webhooks", {"field": "security", "person": "12125550000"}, 404),
        ("/people/16505551234/echoes", {}, 400),
        ("/people/16505551234/echoes", {"type": "order"}, 400),
        ("/people/16505551234/echoes", {"text": {"body": "a"}, "location": {}}, 400),
        ("/people/16505551234/echoes", {"text": {"body": ""}}, 422),
        ("/people/12125550000/echoes", {"text": {"body": "a"}}, 404),
    ],
)
def test_what_cannot_be_is_explained(control: Control, path: str, body: Any, status: int) -> None:
    """As a problem."""
    assert problem_of(control.post(path, body))[0] == status
