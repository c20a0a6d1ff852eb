"""The editor's rules that depend on the day a template is submitted, or on the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from emulator.domain.templates.components import BODY_LENGTH

VARIABLES_CHECKED_SINCE = datetime(2025, 10, 1, tzinfo=UTC)
"""Since when the editor checks the place and the number of a body's variables; before, a template with too
many, or with one at the edge, was created and then rejected (support.wati.io)."""


@dataclass(frozen=True, slots=True)
class EditorLimits:
    """The rules that hold at one moment for one account.

    ``marketing_body`` is how many characters the body of a marketing template may have: Meta's pages print
    1,024, several providers 550. ``checks_variables`` says whether the place and the number of variables are
    refused at once.
    """

    marketing_body: int = BODY_LENGTH
    checks_variables: bool = True


CURRENT_LIMITS = EditorLimits()
"""The rules of today for an account without special settings."""


def limits_at(at: datetime, marketing_body: int = BODY_LENGTH) -> EditorLimits:
    """Find the rules that hold at the instant ``at`` for an account.

    ``marketing_body`` is the setting ``marketing_body_limit``, in characters.
    """
    return EditorLimits(marketing_body, at >= VARIABLES_CHECKED_SINCE)
