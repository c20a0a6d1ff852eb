"""Faults of webhooks: what can be asked for, and how it is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.times import HOUR, MORNING

from emulator.domain.webhooks import faults, spoilt
from emulator.domain.webhooks.deliveries import MadeWebhook
from emulator.domain.webhooks.faults import new_webhook_fault
from emulator.domain.webhooks.spoilt import SpoiltWebhooks


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("thrice", {}, "a webhook can be spoilt by twice, late, out_of_order, batch, not 'thrice'"),
        ("twice", {"times": 0}, "times is a whole number from 1, not 0"),
        ("twice", {"times": True}, "times is a whole number from 1, not True"),
        ("twice", {"by": HOUR}, "a webhook is twice, and not by some time; got 1:00:00"),
        ("late", {}, "a webhook is late by a duration above zero, not None"),
        ("late", {"by": timedelta(0)}, "a webhook is late by a duration above zero, not 0:00:00"),
    ],
)
def test_what_could_never_be_met_is_refused(kind: str, more: dict[str, Any], told: str) -> None:
    """With what could."""
    with pytest.raises(ValueError, match=told):
        new_webhook_fault(1, kind, **more)


def test_what_is_asked_for_and_held_back_can_be_kept() -> None:
    """As JSON, and read back the same; the password of a URL is not in it."""
    faults = (new_webhook_fault(1, "late", times=2, by=HOUR), new_webhook_fault(2, "twice"))
    webhook = MadeWebhook("1", "2", None, None, "http://shop.test/", "messages", b"{}", MORNING, MORNING)
    state = SpoiltWebhooks(faults, (webhook,), (webhook, webhook), frozenset({3, 5}))

    assert spoilt.from_json(spoilt.as_json(state)) == state


def test_what_was_kept_before_there_were_batches_can_be_read() -> None:
    """Without one."""
    kept = spoilt.as_json(SpoiltWebhooks())
    del kept["batch"]

    assert spoilt.from_json(kept) == SpoiltWebhooks()


@pytest.mark.parametrize("kept", [{}, {"asked": [{}], "held": [], "deliveries": []}, {"asked": 1}])
def test_anything_else_is_refused(kept: dict[str, Any]) -> None:
    """As what a damaged snapshot has."""
    with pytest.raises(ValueError, match="spoilt webhooks"):
        spoilt.from_json(kept)


def test_a_fault_is_spent_when_it_was_met_as_often_as_asked_for() -> None:
    """Not before."""
    asked = faults.as_json(new_webhook_fault(1, "twice", times=2))

    spent = [faults.from_json(asked | {"met": met}).is_spent for met in (0, 1, 2)]

    assert spent == [False, False, True]


@pytest.mark.parametrize(("kind", "unmet"), [("twice", [True, False, False]), ("batch", [True, True, False])])
def test_a_batch_is_unmet_until_it_is_full(kind: str, unmet: list[bool]) -> None:
    """Any other fault until it was met once."""
    asked = faults.as_json(new_webhook_fault(1, kind, times=2))

    assert [faults.from_json(asked | {"met": met}).is_unmet for met in (0, 1, 2)] == unmet
