"""The table of all webhook fields an app may subscribe to, with the events that each reports.

Which fields carry the time of their entry: the examples of D/webhooks/reference (2026). Which honour the
callback override of a WABA or a number: D/webhooks/override (June 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.events import accounts as account_events
from emulator.domain.events import business_app as app_events
from emulator.domain.events import groups as group_events
from emulator.domain.events import messages as message_events
from emulator.domain.events import numbers as number_events
from emulator.domain.events import people as people_events
from emulator.domain.events import templates as template_events
from emulator.domain.events.event import Event
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.wire.webhooks import (
    accounts,
    business_app,
    calls,
    echoes,
    groups,
    messages,
    preferences,
    pricing,
    statuses,
    templates,
    user_ids,
)
from emulator.wire.webhooks.field import WebhookField, WebhookPayload, payload

_ROWS = (
    WebhookField(
        "account_alerts",
        "The messaging limit of a portfolio cannot be raised.",
        (payload(account_events.MessagingLimitNotRaised, accounts.no_increase, "DEFERRED"),),
    ),
    WebhookField(
        "account_review_update",
        "The review of an account came to a decision.",
        (payload(account_events.AccountReviewed, accounts.reviewed, "APPROVED"),),
    ),
    WebhookField(
        "account_settings_update",
        "The calling settings of a number have changed.",
        timed=False,
        overridable=True,
        page="calling/call-settings",
    ),
    WebhookField(
        "account_update",
        "An account was restricted or banned, a restriction was lifted, or its pricing terms changed.",
        (
            payload(
                account_events.AccountRestricted,
                accounts.violated,
                "ACCOUNT_VIOLATION",
                when=accounts.violates,
            ),
            payload(
                account_events.AccountRestricted,
                accounts.restricted,
                "ACCOUNT_RESTRICTION",
                when=accounts.restricts,
            ),
            payload(
                account_events.AccountRestricted,
                accounts.disabled,
                "DISABLED_UPDATE",
                when=accounts.disables,
            ),
            payload(
                account_events.AccountRestrictionsLifted,
                accounts.reinstated,
                "DISABLED_UPDATE",
                when=accounts.reinstates,
            ),
            payload(
                account_events.UtilityAbuseChanged,
                templates.utility_abuse,
                "UTILITY_TEMPLATE_ABUSE",
                "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT",
            ),
            payload(
                account_events.InternationalRateStarted,
                pricing.eligibility,
                "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
            ),
            payload(
                account_events.PrimaryLocationFound,
                pricing.primary_location,
                "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
            ),
        ),
    ),
    WebhookField(
        "automatic_events", "A lead or a purchase was detected in a chat that an ad began.", timed=False
    ),
    WebhookField(
        "business_capability_update",
        "The messaging limit of a portfolio was raised.",
        (payload(account_events.MessagingLimitRaised, accounts.capability, "raised"),),
    ),
    WebhookField("business_status_update", "Only its name is known.", page=None, timed=False),
    WebhookField("business_username_updates", "A username was approved, reserved or deleted."),
    WebhookField(
        "calls",
        "A person calls, or a call is over.",
        (
            payload(people_events.CallConnected, calls.connected, "connect"),
            payload(people_events.CallEnded, calls.terminated, "terminate"),
        ),
        timed=False,
        overridable=True,
        page="calling/reference",
    ),
    WebhookField("campaign_status_update", "Only its name is known.", page=None, timed=False),
    WebhookField("consumer_profile", "Only its name is known.", page=None, timed=False, overridable=True),
    WebhookField(
        "flows",
        "The status of a flow, and the health of its endpoint.",
        page="flows/reference/flowswebhooks",
    ),
    *(
        WebhookField(name, about, sent, timed=False, overridable=True, page="groups/webhooks")
        for name, about, sent in (
            (
                "group_lifecycle_update",
                "A group was created or deleted.",
                (payload(group_events.GroupCreated, groups.created, "group_create"),),
            ),
            (
                "group_participants_update",
                "A person joined or left a group, or asks to join.",
                (payload(group_events.GroupJoined, groups.joined, "group_participants_add"),),
            ),
            ("group_settings_update", "The subject, description or picture of a group changed.", ()),
            (
                "group_status_update",
                "A group was suspended, or its suspension ended.",
                (
                    payload(
                        group_events.GroupSuspensionChanged,
                        groups.suspension,
                        "group_suspend",
                        when=lambda event: event.group.suspended,
                    ),
                    payload(
                        group_events.GroupSuspensionChanged,
                        groups.suspension,
                        "group_suspend_cleared",
                        when=lambda event: not event.group.suspended,
                    ),
                ),
            ),
        )
    ),
    WebhookField(
        "history",
        "The chats of a number from before it was connected to the API.",
        (
            payload(app_events.HistoryShared, business_app.history, "threads"),
            payload(app_events.HistoryFileShared, business_app.file, "file", "file_echo"),
            payload(app_events.HistoryDeclined, business_app.declined, "declined"),
        ),
        timed=False,
        overridable=True,
    ),
    WebhookField("message_echoes", "Only its name is known.", page=None, timed=False, overridable=True),
    WebhookField(
        "message_template_components_update",
        "An edit changed the components of a template.",
        (
            payload(
                template_events.TemplateComponentsChanged, templates.template_components, "order_confirmation"
            ),
        ),
    ),
    WebhookField(
        "message_template_quality_update",
        "The quality rating of a template changed.",
        (payload(template_events.TemplateQualityChanged, templates.template_quality, "YELLOW"),),
    ),
    WebhookField(
        "message_template_status_update",
        "The status of a template changed, or it was flagged or deleted.",
        (
            payload(
                template_events.TemplateStatusChanged,
                templates.changed,
                "APPROVED",
                "REJECTED",
                "DISABLED",
                "PAUSED",
            ),
            payload(
                template_events.TemplateFlagged,
                lambda event: templates.template_status(event.template, "FLAGGED"),
                "APPROVED",
            ),
            payload(
                template_events.TemplateDeleted,
                lambda event: templates.template_status(event.template, "DELETED"),
                "APPROVED",
            ),
        ),
    ),
    WebhookField(
        "messages",
        "A message that a person wrote, or the status of a message sent to them.",
        (
            payload(
                message_events.MessageReceived,
                lambda event: messages.inbound(event.number, event.person, event.message),
                "text",
            ),
            WebhookPayload(message_events.MessageSent, statuses.of(MessageStatus.SENT), ("sent",)),
            WebhookPayload(
                message_events.MessageDelivered, statuses.of(MessageStatus.DELIVERED), ("delivered",)
            ),
            WebhookPayload(message_events.MessageRead, statuses.of(MessageStatus.READ), ("read",)),
            WebhookPayload(message_events.MessagePlayed, statuses.of(MessageStatus.PLAYED), ("played",)),
            WebhookPayload(message_events.StatusReported, statuses.reported, ("read",)),
            WebhookPayload(message_events.MessageFailed, statuses.failed, ("failed",)),
        ),
        timed=False,
        overridable=True,
    ),
    WebhookField(
        "messaging_handovers",
        "A conversation was handed over to another app or agent.",
        timed=False,
        overridable=True,
        page="webhooks/reference/messaging-handovers",
    ),
    WebhookField("partner_solutions", "A multi-partner solution was created or changed."),
    WebhookField("payment_configuration_update", "A payment configuration changed."),
    WebhookField(
        "phone_number_name_update",
        "The review of a display name came to a decision.",
        (payload(number_events.DisplayNameReviewed, accounts.name_reviewed, "APPROVED"),),
    ),
    WebhookField(
        "phone_number_quality_update",
        "The throughput of a number was raised; until February 2026, a number was flagged or is so no "
        "longer.",
        (
            payload(number_events.ThroughputRaised, accounts.throughput_raised, "THROUGHPUT_UPGRADE"),
            payload(
                number_events.NumberFlagged,
                accounts.flagged,
                "FLAGGED",
                when=accounts.is_told_of_flags,
            ),
        ),
    ),
    WebhookField(
        "security",
        "The PIN of a number's two-step verification changed.",
        (payload(number_events.PinChanged, accounts.pin_changed, "PIN_CHANGED"),),
    ),
    WebhookField(
        "smb_app_state_sync",
        "The contacts of a number that is also in the WhatsApp Business app.",
        (
            payload(app_events.AppContactsShared, business_app.contacts_shared, "add"),
            payload(
                app_events.AppContactChanged,
                business_app.contact_changed,
                "add",
                when=lambda event: event.full_name is not None,
            ),
            payload(
                app_events.AppContactChanged,
                business_app.contact_changed,
                "remove",
                when=lambda event: event.full_name is None,
            ),
        ),
        timed=False,
        overridable=True,
    ),
    WebhookField(
        "smb_message_echoes",
        "Messages that were sent from the WhatsApp Business app.",
        (payload(people_events.EchoSent, echoes.echo, "text"),),
        timed=False,
        overridable=True,
    ),
    WebhookField("standby", "Messages of a conversation that another app handles.", timed=False),
    WebhookField(
        "template_category_update",
        "The category of a template changed, or will change.",
        (
            payload(template_events.TemplateCategoryNoticed, templates.category_will_change, "impending"),
            payload(template_events.TemplateCategoryChanged, templates.category_changed, "completed"),
            payload(template_events.TemplateEditedCategoryApproved, templates.category_changed, "completed"),
        ),
    ),
    WebhookField(
        "template_correct_category_detection",
        "A message of Direct Send belongs to another category.",
        page="direct-send/integrity-and-content-guidelines",
    ),
    WebhookField("tracking_events", "Events of marketing messages that are tracked.", timed=False),
    WebhookField(
        "user_id_update",
        "A person has another business-scoped user id.",
        (payload(people_events.UserIdChanged, user_ids.changed, "updated"),),
        timed=False,
    ),
    WebhookField(
        "user_preferences",
        "A person stopped the marketing messages of a number, or resumed them.",
        (payload(people_events.MarketingPreferenceChanged, preferences.marketing_preference, "resume"),),
        timed=False,
    ),
)

WEBHOOK_FIELDS: Mapping[str, WebhookField] = {row.name: row for row in _ROWS}
FIELDS = tuple(WEBHOOK_FIELDS)
"""The names of all fields an app may subscribe to."""

PAYLOADS: Mapping[type[Event], tuple[tuple[WebhookField, WebhookPayload[Any]], ...]] = {
    event: tuple((row, each) for row in _ROWS for each in row.payloads if each.event is event)
    for event in dict.fromkeys(each.event for row in _ROWS for each in row.payloads)
}
"""The webhooks that each class of events sends, in order."""
