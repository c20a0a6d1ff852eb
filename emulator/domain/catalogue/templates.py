"""Errors of the messaging service about templates, orders and marketing."""

from __future__ import annotations

from emulator.domain.catalogue.entry import DOCS, Basis, ErrorChannel
from emulator.domain.catalogue.messaging import MARKETING, row

_DIRECT_SEND = f"{DOCS}/direct-send/overview"

TEMPLATES = (
    row(
        132000,
        "Number of parameters does not match the expected number of params",
        "a template gets more or fewer values than it has variables",
        Basis.REPORTED,
        page_title="Template Param Count Mismatch",
    ),
    row(
        132001,
        "Template name does not exist in the translation",
        "no approved template of that name in that language",
        Basis.RECORDED,
        status=404,
        page_title="Template does not exist",
        disputed=(400,),
    ),
    row(
        132005,
        "Template Hydrated Text Too Long",
        "the filled-in text is longer than allowed",
    ),
    row(
        132007,
        "Template Format Character Policy Violated",
        "the template's content breaks a policy",
        details="Template content violates a WhatsApp policy.",
    ),
    row(
        132008,
        "Template parameter value is invalid",
        "a value in a wrong format",
        Basis.INFERRED,
    ),
    row(
        132012,
        "Parameter format does not match format in the created template",
        "a value of another kind than the template's",
        Basis.REPORTED,
        page_title="Template Parameter Format Mismatch",
    ),
    row(
        132015,
        "Template is temporarily unavailable to use because it was paused due to low quality.",
        "the template is paused",
        Basis.REPORTED,
        ErrorChannel.BOTH,
        page_title="Template is Paused",
    ),
    row(
        132016,
        "Template is Disabled",
        "the template was paused too often",
    ),
    row(
        132018,
        "There’s an issue with the parameters in your template",
        "line breaks, tabs or many spaces in a value, or a value that is too long",
        Basis.REPORTED,
        page_title="Template validation error",
    ),
    row(
        132021,
        "Template name is already in use",
        "Direct Send: the name belongs to another template",
        Basis.INFERRED,
        ErrorChannel.ASYNC,
        source=_DIRECT_SEND,
    ),
    row(
        132068,
        "Flow is blocked",
        "the flow is blocked",
        details="Flow is in blocked state.",
    ),
    row(
        132069,
        "Flow is throttled",
        "the flow fails often and has had its ten messages of the hour",
        details="Flow is in throttled state and 10 messages using this flow were already sent in the last "
        "hour.",
    ),
    row(
        133010,
        "Account not registered",
        "the number is not registered",
        Basis.REPORTED,
        page_title="Phone number Not Registered",
        disputed=(403,),
    ),
    row(
        134011,
        "WhatsApp Payments terms of service has not been accepted",
        "an order before the terms of payments were accepted",
        details="WhatsApp Payments Terms of Service acceptance pending for this WhatsApp Business Account.\n"
        "Please use the following link to accept terms of service before using Business APIs: "
        "https://fb.me/12345",
        source=f"{DOCS}/payments/payments-in/payment-links",
    ),
    row(
        134100,
        "Only marketing messages supported",
        "a template of another category by the marketing API",
        details="You're only able to send marketing messages on this API.",
        edge="marketing_messages",
        source=MARKETING,
    ),
    row(
        134101,
        "Your template is still syncing",
        "a template by the marketing API minutes after it was created",
        details="When you send a message from a template, the template syncing process can take up to 10 "
        "minutes to complete. Wait a few minutes, and then try sending your message again.",
        edge="marketing_messages",
        source=MARKETING,
    ),
    row(
        134102,
        "Template unavailable for use",
        "the marketing API cannot use the template, or the business is not onboarded",
        status=500,
        edge="marketing_messages",
        source=MARKETING,
    ),
    row(
        135000,
        "Generic user error",
        "a problem of the request without a code of its own",
        Basis.REPORTED,
        ErrorChannel.BOTH,
    ),
    row(
        137000,
        "Recipient identity key hash mismatch",
        "the recipient's identity key has changed",
        Basis.INFERRED,
    ),
    row(
        139200,
        "Direct Send access blocked",
        "Direct Send was abused",
        source=_DIRECT_SEND,
    ),
)
