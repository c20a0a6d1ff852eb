"""What people think of a template, as ``message_template_quality_update`` tells it."""

from __future__ import annotations

from emulator.domain.templates.template import Template


def template_quality(template: Template, before: str) -> dict[str, object]:
    """The quality of a template has changed from ``before``. The id is a JSON number here."""
    return {
        "previous_quality_score": before,
        "new_quality_score": template.quality_score,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
