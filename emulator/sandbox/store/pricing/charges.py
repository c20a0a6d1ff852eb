"""The table of charges: what was charged for each delivered message, or why it was free."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.pricing.costs import Charge, CostLine, CostReport
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import to_micros


class ChargeTable:
    """What was charged: a row for every delivered message, also for the free ones."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def add(self, charge: Charge) -> None:
        """Store the charge of a message that has been delivered; a free one has its reason.

        Amounts of money are not in it: a report reckons them from counts and the rates of then.
        """
        self._execute(
            "INSERT INTO charges (at, phone_number_id, country, market, category, free) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                to_micros(charge.at),
                charge.phone_number_id,
                charge.country,
                charge.market,
                charge.category,
                charge.free,
            ),
        )

    def report(
        self, since: datetime | None, until: datetime | None, phone_number_id: str | None = None
    ) -> CostReport:
        """Count the charges from ``since`` until just before ``until``, of one number or of all.

        ``None`` leaves an end open. There is a line for each category, country, market and reason, billed
        ones first.
        """
        conditions, values = ["TRUE"], list[object]()
        if since is not None:
            conditions.append("at >= ?")
            values.append(to_micros(since))
        if until is not None:
            conditions.append("at < ?")
            values.append(to_micros(until))
        if phone_number_id is not None:
            conditions.append("phone_number_id = ?")
            values.append(phone_number_id)
        rows = self._execute(
            "SELECT category, country, market, free, COUNT(*) FROM charges "
            f"WHERE {' AND '.join(conditions)} GROUP BY category, country, market, free "
            "ORDER BY free IS NOT NULL, category, country, market, free",
            values,
        )
        return CostReport(since, until, tuple(CostLine(*row) for row in rows))
