"""The table of all webhook fields an app may subscribe to, with the events that each reports.

Which fields carry the time of their entry: the examples of D/webhooks/reference (2026). Which honour the
callback override of a WABA or a number: D/webhooks/override (June 2026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

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
    templates,
    user_ids,
)
from emulator.wire.webhooks.field import Payload, WebhookField, WebhookPayload

E = TypeVar("E", bound=Event)


def _payload(
    event: type[E],
    render: Callable[[E], Payload],
    *samples: str,
    when: Callable[[E], bool] = lambda _: True,
) -> WebhookPayload[E]:
    """What is rendered alike in every version."""
    return WebhookPayload(event, lambda happened, _version: render(happened), samples, when)


_Priced = (
    message_events.MessageSent
    | message_events.MessageDelivered
    | message_events.MessageRead
    | message_events.MessagePlayed
)


def _status(became: MessageStatus) -> Callable[[_Priced, int], Payload]:
    return lambda event, version: messages.status(
        event.number,
        event.person,
        event.message,
        became,
        event.at,
        quote=event.quote,
        webhook_version=version,
    )


def _reported(event: message_events.StatusReported, version: int) -> Payload:
    return messages.status(
        event.number,
        event.person,
        event.message,
        event.status,
        event.at,
        quote=event.quote,
        webhook_version=version,
    )


def _failed(event: message_events.MessageFailed, version: int) -> Payload:
    return messages.status(
        event.number,
        event.person,
        event.message,
        MessageStatus.FAILED,
        event.at,
        error=event.error,
        webhook_version=version,
    )


def _template_status(event: template_events.TemplateStatusChanged) -> Payload:
    return templates.template_status(event.template, event.event_name, reason=event.reason, extra=event.extra)


_ROWS = (
    WebhookField(
        "account_alerts",
        "The messaging limit of a portfolio cannot be raised.",
        (_payload(account_events.MessagingLimitNotRaised, accounts.no_increase, "DEFERRED"),),
    ),
    WebhookField(
        "account_review_update",
        "The review of an account came to a decision.",
        (_payload(account_events.AccountReviewed, accounts.reviewed, "APPROVED"),),
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
            _payload(
                account_events.AccountRestricted,
                accounts.violated,
                "ACCOUNT_VIOLATION",
                when=accounts.violates,
            ),
            _payload(
                account_events.AccountRestricted,
                accounts.restricted,
                "ACCOUNT_RESTRICTION",
                when=accounts.restricts,
            ),
            _payload(
                account_events.AccountRestricted,
                accounts.disabled,
                "DISABLED_UPDATE",
                when=accounts.disables,
            ),
            _payload(
                account_events.AccountRestrictionsLifted,
                accounts.reinstated,
                "DISABLED_UPDATE",
                when=accounts.reinstates,
            ),
            _payload(
                account_events.UtilityAbuseChanged,
                templates.utility_abuse,
                "UTILITY_TEMPLATE_ABUSE",
                "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT",
            ),
            _payload(
                account_events.InternationalRateStarted,
                pricing.eligibility,
                "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
            ),
            _payload(
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
        (_payload(account_events.MessagingLimitRaised, accounts.capability, "raised"),),
    ),
    WebhookField("business_status_update", "Only its name is known.", page=None, timed=False),
    WebhookField("business_username_updates", "A username was approved, reserved or deleted."),
    WebhookField(
        "calls",
        "A person calls, or a call is over.",
        (
            _payload(people_events.CallConnected, calls.connected, "connect"),
            _payload(people_events.CallEnded, calls.terminated, "terminate"),
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
                (_payload(group_events.GroupCreated, groups.created, "group_create"),),
            ),
            (
                "group_participants_update",
                "A person joined or left a group, or asks to join.",
                (_payload(group_events.GroupJoined, groups.joined, "group_participants_add"),),
            ),
            ("group_settings_update", "The subject, description or picture of a group changed.", ()),
            (
                "group_status_update",
                "A group was suspended, or its suspension ended.",
                (
                    _payload(
                        group_events.GroupSuspensionChanged,
                        groups.suspension,
                        "group_suspend",
                        when=lambda event: event.group.suspended,
                    ),
                    _payload(
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
            _payload(app_events.HistoryShared, business_app.history, "threads"),
            _payload(app_events.HistoryFileShared, business_app.file, "file", "file_echo"),
            _payload(app_events.HistoryDeclined, business_app.declined, "declined"),
        ),
        timed=False,
        overridable=True,
    ),
    WebhookField("message_echoes", "Only its name is known.", page=None, timed=False, overridable=True),
    WebhookField(
        "message_template_components_update",
        "An edit changed the components of a template.",
        (
            _payload(
                template_events.TemplateComponentsChanged, templates.template_components, "order_confirmation"
            ),
        ),
    ),
    WebhookField(
        "message_template_quality_update",
        "The quality rating of a template changed.",
        (_payload(template_events.TemplateQualityChanged, templates.template_quality, "YELLOW"),),
    ),
    WebhookField(
        "message_template_status_update",
        "The status of a template changed, or it was flagged or deleted.",
        (
            _payload(
                template_events.TemplateStatusChanged,
                _template_status,
                "APPROVED",
                "REJECTED",
                "DISABLED",
                "PAUSED",
            ),
            _payload(
                template_events.TemplateFlagged,
                lambda event: templates.template_status(event.template, "FLAGGED"),
                "APPROVED",
            ),
            _payload(
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
            _payload(
                message_events.MessageReceived,
                lambda event: messages.inbound(event.number, event.person, event.message),
                "text",
            ),
            WebhookPayload(message_events.MessageSent, _status(MessageStatus.SENT), ("sent",)),
            WebhookPayload(message_events.MessageDelivered, _status(MessageStatus.DELIVERED), ("delivered",)),
            WebhookPayload(message_events.MessageRead, _status(MessageStatus.READ), ("read",)),
            WebhookPayload(message_events.MessagePlayed, _status(MessageStatus.PLAYED), ("played",)),
            WebhookPayload(message_events.StatusReported, _reported, ("read",)),
            WebhookPayload(message_events.MessageFailed, _failed, ("failed",)),
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
        (_payload(number_events.DisplayNameReviewed, accounts.name_reviewed, "APPROVED"),),
    ),
    WebhookField(
        "phone_number_quality_update",
        "The throughput of a number was raised; until February 2026, a number was flagged or is so no "
        "longer.",
        (
            _payload(number_events.ThroughputRaised, accounts.throughput_raised, "THROUGHPUT_UPGRADE"),
            _payload(
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
        (_payload(number_events.PinChanged, accounts.pin_changed, "PIN_CHANGED"),),
    ),
    WebhookField(
        "smb_app_state_sync",
        "The contacts of a number that is also in the WhatsApp Business app.",
        (
            _payload(app_events.AppContactsShared, business_app.contacts_shared, "add"),
            _payload(
                app_events.AppContactChanged,
                business_app.contact_changed,
                "add",
                when=lambda event: event.full_name is not None,
            ),
            _payload(
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
        (_payload(people_events.EchoSent, echoes.echo, "text"),),
        timed=False,
        overridable=True,
    ),
    WebhookField("standby", "Messages of a conversation that another app handles.", timed=False),
    WebhookField(
        "template_category_update",
        "The category of a template changed, or will change.",
        (
            _payload(template_events.TemplateCategoryNoticed, templates.category_will_change, "impending"),
            _payload(template_events.TemplateCategoryChanged, templates.category_changed, "completed"),
            _payload(template_events.TemplateEditedCategoryApproved, templates.category_changed, "completed"),
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
        (_payload(people_events.UserIdChanged, user_ids.changed, "updated"),),
        timed=False,
    ),
    WebhookField(
        "user_preferences",
        "A person stopped the marketing messages of a number, or resumed them.",
        (_payload(people_events.MarketingPreferenceChanged, preferences.marketing_preference, "resume"),),
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
