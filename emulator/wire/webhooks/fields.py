"""Every webhook field an app may subscribe to: what it tells of, and how the platform treats it.

Which fields carry the time of their entry: the examples of D/webhooks/reference (2026). Which honour the
callback override of a WABA or a number: D/webhooks/override (June 2026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from emulator.domain.events import accounts as account_events
from emulator.domain.events import messages as message_events
from emulator.domain.events import numbers as number_events
from emulator.domain.events import people as people_events
from emulator.domain.events import templates as template_events
from emulator.domain.events.event import Event
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.wire.webhooks import accounts, calls, messages, preferences, pricing, templates
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


_Priced = message_events.MessageSent | message_events.MessageDelivered | message_events.MessageRead


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
        "An account was restricted, banned or freed, or pays by other terms.",
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
    WebhookField("business_status_update", "Known by its name alone.", page=None, timed=False),
    WebhookField("business_username_updates", "A username was approved, reserved or deleted."),
    WebhookField(
        "calls",
        "A person calls, or a call is over. Meta lets its callback be overridden; here the app's gets it.",
        (
            _payload(people_events.CallConnected, calls.connected, "connect"),
            _payload(people_events.CallEnded, calls.terminated, "terminate"),
        ),
        timed=False,
        page="calling/reference",
    ),
    WebhookField("campaign_status_update", "Known by its name alone.", page=None, timed=False),
    WebhookField("consumer_profile", "Known by its name alone.", page=None, timed=False, overridable=True),
    WebhookField(
        "flows",
        "The status of a flow, and the health of its endpoint.",
        page="flows/reference/flowswebhooks",
    ),
    *(
        WebhookField(name, about, timed=False, overridable=True, page="groups/webhooks")
        for name, about in (
            ("group_lifecycle_update", "A group was made or deleted."),
            ("group_participants_update", "Somebody joined or left a group, or asks to join."),
            ("group_settings_update", "The subject, description or picture of a group has changed."),
            ("group_status_update", "A group was suspended, or is not any more."),
        )
    ),
    WebhookField(
        "history", "The chats of a number from before it came to the API.", timed=False, overridable=True
    ),
    WebhookField("message_echoes", "Known by its name alone.", page=None, timed=False, overridable=True),
    WebhookField(
        "message_template_components_update",
        "An edit changed what a template says.",
        (
            _payload(
                template_events.TemplateComponentsChanged, templates.template_components, "order_confirmation"
            ),
        ),
    ),
    WebhookField(
        "message_template_quality_update",
        "What people think of a template has changed.",
        (_payload(template_events.TemplateQualityChanged, templates.template_quality, "YELLOW"),),
    ),
    WebhookField(
        "message_template_status_update",
        "A template has come to another status, was flagged or deleted.",
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
        "A person wrote, and what became of what was sent to them.",
        (
            _payload(
                message_events.MessageReceived,
                lambda event: messages.inbound(event.number, event.person, event.message),
                "text",
            ),
            WebhookPayload(message_events.MessageSent, _status(MessageStatus.SENT), ("sent",)),
            WebhookPayload(message_events.MessageDelivered, _status(MessageStatus.DELIVERED), ("delivered",)),
            WebhookPayload(message_events.MessageRead, _status(MessageStatus.READ), ("read",)),
            WebhookPayload(message_events.MessageFailed, _failed, ("failed",)),
        ),
        timed=False,
        overridable=True,
    ),
    WebhookField(
        "messaging_handovers",
        "A conversation went to another app or agent.",
        timed=False,
        overridable=True,
        page="webhooks/reference/messaging-handovers",
    ),
    WebhookField("partner_solutions", "A solution of several partners was made or changed."),
    WebhookField("payment_configuration_update", "A means of being paid has changed."),
    WebhookField(
        "phone_number_name_update",
        "The review of a display name came to a decision.",
        (_payload(number_events.DisplayNameReviewed, accounts.name_reviewed, "APPROVED"),),
    ),
    WebhookField(
        "phone_number_quality_update",
        "A number has a higher throughput.",
        (_payload(number_events.ThroughputRaised, accounts.throughput_raised, "THROUGHPUT_UPGRADE"),),
    ),
    WebhookField(
        "security",
        "The two-step verification of a number has another PIN.",
        (_payload(number_events.PinChanged, accounts.pin_changed, "PIN_CHANGED"),),
    ),
    WebhookField(
        "smb_app_state_sync",
        "The contacts of a number that is in the WhatsApp Business app, too.",
        timed=False,
        overridable=True,
    ),
    WebhookField(
        "smb_message_echoes",
        "Messages that were sent from the WhatsApp Business app.",
        timed=False,
        overridable=True,
    ),
    WebhookField("standby", "What an app sees of a conversation that another one leads.", timed=False),
    WebhookField(
        "template_category_update",
        "A template has another category, or will have.",
        (
            _payload(template_events.TemplateCategoryNoticed, templates.category_will_change, "impending"),
            _payload(template_events.TemplateCategoryChanged, templates.category_changed, "completed"),
            _payload(template_events.TemplateEditedCategoryApproved, templates.category_changed, "completed"),
        ),
    ),
    WebhookField(
        "template_correct_category_detection",
        "What was sent directly belongs to another category.",
        page="direct-send/integrity-and-content-guidelines",
    ),
    WebhookField("tracking_events", "What became of marketing messages that are tracked.", timed=False),
    WebhookField("user_id_update", "A person has another business-scoped user id.", timed=False),
    WebhookField(
        "user_preferences",
        "A person stopped the marketing messages of a number, or resumed them.",
        (_payload(people_events.MarketingPreferenceChanged, preferences.marketing_preference, "resume"),),
        timed=False,
    ),
)

WEBHOOK_FIELDS: Mapping[str, WebhookField] = {row.name: row for row in _ROWS}
FIELDS = tuple(WEBHOOK_FIELDS)
"""Every field an app may subscribe to."""

PAYLOADS: Mapping[type[Event], tuple[tuple[WebhookField, WebhookPayload[Any]], ...]] = {
    event: tuple((row, each) for row in _ROWS for each in row.payloads if each.event is event)
    for event in dict.fromkeys(each.event for row in _ROWS for each in row.payloads)
}
"""The webhooks of each event, in the order in which they go out."""
