"""Archival: a template unused for twelve months is archived, and deleted four weeks later.

Source: D/templates/template-archival of 2026-06-02.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.templates.template import Status, Template

ARCHIVED_FOR = timedelta(days=28)
"""How long an archived template can be unarchived; then it is deleted."""
MOST_PER_CALL = 100
"""How many templates one call may archive, unarchive or delete."""

_NEVER = (Status.PENDING_DELETION, Status.ARCHIVED)
_BY_HAND = (Status.APPROVED, Status.REJECTED)


def idle_at(active_at: datetime) -> datetime:
    """Find the instant at which a template last used at ``active_at`` is idle: twelve calendar months later.

    Use on 29 February counts until 28 February of the next year.
    """
    try:
        return active_at.replace(year=active_at.year + 1)
    except ValueError:  # the 29th of February
        return active_at.replace(year=active_at.year + 1, day=28)


def is_archived_when_idle(template: Template) -> bool:
    """Say whether ``template`` is archived when it is idle; those archived or being deleted already are not.

    Samples and generated templates are left alone too, which is inferred: neither can be deleted.
    """
    return template.status not in _NEVER and not template.is_sample and not template.is_generated


def why_not_archived(template: Template | None) -> str | None:
    """Say why ``template`` cannot be archived by the business; ``None`` when it can.

    Only approved and rejected templates can. ``None`` for the template is one that does not exist. The
    sentences are the platform's where they are known.
    """
    if template is None:
        return "Template not found"
    if template.status not in _BY_HAND:
        return "Only approved or rejected templates can be archived"
    if template.is_sample or template.is_generated:
        return "This template can't be archived"
    return None


def why_not_unarchived(template: Template | None) -> str | None:
    """Say why ``template`` cannot be unarchived; ``None`` when it can. The sentences are ours.

    Only an archived one can; ``None`` for the template is one that does not exist.
    """
    if template is None:
        return "Template not found"
    return None if template.status is Status.ARCHIVED else "Only archived templates can be unarchived"
