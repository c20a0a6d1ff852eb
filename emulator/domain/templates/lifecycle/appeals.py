"""Appeals: a business asks the platform to review a rejection or a category again.

Source: D/templates/template-categorization of 2026-04-17. On the platform this is done in Business Support
Home, never over the API.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.templates.template import Status, Template

APPEAL_PERIOD = timedelta(days=60)
"""How long after a decision it may be appealed."""
_JUDGED_BY_CATEGORY = ("UTILITY", "MARKETING")


def appealed_until(template: Template) -> datetime:
    """Find the first instant at which an appeal of ``template`` is too late.

    It is 60 days after the rejection, or after the change of its category; where neither is known, after the
    creation.
    """
    history = template.history
    if template.status is Status.REJECTED:
        since = history.decided_at or template.created_at
    else:
        since = history.category_changed_at or template.created_at
    return since + APPEAL_PERIOD


def asks_for_category(template: Template) -> bool:
    """Say whether an appeal is about the category of an approved template, which can be sent meanwhile.

    The other appeals are about a rejection; such a template is IN_APPEAL until they are decided.
    """
    return template.status is Status.APPROVED


def why_not_appealed(template: Template, at: datetime) -> str | None:
    """Say why ``template`` may not be appealed at the instant ``at``; ``None`` when it may.

    A rejected template may, an approved marketing one, and, until it has changed, a utility one that is about
    to become marketing. Each may be appealed once at a time, and within :func:`appealed_until`.
    """
    if template.category not in _JUDGED_BY_CATEGORY:
        return f"{template.name} is {template.category}; only UTILITY and MARKETING templates can be appealed"
    if template.history.appealed_at is not None:
        return f"{template.name} has been appealed already"
    warned = template.category == "UTILITY" and template.correct_category == "MARKETING"
    fits = template.status is Status.REJECTED or (
        template.status is Status.APPROVED and (template.category == "MARKETING" or warned)
    )
    if not fits:
        return f"{template.name} is {template.status} and {template.category}: there is nothing to appeal"
    if not warned and at >= appealed_until(template):
        return f"{template.name} could be appealed until {appealed_until(template):%Y-%m-%d %H:%M} UTC"
    return None
