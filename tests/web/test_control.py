"""The control API: every route as it should be used, and as it should not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import (
    ACCESS_TOKEN,
    APP_ID,
    APP_SECRET,
    BEATRIZ,
    JONAS,
    PABLO,
    PORTFOLIO,
    PRODUCTION,
    RECEIVER,
    SHEENA,
    TEST,
    WABA_ID,
)

from emulator import Emulator, Webhook, __version__
from emulator.domain.settings import NAMES, Settings, as_json
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver
from emulator.web.control.routes import ROUTES

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
CALM = {"blocks": 0.0, "reports": 0.0, "stops": 0.0}


# the emulator and its sandboxes


def test_the_emulator_says_that_it_is_ready(control: Control):
    """With its version and the number of its sandboxes."""
    answer = control.get("/_emulator/health")

    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "version": __version__, "sandboxes": 1},
    )


def test_a_sandbox_shows_its_identity(control: Control):
    """Everything an integrator's configuration needs."""
    identity = {
        "id": "default",
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "access_token": ACCESS_TOKEN,
        "verify_token": "EMULATOR-VERIFY-TOKEN",
        "business_id": PORTFOLIO,
        "waba_id": WABA_ID,
        "numbers": [
            {
                "phone_number_id": PRODUCTION,
                "display_phone_number": "+1 555-078-3881",
                "kind": "production",
            },
            {"phone_number_id": TEST, "display_phone_number": "+1 555-093-4873", "kind": "test"},
        ],
        "webhook_url": None,
        "clock": {"now": "2026-11-02T09:00:00Z", "mode": "frozen", "speed": None},
        "settings": as_json(Settings()),
        "graph_url": "http://localhost",
    }

    assert control.get("").json == identity
    assert control.get("/_emulator/sandboxes").json == {"sandboxes": [identity]}


def test_a_sandbox_can_be_made_and_removed(control: Control, emulator: Emulator):
    """It has ids and a token of its own, and its own time."""
    made = control.post(
        "/_emulator/sandboxes",
        {
            "id": "mine",
            "seed": "default",
            "clock": {"at": "2026-01-01T12:00:00Z", "frozen": True},
            "at_once": True,
        },
    )
    again = control.get("/_emulator/sandboxes/mine")
    removed = control("DELETE", "/_emulator/sandboxes/mine")

    assert (made.status_code, made.json["id"]) == (201, "mine")
    assert made.json["clock"] == {"now": "2026-01-01T12:00:00Z", "mode": "frozen", "speed": None}
    assert made.json["access_token"] != ACCESS_TOKEN
    assert again.json == made.json
    assert (removed.status_code, removed.data) == (204, b"")
    assert problem_of(control.get("/_emulator/sandboxes/mine"))[0] == 404
    assert [sandbox.name for sandbox in emulator.all()] == ["default"]


def test_a_sandbox_without_a_name_gets_one(control: Control):
    """Two of them get two."""
    names = {control.post("/_emulator/sandboxes").json["id"] for _ in range(2)}

    assert len(names) == 2


def test_a_reset_returns_to_the_seed(control: Control, sandbox: Sandbox):
    """State, settings and time; a connected receiver stays."""
    control("PUT", "/webhook", {"url": "http://receiver.invalid/kept"})
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    control.patch("/settings", {"window_errors": "sync"})
    control.post("/people", {"name": "Newcomer"})

    answer = control.post("/reset")

    assert (answer.status_code, answer.json["now"]) == (200, "2026-11-02T09:00:00Z")
    assert sandbox.messages() == []
    assert len(control.get("/people").json["people"]) == 4
    assert control.get("").json["settings"]["window_errors"] == "async"
    assert control.get("").json["webhook_url"] == "http://receiver.invalid/kept"


