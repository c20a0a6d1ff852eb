"""Webhook fields are a table; what each tells has the members that Meta documents."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import LUCKY_SHRUB as WABA
from kit.facts import SHEENA_NELSON as SHEENA
from kit.identities import ORDER_SHIPPED
from kit.identities import PORTFOLIO as PORTFOLIO_ID

import emulator
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import (
    ADD_NUMBERS,
    BIZ_INITIATED,
    COUNTRIES,
    DISABLED,
    LOCKED,
    Restriction,
)
from emulator.domain.errors import message_error
from emulator.domain.events.accounts import (
    AccountRestricted,
    AccountRestrictionsLifted,
    AccountReviewed,
    InternationalRateStarted,
    MessagingLimitNotRaised,
    MessagingLimitRaised,
    PrimaryLocationFound,
    UtilityAbuseChanged,
)
from emulator.domain.events.business_app import (
    AppContact,
    AppContactChanged,
    AppContactsShared,
    HistoryDeclined,
    HistoryFileShared,
    HistoryShared,
)
from emulator.domain.events.event import Event
from emulator.domain.events.groups import GroupCreated, GroupJoined, GroupSuspensionChanged
from emulator.domain.events.messages import (
    MessageDelivered,
    MessageFailed,
    MessagePlayed,
    MessageRead,
    MessageReceived,
    MessageSent,
    StatusReported,
)
from emulator.domain.events.numbers import DisplayNameReviewed, NumberFlagged, PinChanged, ThroughputRaised
from emulator.domain.events.people import (
    CallConnected,
    CallEnded,
    EchoSent,
    MarketingPreferenceChanged,
    UserIdChanged,
)
from emulator.domain.events.templates import (
    TemplateCategoryChanged,
    TemplateCategoryNoticed,
    TemplateComponentsChanged,
    TemplateDeleted,
    TemplateEditedCategoryApproved,
    TemplateFlagged,
    TemplateQualityChanged,
    TemplateStatusChanged,
)
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.messages.chat_history import HistoryChunk
from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.pricing.prices import Pricing, Quote
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuseChange
from emulator.domain.templates.template import Status, Template
from emulator.wire.webhooks.fields import FIELDS, PAYLOADS, WEBHOOK_FIELDS

HINT = "It came so; send something else."

FIXTURES = Path(emulator.__file__).parent.parent / "fixtures" / "webhooks"
AT = datetime(2026, 6, 8, 20, 59, 43, tzinfo=UTC)
LATER = AT + timedelta(days=7)

PORTFOLIO = Portfolio(PORTFOLIO_ID, "Lucky Shrub", tier=Tier.T2K)
SAID = Message(
    "wamid.IN", NUMBER.id, SHEENA.wa_id, False, "text", MessageStatus.RECEIVED, AT, {"body": "In yellow?"}
)
SENT = replace(SAID, id="wamid.OUT", outbound=True, status=MessageStatus.SENT)
PRICE = Quote(Pricing(True, "PMP", "marketing", "regular"))
PARTS = (
    {"type": "HEADER", "format": "TEXT", "text": "Your order is confirmed!"},
    {"type": "BODY", "text": "Thank you for your order, {{1}}!"},
    {"type": "FOOTER", "text": "Lucky Shrub"},
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "PHONE_NUMBER", "text": "Phone support", "phone_number": "+15550783881"},
            {"type": "URL", "text": "Email support", "url": "https://www.luckyshrub.com/support"},
        ],
    },
)
TEMPLATE = Template(
    ORDER_SHIPPED, WABA.id, "order_confirmation", "en_US", "UTILITY", Status.APPROVED, PARTS, AT
)
PAUSED: dict[str, Any] = {
    "other_info": {"title": "FIRST_PAUSE", "description": "Your template has been paused for 3 hours."}
}
REJECTED: dict[str, Any] = {"rejection_info": {"reason": "It promotes.", "recommendation": "Do not."}}
RESTRICTED = AccountRestricted(
    WABA,
    (Restriction(BIZ_INITIATED, LATER), Restriction(ADD_NUMBERS, LATER), Restriction(DISABLED)),
    "ADULT",
    at=AT,
)


PLANTS = Group("Y2FwaV9ncm91cDox", NUMBER.id, "120363404694233820", "Plants", (SHEENA.wa_id,), suspended=True)


def template_becomes(status: str, reason: str | None = "NONE", **extra: Any) -> TemplateStatusChanged:
    return TemplateStatusChanged(TEMPLATE, Status.PENDING, status, reason, extra, at=AT)


FILE = replace(SENT, type="image", content={"id": "1"}, status=MessageStatus.PLAYED)
CALLED = replace(SHEENA, username="u")
CHATS = HistoryChunk(0, 1, 55, ((CALLED, (SENT, FILE)),))
PHOTO = {"caption": "A fern", "mime_type": "image/png", "sha256": "0b", "id": "1"}


HAPPENED: dict[tuple[type[Event], str], Event] = {
    (AccountRestricted, "ACCOUNT_VIOLATION"): RESTRICTED,
    (AccountRestricted, "ACCOUNT_RESTRICTION"): RESTRICTED,
    (AccountRestricted, "DISABLED_UPDATE"): RESTRICTED,
    (AccountRestrictionsLifted, "DISABLED_UPDATE"): AccountRestrictionsLifted(WABA, (DISABLED,), at=AT),
    (AccountReviewed, "APPROVED"): AccountReviewed(WABA, "APPROVED", at=AT),
    (AppContactChanged, "add"): AppContactChanged(
        replace(SHEENA, username="sheena.n"), NUMBER, "Sheena N.", "Sheena", at=AT
    ),
    (AppContactChanged, "remove"): AppContactChanged(
        replace(SHEENA, username="sheena.n"), NUMBER, None, None, at=AT
    ),
    (AppContactsShared, "add"): AppContactsShared(
        NUMBER, (AppContact(replace(SHEENA, username="sheena.n"), "Sheena N.", "Sheena"),), at=AT
    ),
    (HistoryDeclined, "declined"): HistoryDeclined(NUMBER, at=AT),
    (HistoryShared, "threads"): HistoryShared(NUMBER, CHATS, at=AT),
    (HistoryFileShared, "file"): HistoryFileShared(CALLED, NUMBER, replace(SAID, type="image"), PHOTO, at=AT),
    (HistoryFileShared, "file_echo"): HistoryFileShared(CALLED, NUMBER, FILE, PHOTO, at=AT),
    (CallConnected, "connect"): CallConnected(SHEENA, NUMBER, "wacid.1", "1234567890", at=AT),
    (CallEnded, "terminate"): CallEnded(SHEENA, NUMBER, "wacid.1", timedelta(seconds=120), at=AT),
    (DisplayNameReviewed, "APPROVED"): DisplayNameReviewed(NUMBER, "Lucky Shrub", "APPROVED", None, at=AT),
    (GroupCreated, "group_create"): GroupCreated(
        PLANTS, NUMBER, "0123456789abcdef", "https://chat.whatsapp.com/LINK", at=AT
    ),
    (GroupJoined, "group_participants_add"): GroupJoined(PLANTS, NUMBER, SHEENA, at=AT),
    (GroupSuspensionChanged, "group_suspend"): GroupSuspensionChanged(PLANTS, NUMBER, at=AT),
    (GroupSuspensionChanged, "group_suspend_cleared"): GroupSuspensionChanged(
        replace(PLANTS, suspended=False), NUMBER, at=AT
    ),
    (InternationalRateStarted, "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE"): InternationalRateStarted(
        WABA, Eligibility(AT, {"ID": LATER}), at=AT
    ),
    (UserIdChanged, "updated"): UserIdChanged(SHEENA, NUMBER, "US.1", at=AT),
    (EchoSent, "text"): EchoSent(SHEENA, NUMBER, "wamid.1", "text", {"body": "Hi"}, "Hi", at=AT),
    (MarketingPreferenceChanged, "resume"): MarketingPreferenceChanged(SHEENA, NUMBER, False, at=AT),
    (MessageReceived, "text"): MessageReceived(SAID, NUMBER, SHEENA, at=AT),
    (MessageSent, "sent"): MessageSent(SENT, NUMBER, SHEENA, False, PRICE, at=AT),
    (MessageDelivered, "delivered"): MessageDelivered(SENT, NUMBER, SHEENA, False, PRICE, at=AT),
    (MessageRead, "read"): MessageRead(SENT, NUMBER, SHEENA, PRICE, at=AT),
    (MessagePlayed, "played"): MessagePlayed(SENT, NUMBER, SHEENA, PRICE, at=AT),
    (StatusReported, "read"): StatusReported(SENT, NUMBER, SHEENA, MessageStatus.READ, PRICE, at=AT),
    (MessageFailed, "failed"): MessageFailed(SENT, NUMBER, SHEENA, message_error(131031, hint=HINT), at=AT),
    (MessagingLimitNotRaised, "DEFERRED"): MessagingLimitNotRaised(PORTFOLIO, (WABA.id,), "DEFERRED", at=AT),
    (MessagingLimitRaised, "raised"): MessagingLimitRaised(PORTFOLIO, (WABA.id,), at=AT),
    (NumberFlagged, "FLAGGED"): NumberFlagged(NUMBER, True, Tier.T10K, at=datetime(2025, 12, 1, tzinfo=UTC)),
    (PinChanged, "PIN_CHANGED"): PinChanged(NUMBER, at=AT),
    (PrimaryLocationFound, "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"): PrimaryLocationFound(
        WABA, "IN", at=AT
    ),
    (TemplateCategoryChanged, "completed"): TemplateCategoryChanged(TEMPLATE, "MARKETING", at=AT),
    (TemplateCategoryNoticed, "impending"): TemplateCategoryNoticed(TEMPLATE, "MARKETING", LATER, at=AT),
    (TemplateComponentsChanged, "order_confirmation"): TemplateComponentsChanged(TEMPLATE, at=AT),
    (TemplateDeleted, "APPROVED"): TemplateDeleted(TEMPLATE, at=AT),
    (TemplateEditedCategoryApproved, "completed"): TemplateEditedCategoryApproved(TEMPLATE, "UTILITY", at=AT),
    (TemplateFlagged, "APPROVED"): TemplateFlagged(TEMPLATE, at=AT),
    (TemplateQualityChanged, "YELLOW"): TemplateQualityChanged(TEMPLATE, "GREEN", at=AT),
    (TemplateStatusChanged, "APPROVED"): template_becomes("APPROVED"),
    (TemplateStatusChanged, "REJECTED"): template_becomes("REJECTED", "INVALID_FORMAT", **REJECTED),
    (TemplateStatusChanged, "DISABLED"): template_becomes("DISABLED", disable_info={"disable_date": 1}),
    (TemplateStatusChanged, "PAUSED"): template_becomes("PAUSED", **PAUSED),
    (ThroughputRaised, "THROUGHPUT_UPGRADE"): ThroughputRaised(
        NUMBER, Tier.UNLIMITED, at=datetime(2025, 12, 1, tzinfo=UTC)
    ),
    (UtilityAbuseChanged, "UTILITY_TEMPLATE_ABUSE"): UtilityAbuseChanged(
        WABA.id, UtilityAbuseChange.WARNED, at=AT
    ),
    (UtilityAbuseChanged, "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT"): UtilityAbuseChanged(
        WABA.id, UtilityAbuseChange.CAPPED, LATER, at=AT
    ),
}
"""An event like the one that each sample tells of."""

TABLE = [
    pytest.param(row.name, payload, sample, id=f"{row.name}-{payload.event.__name__}-{sample}")
    for row in WEBHOOK_FIELDS.values()
    for payload in row.payloads
    for sample in payload.samples
]


def documented(field: str, sample: str) -> dict[str, Any]:
    """A sample with its source."""
    page = json.loads((FIXTURES / f"{field}.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = {"source": page["source"], **page["samples"][sample]}
    return found


def members(value: object) -> object:
    """The members of a payload at every depth, and the type of what stands in them."""
    if isinstance(value, dict):
        return {name: members(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [members(each) for each in value]
    return type(value).__name__


@pytest.mark.parametrize(("field", "payload", "sample"), TABLE)
def test_a_webhook_has_the_members_that_are_documented(field: str, payload: Any, sample: str) -> None:
    """The same names, in each other's place, with the same types; what differs says why."""
    event, page = HAPPENED[payload.event, sample], documented(field, sample)

    assert payload.when(event)
    value = json.loads(json.dumps(payload.render(event, 24)))
    for name, why in page.get("differs", {}).items():
        *parents, member = name.split(".")
        holder = value
        for parent in parents:
            holder = holder[int(parent)] if parent.isdigit() else holder[parent]
        assert why.endswith(".")
        assert member in holder
        del holder[member]
    assert members(value) == members(page["value"])


