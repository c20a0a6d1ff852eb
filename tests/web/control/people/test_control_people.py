"""The control API's doors to people: who they are and what they do."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from kit.control import Control
from kit.identities import (
    BEATRIZ,
    JONAS,
    PABLO,
    PRODUCTION,
    SHEENA,
    TEST,
)

CALM = {
    "blocks": 0.0,
    "reports": 0.0,
    "stops": 0.0,
    "offline": [],
    "old_client": False,
    "answers": [],
}


def test_people_are_listed_in_the_order_of_the_seed(control: Control) -> None:
    """Each with everything that is known."""
    people = control.get("/people").json["people"]

    assert [person["name"] for person in people] == [
        "Sheena Nelson",
        "Pablo Morales",
        "Beatriz Santos",
        "Jonas Weber",
    ]
    assert people[1] == {
        "wa_id": PABLO,
        "name": "Pablo Morales",
        "user_id": people[1]["user_id"],
        "locale": "en_US",
        "opted_in": True,
        "on_whatsapp": True,
        "identity_key_hash": None,
        "device": "android",
        "username": None,
        "shows_number": True,
        "habits": {"sent_after": 0.0, "delivered_after": 0.0, "read_after": 0.0, "reads": False} | CALM,
    }
    assert re.fullmatch(r"US\.\d{15}", people[1]["user_id"])


def test_a_person_is_found_under_every_way_of_writing_their_number(control: Control) -> None:
    """Punctuation does not matter, nor Brazil's ninth digit."""
    plain = control.get(f"/people/{BEATRIZ}").json

    assert plain["name"] == "Beatriz Santos"
    assert control.get("/people/+55 11 98765-4321").json == plain
    assert control.get("/people/551187654321").json == plain


def test_a_person_can_be_added(control: Control) -> None:
    """With what is said; the rest is invented in their locale."""
    given = {
        "name": "Anna",
        "wa_id": "+49 1512 7654321",
        "locale": "de_DE",
        "opted_in": False,
        "on_whatsapp": True,
        "identity_key_hash": None,
        "device": "android",
        "username": None,
        "shows_number": True,
        "habits": {"reads": False, "delivered_after": None},
    }

    answer = control.post("/people", given)
    invented = control.post("/people", {"locale": "pt_BR"})

    assert (answer.status_code, invented.status_code) == (201, 201)
    assert answer.json == {
        **given,
        "wa_id": "4915127654321",
        "user_id": answer.json["user_id"],
        "device": "android",
        "username": None,
        "shows_number": True,
        "habits": {"sent_after": 0.0, "delivered_after": None, "read_after": 0.0, "reads": False} | CALM,
    }
    assert answer.json["user_id"].startswith("DE.")
    assert invented.json["wa_id"].startswith("55")
    assert control.get(f"/people/{invented.json['wa_id']}").json == invented.json


def test_a_person_can_be_changed(control: Control) -> None:
    """What is named, and single habits."""
    answer = control.patch(f"/people/{SHEENA}", {"opted_in": False, "habits": {"read_after": 60}})

    assert (answer.status_code, answer.json["opted_in"], answer.json["name"]) == (
        200,
        False,
        "Sheena Nelson",
    )
    assert answer.json["habits"] == {
        "sent_after": 0.0,
        "delivered_after": 0.0,
        "read_after": 60.0,
        "reads": True,
        **CALM,
    }


def test_a_person_can_write(control: Control, inbox: Any) -> None:
    """To the first number unless told otherwise, in reply to something or not."""
    first = control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    second = control.post(
        f"/people/{SHEENA}/messages",
        {
            "type": "text",
            "text": {"body": "Re"},
            "context": {"id": first.json["id"]},
        },
    )
    third = control.post(f"/people/{SHEENA}/messages", {"to": TEST, "text": {"body": "Hello"}})
    control.post("/settle")

    assert first.status_code == 201
    assert first.json == {
        "id": first.json["id"],
        "phone_number_id": PRODUCTION,
        "wa_id": SHEENA,
        "direction": "inbound",
        "type": "text",
        "status": "received",
        "at": "2026-11-02T09:00:00Z",
        "text": {"body": "Hi"},
        "buttons": [],
        "context_id": None,
        "context": None,
        "biz_opaque_callback_data": None,
        "error": None,
        "group_id": None,
        "referral": None,
        "pricing": None,
        "cause_id": None,
        "cause_basis": None,
        "edited_text": None,
        "revises_id": None,
        "deleted_at": None,
        "receipts": None,
    }
    assert (second.json["context_id"], second.json["context"]["from"]) == (first.json["id"], SHEENA)
    assert third.json["phone_number_id"] == TEST
    assert [message.get("context") for message in inbox.messages] == [None, second.json["context"], None]


