"""Payloads of the fields about templates; template ids are JSON numbers in them."""

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
    TemplateStatusChanged,
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


def changed(event: TemplateStatusChanged) -> dict[str, object]:
    """Build the value of ``message_template_status_update`` from the change of a template's status."""
    return template_status(event.template, event.event_name, reason=event.reason, extra=event.extra)


def template_status(
    template: Template,
    event: str,
    *,
    reason: str | None = "NONE",
    extra: Mapping[str, Any] | None = None,
) -> dict[str, object]:
    """Build the value of ``message_template_status_update``.

    ``event`` is the new status or what else happened; ``extra`` adds why it was rejected, or until when it is
    paused.
    """
    return {
        "event": event,
        **_named(template),
        "reason": reason,
        "message_template_category": template.category,
        **(extra or {}),
    }


def template_components(event: TemplateComponentsChanged) -> dict[str, object]:
    """Build the value of ``message_template_components_update``: the texts and buttons after an edit.

    Only a header that is a text has a ``message_template_title``.
    """
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
    """Build the announcement of ``template_category_update``: the category will be ``correct_category``.

    ``new_category`` is the one it still has; the timestamp is in seconds.
    """
    return _named(event.template) | {
        "new_category": event.template.category,
        "correct_category": event.correct,
        "category_update_timestamp": seconds(event.due),
    }


def category_changed(event: TemplateCategoryChanged | TemplateEditedCategoryApproved) -> dict[str, object]:
    """Build the value of ``template_category_update`` for a template that has another category now."""
    return _named(event.template) | {
        "previous_category": event.previous,
        "new_category": event.template.category,
    }


def utility_abuse(event: UtilityAbuseChanged) -> dict[str, object]:
    """Build the value of ``account_update`` for an account whose utility templates are marketing.

    It has the restriction when one begins, not with a warning and not when one ends.
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
    """Build the value of ``message_template_quality_update``: the rating before and now."""
    return {
        "previous_quality_score": event.before,
        "new_quality_score": event.template.quality_score,
        **_named(event.template),
    }
