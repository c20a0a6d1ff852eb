"""The history of a template: the instants of its lifecycle that later rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TemplateHistory:
    """When what happened to a template; each field is ``None`` until it happens.

    Later rules count from these instants: appeals, archival, name locks, pauses.
    """

    active_at: datetime | None = None
    """When it was last created, edited, appealed or unarchived; sends count beside this."""
    approved_at: datetime | None = None
    """When it was first approved: from then on its name is locked after a deletion."""
    decided_at: datetime | None = None
    """When a review was last decided."""
    appealed_at: datetime | None = None
    """When the appeal was filed that is still undecided."""
    category_changed_at: datetime | None = None
    """When the platform last changed its category."""
    category_before: str | None = None
    """The category that an edit replaced, until the review of that edit is decided."""
    paused_at: datetime | None = None
    """When its present pause began."""
    pause_cause: str | None = None
    """Why it is paused: ``quality`` or ``pacing``."""
    restores: str | None = None
    """The status that an archived template returns to."""

    def changed(self, **facts: Any) -> TemplateHistory:
        """Copy the history with some of its fields replaced."""
        return replace(self, **facts)

    def as_json(self) -> dict[str, str]:
        """Write what is known as JSON, instants in ISO 8601; fields that are ``None`` are left out."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
            if value is not None
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, str]) -> TemplateHistory:
        """Read back what :meth:`as_json` wrote. Raises :class:`ValueError` for an instant that is none."""
        return cls(
            **{
                name: datetime.fromisoformat(value) if name.endswith("_at") else value
                for name, value in facts.items()
            }  # type: ignore[arg-type]
        )


NO_HISTORY = TemplateHistory()
"""The history of a template to which nothing has happened."""
