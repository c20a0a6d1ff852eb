"""``whatsapp.costs``.

What the messages of a test cost, counted by category, country and reason, or in money.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from emulator.domain.pricing.costs import CostLine, RateCard
from emulator.domain.pricing.costs import CostReport as Report
from emulator.sandbox.sandbox import Sandbox


class Costs:
    """What has been charged in a test so far, as it stands when you look: ``whatsapp.costs``.

    A message is charged when it is delivered, so ``settle()`` first. Amounts of money need rates, from the
    seed or given to :meth:`total`.
    """

    def __init__(self, sandbox: Sandbox, phone_number_id: str | None = None) -> None:
        self._sandbox, self._phone_number_id = sandbox, phone_number_id

    def of(self, phone_number_id: str) -> Costs:
        """Narrow to what one business phone number sent: ``whatsapp.costs.of(number).billable()``.

        Raises :class:`LookupError` for a phone number id that is not there.
        """
        return Costs(self._sandbox, self._sandbox.accounts.number(phone_number_id).id)

    def billable(self, category: str | None = None, country: str | None = None) -> int:
        """Count the billed messages.

        All, or those of a ``category`` (``marketing``) and of a ``country`` (``BR``). The country is that of
        the person's number, as ISO 3166.
        """
        return self.between().billable(category, country)

    def free(self, reason: str | None = None) -> int:
        """Count the free messages.

        All, or those for a ``reason`` such as ``free_entry_point`` or ``free_customer_service``.
        """
        return self.between().free(reason)

    @property
    def by_category(self) -> dict[str, int]:
        """The number of billed messages of each category, such as ``{"marketing": 2}``."""
        return self.between().by_category

    @property
    def by_country(self) -> dict[str, int]:
        """The number of billed messages to each country, such as ``{"BR": 2}``."""
        return self.between().by_country

    @property
    def by_reason(self) -> dict[str, int]:
        """The number of free messages for each reason, such as ``{"free_customer_service": 2}``."""
        return self.between().by_reason

    @property
    def lines(self) -> tuple[CostLine, ...]:
        """Every kind of message that was delivered, with its count.

        By category, country, market, and reason if free.
        """
        return self.between().lines

    def total(self, rates: RateCard | None = None) -> Decimal | None:
        """What it all cost by ``rates`` or else the seed's, in the WABA's currency.

        ``None`` when they do not say.
        """
        return self.between().total(self._sandbox.pricing.rates() if rates is None else rates)

    def between(self, since: datetime | None = None, until: datetime | None = None) -> Report:
        """Report what was charged from ``since`` until just before ``until``; ``None`` leaves that end open.

        The report has ``billable()``, ``free()``, ``lines`` and ``total(rates)``.
        """
        return self._sandbox.pricing.costs(since, until, self._phone_number_id)

    def __repr__(self) -> str:
        shown = "".join(
            f"\n  {line.messages:>5}  {line.category}, {line.country}: {line.free or 'billed'}"
            for line in self.lines
        )
        return f"<Costs{shown}>" if shown else "<Costs: nothing was delivered>"
