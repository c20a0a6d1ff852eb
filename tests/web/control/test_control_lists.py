"""What the control API lists: messages, windows, templates, numbers, deliveries, the journal."""

from __future__ import annotations

import re
from typing import Any

from kit.control import Control
from kit.identities import (
    APP_ID,
    PABLO,
    PRODUCTION,
    RECEIVER,
    SHEENA,
    TEST,
    WABA_ID,
)

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


def test_messages_can_be_looked_at(control: Control, graph: Any) -> None:
    """All of them, a person's, the newest, one."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "One"}})
    control.post(f"/people/{PABLO}/messages", {"text": {"body": "Two"}})
    sent = graph.text("Three", biz_opaque_callback_data="x").json["messages"][0]["id"]

    def texts(query: str) -> list[str]:
        return [message["text"]["body"] for message in control.get(f"/messages{query}").json["messages"]]

    assert texts("") == ["One", "Two", "Three"]
    assert texts(f"?wa_id={SHEENA}") == ["One", "Three"]
    assert texts("?limit=2") == ["Two", "Three"]
    one = control.get(f"/messages/{sent}").json
    assert (one["direction"], one["status"], one["biz_opaque_callback_data"]) == ("outbound", "accepted", "x")


def test_a_failed_message_says_why(control: Control, graph: Any) -> None:
    """Code, title and details."""
    sent = graph.text().json["messages"][0]["id"]
    control.post("/settle")

    assert control.get(f"/messages/{sent}").json["error"] == {
        "code": 131047,
        "title": "Re-engagement message",
        "details": "Message failed to send because more than 24 hours have passed since the customer last "
        "replied to this number.",
    }


def test_the_transcript_reads_like_a_conversation(control: Control, graph: Any) -> None:
    """In simulated time."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    graph.text("Hello")
    control.post("/settle")

    _, inbound, outbound = control.get("/transcript").json["transcript"].splitlines()

    assert inbound == "09:00:00  Sheena Nelson → business: Hi"
    assert outbound == "09:00:00  business → Sheena Nelson: Hello   ✓✓ read"


def test_the_transcript_as_json_has_messages_and_faults(control: Control) -> None:
    """Each list in order of time."""
    control.post("/faults", {"code": 131051})
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})

    listed = control.get("/transcript?form=json").json

    assert [each["type"] for each in listed["messages"]] == ["unsupported"]
    assert [(each["fault"], each["code"]) for each in listed["faults"]] == [("fault:1", 131051)]


