"""The control routes of the WhatsApp Business app: chats and contacts."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import SHEENA
from kit.receivers import Inbox


def test_chats_are_shared(control: Control, everything: Inbox) -> None:
    """Those that are given, or those of the sandbox; each chunk is answered and told."""
    chat = {
        "person": SHEENA,
        "messages": [
            {"text": "Do you deliver?", "at": "2026-10-01T09:00:00Z"},
            {"text": "We do", "from": "business", "status": "DELIVERED"},
        ],
    }
    given = control.post("/history", {"chats": [chat], "chunk": 1})
    none = control.post("/history")
    control.post("/settle")

    assert (given.status_code, none.status_code) == (201, 201)
    assert given.json == {
        "chunks": [
            {"phase": 0, "chunk_order": 1, "progress": 50, "messages": 1},
            {"phase": 1, "chunk_order": 2, "progress": 100, "messages": 1},
        ]
    }
    assert none.json == {"chunks": []}
    assert [value["history"][0]["metadata"]["phase"] for value in everything.of("history")] == [0, 1]


def test_sharing_can_be_declined(control: Control, everything: Inbox) -> None:
    """The app learns the error."""
    assert control.post("/history", {"declined": True}).json == {"chunks": []}
    control.post("/settle")

    (value,) = everything.of("history")
    assert value["history"][0]["errors"][0]["code"] == 2593109


def test_contacts_are_saved_and_removed(control: Control, everything: Inbox) -> None:
    """Both by the same path."""
    saved = control.put(f"/people/{SHEENA}/app-contact", {"full_name": "Sheena N."})
    removed = control.delete(f"/people/{SHEENA}/app-contact")
    control.post("/settle")

    assert (saved.status_code, removed.status_code) == (204, 204)
    actions = [value["state_sync"][0]["action"] for value in everything.of("smb_app_state_sync")]
    assert actions == ["add", "remove"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"declined": True, "chats": []}, 400),
        ({"chunk": 1.5}, 400),
        ({"chunk": 0, "chats": [{"person": SHEENA, "messages": [{"text": "Hi"}]}]}, 422),
        ({"chats": [{"person": SHEENA}]}, 400),
        ({"chats": [{"person": SHEENA, "messages": [{"text": "Hi", "status": "LOST"}]}]}, 400),
        ({"chats": [{"person": SHEENA, "messages": [{"text": ""}]}]}, 422),
        ({"chats": [{"person": "16505550000", "messages": []}]}, 404),
        ({"number": "1"}, 422),
    ],
)
def test_what_cannot_be_shared_is_a_problem(control: Control, body: dict[str, Any], status: int) -> None:
    """And nothing is told."""
    assert problem_of(control.post("/history", body))[0] == status
    assert control.get("/deliveries").json["deliveries"] == []