def test_every_sample_is_of_a_field_and_names_its_source() -> None:
    """Those that events are compared with, and others that are sent on demand."""
    used = {
        (row.name, sample)
        for row in WEBHOOK_FIELDS.values()
        for each in row.payloads
        for sample in each.samples
    }
    kept = {
        (page.stem, sample)
        for page in FIXTURES.glob("*.json")
        for sample in json.loads(page.read_text(encoding="utf-8"))["samples"]
    }

    assert used < kept
    assert {field for field, _ in kept} < set(WEBHOOK_FIELDS)
    assert [name for field, name in kept if not documented(field, name)["source"]] == []


WORDS: dict[tuple[str, str], set[str]] = {
    ("account_alerts", "alert_info.alert_type"): {
        "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
        "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
        "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
        "OBA_APPROVED",
        "OBA_REJECTED",
        "PROFILE_PICTURE_LOST",
    },
    ("account_review_update", "decision"): {"APPROVED", "REJECTED", "PENDING", "DEFERRED"},
    ("account_update", "event"): {
        *("ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED", "ACCOUNT_RESTRICTION"),
        *("ACCOUNT_VIOLATION", "AD_ACCOUNT_LINKED", "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE"),
        *("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "DISABLED_UPDATE", "MM_LITE_TERMS_SIGNED"),
        *("PARTNER_ADDED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED", "PARTNER_REMOVED"),
        *("PARTNER_CLIENT_CERTIFICATION_NEEDED", "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE"),
        *("VERIFIED_ACCOUNT", "VOLUME_BASED_PRICING_TIER_UPDATE"),
    },
    ("automatic_events", "automatic_events.0.event_name"): {"LeadSubmitted", "Purchase"},
    ("business_username_updates", "status"): {"approved", "deleted", "reserved"},
    ("flows", "event"): {
        *("FLOW_STATUS_CHANGE", "CLIENT_ERROR_RATE", "ENDPOINT_ERROR_RATE", "ENDPOINT_LATENCY"),
        *("ENDPOINT_AVAILABILITY", "FLOW_VERSION_EXPIRY_WARNING"),
    },
    ("message_template_quality_update", "new_quality_score"): {"GREEN", "YELLOW", "RED", "UNKNOWN"},
    ("message_template_status_update", "event"): {
        *("APPROVED", "ARCHIVED", "UNARCHIVED", "DELETED", "DISABLED", "FLAGGED", "IN_APPEAL"),
        *("LIMIT_EXCEEDED", "LOCKED", "PAUSED", "PENDING", "REINSTATED", "PENDING_DELETION", "REJECTED"),
    },
    ("partner_solutions", "event"): {"SOLUTION_CREATED", "SOLUTION_UPDATED"},
    ("payment_configuration_update", "status"): {"Active", "Needs Connecting", "Needs Testing"},
    ("phone_number_name_update", "decision"): {"APPROVED", "DEFERRED", "PENDING", "REJECTED"},
    ("phone_number_quality_update", "event"): {
        *("ONBOARDING", "THROUGHPUT_UPGRADE", "FLAGGED", "UNFLAGGED", "UPGRADE", "DOWNGRADE"),
    },
    ("security", "event"): {"PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_REQUEST_SUCCESS"},
    ("smb_app_state_sync", "state_sync.0.action"): {"add", "remove"},
    ("user_preferences", "user_preferences.0.value"): {"stop", "resume", "signup"},
}
"""The words that Meta's pages list for a member, by field and path; each has a sample."""


@pytest.mark.parametrize(("field", "path"), WORDS, ids=lambda each: str(each))
def test_every_event_that_is_documented_has_a_sample(field: str, path: str) -> None:
    """So that each can be sent on demand."""
    found = set[str]()
    for sample in json.loads((FIXTURES / f"{field}.json").read_text(encoding="utf-8"))["samples"].values():
        member: Any = sample["value"]
        for name in path.split("."):
            member = member[int(name)] if name.isdigit() else member[name]
        found.add(member)

    assert WORDS[field, path] - found == set()


def test_every_payload_has_a_documented_sample() -> None:
    """Of each event at least one."""
    without = [
        (row.name, each.event) for row in WEBHOOK_FIELDS.values() for each in row.payloads if not each.samples
    ]

    assert without == []


def test_one_field_tells_of_an_event() -> None:
    """Or none."""
    fields = {event: {row.name for row, _ in sent} for event, sent in PAYLOADS.items()}

    assert [event for event, names in fields.items() if len(names) != 1] == []


def test_account_and_template_fields_carry_the_time_of_the_entry() -> None:
    """Of those that are sent; messages, calls, groups and preferences have timestamps of their own."""
    sent = {row.name: row.timed for row in WEBHOOK_FIELDS.values() if row.payloads}

    assert {name for name, timed in sent.items() if not timed} == {
        "calls",
        "group_lifecycle_update",
        "group_participants_update",
        "group_status_update",
        "history",
        "messages",
        "smb_app_state_sync",
        "smb_message_echoes",
        "user_id_update",
        "user_preferences",
    }
    assert {name for name, timed in sent.items() if timed} == {
        "account_alerts",
        "account_review_update",
        "account_update",
        "business_capability_update",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "security",
        "template_category_update",
    }


def test_the_fields_that_honour_an_override_are_the_documented_ones() -> None:
    """Templates and accounts are the app's own affair."""
    assert [row.name for row in WEBHOOK_FIELDS.values() if row.overridable] == [
        "account_settings_update",
        "calls",
        "consumer_profile",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
        "history",
        "message_echoes",
        "messages",
        "messaging_handovers",
        "smb_app_state_sync",
        "smb_message_echoes",
    ]


def test_every_field_says_what_it_is_about() -> None:
    """In a sentence, and where it is documented."""
    assert [row.name for row in WEBHOOK_FIELDS.values() if not row.about.endswith(".")] == []
    assert [row.name for row in WEBHOOK_FIELDS.values() if row.source is None] == [
        "business_status_update",
        "campaign_status_update",
        "consumer_profile",
        "message_echoes",
    ]
    assert len(FIELDS) == 36


@pytest.mark.parametrize(
    ("types", "violation", "expected"),
    [
        ((BIZ_INITIATED,), None, ["ACCOUNT_RESTRICTION"]),
        ((BIZ_INITIATED,), "SPAM", ["ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION"]),
        ((LOCKED,), None, []),
        ((COUNTRIES,), "SPAM", ["ACCOUNT_VIOLATION"]),
        ((DISABLED,), None, ["DISABLED_UPDATE"]),
        ((DISABLED, ADD_NUMBERS), "SPAM", ["ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION", "DISABLED_UPDATE"]),
    ],
)
def test_a_restriction_is_reported_by_its_type(
    types: tuple[str, ...], violation: str | None, expected: list[str]
) -> None:
    """The violation, the restrictions that have a name in webhooks, and the ban, in this order."""
    event = AccountRestricted(WABA, tuple(Restriction(each) for each in types), violation, at=AT)

    shown = [
        payload.render(event, 24)["event"]
        for _, payload in PAYLOADS[AccountRestricted]
        if payload.when(event)
    ]

    assert shown == expected