def test_a_snapshot_brings_everything_back(control: Control):
    """Taken, changed, restored: as if nothing had happened, down to the next id."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "One"}})
    snapshot = control.get("/snapshot")
    after = control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Two"}}).json
    control.post("/clock/advance", {"hours": 30})

    restored = control("PUT", "/snapshot", data=snapshot.data)

    assert (snapshot.status_code, snapshot.mimetype) == (200, "application/vnd.sqlite3")
    assert snapshot.data.startswith(b"SQLite format 3\x00")
    assert restored.status_code == 204
    assert [message["text"]["body"] for message in control.get("/messages").json["messages"]] == ["One"]
    assert control.get("/clock").json["now"] == "2026-11-02T09:00:00Z"
    assert control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Two"}}).json == after


def test_settings_can_be_changed(control: Control, sandbox: Sandbox):
    """Those that are named; the answer has them all."""
    answer = control.patch(
        "/settings", {"window_errors": "sync", "review_after": 60, "http_statuses": {"132001": 400}}
    )

    changed = Settings(window_errors="sync", review_after=timedelta(minutes=1), http_statuses={132001: 400})
    assert answer.json == as_json(changed)
    assert sandbox.settings.window_errors == "sync"


# time


def test_the_clock_can_be_read(control: Control):
    """Now, how it goes, and when the next thing is due."""
    assert control.get("/clock").json == {
        "now": "2026-11-02T09:00:00Z",
        "mode": "frozen",
        "speed": None,
        "next_due": None,
        "walking": None,
    }


def test_the_clock_tells_how_far_a_move_is(control: Control, sandbox: Sandbox):
    """From when, until when, and how much was done so far; whoever makes it waits meanwhile."""
    seen: list[Any] = []

    def look(_webhook: Webhook) -> None:
        told = control.get("/clock").json
        seen.append((told["now"], told["walking"]))

    sandbox.connect("http://receiver.invalid/webhook", CallableReceiver(look))
    sandbox.say(SHEENA, "Hi")
    control.post("/clock/advance", {"hours": 2})

    assert seen == [
        (
            "2026-11-02T09:00:00Z",
            {"since": "2026-11-02T09:00:00Z", "until": "2026-11-02T11:00:00Z", "events": 0},
        )
    ]
    assert control.get("/clock").json["walking"] is None


@pytest.mark.parametrize(
    ("body", "now"),
    [
        ({"hours": 25}, "2026-11-03T10:00:00Z"),
        ({"days": 1, "hours": 1, "minutes": 1, "seconds": 1.5}, "2026-11-03T10:01:01.500000Z"),
        ({"to": "2026-11-03T10:00:00Z"}, "2026-11-03T10:00:00Z"),
        ({"to": "2026-11-03T10:00:00+01:00"}, "2026-11-03T09:00:00Z"),
        ({"to": "2026-11-03T10:00:00"}, "2026-11-03T10:00:00Z"),
        ({"hours": 0}, "2026-11-02T09:00:00Z"),
        ({"next": True}, "2026-11-02T09:00:00Z"),
    ],
)
def test_time_can_be_advanced(control: Control, body: dict[str, Any], now: str):
    """By a length, to an instant, to the next thing."""
    answer = control.post("/clock/advance", body)

    assert answer.json == {"since": "2026-11-02T09:00:00Z", "now": now, "events": 0, "happened": []}
    assert control.get("/clock").json["now"] == now


def test_advancing_tells_what_happened(control: Control, graph: Any):
    """Event by event, each at its instant."""
    control.patch(f"/people/{SHEENA}", {"habits": {"sent_after": 1, "delivered_after": 2, "read_after": 3}})
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    wamid = graph.text().json["messages"][0]["id"]

    due = control.get("/clock").json["next_due"]
    first = control.post("/clock/advance", {"next": True}).json
    rest = control.post("/clock/advance", {"minutes": 1}).json

    def statuses(told: dict[str, Any]) -> list[tuple[str, str, str]]:
        return [(e["at"], e["subject"], e["summary"]) for e in told["happened"] if e["kind"] == "status"]

    assert due == "2026-11-02T09:00:01Z"
    assert (first["now"], first["events"]) == ("2026-11-02T09:00:01Z", 1)
    assert statuses(first) == [("2026-11-02T09:00:01Z", wamid, "sent")]
    assert statuses(rest) == [
        ("2026-11-02T09:00:03Z", wamid, "delivered"),
        ("2026-11-02T09:00:06Z", wamid, "read"),
    ]


def test_settling_does_what_is_due_now(control: Control, graph: Any):
    """And no time passes."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    graph.text()

    answer = control.post("/settle")

    assert (answer.json["now"], answer.json["events"]) == ("2026-11-02T09:00:00Z", 3)
    assert control.get("/messages").json["messages"][-1]["status"] == "read"


