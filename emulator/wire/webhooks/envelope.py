"""The envelope around every webhook, and the fields an app may subscribe to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

MESSAGES = "messages"
TEMPLATE_STATUS = "message_template_status_update"
TEMPLATE_QUALITY = "message_template_quality_update"
TEMPLATE_COMPONENTS = "message_template_components_update"
TEMPLATE_CATEGORY = "template_category_update"
ACCOUNT = "account_update"
ACCOUNT_ALERTS = "account_alerts"
ACCOUNT_REVIEW = "account_review_update"
CAPABILITY = "business_capability_update"
NUMBER_NAME = "phone_number_name_update"
NUMBER_QUALITY = "phone_number_quality_update"
PREFERENCES = "user_preferences"
SECURITY = "security"
CALLS = "calls"

FIELDS = (
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "account_update",
    "automatic_events",
    "business_capability_update",
    "business_status_update",
    "business_username_updates",
    "calls",
    "campaign_status_update",
    "consumer_profile",
    "flows",
    "group_lifecycle_update",
    "group_participants_update",
    "group_settings_update",
    "group_status_update",
    "history",
    "message_echoes",
    "message_template_components_update",
    "message_template_quality_update",
    "message_template_status_update",
    "messages",
    "messaging_handovers",
    "partner_solutions",
    "payment_configuration_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "smb_app_state_sync",
    "smb_message_echoes",
    "standby",
    "template_category_update",
    "template_correct_category_detection",
    "tracking_events",
    "user_id_update",
    "user_preferences",
)
"""Every field an app may subscribe to."""

OVERRIDABLE = frozenset({MESSAGES})
"""Fields that honour the callback override of a WABA or a number, among those the emulator sends."""

TIMED = frozenset(
    {
        TEMPLATE_STATUS,
        TEMPLATE_QUALITY,
        TEMPLATE_COMPONENTS,
        TEMPLATE_CATEGORY,
        ACCOUNT,
        ACCOUNT_ALERTS,
        ACCOUNT_REVIEW,
        CAPABILITY,
        NUMBER_NAME,
        NUMBER_QUALITY,
        SECURITY,
    }
)
"""Fields whose entries carry the time of the event."""


def seconds(at: datetime) -> int:
    """An instant as webhooks write it: whole seconds since 1970."""
    return int(at.timestamp())


def envelope(waba_id: str, field: str, value: Mapping[str, object], at: datetime) -> dict[str, object]:
    """One event in its envelope; only account fields carry the time of the entry."""
    entry: dict[str, object] = {"id": waba_id}
    if field in TIMED:
        entry["time"] = seconds(at)
    entry["changes"] = [{"value": value, "field": field}]
    return {"object": "whatsapp_business_account", "entry": [entry]}
