"""A young business that writes to more people every week, and is trusted with more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from emulator import Emulator, Sandbox
from emulator.domain.messages.content import Send, TemplateUse
from emulator.domain.templates.filling.match import SentComponent, SentParameter

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ORDER = SentParameter("TEXT", "860198")
SHIPPED = TemplateUse(
    "order_shipped",
    "en_US",
    (
        SentComponent("BODY", parameters=(SentParameter("TEXT", "Beatriz"), ORDER)),
        SentComponent("BUTTON", "URL", 1, (ORDER,)),
    ),
)


def people(sandbox: Sandbox, first: int, many: int) -> list[str]:
    """So many new people in Brazil."""
    with sandbox.services.command():
        return [sandbox.people.add("Somebody", str(5511987600000 + first + n)).wa_id for n in range(many)]


def write_to(sandbox: Sandbox, them: list[str]) -> None:
    """Send each of them the template, all in one instant."""
    with sandbox.services.command() as store:
        number = store.accounts.numbers()[0]
        for wa_id in them:
            sandbox.services.outbound.accept(number, Send(wa_id, SHIPPED))


def failed(sandbox: Sandbox) -> list[int]:
    return [message.error["code"] for message in sandbox.messages.all(outbound=True) if message.error]


def test_a_campaign_climbs_two_tiers_in_three_weeks(emulator: Emulator):
    """Two thousand people in a month lead to the second tier, a thousand in a week to the third."""
    sandbox = emulator.create(at=START, speed=None, at_once=True)
    reached, climbed = 0, []

    for day in range(21):
        many = 80 if day < 14 else 150
        write_to(sandbox, people(sandbox, reached, many))
        sandbox.clock.advance(DAY)
        reached += many
        climbed.append(str(sandbox.accounts.portfolio().tier))

    assert reached == 2_170
    assert failed(sandbox) == []
    assert climbed == ["TIER_250"] * 19 + ["TIER_2K", "TIER_10K"]


def test_a_launch_to_everybody_at_once_reaches_the_first_250(emulator: Emulator):
    """The others fail, and are reached the next day."""
    sandbox = emulator.create(at=START, speed=None, at_once=True)
    them = people(sandbox, 0, 300)

    write_to(sandbox, them)
    sandbox.clock.advance(DAY)
    assert failed(sandbox) == [131048] * 50
    write_to(sandbox, them[250:])
    sandbox.settle()

    assert failed(sandbox) == [131048] * 50