def test_the_clock_can_run_and_be_frozen(control: Control):
    """At a multiple of real time; frozen at once or at a later instant."""
    running = control.post("/clock/run", {"speed": 60}).json
    frozen = control.post("/clock/freeze").json
    later = control.post("/clock/freeze", {"at": "2027-01-01T00:00:00Z"}).json

    assert (running["mode"], running["speed"]) == ("running", 60)
    assert (frozen["mode"], frozen["speed"]) == ("frozen", None)
    assert (later["mode"], later["now"]) == ("frozen", "2027-01-01T00:00:00Z")


def test_the_clock_runs_at_real_time_unless_told(control: Control):
    """Speed one."""
    assert control.post("/clock/run").json["speed"] == 1.0


# people


def test_people_are_listed_in_the_order_of_the_seed(control: Control):
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
        "habits": {"sent_after": 0.0, "delivered_after": 0.0, "read_after": 0.0, "reads": False} | CALM,
    }
    assert re.fullmatch(r"US\.\d{15}", people[1]["user_id"])


def test_a_person_is_found_under_every_way_of_writing_their_number(control: Control):
    """Punctuation does not matter, nor Brazil's ninth digit."""
    plain = control.get(f"/people/{BEATRIZ}").json

    assert plain["name"] == "Beatriz Santos"
    assert control.get("/people/+55 11 98765-4321").json == plain
    assert control.get("/people/551187654321").json == plain


def test_a_person_can_be_added(control: Control):
    """With what is said; the rest is invented in their locale."""
    given = {
        "name": "Anna",
        "wa_id": "+49 1512 7654321",
        "locale": "de_DE",
        "opted_in": False,
        "on_whatsapp": True,
        "identity_key_hash": None,
        "habits": {"reads": False, "delivered_after": None},
    }

    answer = control.post("/people", given)
    invented = control.post("/people", {"locale": "pt_BR"})

    assert (answer.status_code, invented.status_code) == (201, 201)
    assert answer.json == {
        **given,
        "wa_id": "4915127654321",
        "user_id": answer.json["user_id"],
        "habits": {"sent_after": 0.0, "delivered_after": None, "read_after": 0.0, "reads": False} | CALM,
    }
    assert answer.json["user_id"].startswith("DE.")
    assert invented.json["wa_id"].startswith("55")
    assert control.get(f"/people/{invented.json['wa_id']}").json == invented.json


def test_a_person_can_be_changed(control: Control):
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


def test_a_person_can_write(control: Control, inbox: Any):
    """To the first number unless told otherwise, in reply to something or not."""
    first = control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    second = control.post(
        f"/people/{SHEENA}/messages",
        {
            "type": "text",
            "to": TEST,
            "text": {"body": "Re"},
            "context": {"id": first.json["id"]},
        },
    )
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
        "context_id": None,
        "biz_opaque_callback_data": None,
        "error": None,
        "group_id": None,
        "referral": None,
        "pricing": None,
    }
    assert (second.json["phone_number_id"], second.json["context_id"]) == (
        TEST,
        first.json["id"],
    )
    assert [message.get("context", {}).get("id") for message in inbox.messages] == [None, first.json["id"]]


def test_a_person_can_tap_a_button(control: Control, graph: Any):
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


def test_a_person_can_read(control: Control, graph: Any):
    """Everything that was delivered, even who usually does not."""
    graph.reminder(to=graph.pablo)
    control.post("/settle")

    answer = control.post(f"/people/{PABLO}/reads")
    control.post("/settle")

    assert [message["status"] for message in answer.json["messages"]] == ["delivered"]
    assert [message["status"] for message in control.get("/messages").json["messages"]] == ["read"]


# looking


def test_messages_can_be_looked_at(control: Control, graph: Any):
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


def test_a_failed_message_says_why(control: Control, graph: Any):
    """Code, title and details."""
    sent = graph.text().json["messages"][0]["id"]
    control.post("/settle")

    assert control.get(f"/messages/{sent}").json["error"] == {
        "code": 131047,
        "title": "Re-engagement message",
        "details": "Message failed to send because more than 24 hours have passed since the customer last "
        "replied to this number.",
    }


