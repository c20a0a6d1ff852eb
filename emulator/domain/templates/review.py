"""The review of a template: approve it, or say why not.

The platform reviews with machines and people; of their reasons two can be told from the template alone, and
those are judged here. Everything else is approved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emulator.domain.templates.components import parts
from emulator.domain.templates.template import Draft, Status, Template
from emulator.domain.templates.variables import hangs_on_variables, has_adjacent_variables

ADJACENT = (
    "Your template has parameters placed next to each other (like {{1}}{{2}}) without text or punctuation "
    "between them.",
    "Separate parameters with descriptive text and ensure each parameter is clearly contextualized.",
)
"""Reason and recommendation as Meta's sample of the webhook words them."""

DANGLING = (
    "Your template has variables at its start or end, or too many variables for its length.",
    "Put words around the variables, and use at least twice as many words as variables.",
)
"""In our words. Since 2025-10-01 the editor refuses such a template, and no review meets it."""

DUPLICATE = (
    "Your template has the same body and footer as another template of this account.",
    "Use the template that exists, or change the wording of this one.",
)
"""Reason and recommendation in our words."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a review ends; ``rejection_info`` is the reason and the recommendation of the webhook."""

    status: Status
    reason: str = "NONE"
    rejection_info: tuple[str, str] | None = None


def is_instant(draft: Draft | Template) -> bool:
    """Whether the template is approved the moment it is created: for codes, and one from the library."""
    return draft.category == "AUTHENTICATION" or draft.is_from_library


def decide(reviewed: Draft | Template, others: Iterable[Template] = ()) -> Decision:
    """Review a template of a WABA that has ``others``.

    Rejected is one with variables side by side, at an edge or in too great number, and one whose body and
    footer repeat an approved or pending template under another name, unless it is for authentication. The
    platform's enum has no reason of its own for a repetition; INVALID_FORMAT is the one that comes with a
    sentence, and so it is taken.
    """
    if is_instant(reviewed):
        return Decision(Status.APPROVED)
    body, footer = _wording(reviewed)
    cards = parts(reviewed.components).cards
    bodies = (body, *(card.body.text for card in cards if card.body))
    if any(map(has_adjacent_variables, bodies)):
        return Decision(Status.REJECTED, "INVALID_FORMAT", ADJACENT)
    if any(map(hangs_on_variables, bodies)):
        return Decision(Status.REJECTED, "INVALID_FORMAT", DANGLING)
    if any(
        other.name != reviewed.name
        and other.status in (Status.APPROVED, Status.PENDING)
        and _wording(other) == (body, footer)
        for other in others
    ):
        return Decision(Status.REJECTED, "INVALID_FORMAT", DUPLICATE)
    return Decision(Status.APPROVED)


def _wording(template: Draft | Template) -> tuple[str, str]:
    made = parts(template.components)
    return made.body.text if made.body else "", made.footer.text if made.footer else ""
