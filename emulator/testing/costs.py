"""What a test cost, in messages."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from emulator.domain.pricing.costs import CostLine, RateCard
from emulator.domain.pricing.costs import CostReport as Report
from emulator.sandbox.sandbox import Sandbox


class Costs:
    """What has been charged so far, as it stands when you look; a message is charged when it is delivered."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def billable(self, category: str | None = None, country: str | None = None) -> int:
        """How many messages are billed: all, or those of a category (``marketing``) or country (``BR``)."""
        return self.between().billable(category, country)

    def free(self, reason: str | None = None) -> int:
        """How many were free: all, or those for a reason such as ``free_entry_point``."""
        return self.between().free(reason)

    @property
    def by_category(self) -> dict[str, int]:
        """Billable messages by category."""
        return self.between().by_category

    @property
    def by_country(self) -> dict[str, int]:
        """Billable messages by country."""
        return self.between().by_country

    @property
    def by_reason(self) -> dict[str, int]:
        """Free messages by the reason."""
        return self.between().by_reason

    @property
    def lines(self) -> tuple[CostLine, ...]:
        """Every kind of message with its count."""
        return self.between().lines

    def total(self, rates: RateCard | None = None) -> Decimal | None:
        """What it all cost by these rates or the seed's; ``None`` when they do not say."""
        return self.between().total(self._sandbox.pricing.rates() if rates is None else rates)

    def between(self, since: datetime | None = None, until: datetime | None = None) -> Report:
        """The report of a stretch of time: from ``since`` until just before ``until``."""
        return self._sandbox.pricing.costs(since, until)

    def __repr__(self) -> str:
        shown = "".join(
            f"\n  {line.messages:>5}  {line.category}, {line.country}: {line.free or 'billed'}"
            for line in self.lines
        )
        return f"<Costs{shown}>" if shown else "<Costs: nothing was delivered>"