def test_the_transcript_reads_like_a_conversation(control: Control, graph: Any):
    """In simulated time."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    graph.text("Hello")
    control.post("/settle")

    _, inbound, outbound = control.get("/transcript").json["transcript"].splitlines()

    assert inbound == "09:00:00  Sheena Nelson → business: Hi"
    assert outbound == "09:00:00  business → Sheena Nelson: Hello   ✓✓ read"


def test_windows_can_be_looked_at(control: Control):
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


def test_templates_can_be_looked_at(control: Control):
    """With their status and their WABA."""
    found = {each["name"]: each for each in control.get("/templates").json["templates"]}

    assert len(found) == 8
    assert found["free_gift"]["rejected_reason"] == "PROMOTIONAL"
    assert {each["waba_id"] for each in found.values()} == {WABA_ID}


def test_numbers_can_be_looked_at(control: Control):
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


def test_a_template_can_be_reviewed(control: Control):
    """The answer is the template as it is now."""
    answer = control.post(
        "/templates/1689556908129836/review", {"decision": "reject", "reason": "PROMOTIONAL"}
    )

    assert (answer.status_code, answer.json["status"], answer.json["rejected_reason"]) == (
        200,
        "REJECTED",
        "PROMOTIONAL",
    )


def test_more_webhook_fields_can_be_heard_of(control: Control, graph: Any):
    """Beside those of the seed, and without a handshake."""
    control("PUT", "/webhook", {"url": "http://127.0.0.1:9/hook", "fields": ["user_preferences"]})

    (subscribed,) = graph.get(f"{graph.app}/subscriptions", token=graph.app_token).json["data"]
    assert [field["name"] for field in subscribed["fields"]] == [
        "message_template_status_update",
        "messages",
        "user_preferences",
    ]


def test_webhooks_can_be_connected_and_disconnected(control: Control):
    """Without a handshake."""
    connected = control("PUT", "/webhook", {"url": "http://127.0.0.1:9/hook"})
    shown = control.get("").json["webhook_url"]
    disconnected = control("PUT", "/webhook", {"url": None})

    assert (connected.json, shown) == ({"url": "http://127.0.0.1:9/hook"}, "http://127.0.0.1:9/hook")
    assert disconnected.json == {"url": None}
    assert control.get("").json["webhook_url"] is None


def test_deliveries_can_be_looked_at_and_repeated(control: Control, inbox: Any):
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
        "state": "waiting",
        "at": "2026-11-02T09:00:00Z",
        "due": "2026-11-02T09:00:00Z",
        "attempts": 0,
    }
    assert (again.status_code, again.json["state"]) == (202, "waiting")
    assert [delivery["state"] for delivery in control.get("/deliveries").json["deliveries"]] == ["delivered"]
    assert one["attempts"] == [
        {"number": 1, "at": "2026-11-02T09:00:00Z", "status": 200, "problem": None},
        {"number": 2, "at": "2026-11-02T09:00:00Z", "status": 200, "problem": None},
    ]
    assert [webhook.body.decode() for webhook in inbox.webhooks] == [one["body"], one["body"]]


def test_the_journal_can_be_followed(control: Control, graph: Any):
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
    assert found("?since=2026-11-02T10:00:00Z") == [
        (entry["kind"], entry["subject"]) for entry in everything if entry["at"] == "2026-11-02T10:00:00Z"
    ]
    assert found(f"?after={everything[0]['seq']}&limit=2") == [
        (entry["kind"], entry["subject"]) for entry in everything[1:3]
    ]
    assert [entry["seq"] for entry in everything] == sorted({entry["seq"] for entry in everything})
    assert all(INSTANT.fullmatch(entry["at"]) for entry in everything)


# wrong input

FROM = "2026-11-02T09:00:00+00:00"
WRONG = [
    ("GET", "/_emulator/nonsense", None, 404, "see /_emulator/openapi.json"),
    ("PATCH", "/_emulator/health", None, 404, "see /_emulator/openapi.json"),
    ("GET", "/_emulator/sandboxes/other", None, 404, "there is no sandbox other; there are: default"),
    ("DELETE", "/_emulator/sandboxes/other", None, 404, "there is no sandbox other; there are: default"),
    ("POST", "/_emulator/sandboxes", {"id": "Bad Name"}, 422, "'Bad Name'"),
    ("POST", "/_emulator/sandboxes", {"id": ""}, 422, "''"),
    ("POST", "/_emulator/sandboxes", {"id": "default"}, 422, "there is a sandbox default already"),
    ("POST", "/_emulator/sandboxes", {"seed": "nonsense"}, 400, "there is no seed named 'nonsense'"),
    ("POST", "/_emulator/sandboxes", {"seed": "../default"}, 400, "there is no seed named '../default'"),
    ("POST", "/_emulator/sandboxes", {"seed": "/etc/passwd"}, 400, "there is no seed named"),
    ("POST", "/_emulator/sandboxes", {"clock": {"zone": "UTC"}}, 400, "a clock has at, speed and frozen"),
    ("POST", "/_emulator/sandboxes", {"clock": {"speed": 0}}, 400, "clock.speed is a number above 0"),
    ("POST", "/_emulator/sandboxes", {"clock": {"frozen": "no"}}, 400, "frozen"),
    ("POST", "/_emulator/sandboxes", {"clock": {"at": "noon"}}, 400, "'noon' is no instant"),
    ("POST", "/_emulator/sandboxes", {"clock": {"at": 7}}, 400, "'7' is no instant"),
    ("PATCH", "/settings", {"window_errors": "never"}, 400, "'window_errors' is one of async, sync"),
    ("PATCH", "/settings", {"review_after": "soon"}, 400, "'review_after' must be a number, got 'soon'"),
    ("PATCH", "/settings", {"review_after": -1}, 422, "review_after is a number of seconds"),
    ("PATCH", "/settings", {"http_statuses": {"132001": 418}}, 422, "132001 is answered with 404 or 400"),
    ("PATCH", "/settings", {"http_statuses": 400}, 400, "'http_statuses' must be a object, got 400"),
    ("PATCH", "/settings", {"window_error": "sync"}, 400, "there is no 'window_error' here; this call takes"),
    ("POST", "/clock/advance", {}, 400, "say how far"),
    ("POST", "/clock/advance", {"hours": 1, "next": True}, 400, "say how far"),
    (
        "POST",
        "/clock/advance",
        {"hours": -1},
        422,
        f"it is {FROM} in this sandbox and time only goes forward",
    ),
    ("POST", "/clock/advance", {"hours": True}, 400, "'hours' must be a number, got True"),
    ("POST", "/clock/advance", {"weeks": 1}, 400, "there is no 'weeks' here"),
    ("POST", "/clock/advance", {"days": 1e15}, 400, "more time than a calendar has"),
    ("POST", "/clock/advance", {"days": 5_000_000}, 422, "past the end of the calendar"),
    ("POST", "/clock/advance", {"to": "tomorrow"}, 400, "'tomorrow' is no instant"),
    ("POST", "/clock/advance", {"to": "2020-01-01T00:00:00Z"}, 422, "time only goes forward"),
    ("POST", "/clock/advance", {"to": "0001-01-01T00:00:00+23:59"}, 400, "is no instant"),
    ("POST", "/clock/freeze", {"at": "2020-01-01T00:00:00Z"}, 422, "time only goes forward"),
    ("POST", "/clock/run", {"speed": 0}, 422, "a clock runs at a speed above 0"),
    ("POST", "/clock/run", {"speed": "fast"}, 400, "'speed' must be a number"),
    ("POST", "/faults", {}, 400, "'code' is missing"),
    ("POST", "/faults", {"code": "131049"}, 400, "'code' must be a number, got '131049'"),
    ("POST", "/faults", {"code": True}, 400, "'code' must be a number, got True"),
    ("POST", "/faults", {"code": 7}, 422, "there is no error 7 in the catalogue"),
    ("POST", "/faults", {"code": 131000, "when": "soon"}, 400, "'when' is one of sync, async, inbound"),
    ("POST", "/faults", {"code": 131000, "when": "inbound"}, 422, "131000 is never told inbound"),
    ("POST", "/faults", {"code": 131000, "to": "Sheena"}, 400, "'Sheena' is no phone number"),
    ("POST", "/faults", {"code": 131000, "phone_number_id": "1"}, 422, "there is no business number 1"),
    ("POST", "/faults", {"code": 131000, "times": 0}, 422, "times is a whole number from 1"),
    ("POST", "/faults", {"code": 131000, "probability": 2}, 422, "probability is above 0 and at most 1"),
    ("DELETE", "/faults/1", None, 404, "there is no fault 1; there are: none"),
    ("DELETE", "/faults/first", None, 404, "there is no fault first"),
    ("GET", "/people/nobody", None, 400, "'nobody'"),
    ("GET", "/people/19999999999", None, 404, "no person has the number 19999999999; there are"),
    ("POST", "/people", {"wa_id": SHEENA}, 422, f"{SHEENA} is Sheena Nelson's number already"),
    ("POST", "/people", {"wa_id": "nonsense"}, 400, "'nonsense'"),
    ("POST", "/people", {"locale": "xx_XX"}, 422, "there is no locale 'xx_XX'"),
    ("POST", "/people", {"opted_in": "yes"}, 400, "'opted_in' must be a boolean, got 'yes'"),
    ("POST", "/people", {"habits": {"nap": 1}}, 422, "there is no habit 'nap'; there are sent_after"),
    ("POST", "/people", {"habits": {"read_after": "soon"}}, 422, "the habit read_after cannot be 'soon'"),
    ("POST", "/people", {"habits": {"sent_after": None}}, 422, "the habit sent_after cannot be None"),
    ("PATCH", f"/people/{SHEENA}", {"wa_id": "1"}, 400, "there is no 'wa_id' here"),
    ("PATCH", f"/people/{SHEENA}", {"habits": []}, 400, "'habits' must be a object, got []"),
    ("POST", f"/people/{SHEENA}/messages", {}, 400, "'text' is missing"),
    ("POST", f"/people/{SHEENA}/messages", {"text": "Hi"}, 400, "'text' must be a object"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {}}, 400, "text needs a body"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": ""}}, 422, "a message needs some text"),
    (
        "POST",
        f"/people/{SHEENA}/messages",
        {"text": {"body": "a"}, "type": "poll"},
        400,
        "'type' is one of",
    ),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": "a"}, "to": "1"}, 422, "no business number 1"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": "a"}, "context": {"id": 7}}, 400, "context"),
    ("POST", f"/people/{SHEENA}/messages", {"text": {"body": "a"}, "context": {"id": {}}}, 400, "context"),
    (
        "POST",
        f"/people/{JONAS}/messages",
        {"text": {"body": "a"}},
        422,
        "Jonas Weber is not on WhatsApp",
    ),
    ("POST", "/people/19999999999/messages", {"text": {"body": "a"}}, 404, "no person has the number"),
    ("POST", f"/people/{SHEENA}/taps", {}, 400, "either 'button' or 'row'"),
    (
        "POST",
        f"/people/{SHEENA}/taps",
        {"button": "Yes"},
        422,
        "no message with buttons has reached Sheena",
    ),
    ("POST", f"/people/{SHEENA}/taps", {"button": "Yes", "message_id": "x"}, 422, "has no message x"),
    ("POST", "/people/19999999999/reads", None, 404, "no person has the number"),
    ("GET", "/messages?limit=-1", None, 400, "'limit' must be a whole number, got '-1'"),
    ("GET", "/messages?colour=blue", None, 400, "there is no query parameter 'colour'; there are: wa_id"),
    ("GET", "/messages/nonsense", None, 404, "there is no message nonsense"),
    ("POST", "/templates/1/review", {"decision": "approve"}, 404, "there is no template 1"),
    ("POST", "/templates/1689556908129836/review", {}, 400, "'decision' is missing"),
    ("POST", "/templates/1689556908129836/review", {"decision": "burn"}, 400, "'decision' is one of approve"),
    ("POST", "/templates/1689556908129836/review", {"decision": "pause"}, 422, "loyalty_points is PENDING"),
    ("PUT", "/webhook", {}, 400, "'url' is missing"),
    ("PUT", "/webhook", {"url": 7}, 400, "'url' must be a string or null, got 7"),
    ("PUT", "/webhook", {"url": None, "fields": [7]}, 400, "fields are names of webhook fields, as strings"),
    (
        "PUT",
        "/webhook",
        {"url": None, "fields": ["mail"]},
        422,
        "there is no webhook field 'mail'; there are",
    ),
    ("GET", "/deliveries?state=lost", None, 400, "'state' is one of waiting, delivered, failed"),
    ("GET", "/deliveries/99", None, 404, "there is no delivery 99"),
    ("GET", "/deliveries/first", None, 404, "there is no delivery first"),
    ("POST", "/deliveries/99/redeliver", None, 404, "there is no delivery 99"),
    ("GET", "/journal?since=yesterday", None, 400, "'yesterday' is no instant"),
    ("GET", "/journal?since=0001-01-01T00:00:00%2B23:59", None, 400, "is no instant"),
    ("GET", "/journal?after=first", None, 400, "'after' must be a whole number"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    WRONG,
    ids=[f"{case[0]} {case[1]} {json.dumps(case[2])}" for case in WRONG],
)
def test_wrong_input_is_explained(
    control: Control, method: str, path: str, body: Any, status: int, says: str
):
    """As problem details with a sentence that names what came, and nothing has changed."""
    before = control.get("/snapshot").data if "/sandboxes" not in path else None

    told, detail = problem_of(control(method, path, body))

    assert told == status, detail
    assert says in detail
    assert before is None or control.get("/snapshot").data == before


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b'"text"', b"null", b"7", b"\xff", rb'{"text":"\ud800"}', b"[" * 100_000]
)
def test_a_body_that_is_no_object_is_explained(control: Control, data: bytes):
    """Whatever it is instead."""
    answer = control("POST", f"/people/{SHEENA}/messages", data=data)

    assert problem_of(answer) == (400, "the body must be a JSON object")


def test_a_body_over_the_limit_is_explained(control: Control):
    """Four megabytes are enough for anything but a snapshot."""
    answer = control("POST", "/people", data=b" " * (4 * 1024 * 1024 + 1))

    assert problem_of(answer) == (400, "the body is larger than 4194304 bytes")


@pytest.mark.parametrize(
    "data",
    [b"", b"nonsense", b"SQLite format 3\x00", b"SQLite format 3\x00" + b"\x00" * 5000],
    ids=["empty", "nonsense", "a head", "a head and nothing"],
)
def test_what_is_no_snapshot_changes_nothing(control: Control, sandbox: Sandbox, data: bytes):
    """It is refused, and the sandbox goes on as it was."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})

    status, _ = problem_of(control("PUT", "/snapshot", data=data))

    assert status == 400
    assert [message.text for message in sandbox.messages()] == ["Hi"]


