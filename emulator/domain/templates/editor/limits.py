"""The editor's rules that depend on the day a template is submitted, or on the account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from emulator.domain.templates.components import BODY_LENGTH
from emulator.domain.templates.editor.examples import is_handle
from emulator.domain.templates.variables import WORDS_PER_VARIABLE
from emulator.domain.values import dataclass

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
    words_per_variable: int = WORDS_PER_VARIABLE[0]
    """How many words a body needs for each variable, and one more (2388293)."""
    fixes_labels: bool = True
    """Whether the label of an OTP button must be the platform's."""
    is_uploaded: Callable[[str], bool] = is_handle
    """Says of the handle of a header whether it stands for a sample file."""


CURRENT_LIMITS = EditorLimits()
"""The rules of today for an account without special settings."""


def limits_at(at: datetime, marketing_body: int = BODY_LENGTH, **more: Any) -> EditorLimits:
    """Find the rules that hold at the instant ``at`` for an account.

    ``marketing_body`` is the setting ``marketing_body_limit``, in characters; ``more`` are the other fields
    of :class:`EditorLimits` that are settings.
    """
    return EditorLimits(marketing_body, at >= VARIABLES_CHECKED_SINCE, **more)
