"""What a partner may ask the WhatsApp Business app of a number for, how often, and when."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta

import pytest
from kit.times import MICROSECOND, MORNING

from emulator.domain.accounts.app_sync import CONTACTS, HISTORY, SYNC_TYPES, check
from emulator.domain.errors import GraphError

DAY = timedelta(hours=24)


def refused(
    sync_type: str = HISTORY,
    *,
    on_business_app: bool = True,
    since: datetime | None = MORNING,
    asked: Container[str] = (),
    at: datetime = MORNING,
) -> tuple[int, int | None] | None:
    """The code and the subcode of the refusal; ``None`` where there is none."""
    try:
        check(sync_type, on_business_app=on_business_app, since=since, asked=asked, at=at)
    except GraphError as refusal:
        return refusal.code, refusal.subcode
    return None


def test_contacts_and_chats_are_asked_for_by_the_platform_s_words() -> None:
    """They are the fields of the webhooks that follow."""
    assert SYNC_TYPES == ("smb_app_state_sync", "history") == (CONTACTS, HISTORY)


@pytest.mark.parametrize("sync_type", SYNC_TYPES)
def test_each_is_asked_for_once(sync_type: str) -> None:
    """What the other one was asked for does not count."""
    (other,) = set(SYNC_TYPES) - {sync_type}

    assert refused(sync_type) is None
    assert refused(sync_type, asked=[other]) is None
    assert refused(sync_type, asked=[sync_type]) == (100, 2593107)


def test_the_app_is_asked_within_a_day() -> None:
    """From 24 hours on it is too late; where nobody knows since when, it never is."""
    assert refused(at=MORNING + DAY - MICROSECOND) is None
    assert refused(at=MORNING + DAY) == (100, 2593108)
    assert refused(since=None, at=MORNING + 365 * DAY) is None


def test_a_number_has_to_be_on_the_app() -> None:
    """Whatever else there is to say; and of two reasons the one that no waiting would have helped is told."""
    late = MORNING + DAY

    assert refused(on_business_app=False, asked=SYNC_TYPES, at=late) == (100, None)
    assert refused(asked=SYNC_TYPES, at=late) == (100, 2593107)
