"""Archiving: what nobody uses for a year is put away, and four weeks later it is gone.

Source: D/templates/template-archival of 2026-06-02.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.templates.template import Status, Template

ARCHIVED_FOR = timedelta(days=28)
"""How long an archived template can be unarchived."""
MOST_PER_CALL = 100
"""How many templates one call may archive, unarchive or delete."""

_NEVER = (Status.PENDING_DELETION, Status.ARCHIVED)
_BY_HAND = (Status.APPROVED, Status.REJECTED)


def idle_at(active_at: datetime) -> datetime:
    """When a template that was last used at ``active_at`` has been idle for twelve calendar months."""
    try:
        return active_at.replace(year=active_at.year + 1)
    except ValueError:  # the 29th of February
        return active_at.replace(year=active_at.year + 1, day=28)


def is_archived_when_idle(template: Template) -> bool:
    """Whether idleness archives ``template``: not what is on its way out already.

    Samples and what Direct Send made are left alone too, which is inferred: neither can be deleted.
    """
    return template.status not in _NEVER and not template.is_sample and not template.is_generated


def why_not_archived(template: Template | None) -> str | None:
    """Why ``template`` cannot be archived by hand, in the platform's words where they are known."""
    if template is None:
        return "Template not found"
    if template.status not in _BY_HAND:
        return "Only approved or rejected templates can be archived"
    if template.is_sample or template.is_generated:
        return "This template can't be archived"
    return None


def why_not_unarchived(template: Template | None) -> str | None:
    """Why ``template`` cannot be unarchived; the words are ours."""
    if template is None:
        return "Template not found"
    return None if template.status is Status.ARCHIVED else "Only archived templates can be unarchived"
