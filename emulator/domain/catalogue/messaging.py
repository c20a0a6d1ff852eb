"""Errors of the messaging service: recipients, windows, accounts, limits, media."""

from __future__ import annotations

from typing import Any

from emulator.domain.catalogue.entry import DOCS, Basis, CatalogueEntry, ErrorChannel

MESSAGES = "messages"
MARKETING = f"{DOCS}/marketing-messages/send-marketing-messages"
_GROUPS = f"{DOCS}/groups/error-codes"
_ORDERS = f"{DOCS}/payments/payments-in/pg"
_UNSUPPORTED = f"{DOCS}/webhooks/reference/messages/unsupported"


def row(
    number: int,
    title: str,
    trigger: str,
    basis: Basis = Basis.DOCUMENTED,
    channel: ErrorChannel = ErrorChannel.SYNC,
    *,
    status: int = 400,
    **more: Any,
) -> CatalogueEntry:
    """Build the row of an error that ``/messages`` returns, or the webhook of an inbound message.

    ``trigger`` says in a few words when it is met. The edge defaults to ``messages``, and to any for an error
    of inbound messages; ``status`` is the HTTP status of an answer.
    """
    edge = more.pop("edge", None if channel is ErrorChannel.INBOUND else MESSAGES)
    return CatalogueEntry(number, title, status, trigger, basis, channel, edge=edge, **more)