def test_time_ends_before_the_calendar_does(control: Control):
    """Nobody comes so near to the last year that a window could not close any more."""
    status, detail = problem_of(control.post("/clock/advance", {"to": "9999-12-31T12:00:00Z"}))

    assert status == 422
    assert "past the end of the calendar" in detail


def test_a_sandbox_of_the_last_year_answers_or_is_refused(control: Control):
    """A sandbox may be asked to begin where time ends; nothing fails because of it."""
    begin = {"id": "last", "clock": {"at": "9999-12-31T23:59:59Z", "frozen": True}}
    made = control.post("/_emulator/sandboxes", begin)
    control.post(f"/_emulator/sandboxes/last/people/{SHEENA}/messages", {"text": {"body": "Happy new year"}})

    windows = control.get("/_emulator/sandboxes/last/windows")

    assert (made.status_code, windows.status_code) in ((201, 200), (400, 404), (422, 404))


def test_a_receiver_that_moves_time_is_told_that_it_cannot(control: Control, sandbox: Sandbox):
    """Time waits for the receiver; the conflict is explained and the webhook delivered."""
    from emulator.sandbox.webhooks.receivers import CallableReceiver

    answers: list[Any] = []
    sandbox.connect(
        "http://receiver.invalid/x", CallableReceiver(lambda _: answers.append(control.post("/settle")))
    )
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})

    control.post("/settle")

    ((status, detail),) = [problem_of(answer) for answer in answers]
    assert status == 409
    assert detail.startswith("a webhook receiver must answer before time can go on")


