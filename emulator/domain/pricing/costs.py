"""Cost reports: billable messages by category and country, and free ones by reason, over a time.

A message is charged once, when it is delivered; in a group once for each participant. Until 30 June 2025 the
message that opened a conversation was charged, and the others in it were not. Amounts of money appear only
where the user supplies rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from emulator.domain.values import dataclass

_MOST_DIGITS = 40
"""Characters of an amount of money."""
RateCard = Mapping[str, Mapping[str, Decimal]]
"""Amounts of money for one message, by category and then by country, market or ``*`` for any."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One delivered message with its category, country and market, and whether it is billed.

    ``category`` is as prices have it, ``at`` the instant of delivery; a group's message makes one for each
    participant.
    """

    at: datetime
    phone_number_id: str
    country: str
    market: str
    category: str
    free: str | None = None
    """The reason it is free, such as ``free_customer_service``; ``None`` for one that is billed."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """A number of messages with the same category, country, market and reason, as a report lists them.

    ``free`` is the reason they are free; ``None`` for billed ones.
    """

    category: str
    country: str
    market: str
    free: str | None
    messages: int

    def amount(self, rates: RateCard) -> Decimal | None:
        """Multiply the messages by their rate: zero for free ones, ``None`` where the card has no rate.

        The rate of the country goes before that of the market, and that before ``*``.
        """
        if self.free is not None:
            return Decimal(0)
        of = rates.get(self.category, {})
        rate = next((of[name] for name in (self.country, self.market, "*") if name in of), None)
        return None if rate is None else rate * self.messages


@dataclass(frozen=True, slots=True)
class CostReport:
    """The messages delivered from ``since`` (inclusive) until ``until`` (exclusive), counted by line.

    ``None`` for either end is no bound. A report has no amounts; :meth:`total` multiplies it with rates.
    """

    since: datetime | None
    until: datetime | None
    lines: tuple[CostLine, ...]

    def billable(self, category: str | None = None, country: str | None = None) -> int:
        """Count the billed messages: all of them, or those of one ``category`` and one ``country``."""
        return sum(
            line.messages
            for line in self.lines
            if line.free is None and category in (None, line.category) and country in (None, line.country)
        )

    def free(self, reason: str | None = None) -> int:
        """Count the free messages: all of them, or those free for one ``reason``."""
        return sum(line.messages for line in self.lines if line.free and reason in (None, line.free))

    @property
    def by_category(self) -> dict[str, int]:
        """Billed messages by category, in the order of the lines."""
        return self._counted(lambda line: line.category, billed=True)

    @property
    def by_country(self) -> dict[str, int]:
        """Billed messages by country (ISO 3166), in the order of the lines."""
        return self._counted(lambda line: line.country, billed=True)

    @property
    def by_reason(self) -> dict[str, int]:
        """Free messages by the reason they are free."""
        return self._counted(lambda line: line.free or "", billed=False)

    def total(self, rates: RateCard) -> Decimal | None:
        """Add up the amounts of all lines by these rates; ``None`` as soon as one billed line has no rate."""
        amounts = [line.amount(rates) for line in self.lines]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(amounts) else None

    def _counted(self, name: Callable[[CostLine], str], *, billed: bool) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for line in self.lines:
            if (line.free is None) is billed:
                counted[name(line)] += line.messages
        return dict(counted)


def rate_card_from_json(value: object) -> dict[str, dict[str, Decimal]]:
    """Read a rate card from JSON: amounts as numbers or strings, by category and then country or market.

    Raises :class:`ValueError` for anything else, and for an amount below zero.
    """
    if not isinstance(value, Mapping) or not all(isinstance(of, Mapping) for of in value.values()):
        raise ValueError('rates are amounts by category and country, like {"marketing": {"*": 0.05}}')
    if strange := [name for of in (value, *value.values()) for name in of if not isinstance(name, str)]:
        raise ValueError(f"a category or country is a text; write it in quotes, not {strange[0]!r}")
    return {
        category: {place: _amount(amount) for place, amount in of.items()} for category, of in value.items()
    }


def rate_card_as_json(rates: RateCard) -> dict[str, dict[str, str]]:
    """Write a rate card as JSON, with the amounts as strings so that no digit is lost."""
    return {category: {place: str(amount) for place, amount in of.items()} for category, of in rates.items()}


def _amount(value: object) -> Decimal:
    written = str(value)
    try:
        amount = Decimal(-1 if isinstance(value, bool) or len(written) > _MOST_DIGITS else written)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"a rate is an amount of money, zero or more; got {written[:_MOST_DIGITS]!r}")
    return amount
