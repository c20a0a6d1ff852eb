"""A year of a small business in seconds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from kit.scenarios import Business

from emulator import Emulator

PEOPLE = 50
MESSAGES = 10_000
MORNING = datetime(2026, 1, 1, 8, tzinfo=UTC)


def test_ten_thousand_messages_in_a_year(emulator: Emulator) -> None:
    """Customers write and are answered, some too late; a year later every message is at its end."""
    business = Business(emulator, MORNING)
    people = [business.sandbox.people.add(number=f"4915{place:08d}").wa_id for place in range(PEOPLE)]
    pause = timedelta(days=365) / (MESSAGES // 2)
    late = 0

    for place in range(MESSAGES // 2):
        person = people[place % PEOPLE]
        business.sandbox.people.say(person, f"Question {place}")
        if place % 100 == 99:  # this one has to wait until the day after tomorrow
            business.wait(hours=47)
            late += 1
        business.text(person, f"Answer {place}")
        business.sandbox.clock.travel_to(max(business.now(), MORNING + place * pause))
    business.wait(days=1)

    messages = business.sandbox.messages.all()
    became = Counter(str(message.status) for message in messages if message.outbound)
    assert len(messages) == MESSAGES
    assert became == {"read": MESSAGES // 2 - late, "failed": late}
    assert business.now() - MORNING >= timedelta(days=365)
