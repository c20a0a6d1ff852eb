"""What is changed by hand is announced where the platform would announce it."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.receivers import hear_everything

from emulator import Sandbox

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
