"""The journal of a sandbox: everything that happened, each entry with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from emulator.domain.values import dataclass


class Outcome(StrEnum):
    """How something ended: what the log shows by colours."""

    NEUTRAL = "neutral"
    SUCCESS = "success"
    WARNING = "warning"
    """It works, or will be tried again, and somebody should know."""
    FAILURE = "failure"
    """It was refused, or has failed for good."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that happened in a sandbox: what, when, to whom, and what caused it.

    ``seq`` counts entries from 1 in their order, ``at`` is the simulated instant, ``summary`` a sentence for
    people and ``details`` the facts for programs.
    """

    seq: int
    at: datetime
    kind: str
    """``call``, ``message``, ``status``, ``webhook``, ``template``, ``person``, ``clock``, ``account``,
    ``fault``, ``warning`` or ``unsupported``."""
    subject: str
    """The id of what it happened to, such as a message's or a template's."""
    wa_id: str | None
    cause: str | None
    """The id of what caused it, such as the call's or the message's; ``None`` where it has no cause."""
    summary: str
    details: Mapping[str, Any]
