"""The control API's doors to the emulator, to its sandboxes and to their time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.identities import (
    ACCESS_TOKEN,
    APP_ID,
    APP_SECRET,
    PORTFOLIO,
    PRODUCTION,
    SHEENA,
    TEST,
    WABA_ID,
)

from emulator import Emulator, Webhook, __version__
from emulator.domain.settings.settings import Settings, as_json
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver

# the emulator and its sandboxes


def test_the_emulator_says_that_it_is_ready(control: Control) -> None:
    """With its version and the number of its sandboxes."""
    answer = control.get("/_emulator/health")

    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "version": __version__, "sandboxes": 1, "problems": []},
    )


def test_a_sandbox_shows_its_identity(control: Control) -> None:
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
        "seed": "default",
        "clock": {"now": "2026-11-02T09:00:00Z", "mode": "frozen", "speed": None},
        "settings": as_json(Settings()),
        "graph_url": "http://localhost",
    }

    assert control.get("").json == identity
    assert control.get("/_emulator/sandboxes").json == {"sandboxes": [identity]}


def test_a_sandbox_can_be_made_of_a_seed_in_the_body(control: Control) -> None:
    """With templates as the platform lists them."""
    seed = {
        "app": {"access_token": "EMULATOR-mine"},
        "waba": {"name": "Mine"},
        "numbers": [{"number": "+44 20 7946 0958"}],
        "people": [{"number": "+44 7700 900123", "name": "Ada"}],
    }
    template = {
        "name": "real",
        "language": "en_US",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hello"}],
    }
    body = {"id": "mine", "seed": seed, "message_templates": {"data": [template]}}

    made = control.post("/_emulator/sandboxes", body)

    assert made.status_code == 201, made.text
    assert [person["name"] for person in control.get("/_emulator/sandboxes/mine/people").json["people"]] == [
        "Ada"
    ]
    (found,) = control.get("/_emulator/sandboxes/mine/templates").json["templates"]
    assert (found["name"], found["status"]) == ("real", "APPROVED")


def test_a_sandbox_can_be_made_and_removed(control: Control, emulator: Emulator) -> None:
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


def test_a_sandbox_without_a_name_gets_one(control: Control) -> None:
    """Two of them get two."""
    names = {control.post("/_emulator/sandboxes").json["id"] for _ in range(2)}

    assert len(names) == 2


def test_a_reset_returns_to_the_seed(control: Control, sandbox: Sandbox) -> None:
    """State, settings and time; a connected receiver stays."""
    control("PUT", "/webhook", {"url": "http://receiver.invalid/kept"})
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    control.patch("/settings", {"window_errors": "sync"})
    control.post("/people", {"name": "Newcomer"})

    answer = control.post("/reset")

    assert (answer.status_code, answer.json["now"]) == (200, "2026-11-02T09:00:00Z")
    assert sandbox.messages.all() == []
    assert len(control.get("/people").json["people"]) == 4
    assert control.get("").json["settings"]["window_errors"] == "async"
    assert control.get("").json["webhook_url"] == "http://receiver.invalid/kept"


def test_a_snapshot_brings_everything_back(control: Control) -> None:
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


def test_settings_can_be_changed(control: Control, sandbox: Sandbox) -> None:
    """Those that are named; the answer has them all."""
    answer = control.patch(
        "/settings", {"window_errors": "sync", "review_after": 60, "http_statuses": {"132001": 400}}
    )

    changed = Settings(window_errors="sync", review_after=timedelta(minutes=1), http_statuses={132001: 400})
    assert answer.json == as_json(changed)
    assert sandbox.settings.window_errors == "sync"


# time


def test_the_clock_can_be_read(control: Control) -> None:
    """Now, how it goes, and when the next thing is due."""
    assert control.get("/clock").json == {
        "now": "2026-11-02T09:00:00Z",
        "mode": "frozen",
        "speed": None,
        "next_due": None,
        "walking": None,
    }


def test_the_clock_tells_how_far_a_move_is(control: Control, sandbox: Sandbox) -> None:
    """From when, until when, and how much was done so far; whoever makes it waits meanwhile."""
    seen: list[Any] = []

    def look(_webhook: Webhook) -> None:
        told = control.get("/clock").json
        seen.append((told["now"], told["walking"]))

    sandbox.webhooks.connect("http://receiver.invalid/webhook", CallableReceiver(look))
    sandbox.people.say(SHEENA, "Hi")
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
def test_time_can_be_advanced(control: Control, body: dict[str, Any], now: str) -> None:
    """By a length, to an instant, to the next thing."""
    answer = control.post("/clock/advance", body)

    assert answer.json == {"since": "2026-11-02T09:00:00Z", "now": now, "events": 0, "happened": []}
    assert control.get("/clock").json["now"] == now


def test_advancing_tells_what_happened(control: Control, graph: Any) -> None:
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


def test_settling_does_what_is_due_now(control: Control, graph: Any) -> None:
    """And no time passes."""
    control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})
    graph.text()

    answer = control.post("/settle")

    assert (answer.json["now"], answer.json["events"]) == ("2026-11-02T09:00:00Z", 3)
    assert control.get("/messages").json["messages"][-1]["status"] == "read"


def test_the_clock_can_run_and_be_frozen(control: Control) -> None:
    """At a multiple of real time; frozen at once or at a later instant."""
    running = control.post("/clock/run", {"speed": 60}).json
    frozen = control.post("/clock/freeze").json
    later = control.post("/clock/freeze", {"at": "2027-01-01T00:00:00Z"}).json

    assert (running["mode"], running["speed"]) == ("running", 60)
    assert (frozen["mode"], frozen["speed"]) == ("frozen", None)
    assert (later["mode"], later["now"]) == ("frozen", "2027-01-01T00:00:00Z")


def test_the_clock_runs_at_real_time_unless_told(control: Control) -> None:
    """Speed one."""
    assert control.post("/clock/run").json["speed"] == 1.0
