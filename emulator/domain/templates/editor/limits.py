"""What the editor's rules depend on: the day a template is written, and how an account is treated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from emulator.domain.templates.components import BODY_LENGTH

VARIABLES_CHECKED_SINCE = datetime(2025, 10, 1, tzinfo=UTC)
"""Since when the place and the number of a body's variables are judged by the editor; before, a template with
too many, or with one at the edge, was created and then rejected (support.wati.io)."""


@dataclass(frozen=True, slots=True)
class EditorLimits:
    """The rules of one moment for one account.

    ``marketing_body`` is how many characters the body of a marketing template may have: Meta's pages print
    1,024, several providers 550. ``checks_variables`` says whether the place and the number of variables are
    refused at once.
    """

    marketing_body: int = BODY_LENGTH
    checks_variables: bool = True


CURRENT_LIMITS = EditorLimits()
"""What holds where nothing else is said."""


def limits_at(at: datetime, marketing_body: int = BODY_LENGTH) -> EditorLimits:
    """The rules that hold at the instant ``at``."""
    return EditorLimits(marketing_body, at >= VARIABLES_CHECKED_SINCE)
