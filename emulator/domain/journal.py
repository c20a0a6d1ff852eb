"""The journal of a sandbox: everything that happened, each entry with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that happened."""

    seq: int
    at: datetime
    kind: str
    """``call``, ``message``, ``status``, ``webhook``, ``template``, ``person``, ``clock``, ``account``,
    ``fault``, ``warning`` or ``unsupported``."""
    subject: str
    """The id of what it happened to."""
    wa_id: str | None
    cause: str | None
    """The id of what brought it about."""
    summary: str
    details: Mapping[str, Any]