MESSAGING = (
    row(
        100,
        "Invalid parameter",
        "an invalid parameter; the details say which",
        Basis.RECORDED,
        details="Parameter Invalid",
    ),
    row(
        2046,
        "New order status was not correctly transitioned.",
        "an order status that cannot follow the last one",
        channel=ErrorChannel.ASYNC,
        source=_ORDERS,
    ),
    row(
        2047,
        "Could not change order status to 'canceled'",
        "cancelling an order that is paid",
        channel=ErrorChannel.ASYNC,
        source=_ORDERS,
    ),
    row(
        130403,
        "Unable to deliver the message. This business has blocked the end user on WhatsApp",
        "the recipient is on the business's block list",
        Basis.INFERRED,
        ErrorChannel.ASYNC,
    ),
    row(
        130429,
        "Rate limit hit",
        "the throughput of the number is used up",
        channel=ErrorChannel.BOTH,
        details="Cloud API message throughput has been reached.",
        webhook_details="Message failed to send because there were too many messages sent from this phone "
        "number in a short period of time",
        disputed=(429,),
    ),
    row(
        130472,
        "User's number is part of an experiment",
        "a marketing template to a person whom an experiment excludes from them",
        Basis.REPORTED,
        ErrorChannel.ASYNC,
        details="Failed to send message because this user's phone number is part of an experiment",
        source=f"{DOCS}/support/experiments",
    ),
    row(
        130497,
        "Business account is restricted from messaging users in this country.",
        "the recipient's country is closed to this kind of business",
        channel=ErrorChannel.BOTH,
        status=403,
    ),
    row(
        130501,
        "Unsupported message type",
        "in a group, a person sends a type that groups do not support",
        channel=ErrorChannel.INBOUND,
        webhook_message="Message type is not currently supported",
        source=f"{DOCS}/groups/groups-messaging",
    ),
    row(
        131000,
        "Something went wrong",
        "an unknown failure",
        Basis.REPORTED,
        ErrorChannel.BOTH,
        status=500,
        details="An unknown error occurred",
    ),
    row(
        131002,
        "Invalid recipient type",
        "a wrong `recipient_type`, in 2022",
        Basis.REPORTED,
    ),
    row(
        131005,
        "Access denied",
        "a permission was not granted or was removed",
        Basis.REPORTED,
        status=403,
    ),
    row(
        131008,
        "Required parameter is missing",
        "a parameter the template or the message needs",
        Basis.REPORTED,
    ),
    row(
        131009,
        "Parameter value is not valid",
        "a value beyond its limits; later, a reaction to what cannot be reacted to",
        Basis.REPORTED,
        ErrorChannel.BOTH,
    ),
    row(
        131016,
        "Service unavailable",
        "a service is down for a while",
        channel=ErrorChannel.BOTH,
        status=500,
        disputed=(503,),
    ),
    row(
        131020,
        "Bad Group",
        "a group without participants",
        source=_GROUPS,
    ),
    row(
        131021,
        "Recipient cannot be sender",
        "a number writes to itself",
    ),
    row(
        131026,
        "Message undeliverable",
        "the recipient is not on WhatsApp, or has an old version, or has not accepted the terms",
        Basis.RECORDED,
        ErrorChannel.ASYNC,
        details="Message Undeliverable.",
    ),
    row(
        131030,
        "Recipient phone number not in allowed list",
        "a test number writes to a person who is not on its allow-list",
        Basis.RECORDED,
        details="Recipient phone number not in allowed list: Add recipient phone number to recipient list "
        "and "
        "try again.",
    ),
    row(
        131031,
        "Business Account locked",
        "the account is locked for breaking a policy",
        Basis.RECORDED,
        ErrorChannel.BOTH,
        status=403,
        details="Business account has been locked.",
        page_title="Account has been locked",
        disputed=(400,),
    ),
    row(
        131037,
        "WhatsApp provided number needs display name approval before message can be sent.",
        "a 555 number without an approved display name",
        Basis.REPORTED,
    ),
    row(
        131041,
        "Group unknown",
        "no such group, or the business is not in it",
        source=_GROUPS,
    ),
    row(
        131042,
        "Business eligibility payment issue",
        "no payment method, or one that fails",
        Basis.REPORTED,
        ErrorChannel.ASYNC,
        details="Failed to send message because there were one or more errors related to your payment "
        "method.",
        disputed=(403,),
    ),
    row(
        131045,
        "Incorrect certificate",
        "the number's registration is broken",
        Basis.INFERRED,
        ErrorChannel.BOTH,
        status=500,
        details="Message failed to send due to a phone number registration error.",
    ),
    row(
        131047,
        "Re-engagement message",
        "the customer service window is closed",
        Basis.RECORDED,
        ErrorChannel.ASYNC,
        details="Message failed to send because more than 24 hours have passed since the customer last "
        "replied "
        "to this number.",
    ),
    row(
        131048,
        "Spam rate limit hit",
        "too many of the number's messages were blocked or reported",
        Basis.INFERRED,
        ErrorChannel.ASYNC,
        webhook_title="Spam Rate limit hit",
        details="Message failed to send because there are restrictions on how many messages can be sent from "
        "this phone number. This may be because too many previous messages were blocked or flagged as spam.",
        disputed=(403, 429),
    ),
    row(
        131049,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "the person gets too many marketing messages already",
        Basis.REPORTED,
        ErrorChannel.ASYNC,
        details="In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        page_title="Meta chose not to deliver.",
    ),
    row(
        131050,
        "User has stopped receipt of marketing messages.",
        "the person opted out of marketing from this business",
        channel=ErrorChannel.ASYNC,
        details="Unable to deliver the message. This recipient has chosen to stop receiving marketing "
        "messages "
        "on WhatsApp from your business.",
    ),
    row(
        131051,
        "Unsupported message type",
        "a person sends a type that the API does not support; in an answer, a type that cannot be sent",
        channel=ErrorChannel.INBOUND,
        details="Message type is currently not supported.",
        webhook_title="Message type unknown",
        edge=MESSAGES,
        source=_UNSUPPORTED,
    ),
    row(
        131052,
        "Media download error",
        "a person sends media that cannot be fetched, or is too large",
        channel=ErrorChannel.INBOUND,
        details="Unable to download the media sent by the user.",
    ),
    row(
        131053,
        "Media upload error",
        "a media link that cannot be fetched, or a file of the wrong kind or size",
        Basis.RECORDED,
        ErrorChannel.ASYNC,
        details="Downloading media from weblink failed with http code 404, status message Not Found",
    ),
    row(
        131055,
        "Method not allowed",
        "another template by the marketing API, or a Graph API call for a SIP number",
        details="Only marketing template messages are supported",
        edge="marketing_messages",
        source=MARKETING,
    ),
    row(
        131056,
        "(Business Account, Consumer Account) pair rate limit hit",
        "too many messages to the same person at once",
        Basis.REPORTED,
        ErrorChannel.BOTH,
        details="Message failed to send because there were too many messages sent from this phone number "
        "to the "
        "same phone number in a short period of time.",
        disputed=(403, 429),
    ),
    row(
        131057,
        "Account in maintenance mode",
        "the account is being upgraded",
        status=500,
        disputed=(400,),
    ),
    row(
        131058,
        "Hello World templates can only be sent from the Public Test Numbers",
        "`hello_world` from a production number",
        Basis.REPORTED,
    ),
    row(
        131059,
        "Invalid cursor",
        "a paging cursor that has expired",
        edge=None,
        method="GET",
        source=_GROUPS,
    ),
    row(
        131060,
        "This message is currently unavailable.",
        "a person sends a message that is not available for now",
        channel=ErrorChannel.INBOUND,
        source=_UNSUPPORTED,
    ),
    row(
        131062,
        "Business-scoped User ID (BSUID) recipients are not supported for this message.",
        "an authentication template to a user id",
        source=f"{DOCS}/business-scoped-user-ids",
        disputed=(403,),
    ),
    row(
        131063,
        "Your template is categorized as Marketing, but marketing templates are currently disabled for your "
        "Cloud API configuration.",
        "the account sends marketing by the marketing API only",
        Basis.INFERRED,
        disputed=(403,),
    ),
    row(
        131064,
        "Message failed to send because this account has reached its messaging limit due to template "
        "classification violations.",
        "too many of the account's utility templates were marketing",
        Basis.INFERRED,
        ErrorChannel.ASYNC,
        details="Message failed to send because this account has reached its messaging limit due to template "
        "classification violations. This applies to both template messages and direct send messages.",
        disputed=(403,),
    ),
)
