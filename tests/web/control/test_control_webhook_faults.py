"""The former routes of faults of webhooks: they work for one more version, and warn."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import SHEENA
from kit.receivers import Inbox

from emulator import Sandbox


def test_two_messages_come_in_one_request(control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """However long it takes until the second is written."""
    answer = control.post("/webhook-faults", {"kind": "batch", "times": 2})
    for text in ("one", "two"):
        control.post(f"/people/{SHEENA}/messages", {"text": {"body": text}})
        control.post("/settle")

    assert answer.status_code == 201
    assert answer.json == {"id": 1, "kind": "batch", "times": 2, "met": 0, "by": None}
    assert answer.headers["X-Emulator-Warning"] == (
        "POST /webhook-faults is called POST /faults now; the former name goes with the next version"
    )
    (payload,) = inbox.payloads
    assert len(payload["entry"][0]["changes"][0]["value"]["messages"]) == 2
    assert control.get("/webhook-faults").json == {"webhook_faults": [answer.json | {"met": 2}]}


def test_a_webhook_comes_late(control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """By so many seconds of simulated time."""
    assert control.post("/webhook-faults", {"kind": "late", "by": 90}).json["by"] == 90
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hello"}})

    control.post("/clock/advance", {"seconds": 89})
    before = list(inbox.events)
    control.post("/clock/advance", {"seconds": 1})

    assert (before, inbox.events) == ([], ["text Hello"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"kind": "thrice"}, 400),
        ({"kind": "late"}, 422),
        ({"kind": "late", "by": 0}, 400),
        ({"kind": "twice", "by": 1}, 422),
        ({"kind": "twice", "times": 0}, 422),
    ],
)
def test_what_could_never_be_met_is_explained(control: Control, body: Any, status: int) -> None:
    """As a problem."""
    assert problem_of(control.post("/webhook-faults", body))[0] == status


def test_the_present_route_lists_the_same_faults(control: Control, sandbox: Sandbox) -> None:
    """Among all others, or alone; it warns of nothing."""
    control.post("/webhook-faults", {"kind": "twice", "times": 3})
    control.post("/faults", {"code": 131000})

    listed = control.get("/faults")
    alone = control.get("/faults?when=webhook")

    assert [(fault["id"], fault["kind"], fault["times"]) for fault in listed.json["faults"]] == [
        (1, "twice", 3),
        (2, "error", 1),
    ]
    assert [fault["id"] for fault in alone.json["faults"]] == [1]
    assert "X-Emulator-Warning" not in listed.headers
