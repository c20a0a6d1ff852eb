"""The fields that tell of templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emulator.domain.templates.components import Button, template_parts
from emulator.domain.templates.template import Template
from emulator.wire.webhooks.envelope import seconds


def _named(template: Template) -> dict[str, object]:
    """Which template it is about. The id is a JSON number here."""
    return {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }


def template_status(
    template: Template,
    event: str,
    *,
    reason: str | None = "NONE",
    extra: Mapping[str, Any] | None = None,
) -> dict[str, object]:
    """What review, a pause or a deletion made of a template."""
    return {
        "event": event,
        **_named(template),
        "reason": reason,
        "message_template_category": template.category,
        **(extra or {}),
    }


def template_components(template: Template) -> dict[str, object]:
    """What a template says after an edit; a title only where its header is a text."""
    made = template_parts(template.components)
    told = _named(template)
    if made.header is not None and made.header.text:
        told["message_template_title"] = made.header.text
    if made.body is not None:
        told["message_template_element"] = made.body.text
    if made.footer is not None:
        told["message_template_footer"] = made.footer.text
    if made.buttons:
        told["message_template_buttons"] = [_button(button) for button in made.buttons]
    return told


def _button(button: Button) -> dict[str, object]:
    told: dict[str, object] = {
        "message_template_button_type": button.type,
        "message_template_button_text": button.text,
    }
    if button.type == "PHONE_NUMBER":
        told["message_template_button_phone_number"] = button.phone_number
    elif button.type == "URL":
        told["message_template_button_url"] = button.url
    return told


def category_will_change(template: Template, correct: str, at: datetime) -> dict[str, object]:
    """Notice that a template will be ``correct`` at an instant; ``new_category`` is what it still is."""
    return _named(template) | {
        "new_category": template.category,
        "correct_category": correct,
        "category_update_timestamp": seconds(at),
    }


def category_changed(template: Template, previous: str) -> dict[str, object]:
    """A template has another category now."""
    return _named(template) | {"previous_category": previous, "new_category": template.category}


def utility_abuse(
    violation: str, restriction: str | None = None, until: datetime | None = None
) -> dict[str, object]:
    """What an account is told whose utility templates are marketing (field ``account_update``).

    The restriction is told while one begins, not with a warning and not when it ends.
    """
    told: dict[str, object] = {
        "event": "ACCOUNT_RESTRICTION",
        "violation_info": {"violation_type": violation},
    }
    if restriction is not None and until is not None:
        told["restriction_info"] = [{"restriction_type": restriction, "expiration": seconds(until)}]
    return told


def template_quality(template: Template, before: str) -> dict[str, object]:
    """What people think of a template has changed, from ``before``."""
    return {
        "previous_quality_score": before,
        "new_quality_score": template.quality_score,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