# the OpenAPI document


@pytest.fixture
def document(control: Control) -> dict[str, Any]:
    answer = control.get("/_emulator/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    made: dict[str, Any] = answer.json
    return made


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def test_the_document_lists_every_route(document: dict[str, Any]):
    """And nothing else."""
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == __version__
    assert set(operations(document)) == {(route.method, f"/_emulator{route.path}") for route in ROUTES}


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]):
    """OpenAPI wants ``operationId`` to be unique: generated clients make functions of them."""
    names = [operation["operationId"] for operation in operations(document).values()]

    assert sorted(names) == sorted(set(names))


def test_every_operation_is_described(document: dict[str, Any]):
    """A sentence, a success with its status, and the problem as default."""
    statuses = {(route.method, f"/_emulator{route.path}"): str(route.status) for route in ROUTES}

    for key, operation in operations(document).items():
        assert operation["summary"].endswith("."), key
        assert set(operation["responses"]) == {statuses[key], "default"}
        assert all(response["description"] for response in operation["responses"].values())


def test_every_parameter_is_declared_once(document: dict[str, Any]):
    """Those of the path all, and required."""
    for (_, path), operation in operations(document).items():
        parameters = operation.get("parameters", [])
        names = [(parameter["in"], parameter["name"]) for parameter in parameters]
        in_path = {name for where, name in names if where == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path)), path
        assert len(names) == len(set(names)), path
        for parameter in parameters:
            assert parameter["in"] in ("path", "query")
            assert parameter.get("required", False) is (parameter["in"] == "path")