def test_windows_can_be_looked_at(control: Control) -> None:
    """The newest first, and whether each is open now."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    control.post("/clock/advance", {"hours": 24})
    control.post(f"/people/{PABLO}/messages", {"text": {"body": "Hola"}})

    assert control.get("/windows").json == {
        "windows": [
            {
                "phone_number_id": PRODUCTION,
                "wa_id": PABLO,
                "open": True,
                "last_inbound_at": "2026-11-03T09:00:00Z",
                "closes_at": "2026-11-04T09:00:00Z",
                "free_entry_point": None,
            },
            {
                "phone_number_id": PRODUCTION,
                "wa_id": SHEENA,
                "open": False,
                "last_inbound_at": "2026-11-02T09:00:00Z",
                "closes_at": "2026-11-03T09:00:00Z",
                "free_entry_point": None,
            },
        ]
    }


def test_templates_can_be_looked_at(control: Control) -> None:
    """With their status and their WABA."""
    found = {each["name"]: each for each in control.get("/templates").json["templates"]}

    assert len(found) == 8
    assert found["free_gift"]["rejected_reason"] == "PROMOTIONAL"
    assert {each["waba_id"] for each in found.values()} == {WABA_ID}


def test_numbers_can_be_looked_at(control: Control) -> None:
    """With whom a test number may write to."""
    production, test = control.get("/numbers").json["numbers"]

    assert (production["kind"], production["allowed"]) == ("production", [])
    assert test == {
        "phone_number_id": TEST,
        "display_phone_number": "+1 555-093-4873",
        "verified_name": "Test Number",
        "kind": "test",
        "registered": True,
        "status": "CONNECTED",
        "name_status": "AVAILABLE_WITHOUT_REVIEW",
        "quality_rating": "GREEN",
        "throughput": "STANDARD",
        "on_business_app": False,
        "waba_id": WABA_ID,
        "allowed": [SHEENA],
    }


def test_a_template_can_be_reviewed(control: Control) -> None:
    """The answer is the template as it is now."""
    answer = control.post(
        "/templates/1689556908129836/review", {"decision": "reject", "reason": "PROMOTIONAL"}
    )

    assert (answer.status_code, answer.json["status"], answer.json["rejected_reason"]) == (
        200,
        "REJECTED",
        "PROMOTIONAL",
    )


def test_more_webhook_fields_can_be_heard_of(control: Control, graph: Any) -> None:
    """Beside those of the seed, and without a handshake."""
    control("PUT", "/webhook", {"url": "http://127.0.0.1:9/hook", "fields": ["user_preferences"]})

    (subscribed,) = graph.get(f"{graph.app}/subscriptions", token=graph.app_token).json["data"]
    assert [field["name"] for field in subscribed["fields"]] == [
        "message_template_status_update",
        "messages",
        "user_preferences",
    ]


def test_webhooks_can_be_connected_and_disconnected(control: Control) -> None:
    """Without a handshake."""
    connected = control("PUT", "/webhook", {"url": "http://127.0.0.1:9/hook"})
    shown = control.get("").json["webhook_url"]
    disconnected = control("PUT", "/webhook", {"url": None})

    assert (connected.json, shown) == ({"url": "http://127.0.0.1:9/hook"}, "http://127.0.0.1:9/hook")
    assert disconnected.json == {"url": None}
    assert control.get("").json["webhook_url"] is None


def test_deliveries_can_be_looked_at_and_repeated(control: Control, inbox: Any) -> None:
    """All, by state, one with its body and its attempts; the same bytes again."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    waiting = control.get("/deliveries?state=waiting").json["deliveries"]
    control.post("/settle")
    number = waiting[0]["id"]
    again = control.post(f"/deliveries/{number}/redeliver")
    control.post("/settle")

    one = control.get(f"/deliveries/{number}").json
    assert waiting[0] == {
        "id": number,
        "app_id": APP_ID,
        "url": RECEIVER,
        "field": "messages",
        "wa_id": SHEENA,
        "state": "waiting",
        "at": "2026-11-02T09:00:00Z",
        "due": "2026-11-02T09:00:00Z",
        "cause": control.get("/messages").json["messages"][0]["id"],
        "attempts": 0,
        "latency": None,
    }
    assert (again.status_code, again.json["state"]) == (202, "waiting")
    assert [delivery["state"] for delivery in control.get("/deliveries").json["deliveries"]] == ["delivered"]
    latencies = [attempt.pop("latency") for attempt in one["attempts"]]
    assert one["attempts"] == [
        {"number": 1, "at": "2026-11-02T09:00:00Z", "status": 200, "problem": None},
        {"number": 2, "at": "2026-11-02T09:00:00Z", "status": 200, "problem": None},
    ]
    assert (min(latencies) > 0, one["latency"]) == (True, latencies[-1])
    assert [webhook.body.decode() for webhook in inbox.webhooks] == [one["body"], one["body"]]


def test_many_webhooks_are_delivered_again(control: Control, inbox: Any) -> None:
    """Those in a state, or with numbers in a range; something has to be said."""
    for text in ("1", "2", "3"):
        control.post(f"/people/{SHEENA}/messages", {"text": {"body": text}})
    control.post("/settle")
    inbox.clear()

    again = control.post("/deliveries/redeliver", {"state": "delivered", "first": 2})
    control.post("/settle")

    assert (again.status_code, again.json) == (202, {"deliveries": [2, 3]})
    assert inbox.events == ["text 2", "text 3"]
    assert control.post("/deliveries/redeliver").status_code == 422
    assert control.post("/deliveries/redeliver", {"first": 1.5}).status_code == 400


def test_the_journal_can_be_followed(control: Control, graph: Any) -> None:
    """Filtered by kind, person, subject and cause, from an instant or a place on."""
    inbound = control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}}).json["id"]
    control.post("/clock/advance", {"hours": 1})
    outbound = graph.text().json["messages"][0]["id"]
    control.post("/settle")

    def found(query: str) -> list[tuple[str, str]]:
        return [
            (entry["kind"], entry["subject"]) for entry in control.get(f"/journal{query}").json["journal"]
        ]

    everything = control.get("/journal").json["journal"]
    assert found("?kind=status") == [("status", outbound)] * 3
    assert found(f"?subject={inbound}&kind=message") == [("message", inbound)]
    assert {subject for _, subject in found(f"?cause={outbound}")} == {outbound}
    assert found(f"?wa_id={PABLO}") == []
    assert ("call", outbound) in found(f"?chain={inbound}")
    assert found(f"?chain={inbound}") == found(f"?chain={outbound}")
    assert found("?since=2026-11-02T10:00:00Z") == [
        (entry["kind"], entry["subject"]) for entry in everything if entry["at"] == "2026-11-02T10:00:00Z"
    ]
    assert found(f"?after={everything[0]['seq']}&limit=2") == [
        (entry["kind"], entry["subject"]) for entry in everything[1:3]
    ]
    assert [entry["seq"] for entry in everything] == sorted({entry["seq"] for entry in everything})
    assert all(INSTANT.fullmatch(entry["at"]) for entry in everything)
