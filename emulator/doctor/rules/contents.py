"""Rules for what webhooks carry: statuses, and everything else that there is or will be."""

from __future__ import annotations

from emulator.doctor.checks import kinds, statuses
from emulator.doctor.payloads import (
    of_new_field,
    of_new_type,
    with_new_members,
    without_contacts,
    without_profile,
)
from emulator.doctor.rule import Rule
from emulator.doctor.rules.phrases import (
    CAPTURES,
    CLICKS,
    MESSAGES,
    OVERVIEW,
    REPORTS,
    RETRIED,
    STATUS,
    TAKE,
    USERS,
    WINDOW,
)
from emulator.domain.errors import DOCS

STATUSES: tuple[Rule, ...] = (
    Rule(
        "statuses-acknowledged",
        "statuses",
        "sent, delivered and read of a message",
        "200 to each",
        "Three webhooks for each message you send are retried for days, and slow down those that matter.",
        TAKE,
        f"{STATUS}; {REPORTS}",
        statuses.each,
    ),
    Rule(
        "read-before-delivered",
        "statuses",
        "read, then delivered, then sent of a message",
        "200 to each",
        (
            "No order is promised: messages stay as delivered that were read, or the app fails on a "
            "step it does not expect."
        ),
        "Keep the status that is furthest; compare the timestamps.",
        STATUS,
        statuses.read_first,
    ),
    Rule(
        "failed-after-200",
        "statuses",
        "failed with 131047, and with 131026 whose contact is a number alone; both sends were answered 200",
        "200 to each",
        "You never learn that the customer did not get the message. " + RETRIED,
        "Handle the status failed: its errors have no fixed members but code and title.",
        STATUS,
        statuses.failed_after_200,
    ),
    Rule(
        "window-closed-handled",
        "statuses",
        "a text that comes 25 hours late; the app's answer is accepted, then fails with 131047",
        "a template, or nothing free-form at least",
        (
            "The customer gets nothing. An app that sends the same again fails for ever, and its "
            "quality rating suffers."
        ),
        "At failed with 131047 send an approved template, or keep the message until the person writes.",
        WINDOW,
        statuses.window_closed,
        needs=("accepted", "in time", "sends"),
    ),
)
CONTENT: tuple[Rule, ...] = (
    Rule(
        "every-kind",
        "content",
        (
            "a message of each kind: files, locations, reactions, replies, orders, system messages, "
            "unsupported ones"
        ),
        "200 to each",
        RETRIED,
        "Look at the type first, and take every one; answer people that you understand texts alone.",
        MESSAGES,
        kinds.every_kind,
    ),
    Rule(
        "unknown-type",
        "content",
        "a message of a type that does not exist yet",
        "200",
        "The day the platform adds a type it is retried for up to 7 days, and then lost.",
        TAKE,
        MESSAGES,
        kinds.taken("a message of an unknown type", of_new_type),
    ),
    Rule(
        "unknown-field",
        "content",
        "a webhook of a field that does not exist yet",
        "200",
        "A field that somebody subscribes the app to is retried for days.",
        TAKE,
        OVERVIEW,
        kinds.taken("a webhook of an unknown field", of_new_field),
    ),
    Rule(
        "other-fields",
        "content",
        "the documented samples of other fields: templates, account, number, calls, groups",
        "200 to each",
        "Templates are rejected, numbers flagged and accounts restricted, and you do not learn of it.",
        (
            "Look at the field before the value: metadata, messages and statuses stand in the field "
            "messages alone."
        ),
        f"{DOCS}/webhooks/reference",
        kinds.other_fields,
    ),
    Rule(
        "new-members",
        "content",
        "a text with one member more in every object",
        "200",
        "The day the platform adds a member, as user_id in 2026, every webhook is refused.",
        'Let your models ignore what they do not know: extra="ignore" in pydantic.',
        USERS,
        kinds.taken("a text with unknown members", with_new_members),
    ),
    Rule(
        "hidden-number",
        "content",
        "a text of somebody with a username: without from and wa_id",
        "200, and an answer like to others",
        "Nobody who has adopted a username and hides the number is answered.",
        "Know people by user_id (from_user_id of a message), and send to it as recipient, in place of to.",
        USERS,
        kinds.hidden_number,
    ),
    Rule(
        "no-profile",
        "content",
        "a text without the person's name, and one without contacts",
        "200",
        "Messages of people without a name are lost.",
        "Take contacts and profile as they come, and have a word for people without a name.",
        f"{USERS}; {CAPTURES}",
        kinds.taken("a text without a name", without_profile, without_contacts),
    ),
    Rule(
        "user-actions",
        "content",
        "a value with user_actions: neither messages nor statuses",
        "200",
        RETRIED,
        'Ask for members that may be missing: value.get("messages", []).',
        CLICKS,
        kinds.taken("a value without messages and statuses", kinds.user_actions),
    ),
    Rule(
        "errors-alone",
        "content",
        "a value with errors alone",
        "200",
        RETRIED,
        'Ask for members that may be missing: value.get("messages", []).',
        f"{MESSAGES}/errors",
        kinds.taken("a value with errors alone", kinds.errors_alone),
    ),
)
