"""The fields that tell of templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.templates.template import Template


def template_status(
    template: Template,
    event: str,
    *,
    reason: str | None = "NONE",
    extra: Mapping[str, Any] | None = None,
) -> dict[str, object]:
    """What review, a pause or a deletion made of a template. The id is a JSON number here."""
    return {
        "event": event,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "reason": reason,
        "message_template_category": template.category,
        **(extra or {}),
    }


def template_quality(template: Template, before: str) -> dict[str, object]:
    """What people think of a template has changed, from ``before``."""
    return {
        "previous_quality_score": before,
        "new_quality_score": template.quality_score,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
