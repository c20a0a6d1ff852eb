"""What a template has been through, as far as later rules ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class TemplateHistory:
    """The instants of a template's life, each ``None`` until it comes."""

    active_at: datetime | None = None
    """When it was last created, edited, appealed or unarchived; what was sent of it counts beside this."""
    approved_at: datetime | None = None
    """When it was first approved: from then on its name is locked after a deletion."""
    decided_at: datetime | None = None
    """When a review was last decided."""
    appealed_at: datetime | None = None
    """When the appeal was filed that is still open."""
    category_changed_at: datetime | None = None
    """When the platform last changed its category."""
    category_before: str | None = None
    """The category an edit replaced, until the review of that edit is decided."""
    paused_at: datetime | None = None
    pause_cause: str | None = None
    """Why it is paused: ``quality`` or ``pacing``."""
    restores: str | None = None
    """The status an archived template returns to."""

    def changed(self, **facts: Any) -> TemplateHistory:
        """This life with some facts replaced."""
        return replace(self, **facts)

    def as_json(self) -> dict[str, str]:
        """What is known, with instants in ISO 8601."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
            if value is not None
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, str]) -> TemplateHistory:
        return cls(
            **{
                name: datetime.fromisoformat(value) if name.endswith("_at") else value
                for name, value in facts.items()
            }  # type: ignore[arg-type]
        )


NO_HISTORY = TemplateHistory()
"""The life of a template of which nothing is known."""
