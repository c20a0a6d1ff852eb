"""Until when a template can be appealed, and when it can be sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from kit.identities import WABA_ID
from kit.times import DAY, MORNING

from emulator.domain.templates.history import TemplateHistory
from emulator.domain.templates.lifecycle.appeals import appealed_until
from emulator.domain.templates.template import Status, Template

DECIDED, CHANGED = MORNING + DAY, MORNING + 2 * DAY
BOTH = TemplateHistory(decided_at=DECIDED, category_changed_at=CHANGED)


def template(status: Status, history: TemplateHistory = BOTH) -> Template:
    return Template("1", WABA_ID, "order", "en_US", "UTILITY", status, (), MORNING, history=history)


@pytest.mark.parametrize(
    ("status", "history", "since"),
    [
        (Status.REJECTED, BOTH, DECIDED),
        (Status.APPROVED, BOTH, CHANGED),
        (Status.REJECTED, TemplateHistory(), MORNING),
        (Status.APPROVED, TemplateHistory(), MORNING),
    ],
)
def test_an_appeal_may_come_for_sixty_days(status: Status, history: TemplateHistory, since: datetime) -> None:
    """After the rejection, or else the change of the category; where neither is known, the creation."""
    assert appealed_until(template(status, history)) == since + timedelta(days=60)


@pytest.mark.parametrize("status", list(Status))
def test_an_approved_template_can_be_sent(status: Status) -> None:
    """And no other."""
    assert template(status).is_sendable is (status is Status.APPROVED)
