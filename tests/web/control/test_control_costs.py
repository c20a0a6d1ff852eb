"""Costs, ads, calls and revisions over the control API."""

from __future__ import annotations

from typing import Any

import pytest
from kit.control import Control
from kit.identities import PABLO, SHEENA

from emulator.sandbox.sandbox import Sandbox


def test_costs_are_told_by_category_country_and_reason(
    control: Control, graph: Any, sandbox: Sandbox
) -> None:
    """Nothing first; then what was delivered, charged at that instant."""
    empty = control("GET", "/costs").json
    sandbox.people.say(SHEENA, "Hello")
    graph.text()
    graph.reminder()
    sandbox.settle()

    told = control("GET", "/costs").json

    assert empty == {
        "since": None,
        "until": None,
        "billable": {"messages": 0, "by_category": {}, "by_country": {}},
        "free": {"messages": 0, "by_reason": {}},
        "lines": [],
        "amount": None,
        "currency": "USD",
    }
    about = {"country": "US", "market": "North America", "messages": 1, "amount": None}
    assert told["lines"] == [
        about | {"category": "utility", "free": None},
        about | {"category": "service", "free": "free_tier"},
    ]
    assert told["billable"] == {"messages": 1, "by_category": {"utility": 1}, "by_country": {"US": 1}}
    assert told["free"] == {"messages": 1, "by_reason": {"free_tier": 1}}


def test_a_report_may_be_of_a_time_and_a_number(control: Control, graph: Any, sandbox: Sandbox) -> None:
    """From an instant on, until just before another."""
    graph.reminder()
    sandbox.settle()

    def billed(query: str) -> int:
        return int(control("GET", f"/costs?{query}").json["billable"]["messages"])

    assert billed("since=2026-11-02T09:00:00Z") == 1
    assert billed("until=2026-11-02T09:00:00Z") == 0
    assert billed(f"phone_number_id={graph.test_number}") == 0
    assert control("GET", "/costs?since=now").status_code == 400


def test_rates_give_counts_a_price(control: Control, graph: Any, sandbox: Sandbox) -> None:
    """Somebody's own; without them there is no money anywhere."""
    graph.reminder()
    sandbox.settle()

    put = control("PUT", "/rates", {"utility": {"*": 0.004}, "authentication-international": {"IN": "0.03"}})

    assert put.json == control("GET", "/rates").json
    assert put.json == {"utility": {"*": "0.004"}, "authentication-international": {"IN": "0.03"}}
    told = control("GET", "/costs").json
    assert (told["amount"], told["lines"][0]["amount"]) == ("0.004", "0.004")


@pytest.mark.parametrize("amount", [-1, "much"])
def test_a_rate_that_is_none_is_refused(control: Control, amount: object) -> None:
    """With a sentence, and nothing changes."""
    answer = control("PUT", "/rates", {"utility": {"*": amount}})

    assert (answer.status_code, "amount of money" in answer.json["detail"]) == (422, True)
    assert control("GET", "/rates").json == {}


def test_an_ad_click_shows_beside_the_window(control: Control, graph: Any, sandbox: Sandbox) -> None:
    """First it waits for an answer, then it is open."""
    clicked = control("POST", f"/people/{SHEENA}/ad-clicks", {"text": "Hello"})
    waits = control("GET", "/windows").json["windows"][0]["free_entry_point"]
    graph.text()
    sandbox.settle()

    (window,) = control("GET", "/windows").json["windows"]

    assert clicked.status_code == 201
    assert clicked.json["referral"]["source_type"] == "ad"
    assert waits == {
        "open": False,
        "clicked_at": "2026-11-02T09:00:00Z",
        "answer_by": "2026-11-03T09:00:00Z",
        "opened_at": None,
        "closes_at": None,
    }
    assert (window["open"], window["closes_at"]) == (True, "2026-11-03T09:00:00Z")
    assert window["free_entry_point"] == waits | {
        "open": True,
        "opened_at": "2026-11-02T09:00:00Z",
        "closes_at": "2026-11-05T09:00:00Z",
    }
    assert control("GET", f"/messages/{sandbox.messages.all(outbound=True)[0].id}").json["pricing"][
        "type"
    ] == ("free_entry_point")


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": {"body": "Hello"}},
        {"type": "location", "location": {"latitude": 1, "longitude": 2}},
        {"type": "image", "image": {"data": "aW1hZ2U=", "mime_type": "image/jpeg"}},
    ],
)
def test_whatever_is_written_may_come_from_an_ad(control: Control, message: dict[str, Any]) -> None:
    """A member beside the content, and the device."""
    ad = {"source_type": "ad", "source_id": "1"}

    written = control("POST", f"/people/{SHEENA}/messages", message | {"referral": ad, "device": "ios"})
    browsed = control("POST", f"/people/{PABLO}/messages", message | {"referral": ad, "device": "web"})

    assert (written.status_code, written.json["referral"]) == (201, ad)
    assert browsed.json["referral"] == ad
    entries = {each["wa_id"]: each["free_entry_point"] for each in control("GET", "/windows").json["windows"]}
    assert entries[SHEENA] is not None
    assert entries[PABLO] is None


