"""The fields that tell of templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.events.accounts import UtilityAbuseChanged
from emulator.domain.events.templates import (
    TemplateCategoryChanged,
    TemplateCategoryNoticed,
    TemplateComponentsChanged,
    TemplateEditedCategoryApproved,
    TemplateQualityChanged,
)
from emulator.domain.templates.components import Button, template_parts
from emulator.domain.templates.template import Template
from emulator.wire.webhooks.timestamps import seconds


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


def template_components(event: TemplateComponentsChanged) -> dict[str, object]:
    """What a template says after an edit; a title only where its header is a text."""
    template = event.template
    made = template_parts(template.components)
    payload = _named(template)
    if made.header is not None and made.header.text:
        payload["message_template_title"] = made.header.text
    if made.body is not None:
        payload["message_template_element"] = made.body.text
    if made.footer is not None:
        payload["message_template_footer"] = made.footer.text
    if made.buttons:
        payload["message_template_buttons"] = [_button(button) for button in made.buttons]
    return payload


def _button(button: Button) -> dict[str, object]:
    payload: dict[str, object] = {
        "message_template_button_type": button.type,
        "message_template_button_text": button.text,
    }
    if button.type == "PHONE_NUMBER":
        payload["message_template_button_phone_number"] = button.phone_number
    elif button.type == "URL":
        payload["message_template_button_url"] = button.url
    return payload


def category_will_change(event: TemplateCategoryNoticed) -> dict[str, object]:
    """Notice that a template will be of another category; ``new_category`` is what it still is."""
    return _named(event.template) | {
        "new_category": event.template.category,
        "correct_category": event.correct,
        "category_update_timestamp": seconds(event.due),
    }


def category_changed(event: TemplateCategoryChanged | TemplateEditedCategoryApproved) -> dict[str, object]:
    """A template has another category now."""
    return _named(event.template) | {
        "previous_category": event.previous,
        "new_category": event.template.category,
    }


def utility_abuse(event: UtilityAbuseChanged) -> dict[str, object]:
    """What an account is told whose utility templates are marketing (field ``account_update``).

    The restriction is told while one begins, not with a warning and not when it ends.
    """
    payload: dict[str, object] = {
        "event": "ACCOUNT_RESTRICTION",
        "violation_info": {"violation_type": event.change.violation},
    }
    restriction = event.change.restriction
    if restriction is not None and event.until is not None:
        payload["restriction_info"] = [{"restriction_type": restriction, "expiration": seconds(event.until)}]
    return payload


def template_quality(event: TemplateQualityChanged) -> dict[str, object]:
    """What people think of a template has changed."""
    return {
        "previous_quality_score": event.before,
        "new_quality_score": event.template.quality_score,
        **_named(event.template),
    }
