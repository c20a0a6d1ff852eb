"""The review of a template: approve it, or reject it with a reason.

The platform reviews with machines and people. Two of their reasons follow from the template's form alone, and
those are judged under every policy; under ``content`` its texts are read too, by :mod:`.content`.

``after``    the review is decided after a while, by its form alone ``by_hand``  nothing is decided until a
user does ``content``  decided after a while, by its form and by what it says
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from emulator.domain.templates.components import template_parts
from emulator.domain.templates.lifecycle import content
from emulator.domain.templates.template import Draft, Status, Template
from emulator.domain.templates.variables import has_adjacent_variables, has_edge_or_too_many_variables
from emulator.domain.values import dataclass

POLICIES = ("after", "by_hand", "content")

ADJACENT = (
    "Your template has parameters placed next to each other (like {{1}}{{2}}) without text or punctuation "
    "between them.",
    "Separate parameters with descriptive text and ensure each parameter is clearly contextualized.",
)
"""Reason and recommendation as Meta's sample of the webhook words them."""

EDGE_VARIABLES = (
    "Your template has variables at its start or end, or too many variables for its length.",
    "Put words around the variables, and use at least twice as many words as variables.",
)
"""Reason and recommendation in our words. Since 2025-10-01 the editor refuses such a template, and no review
meets it."""

DUPLICATE = (
    "Your template has the same body and footer as another template of this account.",
    "Use the template that exists, or change the wording of this one.",
)
SHORTENED = (
    "Your template has a shortened link, which hides where it leads.",
    "Use the whole address of a page of your business.",
)
OTHER_FORMAT = (
    "Your template does not follow the format of templates.",
    "Compare it with the guidelines, change it and submit it again.",
)
"""Reasons and recommendations in our words; the last is that of a rejection by a user."""

REASONS = (
    "ABUSIVE_CONTENT",
    "CATEGORY_NOT_AVAILABLE",
    "INCORRECT_CATEGORY",
    "INVALID_FORMAT",
    "NONE",
    "PROMOTIONAL",
    "SCAM",
    "TAG_CONTENT_MISMATCH",
)
"""Why a template may be rejected (D/webhooks/reference/message_template_status_update)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a review ends: approved or rejected.

    ``rejection_info`` is the reason and the recommendation that the webhook carries for an INVALID_FORMAT.
    """

    status: Status
    reason: str = "NONE"
    rejection_info: tuple[str, str] | None = None


APPROVED = Decision(Status.APPROVED)


def is_instant(draft: Draft | Template) -> bool:
    """Say whether a template is approved when it is created: for authentication, or from the library."""
    return draft.category == "AUTHENTICATION" or draft.is_from_library


def rejected(reason: str, info: tuple[str, str] = OTHER_FORMAT) -> Decision:
    """Build a rejection for a ``reason`` of :data:`REASONS`.

    ``info`` is the reason and the recommendation in words; the webhook carries it with INVALID_FORMAT alone.
    """
    return Decision(Status.REJECTED, reason, info if reason == "INVALID_FORMAT" else None)


def decide(
    reviewed: Draft | Template, others: Iterable[Template] = (), *, reads_content: bool = False
) -> Decision:
    """Review a template of a WABA that has ``others``.

    Rejected is one with variables side by side, at an edge or in too great number, and one whose body and
    footer repeat an approved or pending template under another name, unless it is for authentication; with
    ``reads_content`` also one whose content :mod:`.content` finds wrong. The platform's enum has no reason of
    its own for a repetition; INVALID_FORMAT is the one that comes with a sentence, and so it is taken.
    """
    if is_instant(reviewed):
        return APPROVED
    made = template_parts(reviewed.components)
    bodies = [part.body.text for part in (made, *made.cards) if part.body]
    if any(map(has_adjacent_variables, bodies)):
        return rejected("INVALID_FORMAT", ADJACENT)
    if any(map(has_edge_or_too_many_variables, bodies)):
        return rejected("INVALID_FORMAT", EDGE_VARIABLES)
    words = wording(reviewed.components)
    if any(
        other.name != reviewed.name
        and other.status in (Status.APPROVED, Status.PENDING)
        and wording(other.components) == words
        for other in others
    ):
        return rejected("INVALID_FORMAT", DUPLICATE)
    if not reads_content:
        return APPROVED
    if broken := content.policy_violation(made):
        return rejected(broken[0])
    if content.has_short_link(made):
        return rejected("INVALID_FORMAT", SHORTENED)
    if not content.is_in_language(made, reviewed.language):
        return rejected("TAG_CONTENT_MISMATCH")
    if content.carries_code(made):
        return rejected("INCORRECT_CATEGORY")
    return APPROVED


def category_by_content(draft: Draft | Template) -> str:
    """Find the category that the content of a template asks for: MARKETING for a utility one that promotes.

    Any other template keeps the category it has.
    """
    if draft.category == "UTILITY" and content.marketing_cue(template_parts(draft.components)):
        return "MARKETING"
    return draft.category


def wording(components: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The texts of body and footer, by which one template repeats another; empty where it has none."""
    made = template_parts(components)
    return made.body.text if made.body else "", made.footer.text if made.footer else ""
