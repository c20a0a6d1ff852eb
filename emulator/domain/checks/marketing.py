"""Checks of marketing messages: opt-outs, the United States, the limit per person, experiments.

Sources: D/templates/marketing-templates/per-user-limits (29 April 2026), D/support/error-codes,
D/support/experiments. Each of these is reported in a ``failed`` status, and none is billed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.checks.audience import Audience
from emulator.domain.errors import message_error
from emulator.domain.phones import country_of, is_us_number
from emulator.domain.windows import Window

PAUSED_SINCE = datetime(2025, 4, 1, tzinfo=UTC)
"""Since when marketing is not delivered to numbers of the United States."""
WINDOW = timedelta(hours=24)
"""How long a delivered marketing message counts, and how long to wait after too many."""
RETRIES = 2
"""From how many failures within 24 hours every further message fails, inclusive."""
_EEA = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE"
UNLIMITED = frozenset((*_EEA.split(), "GB", "JP", "KR"))
"""The countries from which and to which marketing is not limited per person."""


def marketing_is_wanted(audience: Audience | None, wa_id: str) -> None:
    """Fail a marketing message to a person who opted out of the number's marketing (131050)."""
    if audience is not None and audience.stopped_at is not None:
        raise message_error(
            131050,
            hint=f"{wa_id} stopped marketing of this number at {audience.stopped_at.isoformat()}; "
            "utility and authentication templates still reach them.",
            facts={"wa_id": wa_id, "stopped_at": audience.stopped_at.isoformat()},
        )


def marketing_is_delivered_there(audience: Audience | None, wa_id: str, at: datetime) -> None:
    """Fail a marketing message to a number of the United States, since 1 April 2025 (131049)."""
    if audience is None or not audience.us_paused or at < PAUSED_SINCE:
        return
    if is_us_number(wa_id):
        raise message_error(
            131049,
            hint=f"Since {PAUSED_SINCE:%Y-%m-%d} no marketing template is delivered to numbers of the United "
            "States; send to another country, or set us_marketing: delivered.",
            facts={"wa_id": wa_id, "country": "US"},
        )


def marketing_is_not_too_much(audience: Audience | None, number: BusinessNumber, wa_id: str) -> None:
    """Fail a marketing message to a person who got as many as the limit in the last 24 hours (131049).

    After two such failures every further message fails until 24 hours have passed. Some countries are exempt.
    """
    if audience is None or audience.limit is None or is_unlimited(number.digits, wa_id):
        return
    if audience.received >= audience.limit or audience.refused >= RETRIES:
        raise message_error(
            131049,
            hint=f"{wa_id} got {audience.received} marketing messages in 24 hours "
            f"(marketing_per_user: {audience.limit}), and this account failed {audience.refused} times "
            "since: wait 24 hours before the next one.",
            facts={"wa_id": wa_id, "received": audience.received, "refused": audience.refused},
        )


def recipient_is_in_no_experiment(
    audience: Audience | None, window: Window | None, wa_id: str, at: datetime
) -> None:
    """Fail a marketing message to a person whom an experiment excludes (130472).

    An open window or a free entry point lets it through.
    """
    if audience is None or not audience.held_out or audience.free_entry:
        return
    if window is None or not window.is_open(at):
        raise message_error(
            130472,
            hint=f"{wa_id} is part of the experiment (setting experiment); an open window would let "
            "it through.",
            facts={"wa_id": wa_id},
        )


def is_unlimited(business: str, person: str) -> bool:
    """Say whether the limit per person does not apply between a business's number and a person's."""
    return country_of(business) in UNLIMITED or country_of(person) in UNLIMITED