def test_every_schema_is_a_schema(document: dict[str, Any]):
    """Types and keywords of JSON Schema, required members that exist, references that lead somewhere."""
    keywords = {
        "type",
        "properties",
        "required",
        "additionalProperties",
        "enum",
        "format",
        "items",
        "description",
        "minimum",
        "maximum",
        "$ref",
    }
    types = {"string", "number", "integer", "boolean", "object", "array", "null"}

    def visit(schema: dict[str, Any]) -> None:
        assert set(schema) <= keywords, schema
        if "$ref" in schema:
            *_, name = schema["$ref"].split("/")
            assert schema == {"$ref": f"#/components/schemas/{name}"}
            assert name in document["components"]["schemas"]
        given = schema.get("type", [])
        assert set([given] if isinstance(given, str) else given) <= types
        assert set(schema.get("required", ())) <= set(schema.get("properties", ()))
        for inner in schema.get("properties", {}).values():
            visit(inner)

    for schema in document["components"]["schemas"].values():
        visit(schema)
    for operation in operations(document).values():
        for parameter in operation.get("parameters", ()):
            visit(parameter["schema"])
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (body.get("content", {}) for body in bodies):
            for media in content.values():
                visit(media.get("schema", {}))


def test_the_document_says_what_a_body_takes(document: dict[str, Any]):
    """As the call itself does."""
    react = document["paths"]["/_emulator/sandboxes/{s}/people/{wa_id}/reactions"]["post"]

    assert react["requestBody"] == {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"message_id": {"type": "string"}, "emoji": {"type": "string"}},
                    "additionalProperties": False,
                    "required": ["message_id"],
                }
            }
        },
    }


def test_two_sandboxes_know_nothing_of_each_other(control: Control, emulator: Emulator):
    """Neither time nor people nor messages."""
    emulator.create("other", at=datetime(2026, 1, 1, tzinfo=UTC), speed=None)

    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    control.post("/clock/advance", {"days": 30})

    assert control.get("/_emulator/sandboxes/other/messages").json == {"messages": []}
    assert control.get("/_emulator/sandboxes/other/clock").json["now"] == "2026-01-01T00:00:00Z"


def test_every_setting_can_be_changed_here(document: dict[str, Any]):
    """What a seed can say about the switches, this door can say too."""
    patch = document["paths"]["/_emulator/sandboxes/{s}/settings"]["patch"]
    schema = patch["requestBody"]["content"]["application/json"]["schema"]

    assert set(schema["properties"]) == set(NAMES)
