"""Webhooks on their way to an integrator, with every attempt made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emulator.domain.webhooks import Delivery, DeliveryAttempt
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros

_COLUMNS = "id, app_id, url, field, body, state, at, due, attempts"


def _delivery(row: tuple[Any, ...]) -> Delivery:
    delivery_id, app_id, url, field, body, state, at, due, attempts = row
    return Delivery(delivery_id, app_id, url, field, body, state, from_micros(at), from_micros(due), attempts)


class DeliveryTable:
    """Every webhook of the sandbox."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def add(self, app_id: str, url: str, field: str, body: bytes, at: datetime) -> int:
        row = self._execute(
            "INSERT INTO deliveries (app_id, url, field, body, state, at, due, attempts) "
            "VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, ?5, 0) RETURNING id",
            (app_id, url, field, body, to_micros(at)),
        ).fetchone()
        return int(row[0])

    def waiting(self, at: datetime) -> Delivery | None:
        """The first delivery that is due ``at``."""
        row = self._execute(
            f"SELECT {_COLUMNS} FROM deliveries WHERE state = 'waiting' AND due <= ? "
            "ORDER BY due, id LIMIT 1",
            (to_micros(at),),
        ).fetchone()
        return row and _delivery(row)

    def next_due(self) -> datetime | None:
        row = self._execute(
            "SELECT due FROM deliveries WHERE state = 'waiting' ORDER BY due, id LIMIT 1"
        ).fetchone()
        return row and from_micros(row[0])

    def backlog(self, at: datetime) -> int:
        """How many deliveries are due ``at``."""
        row = self._execute(
            "SELECT COUNT(*) FROM deliveries WHERE state = 'waiting' AND due <= ?", (to_micros(at),)
        ).fetchone()
        return int(row[0])

    def record(
        self, delivery: Delivery, at: datetime, status: int | None, problem: str | None
    ) -> DeliveryAttempt:
        """Keep the outcome of an attempt."""
        attempt = DeliveryAttempt(delivery.id, delivery.attempts + 1, at, status, problem)
        self._execute(
            "INSERT INTO attempts VALUES (?, ?, ?, ?, ?)",
            (attempt.delivery_id, attempt.number, to_micros(at), status, problem),
        )
        return attempt

    def settle(self, delivery_id: int, state: str, due: datetime, attempts: int) -> None:
        """Set what becomes of a delivery after an attempt, or when it shall be tried again."""
        self._execute(
            "UPDATE deliveries SET state = ?, due = ?, attempts = ? WHERE id = ?",
            (state, to_micros(due), attempts, delivery_id),
        )

    def get(self, delivery_id: int) -> Delivery | None:
        row = self._execute(f"SELECT {_COLUMNS} FROM deliveries WHERE id = ?", (delivery_id,)).fetchone()
        return row and _delivery(row)

    def select(self, state: str | None = None, limit: int = -1) -> list[Delivery]:
        """Deliveries in order; with a ``limit`` the newest ones."""
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM (SELECT * FROM deliveries WHERE ?1 IS NULL OR state = ?1 "
            "ORDER BY id DESC LIMIT ?2) ORDER BY id",
            (state, limit),
        )
        return [_delivery(row) for row in rows]

    def attempts(self, delivery_id: int) -> list[DeliveryAttempt]:
        rows = self._execute(
            "SELECT delivery_id, number, at, status, problem FROM attempts WHERE delivery_id = ? "
            "ORDER BY number",
            (delivery_id,),
        )
        return [DeliveryAttempt(row[0], row[1], from_micros(row[2]), row[3], row[4]) for row in rows]
