"""The tables of people, and of the customer service windows they have opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import itemgetter

from emulator.domain.people.person import Person
from emulator.domain.windows import Window
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros
from emulator.sandbox.store.memory import Memory
from emulator.sandbox.store.rows import LAST, RowCodec, literally, marks

LATEST = 2**63 - 1
"""More than any instant in the database."""
_ROWS = RowCodec(Person, "people", "wa_id", place=f"{LAST} people")


class PeopleTable:
    """The simulated users of a sandbox, each by their exact ``wa_id``; habits are a part of the row.

    Remembered, since every message and each of its statuses asks.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[str, Person | None](database)

    def put(self, person: Person) -> None:
        """Store a person: a new one after those that there are, or every fact of a known one.

        A known one keeps their place; people are never removed but by a reset.
        """
        self._execute(_ROWS.upsert, _ROWS.values(person))
        self._memory.answers.pop(person.wa_id, None)

    def rename(self, wa_id: str, person: Person) -> None:
        """Store a person who had the number ``wa_id`` before and has another one now, in the same place."""
        self._execute("UPDATE people SET wa_id = ? WHERE wa_id = ?", (person.wa_id, wa_id))
        self._memory.answers.pop(wa_id, None)
        self.put(person)

    def get(self, wa_id: str) -> Person | None:
        """Find a person by their exact ``wa_id``; ``None`` when nobody has it."""
        known = self._memory.answers
        if wa_id not in known:
            row = self._execute(f"{_ROWS.select} WHERE wa_id = ?", (wa_id,)).fetchone()
            known[wa_id] = row and _ROWS.read(row)
        return known[wa_id]

    def by_user_id(self, user_id: str) -> Person | None:
        """Find a person by their business-scoped user id; ``None`` when nobody has it."""
        row = self._execute(f"{_ROWS.select} WHERE user_id = ?", (user_id,)).fetchone()
        return row and _ROWS.read(row)

    def find(self, wa_ids: Iterable[str]) -> Person | None:
        """Find the first person who has one of the numbers, tried in their order; ``None`` when nobody has.

        The numbers are usually the :func:`~emulator.domain.phones.aliases` of one, as a caller may write any
        of them.
        """
        return next((person for wa_id in wa_ids if (person := self.get(wa_id))), None)

    def all(
        self, *, after: str | None = None, limit: int = -1, words: Collection[str] = (), digits: str = ""
    ) -> list[Person]:
        """List everybody in the order they were added.

        ``after``: only those who were added after this ``wa_id``; ``limit`` keeps the first of them, -1 all.
        ``words``: only those in whose name each of them stands, A to Z in any case; ``digits``: also those in
        whose number they stand.
        """
        found, values = "place > COALESCE((SELECT place FROM people WHERE wa_id = ?), -1)", [after]
        which = f"{found} ORDER BY place LIMIT ?"
        if words:  # in the index alone, and only then in the table
            named = " AND ".join(["name LIKE ? ESCAPE '!'"] * len(words))
            values += [*(f"%{literally(word)}%" for word in words), digits, f"%{digits}%"]
            matching = f"{found} AND ({named} OR (? <> '' AND wa_id LIKE ?)) ORDER BY place LIMIT ?"
            which = f"wa_id IN (SELECT wa_id FROM people WHERE {matching}) ORDER BY place"
        return _ROWS.read_all(self._execute(f"{_ROWS.select} WHERE {which}", (*values, limit)))


class WindowTable:
    """When each person last wrote to or called each number: the customer service windows.

    Remembered, since every message asks when it is accepted and when it is delivered.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[tuple[str, str], Window | None](database)

    def restart(
        self, phone_number_id: str, wa_id: str, at: datetime, unanswered_id: str | None = None
    ) -> None:
        """Open or restart the window of a number and a person (or group) at an instant.

        ``unanswered_id`` is the message or the call that does. An earlier instant than that of the window, as
        of a message that a phone sends late, changes nothing.
        """
        known = self.get(phone_number_id, wa_id)
        if known is not None and (at, unanswered_id or "") <= (known.last_inbound_at, ""):
            return
        micros = to_micros(at)
        self._execute(
            "INSERT INTO windows VALUES (?, ?, ?, ?) ON CONFLICT (phone_number_id, wa_id) DO UPDATE SET "
            "last_inbound_at = excluded.last_inbound_at, unanswered_id = excluded.unanswered_id",
            (phone_number_id, wa_id, micros, unanswered_id),
        )
        restarted = Window(phone_number_id, wa_id, from_micros(micros), unanswered_id)
        self._memory.answers[phone_number_id, wa_id] = restarted

    def answer(self, window: Window) -> None:
        """Remember that the business has sent something since the window was restarted."""
        pair = window.phone_number_id, window.wa_id
        self._execute("UPDATE windows SET unanswered_id = NULL WHERE phone_number_id = ? AND wa_id = ?", pair)
        self._memory.answers[pair] = Window(*pair, window.last_inbound_at)

    def get(self, phone_number_id: str, wa_id: str) -> Window | None:
        """Find the window of a number and a person, open or closed; ``None`` when they never wrote.

        :meth:`Window.is_open` says whether it is open at an instant: rows are kept after the window has
        closed.
        """
        known, pair = self._memory.answers, (phone_number_id, wa_id)
        if pair not in known:
            row = self._execute(
                "SELECT last_inbound_at, unanswered_id FROM windows WHERE phone_number_id = ? AND wa_id = ?",
                pair,
            ).fetchone()
            known[pair] = row and Window(phone_number_id, wa_id, from_micros(row[0]), row[1])
        return known[pair]

    def of(self, wa_id: str, phone_number_ids: Iterable[str]) -> list[Window]:
        """List the windows of a person (or group) and some numbers, the one that was restarted last first."""
        found = [self.get(phone_number_id, wa_id) for phone_number_id in phone_number_ids]
        mine = [window for window in found if window is not None]
        return sorted(mine, key=lambda window: window.last_inbound_at, reverse=True)

    def last_of_each(self, wa_ids: Collection[str], phone_number_ids: Collection[str]) -> dict[str, Window]:
        """Find the window with any of some numbers that closes last, by person; who never wrote has none."""
        rows = self._execute(
            f"SELECT * FROM windows WHERE phone_number_id IN ({marks(phone_number_ids)}) "
            f"AND wa_id IN ({marks(wa_ids)})",
            (*phone_number_ids, *wa_ids),
        )
        last_inbound_at = itemgetter(2)
        return {
            wa_id: Window(number, wa_id, from_micros(at), open_id)
            for number, wa_id, at, open_id in sorted(rows, key=last_inbound_at)
        }

    def all(self, *, after: Window | None = None, limit: int = -1) -> list[Window]:
        """List every window, open or closed, the one that was restarted last first.

        ``after``: only those that come after this one as it stood; ``limit`` keeps the first of them, -1 all.
        """
        found: list[tuple[str, str, int, str | None]] = []
        order = "ORDER BY last_inbound_at DESC, phone_number_id, wa_id LIMIT ?"
        last = LATEST if after is None else to_micros(after.last_inbound_at)
        if after is not None:  # first the others of the same instant
            found += self._execute(
                "SELECT * FROM windows WHERE last_inbound_at = ? AND (phone_number_id, wa_id) > (?, ?) "
                f"{order}",
                (last, after.phone_number_id, after.wa_id, limit),
            )
        left = limit if limit < 0 else limit - len(found)
        found += self._execute(f"SELECT * FROM windows WHERE last_inbound_at < ? {order}", (last, left))
        return [Window(number, wa_id, from_micros(at), open_id) for number, wa_id, at, open_id in found]
