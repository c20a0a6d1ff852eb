"""Orders that were sent to people, as they stand."""

from __future__ import annotations

from emulator.domain.content.interactive.orders import Order
from emulator.sandbox.store.database import Database


class OrderTable:
    """Orders that were sent to people, as they stand: one for a business number, a person and a reference."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, phone_number_id: str, wa_id: str, reference_id: str) -> Order | None:
        """Find the order of a number and a person with a reference; ``None`` when none was sent."""
        row = self._execute(
            "SELECT reference_id, status, paid FROM orders "
            "WHERE phone_number_id = ? AND wa_id = ? AND reference_id = ?",
            (phone_number_id, wa_id, reference_id),
        ).fetchone()
        return row and Order(row[0], row[1], bool(row[2]))

    def put(self, phone_number_id: str, wa_id: str, order: Order) -> None:
        """Store an order, or what has changed of a known one: its status, and whether it is paid."""
        self._execute(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?) ON CONFLICT (phone_number_id, wa_id, reference_id) "
            "DO UPDATE SET status = excluded.status, paid = excluded.paid",
            (phone_number_id, wa_id, order.reference_id, order.status, order.paid),
        )
