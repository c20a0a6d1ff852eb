"""The control API's list of chats: people with how each conversation stands."""

from __future__ import annotations

from kit.control import Control, problem_of
from kit.identities import BEATRIZ, JONAS, PABLO, PRODUCTION, SHEENA


def test_a_chat_has_window_unread_messages_and_the_last_message(control: Control) -> None:
    """The person and the message as elsewhere; a chat without anything has nothing."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    blocked = control.post(f"/people/{SHEENA}/blocks", {}).json

    sheena, pablo, *_ = control.get("/chats").json["chats"]

    assert sheena == {
        "person": control.get(f"/people/{SHEENA}").json,
        "window": {"phone_number_id": PRODUCTION, "open": True, "closes_at": "2026-11-03T09:00:00Z"},
        "relationships": [blocked],
        "unread": 0,
        "last_message": control.get("/messages").json["messages"][0],
    }
    assert pablo == {
        "person": control.get(f"/people/{PABLO}").json,
        "window": None,
        "relationships": [],
        "unread": 0,
        "last_message": None,
    }


def test_a_window_that_has_closed_is_shown_as_closed(control: Control) -> None:
    """At the very instant at which it closes."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    control.post("/clock/advance", {"hours": 24})

    assert control.get("/chats?limit=1").json["chats"][0]["window"]["open"] is False


def test_chats_are_read_page_by_page(control: Control) -> None:
    """In the order of people; each page names whom the next one comes after. Unless asked, a page has 100."""
    first = control.get("/chats?limit=3").json
    second = control.get(f"/chats?limit=3&after={first['next']}").json
    control.post("/crowds", {"count": 100})

    assert [each["person"]["wa_id"] for each in first["chats"]] == [SHEENA, PABLO, BEATRIZ]
    assert ([each["person"]["wa_id"] for each in second["chats"]], "next" in second) == ([JONAS], False)
    assert len(control.get("/chats").json["chats"]) == 100
    assert [each["person"]["name"] for each in control.get("/chats?search=weber").json["chats"]] == [
        "Jonas Weber"
    ]
    assert problem_of(control.get("/chats?after=15550000000"))[0] == 404
