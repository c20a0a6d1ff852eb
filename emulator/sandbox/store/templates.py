"""Message templates and the names that may not be used again yet."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from emulator.domain.templates.lifecycle.history import TemplateHistory
from emulator.domain.templates.template import MANUAL, Status, Template
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, maybe_from_micros, maybe_to_micros, to_micros

_COLUMNS = (
    "id, waba_id, name, language, category, status, components, created_at, parameter_format, "
    "previous_category, rejected_reason, quality_score, message_send_ttl_seconds, is_sample, "
    "last_updated_at, pauses, edits, source, correct_category, life, quality_at, options, "
    "parameter_types"
)


def _template(row: tuple[Any, ...]) -> Template:
    return Template(
        id=row[0],
        waba_id=row[1],
        name=row[2],
        language=row[3],
        category=row[4],
        status=Status(row[5]),
        components=tuple(json.loads(row[6])),
        created_at=from_micros(row[7]),
        parameter_format=row[8],
        previous_category=row[9],
        rejected_reason=row[10],
        quality_score=row[11],
        message_send_ttl_seconds=row[12],
        is_sample=bool(row[13]),
        last_updated_at=maybe_from_micros(row[14]),
        pauses=row[15],
        edits=tuple(from_micros(edit) for edit in json.loads(row[16])),
        source=row[17],
        correct_category=row[18],
        history=TemplateHistory.from_json(json.loads(row[19])),
        quality_at=maybe_from_micros(row[20]),
        options=json.loads(row[21]),
        parameter_types=tuple(json.loads(row[22])),
    )


def _row(template: Template) -> tuple[object, ...]:
    return (
        template.id,
        template.waba_id,
        template.name,
        template.language,
        template.category,
        template.status,
        compact(template.components),
        to_micros(template.created_at),
        template.parameter_format,
        template.previous_category,
        template.rejected_reason,
        template.quality_score,
        template.message_send_ttl_seconds,
        template.is_sample,
        maybe_to_micros(template.last_updated_at),
        template.pauses,
        json.dumps([to_micros(edit) for edit in template.edits]),
        template.source,
        template.correct_category,
        compact(template.history.as_json()),
        maybe_to_micros(template.quality_at),
        compact(template.options),
        compact(template.parameter_types),
    )


class TemplateTable:
    """The templates of every WABA, newest first as the platform lists them."""

    def __init__(self, database: Database) -> None:
        self._database, self._execute = database, database.execute
        self._leaving: tuple[int, frozenset[str]] | None = None

    def add(self, template: Template) -> None:
        self._execute(
            f"INSERT INTO templates ({_COLUMNS}, place) VALUES ({'?, ' * 23}"
            "(SELECT COALESCE(MAX(place), 0) + 1 FROM templates WHERE waba_id = ?2))",
            _row(template),
        )

    def replace(self, template: Template) -> None:
        """Store the facts of a template that exists."""
        assignments = ", ".join(f"{name} = ?" for name in _COLUMNS.split(", "))
        self._execute(f"UPDATE templates SET {assignments} WHERE id = ?", (*_row(template), template.id))
        if template.status is Status.PENDING_DELETION:
            self._database.stamp += 1

    def remove(self, template_id: str) -> None:
        self._execute("DELETE FROM templates WHERE id = ?", (template_id,))
        self._database.stamp += 1

    def is_leaving(self, template_id: str) -> bool:
        """Whether a template waits for its last messages; answered from memory, since it is asked often."""
        stamp = self._database.stamp
        if self._leaving is None or self._leaving[0] != stamp:
            rows = self._execute("SELECT id FROM templates WHERE status = 'PENDING_DELETION'")
            self._leaving = stamp, frozenset(row[0] for row in rows)
        return template_id in self._leaving[1]

    def get(self, template_id: str) -> Template | None:
        row = self._execute(f"SELECT {_COLUMNS} FROM templates WHERE id = ?", (template_id,)).fetchone()
        return row and _template(row)

    def quality_of(self, template_id: str) -> str | None:
        """The quality of a template, and nothing else of it."""
        row = self._execute("SELECT quality_score FROM templates WHERE id = ?", (template_id,)).fetchone()
        return row and str(row[0])

    def find(self, waba_id: str, name: str, language: str) -> Template | None:
        row = self._execute(
            f"SELECT {_COLUMNS} FROM templates WHERE waba_id = ? AND name = ? AND language = ?",
            (waba_id, name, language),
        ).fetchone()
        return row and _template(row)

    def named(self, waba_id: str, name: str) -> list[Template]:
        """A template in all its languages."""
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM templates WHERE waba_id = ? AND name = ? ORDER BY place DESC",
            (waba_id, name),
        )
        return [_template(row) for row in rows]

    def of(self, waba_id: str | None = None) -> list[Template]:
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM templates WHERE ?1 IS NULL OR waba_id = ?1 ORDER BY waba_id, place DESC",
            (waba_id,),
        )
        return [_template(row) for row in rows]

    def last_used(self) -> list[tuple[str, datetime | None]]:
        """Every template's id, and when a message of it was last sent; ``None`` when none ever was."""
        rows = self._execute(
            "SELECT id, (SELECT MAX(at) FROM messages WHERE template_id = templates.id) FROM templates "
            "ORDER BY waba_id, place"
        )
        return [(template_id, maybe_from_micros(at)) for template_id, at in rows]

    def count(self, waba_id: str) -> int:
        """How many templates were submitted; those that messages made of themselves do not count."""
        row = self._execute(
            "SELECT COUNT(*) FROM templates WHERE waba_id = ? AND source = ?", (waba_id, MANUAL)
        ).fetchone()
        return int(row[0])

    def disliked(self, waba_id: str) -> list[str]:
        """The scores of templates that people do not like, but for those that nobody can send any more."""
        rows = self._execute(
            "SELECT quality_score FROM templates WHERE waba_id = ? "
            "AND quality_score IN ('YELLOW', 'RED') AND status <> 'DISABLED'",
            (waba_id,),
        )
        return [score for (score,) in rows]

    def lock_name(self, waba_id: str, name: str, language: str, until: datetime) -> None:
        """Keep a name from being used again before ``until``."""
        self._execute(
            "INSERT INTO name_locks VALUES (?, ?, ?, ?) ON CONFLICT (waba_id, name, language) "
            "DO UPDATE SET until = excluded.until",
            (waba_id, name, language, to_micros(until)),
        )

    def name_locked_until(self, waba_id: str, name: str, language: str) -> datetime | None:
        row = self._execute(
            "SELECT until FROM name_locks WHERE waba_id = ? AND name = ? AND language = ?",
            (waba_id, name, language),
        ).fetchone()
        return row and from_micros(row[0])