def test_a_window_without_an_ad_has_no_entry_point(control: Control, sandbox: Sandbox) -> None:
    """Most have none."""
    sandbox.people.say(SHEENA, "Hello")

    assert control("GET", "/windows").json["windows"][0]["free_entry_point"] is None


@pytest.mark.parametrize(
    ("body", "ends_at"),
    [({}, "2026-11-02T09:00:45Z"), ({"lasts": 120}, "2026-11-02T09:02:00Z")],
)
def test_a_person_calls(control: Control, graph: Any, body: dict[str, Any], ends_at: str) -> None:
    """Unanswered it rings a while; the window is open either way."""
    answer = control("POST", f"/people/{SHEENA}/calls", body)

    assert answer.status_code == 201
    assert answer.json == {
        "id": answer.json["id"],
        "phone_number_id": graph.number,
        "wa_id": SHEENA,
        "at": "2026-11-02T09:00:00Z",
        "ends_at": ends_at,
        "answered": bool(body),
    }
    assert control("GET", "/windows").json["windows"][0]["open"] is True


def test_a_call_cannot_last_less_than_nothing(control: Control) -> None:
    """Refused with a sentence."""
    assert control("POST", f"/people/{SHEENA}/calls", {"lasts": -1}).status_code == 400


def test_a_person_edits_and_deletes(control: Control, sandbox: Sandbox) -> None:
    """The answer is what the business gets, if it gets anything."""
    said = sandbox.people.say(SHEENA, "Helo")
    edit = {"message_id": said.id, "text": "Hello"}

    shown = control("POST", f"/people/{SHEENA}/edits", edit)
    unheard = control("POST", f"/people/{SHEENA}/deletions", {"message_id": said.id})
    sandbox.change_settings(edits_told="messages")
    again = control("POST", f"/people/{SHEENA}/edits", edit)
    said = sandbox.people.say(SHEENA, "Helo")
    told = control("POST", f"/people/{SHEENA}/edits", edit | {"message_id": said.id})
    heard = control("POST", f"/people/{SHEENA}/deletions", {"message_id": said.id})

    assert (again.status_code, "has deleted" in again.json["detail"]) == (422, True)
    assert [each.status_code for each in (shown, unheard, told, heard)] == [201] * 4
    assert shown.json["type"] == "unsupported"
    assert unheard.json == {"message": None}
    assert told.json["edit"]["message"]["text"] == {"body": "Hello"}
    assert heard.json["message"]["revoke"] == {"original_message_id": said.id}
    assert told.json["revises_id"] == heard.json["message"]["revises_id"] == said.id
    phone = control("GET", f"/messages/{said.id}").json
    assert (phone["text"], phone["edited_text"]) == ({"body": "Helo"}, "Hello")
    assert phone["deleted_at"] == "2026-11-02T09:00:00Z"
    assert control("POST", f"/people/{SHEENA}/edits", edit | {"message_id": "wamid.X"}).status_code == 422


def test_where_a_business_is_and_what_its_codes_cost(control: Control, graph: Any) -> None:
    """Settled here, and shown by the API's own node when it is asked for it."""
    eligible = {
        "exception_countries": [{"country_code": "ID", "start_time": 1796288400}],
        "start_time": 1796202000,
    }

    before = graph.get(f"{graph.waba}?fields=primary_business_location,auth_international_rate_eligibility")
    changed = control(
        "PATCH",
        f"/wabas/{graph.waba}",
        {"primary_business_location": "IN", "auth_international_rate_eligibility": eligible},
    )
    after = graph.get(f"{graph.waba}?fields=primary_business_location,auth_international_rate_eligibility")

    assert before.json == {"id": graph.waba}
    assert changed.json["primary_business_location"] == "IN"
    assert control("GET", "/wabas").json == {"wabas": [changed.json]}
    assert after.json == {
        "primary_business_location": "IN",
        "auth_international_rate_eligibility": eligible,
        "id": graph.waba,
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"primary_business_location": "India"}, 422),
        ({"auth_international_rate_eligibility": {"start_time": "soon"}}, 422),
    ],
)
def test_what_no_waba_can_have_is_refused(
    control: Control, graph: Any, body: dict[str, Any], status: int
) -> None:
    """And one that is not there is not found."""
    assert control("PATCH", f"/wabas/{graph.waba}", body).status_code == status
    assert control("PATCH", "/wabas/1", {}).status_code == 404
