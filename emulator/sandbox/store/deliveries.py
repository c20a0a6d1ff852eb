"""The tables of webhooks on their way to an integrator, and of every attempt to deliver them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from emulator.domain.masking import masked
from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt, MadeWebhook
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros
from emulator.sandbox.store.retention import AT_ONCE, Retention
from emulator.sandbox.store.spoilt import SpoiltDeliveryTable

_NEVER = datetime.max.replace(tzinfo=UTC)
_COLUMNS = "id, app_id, waba_id, phone_number_id, wa_id, url, field, body, state, at, due, attempts, cause"

_LAST = (1 << 63) - 1
"""No delivery has this number."""


def _delivery(row: tuple[Any, ...]) -> Delivery:
    delivery_id, app_id, waba_id, number_id, wa_id, url, field, body, state, at, due, attempts, cause = row
    made, next_at = from_micros(at), from_micros(due)
    return Delivery(
        delivery_id,
        app_id,
        waba_id,
        number_id,
        wa_id,
        url,
        field,
        body,
        state,
        made,
        next_at,
        attempts,
        cause,
    )


STATES = ("waiting", "delivered", "failed")
"""The states of a delivery; its next attempt is due only while it waits."""


class DeliveryTable:
    """Every webhook of the sandbox with its state, and every attempt to deliver it."""

    def __init__(self, database: Database) -> None:
        self._database, self._execute = database, database.execute
        self.retention = Retention("deliveries", database)
        self._earliest: tuple[int, datetime] | None = None
        """When the next delivery is due, and the stamp of the database at which that was looked up."""
        self.spoilt = SpoiltDeliveryTable(database)

    def add(self, webhook: MadeWebhook, *, is_lost: bool = False) -> int:
        """Store a webhook, which waits for its first attempt; returns its number.

        One that ``is_lost`` has failed at once.
        """
        number = self._execute(
            "INSERT INTO deliveries (app_id, waba_id, phone_number_id, wa_id, url, field, body, state, at, "
            "due, attempts, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (
                webhook.app_id,
                webhook.waba_id,
                webhook.phone_number_id,
                webhook.wa_id,
                masked(webhook.url),
                webhook.field,
                webhook.body,
                "failed" if is_lost else "waiting",
                to_micros(webhook.at),
                to_micros(webhook.due),
                webhook.cause,
            ),
        ).lastrowid
        assert number is not None
        if self._earliest is not None and not is_lost:
            stamp, earliest = self._earliest
            self._earliest = stamp, min(earliest, webhook.due)
        self.retention.hold(number, self.drop)
        return number

    def drop(self, up_to: int) -> int:
        """Remove the oldest deliveries up to a number that are over, with their attempts; returns how many.

        At most :data:`~emulator.sandbox.store.retention.AT_ONCE` numbers are looked at of each state; those
        that wait stay.
        """
        dropped = 0
        for state in ("delivered", "failed"):
            first = f"(SELECT MIN(id) FROM deliveries WHERE state = '{state}')"
            over = f"FROM deliveries WHERE state = '{state}' AND id <= MIN(?, {first} + ?)"
            bounds = (up_to, AT_ONCE - 1)
            self._execute(f"DELETE FROM attempts WHERE delivery_id IN (SELECT id {over})", bounds)
            self.spoilt.drop(f"SELECT id {over}", bounds)
            dropped += self._execute(f"DELETE {over}", bounds).rowcount
        return dropped

    def waiting(self, at: datetime) -> Delivery | None:
        """Find the first delivery that is due ``at`` an instant; ``None`` when none is.

        The first is the one that is due earliest, and of those in one instant the one that was made first.
        """
        stamp = self._database.stamp
        if self._earliest is not None and self._earliest[0] == stamp and at < self._earliest[1]:
            return None
        row = self._execute(
            f"SELECT {_COLUMNS} FROM deliveries WHERE state = 'waiting' ORDER BY due, id LIMIT 1"
        ).fetchone()
        delivery = row and _delivery(row)
        self._earliest = stamp, delivery.due if delivery else _NEVER
        return delivery if delivery and delivery.due <= at else None

    def next_due(self) -> datetime | None:
        """Find the instant at which the next delivery is due, a first attempt or a later one.

        ``None`` when none waits; the instant may have passed. It is asked after every call of a server and
        after every event, and so remembered until something is written.
        """
        stamp = self._database.stamp
        if self._earliest is None or self._earliest[0] != stamp:
            row = self._execute(
                "SELECT due FROM deliveries WHERE state = 'waiting' ORDER BY due, id LIMIT 1"
            ).fetchone()
            self._earliest = stamp, from_micros(row[0]) if row else _NEVER
        return None if self._earliest[1] == _NEVER else self._earliest[1]

    def backlog(self, at: datetime, most: int = -1) -> int:
        """Count the deliveries that are due ``at`` an instant and wait, those that failed before among them.

        At most ``most`` of them are counted, -1 counts all.
        """
        due = self.next_due()
        if due is None or at < due:
            return 0
        if most == 1:
            return 1
        row = self._execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM deliveries WHERE state = 'waiting' AND due <= ? LIMIT ?)",
            (to_micros(at), most),
        ).fetchone()
        return int(row[0])

    def held_until(self, app_id: str, wa_id: str) -> datetime | None:
        """Find when the last webhook about a person that has failed is tried again; ``None`` without one."""
        row = self._execute(
            "SELECT MAX(due) FROM deliveries WHERE state = 'waiting' AND attempts > 0 AND wa_id = ? "
            "AND app_id = ?",
            (wa_id, app_id),
        ).fetchone()
        return None if row[0] is None else from_micros(row[0])

    def hold_later(self, delivery: Delivery, until: datetime) -> int:
        """Let every later webhook of the app about the same person wait until then; returns how many do."""
        self._earliest = None
        return self._execute(
            "UPDATE deliveries SET due = ? WHERE state = 'waiting' AND due < ? AND id > ? AND wa_id = ? "
            "AND app_id = ?",
            (to_micros(until), to_micros(until), delivery.id, delivery.wa_id, delivery.app_id),
        ).rowcount

    def record(
        self, delivery: Delivery, attempt: DeliveryAttempt, state: str, due: datetime, url: str
    ) -> bool:
        """Store an attempt, what becomes of its delivery, and the ``url`` it went to.

        ``False``, and nothing is stored, when the delivery is not as it was before the attempt: it has been
        put back in the queue meanwhile.
        """
        self._earliest = None
        is_as_it_was = self._execute(
            "UPDATE deliveries SET state = ?, due = ?, attempts = ?, url = ? "
            "WHERE id = ? AND state = ? AND due = ? AND attempts = ?",
            (
                state,
                to_micros(due),
                attempt.number,
                url,
                delivery.id,
                delivery.state,
                to_micros(delivery.due),
                delivery.attempts,
            ),
        ).rowcount
        if not is_as_it_was:
            return False
        self._execute(
            "INSERT INTO attempts VALUES (?, ?, ?, ?, ?)",
            (delivery.id, attempt.number, to_micros(attempt.at), attempt.status, attempt.problem),
        )
        return True

    def settle(self, delivery_id: int, state: str, due: datetime, attempts: int) -> None:
        """Set the state of a delivery, when it is due, and how many attempts it has had.

        ``state`` is one of :data:`STATES`.
        """
        self._earliest = None
        self._execute(
            "UPDATE deliveries SET state = ?, due = ?, attempts = ? WHERE id = ?",
            (state, to_micros(due), attempts, delivery_id),
        )

    def requeue(self, due: datetime, state: str | None, first: int, last: int) -> list[int]:
        """Let deliveries from one number to another wait, due at an instant; returns their numbers.

        Those in a ``state`` of :data:`STATES`, or with ``None`` all of them.
        """
        self._earliest = None
        which = "TRUE" if state is None else f"state = '{state}'"
        rows = self._execute(
            f"SELECT id FROM deliveries WHERE {which} AND id BETWEEN ? AND ? ORDER BY id", (first, last)
        ).fetchall()
        self._execute(
            f"UPDATE deliveries SET state = 'waiting', due = ? WHERE {which} AND id BETWEEN ? AND ?",
            (to_micros(due), first, last),
        )
        return [row[0] for row in rows]

    def get(self, delivery_id: int) -> Delivery | None:
        """Find a delivery by its number, with the exact bytes of its body; ``None`` when there is none."""
        row = self._execute(f"SELECT {_COLUMNS} FROM deliveries WHERE id = ?", (delivery_id,)).fetchone()
        return row and _delivery(row)

    def select(
        self,
        state: str | None = None,
        limit: int = -1,
        *,
        after: int | None = None,
        before: int | None = None,
    ) -> list[Delivery]:
        """List deliveries in the order they were made: those in a state, or with ``None`` all.

        ``limit`` keeps the newest that many, or with ``after``, the number of a delivery, the oldest of those
        that were made after it; -1 keeps all. ``before``, the number of one, keeps those made earlier. Bodies
        are read with them, so a limit is wise on a server.
        """
        if state is not None and state not in STATES:
            return []
        which = "TRUE" if state is None else f"state = '{state}'"
        direction = "DESC" if after is None else "ASC"
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM deliveries WHERE {which} AND id > ? AND id < ? "
            f"ORDER BY id {direction} LIMIT ?",
            (after or 0, _LAST if before is None else before, limit),
        ).fetchall()
        return [_delivery(row) for row in (reversed(rows) if after is None else rows)]

    def unwritten(self, since: datetime | None = None) -> list[tuple[Delivery, DeliveryAttempt]]:
        """List the attempts whose outcome is not in the journal, with their deliveries, in order of both.

        ``since`` is an instant before which all are; without one every attempt is looked at. The outcomes of
        a delivery are written in order, each with details.
        """
        rows = self._execute(
            "SELECT delivery_id, number FROM attempts WHERE at >= ? AND number > (SELECT COUNT(*) FROM "
            "journal WHERE subject = 'delivery:' || delivery_id AND kind = 'webhook' AND details <> '{}') "
            "ORDER BY delivery_id, number",
            (0 if since is None else to_micros(since),),
        ).fetchall()
        found: list[tuple[Delivery, DeliveryAttempt]] = []
        for delivery_id, number in rows:
            delivery = self.get(delivery_id)
            if delivery is not None:
                found.append((delivery, self.attempts(delivery_id)[number - 1]))
        return found

    def attempts(self, delivery_id: int) -> list[DeliveryAttempt]:
        """List the attempts of a delivery, the first one first."""
        rows = self._execute(
            "SELECT delivery_id, number, at, status, problem FROM attempts WHERE delivery_id = ? "
            "ORDER BY number",
            (delivery_id,),
        )
        return [DeliveryAttempt(row[0], row[1], from_micros(row[2]), row[3], row[4]) for row in rows]
