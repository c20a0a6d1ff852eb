"""What is changed by hand is announced where the platform would announce it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.receivers import hear_everything

from emulator import Emulator, Sandbox
from emulator.domain.limits.messaging_limit import NAMES_RENEWED as RENEWED

SECOND = timedelta(seconds=1)
NUMBER = {"display_phone_number": "15550783881"}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"throughput": "HIGH"}, {"phone_number_quality_update": ["THROUGHPUT_UPGRADE"]}),
        ({"name_status": "DECLINED"}, {"phone_number_name_update": ["REJECTED"]}),
        ({"name_status": "PENDING_REVIEW"}, {"phone_number_name_update": ["PENDING"]}),
        ({"name_status": "NONE"}, {}),
        ({"status": "FLAGGED", "quality_rating": "RED", "on_business_app": True}, {}),
    ],
)
def test_a_number_s_changes_are_announced_once(
    sandbox: Sandbox, facts: dict[str, Any], told: dict[str, list[str]]
) -> None:
    """A second time nothing has changed; what no webhook tells of is in the journal alone."""
    inbox = hear_everything(sandbox)

    for _ in range(2):
        sandbox.accounts.change_number(PRODUCTION, **facts)
        sandbox.settle()

    heard: dict[str, list[str]] = {}
    for payload in inbox.payloads:
        (change,) = payload["entry"][0]["changes"]
        assert change["value"]["display_phone_number"] == NUMBER["display_phone_number"]
        value = change["value"]
        heard.setdefault(change["field"], []).append(value.get("event") or value["decision"])
    assert heard == told


@pytest.mark.parametrize(
    ("at", "told"),
    [(RENEWED - SECOND, ["FLAGGED", "UNFLAGGED"]), (RENEWED, [])],
)
def test_flags_were_announced_until_february_2026(emulator: Emulator, at: datetime, told: list[str]) -> None:
    """With the limit of the portfolio; other statuses never were."""
    sandbox = emulator.create(at=at, speed=None)
    inbox = hear_everything(sandbox)

    for status in ("FLAGGED", "FLAGGED", "RESTRICTED", "CONNECTED"):
        sandbox.accounts.change_number(PRODUCTION, status=status)
    sandbox.settle()

    assert inbox.of("phone_number_quality_update") == [
        NUMBER | {"event": event, "current_limit": "TIER_250"} for event in told
    ]


def test_a_group_is_announced_and_everybody_who_joins_it(sandbox: Sandbox) -> None:
    """By its invite link, each for themselves; the journal has a line for the group."""
    inbox = hear_everything(sandbox)

    group = sandbox.groups.make("Plants", SHEENA, PABLO)
    sandbox.settle()

    (created,) = (value["groups"][0] for value in inbox.of("group_lifecycle_update"))
    assert created | {"request_id": "", "invite_link": ""} == {
        "timestamp": created["timestamp"],
        "group_id": group.id,
        "type": "group_create",
        "request_id": "",
        "subject": "Plants",
        "invite_link": "",
        "join_approval_mode": "auto_approve",
    }
    assert re.fullmatch(r"https://chat\.whatsapp\.com/[0-9A-Za-z]{22}", created["invite_link"])
    joined = [value["groups"][0] for value in inbox.of("group_participants_update")]
    assert [each["added_participants"][0]["wa_id"] for each in joined] == [SHEENA, PABLO]
    assert {(each["type"], each["reason"]) for each in joined} == {("group_participants_add", "invite_link")}
    assert [entry.summary for entry in sandbox.journal.all(subject=group.id)] == ["the group Plants was made"]


def test_a_suspension_of_a_group_is_announced_and_its_end(sandbox: Sandbox) -> None:
    """Each once, with the id of the group, at the number's own callback."""
    inbox = hear_everything(sandbox)
    group = sandbox.groups.make("Plants", SHEENA, PABLO)

    for suspended in (False, True, True, False, False):
        sandbox.groups.suspend(group.id, suspended)
    sandbox.settle()

    told = [value["groups"][0] for value in inbox.of("group_status_update")]
    assert [each["type"] for each in told] == ["group_suspend", "group_suspend_cleared"]
    assert {each["group_id"] for each in told} == {group.id}
    assert all(each["timestamp"].isdigit() for each in told)
