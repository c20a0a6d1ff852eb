"""The template editor's entry: check a draft, an edit, a deletion.

Meta's rules are spread over D/templates/components, D/templates/template-management and its error reference;
where none of them gives a sentence, the wording is ours (each docstring says so).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.categories import billed_as
from emulator.domain.templates.editor.components import check_components
from emulator.domain.templates.editor.limits import CURRENT_LIMITS, EditorLimits
from emulator.domain.templates.editor.orders import check_orders
from emulator.domain.templates.languages import LANGUAGES
from emulator.domain.templates.refusals import (
    already_exists,
    being_deleted,
    category_differs,
    category_is_fixed,
    inferred,
    limit_exceeded,
    not_found,
    refusal,
    too_long,
)
from emulator.domain.templates.template import Draft, Status, Template

__all__ = [
    "already_exists",
    "being_deleted",
    "category_differs",
    "check",
    "check_delete",
    "check_edit",
    "check_head",
    "limit_exceeded",
    "not_found",
]

NAME_LENGTH = 512
SAMPLE_NAMES = ("hello_world",)
"""Templates that every WABA has from the beginning, whose names are taken."""

EDITABLE = (Status.APPROVED, Status.REJECTED, Status.PAUSED)
"""The statuses in which a template may be edited."""
EDIT_LIMITS = ((timedelta(hours=24), 1, "24 hours"), (timedelta(days=30), 10, "30 days"))
"""How often an approved template may be edited in a rolling window: its length, the most edits, its name."""

TTL_SECONDS = {
    "AUTHENTICATION": (30, 900),
    "UTILITY": (30, 43_200),
    "MARKETING": (43_200, 2_592_000),
}
"""The least and the most ``message_send_ttl_seconds`` of each category, inclusive
(D/templates/time-to-live)."""


def check(draft: Draft, limits: EditorLimits = CURRENT_LIMITS) -> None:
    """Refuse a draft that breaks a rule of the editor under these ``limits``, by default today's.

    What comes from the library is the platform's own, and only its name, language and validity are judged.
    Raises :class:`TemplateEditorError`, or ``(#100)`` for an unknown language or type.
    """
    check_head(draft)
    if draft.is_from_library:
        return
    check_components(draft, limits)
    check_orders(draft)


def check_head(draft: Draft) -> None:
    """Refuse a draft by its name, language or validity period, without looking at its components.

    Raises :class:`TemplateEditorError`, or ``(#100)`` for a language that is not supported.
    """
    _check_name(draft.name)
    if draft.language not in LANGUAGES:
        raise bad_parameter(
            f'Param language must be one of {{{", ".join(LANGUAGES)}}} - got "{draft.language}".',
            hint="A language is written like en or en_US, with an underscore.",
        )
    _check_ttl(draft)


def check_edit(template: Template, at: datetime, category: str | None = None) -> None:
    """Refuse to edit ``template`` at the instant ``at``, or to change its ``category``.

    A sample, a generated template and one being deleted cannot be edited, nor one in another status than
    APPROVED, REJECTED or PAUSED. An approved one keeps its category, and is edited once in 24 hours and ten
    times in 30 days; an edit exactly that old does not count any more. None becomes or was an authentication
    template (3835031, reported of a rejected one). The platform's pages give one sentence for the status
    (2388039) and say that the daily limit shares its number; the sentences about limits, samples and the
    category are ours.
    """
    _check_not_sample(template)
    if template.is_generated:
        raise inferred(
            2388318,
            f"{template.name} was made by Direct Send from a message; send another message, or create a "
            "template under another name.",
        )
    _check_not_leaving(template)
    if template.status not in EDITABLE:
        raise refusal(
            2388039,
            "Message template status can't be changed",
            "The status for this message template can't be changed. You can only delete or add templates.",
            hint=f"The template is {template.status}; only {', '.join(EDITABLE)} ones can be edited.",
        )
    asked = template.category if category is None else category.upper()
    if asked != template.category and "AUTHENTICATION" in (asked, template.category):
        raise category_is_fixed(template.category, asked, "authentication is a category of its own.")
    if template.status is not Status.APPROVED:
        return
    if asked != template.category:
        raise category_is_fixed(template.category, asked, "an approved one keeps its category.")
    for window, most, shown in EDIT_LIMITS:
        if sum(1 for edited in template.edits if edited > at - window) >= most:
            times = "once" if most == 1 else f"{most} times"
            raise refusal(
                2388039,
                "Message template edit limit reached",
                f"An approved message template can only be edited {times} within {shown}. Try again later.",
                hint=f"Its last edit was at {max(template.edits).isoformat()}; it is {at.isoformat()}.",
            )


def check_delete(template: Template) -> None:
    """Refuse to delete a sample, a generated or disabled template, or one that is being deleted already.

    Raises :class:`TemplateEditorError`: 2388094 for a sample, 2388330 for one that Direct Send generated,
    2388025 for one being deleted, no number for a disabled one. The sentences are ours. Any other template
    can be deleted.
    """
    _check_not_sample(template)
    if template.is_generated:
        raise inferred(
            2388330,
            f"{template.name} was made by Direct Send from a message; it can be archived.",
        )
    _check_not_leaving(template)
    if template.status is Status.DISABLED:
        raise refusal(
            None,
            "Message template can't be deleted",
            "A disabled message template can't be deleted.",
            hint=f"The status of {template.name} is {template.status}; it stays as it is.",
        )


def _check_not_sample(template: Template) -> None:
    if template.is_sample:
        raise refusal(
            2388094,
            "Sample template can't be changed",
            "Sample message templates can't be edited or deleted.",
            hint=f"{template.name} came with the account; create a template of your own.",
        )


def _check_not_leaving(template: Template) -> None:
    if template.status is Status.PENDING_DELETION:
        raise inferred(
            2388025,
            f"{template.name} was deleted before, and goes when its last messages have arrived; take another "
            "name.",
        )


def _check_name(name: str) -> None:
    if re.fullmatch(r"[a-z0-9_]+", name) is None:
        raise refusal(
            2388046,
            "Name Format is Incorrect",
            "The message template name can only have lowercase letters and underscores.",
            "name",
            hint=f"{name!r} must match ^[a-z0-9_]+$; digits are fine.",
        )
    if len(name) > NAME_LENGTH:
        raise too_long("template name", len(name), NAME_LENGTH, "name")
    if name in SAMPLE_NAMES:
        raise refusal(
            2388155,
            "Template name is already used as a sample template",
            "This template is named after a sample template created by default. Please use a different name.",
            "name",
            hint=f"The names of samples are {', '.join(sorted(SAMPLE_NAMES))}.",
        )


def _check_ttl(draft: Draft) -> None:
    """Refuse a validity period outside its category's range (D/templates/time-to-live; our wording)."""
    seconds = draft.message_send_ttl_seconds
    category = billed_as(draft.category)
    if seconds is None or category not in TTL_SECONDS or (seconds == -1 and category != "MARKETING"):
        return
    least, most = TTL_SECONDS[category]
    if not least <= seconds <= most:
        forever = "" if category == "MARKETING" else ", or -1 for 30 days"
        raise refusal(
            None,
            "Message validity period is out of range",
            f"The validity period of {category} templates must be between {least} and {most} seconds"
            f"{forever}.",
            "message_send_ttl_seconds",
            hint=f"It came as {seconds} seconds; leave it out for the default of the category.",
        )