def test_a_person_can_tap_a_button(control: Control, graph: Any) -> None:
    """By its label; on the newest message that has it, or on a certain one."""
    older = graph.reminder().json["messages"][0]["id"]
    newer = graph.reminder().json["messages"][0]["id"]
    control.post("/settle")

    tapped = control.post(f"/people/{SHEENA}/taps", {"button": "Yes, I will"})
    on_older = control.post(f"/people/{SHEENA}/taps", {"button": "No, cancel it", "message_id": older})

    assert (tapped.status_code, tapped.json["context_id"], tapped.json["button"]) == (
        201,
        newer,
        {"payload": "Yes, I will", "text": "Yes, I will"},
    )
    assert on_older.json["context_id"] == older


def test_a_person_can_read(control: Control, graph: Any) -> None:
    """Everything that was delivered, even who usually does not."""
    graph.reminder(to=graph.pablo)
    control.post("/settle")

    answer = control.post(f"/people/{PABLO}/reads")
    control.post("/settle")

    assert [message["status"] for message in answer.json["messages"]] == ["delivered"]
    assert [message["status"] for message in control.get("/messages").json["messages"]] == ["read"]


def test_a_crowd_is_added(control: Control) -> None:
    """The answer is their numbers; what is said holds for all."""
    answer = control.post("/crowds", {"count": 3, "locale": "de_DE", "habits": {"reads": False}})

    assert answer.status_code == 201
    added = [control.get(f"/people/{number}").json for number in answer.json["people"]]
    assert [(each["locale"], each["habits"]["reads"]) for each in added] == [("de_DE", False)] * 3
    assert control.post("/crowds", {"count": 0}).status_code == 422
    assert control.post("/crowds", {}).status_code == 400


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("sheena", [SHEENA]),
        ("Nelson She", [SHEENA]),
        ("+1 650 555", [SHEENA, PABLO]),
        ("4321", [PABLO, BEATRIZ]),
        ("Sheena 4321", []),
        ("%", []),
        ("_", []),
        (" ", [SHEENA, PABLO, BEATRIZ, JONAS]),
    ],
)
def test_people_are_found_by_name_or_number(control: Control, search: str, found: list[str]) -> None:
    """All words stand in the name, or the digits in the number; signs of patterns are signs."""
    answer = control.get("/people?" + urlencode({"search": search})).json

    assert [person["wa_id"] for person in answer["people"]] == found


def test_messages_of_a_group_have_receipts(control: Control, graph: Any) -> None:
    """How far each has come with whom; those that no business has sent to a group have none."""
    group = control.post("/groups", {"subject": "Plants", "participants": [SHEENA, PABLO]}).json["id"]
    written = control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}, "group": group}).json
    sent = graph.send(to=group, recipient_type="group", type="text", text={"body": "Hello"}).json
    number = sent["messages"][0]["id"]
    before = control.get(f"/messages/{number}").json["receipts"]
    control.post("/settle")

    receipts = [{"wa_id": SHEENA, "status": "read"}, {"wa_id": PABLO, "status": "delivered"}]
    assert (written["receipts"], before) == (None, [])
    assert control.get(f"/messages/{number}").json["receipts"] == receipts
    assert [each["receipts"] for each in control.get("/messages").json["messages"]] == [None, receipts]


def test_a_file_is_sent_in_a_group(control: Control) -> None:
    """As a text is; a place is not what groups take."""
    group = control.post("/groups", {"subject": "Plants", "participants": [SHEENA]}).json["id"]
    image = {"data": "iVBORw0=", "mime_type": "image/png"}
    place = {"latitude": 1.0, "longitude": 2.0}

    sent = control.post(f"/people/{SHEENA}/messages", {"type": "image", "image": image, "group": group})
    refused = control.post(
        f"/people/{SHEENA}/messages", {"type": "location", "location": place, "group": group}
    )

    assert (sent.status_code, sent.json["group_id"], refused.status_code) == (201, group, 422)
