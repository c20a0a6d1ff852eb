"""How far templates have come in pacing, and the messages that are held meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from emulator.domain.quality.pacing import PacingStage, PacingState
from emulator.domain.values import dataclass
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database


@dataclass(frozen=True, slots=True)
class Held:
    """A message that is held for pacing, the links to fetch, and the details of its due work."""

    message_id: str
    links: tuple[str, ...]
    details: Mapping[str, Any]


class PacingTable:
    """How far templates have come in pacing, and the messages that are held meanwhile."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, template_id: str) -> PacingState:
        """Find how far a template has come; nothing sent and nothing held where it has no row."""
        row = self._execute("SELECT sent, stage FROM pacing WHERE template_id = ?", (template_id,)).fetchone()
        return PacingState(row[0], PacingStage(row[1])) if row else PacingState()

    def put(self, template_id: str, pace: PacingState) -> None:
        """Store how far a template has come in pacing."""
        self._execute(
            "INSERT INTO pacing VALUES (?, ?, ?) ON CONFLICT (template_id) DO UPDATE SET "
            "sent = excluded.sent, stage = excluded.stage",
            (template_id, pace.sent, pace.stage),
        )

    def forget(self, template_id: str) -> None:
        """Let a template begin pacing anew, as after a pause; messages that are held stay held.

        To let those go or fail, :meth:`take_held` them first.
        """
        self._execute("DELETE FROM pacing WHERE template_id = ?", (template_id,))

    def hold(
        self, template_id: str, message_id: str, links: list[str], details: Mapping[str, object]
    ) -> None:
        """Store that a message of a template is held, after those that are held already."""
        self._execute(
            "INSERT INTO held (template_id, message_id, links, details) VALUES (?, ?, ?, ?)",
            (template_id, message_id, json.dumps(links), compact(details)),
        )

    def take_held(self, template_id: str) -> list[Held]:
        """Remove the messages of a template that were held; returns them in the order they were accepted."""
        rows = self._execute(
            "DELETE FROM held WHERE template_id = ? RETURNING seq, message_id, links, details", (template_id,)
        ).fetchall()
        return [Held(row[1], tuple(json.loads(row[2])), json.loads(row[3])) for row in sorted(rows)]
