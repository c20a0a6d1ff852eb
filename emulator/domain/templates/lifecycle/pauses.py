"""Pauses of templates: how long they last, and when one may be ended (D/templates/template-pausing)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from emulator.domain.templates.template import Status, Template

Cause = Literal["quality", "pacing"]
"""Why a template is paused: its quality is low, or pacing found that it would be."""

PAUSES = (("FIRST_PAUSE", timedelta(hours=3)), ("SECOND_PAUSE", timedelta(hours=6)))
"""The title and the length of each pause for low quality; instead of a third the template is disabled."""
PACING_PAUSE = "RATE_LIMITING_PAUSE"
"""The title of a pause by pacing in webhooks; that it is this value of the enum is inferred."""
UNPAUSE_AFTER = timedelta(minutes=5)
"""How long after a pause by pacing began the business may unpause the template."""


def pause_after(pauses: int) -> tuple[str, timedelta] | None:
    """Find the title and the length of the next pause for low quality; ``None``: it is disabled instead.

    ``pauses`` is how many there have been before.
    """
    return PAUSES[pauses] if pauses < len(PAUSES) else None


def why_not_unpaused(template: Template, at: datetime) -> str | None:
    """Say why the business may not unpause ``template`` at the instant ``at``; ``None`` when it may.

    Only pauses by pacing can be ended, from five minutes after they began on. The sentences are ours.
    """
    if template.status is not Status.PAUSED:
        return f"The template is not paused: its status is {template.status}."
    if template.history.pause_cause != "pacing":
        return "The template was paused for its quality and will be unpaused by itself."
    paused_at = template.history.paused_at
    if paused_at is not None and at < paused_at + UNPAUSE_AFTER:
        return "A template can be unpaused 5 minutes after it was paused."
    return None
