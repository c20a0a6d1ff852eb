"""The tables of message templates, and of names that may not be used again yet."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from emulator.domain.templates.filters import EVERY_TEMPLATE, TemplateFilter
from emulator.domain.templates.template import MANUAL, Status, Template
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, maybe_from_micros, to_micros
from emulator.sandbox.store.memory import Memory
from emulator.sandbox.store.rows import RowCodec, marks
from emulator.sandbox.store.wording import wording_key

_ROWS = RowCodec(
    Template,
    "templates",
    place="SELECT COALESCE(MAX(place), 0) + 1 FROM templates WHERE waba_id = {waba_id}",
    derived={"wording": lambda template: wording_key(template.components)},
)


class TemplateTable:
    """The templates of every WABA, newest first as the platform lists them.

    Beside them the names that are still taken after a deletion. Called inside ``store.reading()`` or a
    transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._execute = database, database.execute
        self._memory = Memory[tuple[str, str, str], Template | None](database)
        self._leaving: tuple[int, frozenset[str]] | None = None

    def add(self, template: Template) -> None:
        """Store a new template, as the newest of its WABA.

        Raises an integrity error for a name and language that are taken.
        """
        self._execute(_ROWS.insert, _ROWS.values(template))
        self._memory.answers.clear()

    def replace(self, template: Template) -> None:
        """Store all facts of a template that exists; one that does not is not made."""
        self._execute(_ROWS.update, _ROWS.values(template))
        self._memory.answers.clear()
        if template.status is Status.PENDING_DELETION:
            self._database.stamp += 1

    def rename(self, template_id: str, renamed: str, waba_id: str) -> None:
        """Give a template another id and WABA; nothing else of it is read or written.

        Raises an integrity error for an id that another template has.
        """
        self._execute(
            "UPDATE templates SET id = ?, waba_id = ? WHERE id = ?", (renamed, waba_id, template_id)
        )
        self._database.stamp += 1

    def remove(self, template_id: str) -> None:
        """Remove a template for good; its messages stay, and name it by an id that nothing has any more.

        The lock of its name stays, too; see :meth:`lock_name`.
        """
        self._execute("DELETE FROM templates WHERE id = ?", (template_id,))
        self._memory.answers.clear()
        self._database.stamp += 1

    def is_leaving(self, template_id: str) -> bool:
        """Say whether a template waits for its last messages (``PENDING_DELETION``).

        Every delivery asks, and hardly ever is one leaving: it is answered from memory until that changes.
        """
        stamp = self._database.stamp
        if self._leaving is None or self._leaving[0] != stamp:
            rows = self._execute("SELECT id FROM templates WHERE status = 'PENDING_DELETION'")
            self._leaving = stamp, frozenset(row[0] for row in rows)
        return template_id in self._leaving[1]

    def get(self, template_id: str) -> Template | None:
        """Find a template by its id; ``None`` when there is none, or none any more."""
        row = self._execute(f"{_ROWS.select} WHERE id = ?", (template_id,)).fetchone()
        return row and _ROWS.read(row)

    def quality_of(self, template_id: str) -> str | None:
        """Read the quality score of a template, and nothing else of it.

        ``None`` when there is no such template.
        """
        row = self._execute("SELECT quality_score FROM templates WHERE id = ?", (template_id,)).fetchone()
        return row and str(row[0])

    def find(self, waba_id: str, name: str, language: str) -> Template | None:
        """Find the template of a WABA with a name and a language, whatever its status.

        ``None`` when there is none. The three together are unique. The language is matched exactly, as
        ``en_US``. Remembered, since every send of a template asks.
        """
        known, key = self._memory.answers, (waba_id, name, language)
        if key not in known:
            row = self._execute(
                f"{_ROWS.select} WHERE waba_id = ? AND name = ? AND language = ?", key
            ).fetchone()
            known[key] = row and _ROWS.read(row)
        return known[key]

    def named(self, waba_id: str, name: str) -> list[Template]:
        """List a WABA's template of a name in all its languages, newest first."""
        rows = self._execute(
            f"{_ROWS.select} WHERE waba_id = ? AND name = ? ORDER BY +place DESC",  # by its name, then sorted
            (waba_id, name),
        )
        return _ROWS.read_all(rows)

    def page(
        self,
        *,
        after: Template | None = None,
        limit: int = -1,
        wanted: TemplateFilter = EVERY_TEMPLATE,
    ) -> list[Template]:
        """List the templates of each WABA that meet a filter, by the ids of these, newest first.

        ``after``: only those that come after this one; ``limit`` keeps the first of them, -1 all.
        """
        conditions, values = _conditions(wanted)
        found: list[Template] = []
        first = "" if after is None else after.waba_id
        wabas = self._execute("SELECT id FROM wabas WHERE id >= ? ORDER BY id", (first,)).fetchall()
        for (waba_id,) in wabas:
            before = after.id if after is not None and after.waba_id == waba_id else None
            left = None if limit < 0 else limit - len(found)
            rows = self._execute(
                f"{_ROWS.select} WHERE waba_id = ? AND place < COALESCE((SELECT place FROM templates "
                f"WHERE id = ?), 9223372036854775807){conditions} ORDER BY place DESC LIMIT ?",
                (waba_id, before, *values, -1 if left is None or wanted.reads_words else left),
            )
            fitting = (each for each in map(_ROWS.read, rows) if wanted.admits(each))
            found += islice(fitting, left)
        return found

    def of(self, waba_id: str | None = None, *, limit: int = -1) -> list[Template]:
        """List the templates of a WABA, or with ``None`` of each in turn, newest first.

        ``limit`` keeps the first of them, -1 all.
        """
        rows = self._execute(
            f"{_ROWS.select} WHERE waba_id = COALESCE(?, waba_id) ORDER BY waba_id, place DESC LIMIT ?",
            (waba_id, limit),
        )
        return _ROWS.read_all(rows)

    def matching(self, waba_id: str, wanted: TemplateFilter) -> list[str]:
        """List the ids of a WABA's templates that meet a filter, newest first.

        Templates are read whole only where the filter looks at what they say.
        """
        conditions, values = _conditions(wanted)
        columns = _ROWS.select if wanted.reads_words else "SELECT id FROM templates"
        rows = self._execute(
            f"{columns} WHERE waba_id = ?{conditions} ORDER BY place DESC", (waba_id, *values)
        )
        if wanted.reads_words:
            return [template.id for template in wanted.select(_ROWS.read_all(rows))]
        return [template_id for (template_id,) in rows]

    def of_the_same_wording(self, template: Template) -> list[Template]:
        """List the other templates of its WABA with the same body and footer that a review compares it with.

        That are older ones, and newer ones that are approved already: of two that are the same the later one
        is the repetition. Those that messages made of themselves are left out.
        """
        rows = self._execute(
            f"{_ROWS.select} WHERE waba_id = ? AND wording = ? AND +source = ? AND id <> ? AND "
            "(status = ? OR place < (SELECT place FROM templates WHERE id = ?))",
            (
                template.waba_id,
                wording_key(template.components),
                MANUAL,
                template.id,
                Status.APPROVED,
                template.id,
            ),
        )
        return _ROWS.read_all(rows)

    def last_used(self) -> list[tuple[str, datetime | None]]:
        """List every template's id, and when a message of it was last accepted; ``None`` when none ever was.

        Archived ones are in it. One query of the newest message for each template, answered from an index.
        """
        rows = self._execute(
            "SELECT id, (SELECT MAX(at) FROM messages WHERE template_id = templates.id) FROM templates "
            "ORDER BY waba_id, place"
        )
        return [(template_id, maybe_from_micros(at)) for template_id, at in rows]

    def count(self, waba_id: str) -> int:
        """Count the templates that were submitted for a WABA.

        Those that messages made of themselves do not count.
        """
        row = self._execute(
            "SELECT COUNT(*) FROM templates WHERE waba_id = ? AND source = ?", (waba_id, MANUAL)
        ).fetchone()
        return int(row[0])

    def disliked(self, waba_id: str) -> list[str]:
        """List the quality scores, YELLOW or RED, of a WABA's templates that people do not like.

        Disabled ones do not count: nobody can send them any more. An empty list lets the messaging limit
        grow.
        """
        rows = self._execute(
            "SELECT quality_score FROM templates WHERE waba_id = ? "
            "AND quality_score IN ('YELLOW', 'RED') AND status <> 'DISABLED'",
            (waba_id,),
        )
        return [score for (score,) in rows]

    def lock_name(self, waba_id: str, name: str, language: str, until: datetime) -> None:
        """Keep a name of a WABA from being used again in a language before ``until``.

        A second lock replaces the first. Whether it still holds is decided by who asks
        :meth:`name_locked_until`.
        """
        self._execute(
            "INSERT INTO name_locks VALUES (?, ?, ?, ?) ON CONFLICT (waba_id, name, language) "
            "DO UPDATE SET until = excluded.until",
            (waba_id, name, language, to_micros(until)),
        )

    def name_locked_until(self, waba_id: str, name: str, language: str) -> datetime | None:
        """Find until when a name may not be used again in a language; ``None`` when it never was locked.

        The instant may have passed.
        """
        row = self._execute(
            "SELECT until FROM name_locks WHERE waba_id = ? AND name = ? AND language = ?",
            (waba_id, name, language),
        ).fetchone()
        return row and from_micros(row[0])


def _conditions(wanted: TemplateFilter) -> tuple[str, list[object]]:
    """What of a filter SQL can ask, as conditions after another one, with their values."""
    conditions, values = "", list[object]()
    for column, choices in (
        ("category", wanted.category),
        ("status", wanted.status),
        ("quality_score", wanted.quality_score),
        ("language", wanted.language),
        ("source", wanted.source),
    ):
        if choices:
            conditions += f" AND {column} IN ({marks(choices)})"
            values += choices
    for condition, value in (
        ("name = ?", wanted.name),
        ("created_at >= ?", wanted.since and to_micros(wanted.since)),
        ("created_at <= ?", wanted.until and to_micros(wanted.until)),
    ):
        if value is not None:
            conditions += f" AND {condition}"
            values.append(value)
    return conditions, values
