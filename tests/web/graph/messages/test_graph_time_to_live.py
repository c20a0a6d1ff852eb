"""How long a template message waits for a phone that is off, and that it is dropped in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.times import MICROSECOND

from emulator.sandbox.sandbox import Sandbox

TEN_MINUTES = timedelta(minutes=10)
MONTH = timedelta(days=30)
CODE = {"type": "text", "text": "123456"}
PARTS = [
    {"type": "body", "parameters": [CODE]},
    {"type": "button", "sub_type": "url", "index": 0, "parameters": [CODE]},
]
OTP = [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}]
BODY = {"type": "BODY", "text": "Your order is on its way to you."}


@pytest.fixture
def make(graph: Any, sandbox: Sandbox) -> Any:
    """Has a template made and approved, and returns its name."""

    def create(category: str, ttl: int | None) -> str:
        components = OTP if category == "AUTHENTICATION" else [BODY]
        template: dict[str, Any] = {
            "name": "later",
            "language": "en_US",
            "category": category,
            "components": components,
        }
        if ttl is not None:
            template["message_send_ttl_seconds"] = ttl
        answer = graph.post(f"{graph.waba}/message_templates", template)
        assert answer.status_code == 200, answer.text
        if answer.json["status"] == "PENDING":
            sandbox.templates.review(answer.json["id"], "approve")
        return "later"

    return create


@pytest.fixture
def fate(graph: Any, sandbox: Sandbox, inbox: Any) -> Any:
    """Sends a template to somebody whose phone is slow, and tells the statuses by webhook."""

    sandbox.change_settings(us_marketing="delivered")

    def send(name: str, delivered_after: timedelta, *components: Any) -> list[str]:
        sandbox.people.change(graph.sheena, habits={"delivered_after": delivered_after.total_seconds()})
        assert graph.template(name, *components).status_code == 200
        sandbox.clock.advance(delivered_after + timedelta(days=1))
        return [status["status"] for status in inbox.statuses]

    return send


ARRIVED = ["sent", "delivered", "read"]
DROPPED = ["sent"]


@pytest.mark.parametrize(
    ("late", "expected"), [(-MICROSECOND, ARRIVED), (timedelta(0), DROPPED), (MICROSECOND, DROPPED)]
)
@pytest.mark.parametrize(
    ("category", "seconds"), [("UTILITY", 30), ("UTILITY", 43_200), ("MARKETING", 43_200)]
)
def test_a_message_waits_as_long_as_its_template_says(
    make: Any, fate: Any, category: str, seconds: int, late: timedelta, expected: list[str]
) -> None:
    """To the microsecond; after that it is dropped, and no webhook tells."""
    name = make(category, seconds)

    assert fate(name, timedelta(seconds=seconds) + late) == expected


@pytest.mark.parametrize(
    ("late", "expected"), [(-MICROSECOND, ARRIVED), (timedelta(0), DROPPED), (MICROSECOND, DROPPED)]
)
def test_a_code_waits_ten_minutes(fate: Any, late: timedelta, expected: list[str]) -> None:
    """Unless its template says otherwise."""
    assert fate("login_code", TEN_MINUTES + late, *PARTS) == expected


@pytest.mark.parametrize(("ttl", "expected"), [(-1, ARRIVED), (900, ARRIVED), (30, DROPPED), (None, DROPPED)])
def test_a_template_says_how_long_its_codes_live(
    make: Any, fate: Any, ttl: int | None, expected: list[str]
) -> None:
    """``-1`` asks for the usual 30 days."""
    assert fate(make("AUTHENTICATION", ttl), TEN_MINUTES, *PARTS) == expected


@pytest.mark.parametrize(
    ("late", "expected"), [(-MICROSECOND, ARRIVED), (timedelta(0), DROPPED), (MICROSECOND, DROPPED)]
)
@pytest.mark.parametrize(
    ("category", "ttl"), [("UTILITY", None), ("MARKETING", None), ("AUTHENTICATION", -1)]
)
def test_a_message_usually_waits_thirty_days(
    make: Any, fate: Any, category: str, ttl: int | None, late: timedelta, expected: list[str]
) -> None:
    """Unless its template says otherwise."""
    components = PARTS if category == "AUTHENTICATION" else []

    assert fate(make(category, ttl), MONTH + late, *components) == expected


def test_what_was_dropped_stays_sent_and_the_journal_says_so(
    graph: Any, sandbox: Sandbox, make: Any, fate: Any
) -> None:
    """Not failed, never delivered; and reading finds nothing to read."""
    fate(make("UTILITY", 60), timedelta(seconds=60))

    read = sandbox.people.read(graph.sheena)

    (message,) = sandbox.messages.all(outbound=True)
    with sandbox.services.command() as store:
        noted = [(entry.at - message.at, entry.summary) for entry in store.journal.select(kind="status")]
    assert noted == [
        (timedelta(0), "sent"),
        (timedelta(seconds=60), "dropped: it could not be delivered within 60 seconds"),
    ]
    assert (message.status, message.error, read) == ("sent", None, [])


def test_the_time_counts_from_the_send(
    graph: Any, sandbox: Sandbox, inbox: Any, make: Any, fate: Any
) -> None:
    """A message that went out slowly has less time left."""
    sandbox.people.change(graph.sheena, habits={"sent_after": 20})

    assert fate(make("UTILITY", 30), timedelta(seconds=10)) == DROPPED
