"""A simulated WhatsApp user."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from emulator.domain.people.habits import Habits


@dataclass(frozen=True, slots=True)
class Person:
    """Someone a business may talk to."""

    wa_id: str
    """Digits of the phone number, as webhooks print it."""
    name: str
    user_id: str
    """The business-scoped user id, ``US.…``."""
    locale: str = "en_US"
    opted_in: bool = True
    """Whether they agreed to hear from the business: policy only, never an API error."""
    on_whatsapp: bool = True
    habits: Habits = field(default_factory=Habits)
    identity_key_hash: str | None = None
    """Stands for the keys of their phone: told by webhook, and checked if a send names one."""

    def changed(self, **facts: Any) -> Person:
        """Copy this person with some of their fields replaced."""
        return replace(self, **facts)
