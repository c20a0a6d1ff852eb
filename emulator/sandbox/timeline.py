"""What can wait on the timeline of a sandbox: every kind of due work, whose it is, and what it does."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from emulator.domain.values import dataclass


class DueKind(StrEnum):
    """A kind of due work: a row for each, with its owner and what it does.

    Its value is what the database keeps: it stays as it is, or kept files break.
    """

    owner: str
    """The module under :mod:`emulator.sandbox` whose service carries it out."""
    does: str
    """One sentence on what carrying it out does."""
    is_housekeeping: bool
    """Whether there is always one of it ahead, so that nobody waits for it."""

    def __new__(cls, name: str, owner: str, does: str, is_housekeeping: bool = False) -> DueKind:
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.owner, kind.does, kind.is_housekeeping = owner, does, is_housekeeping
        return kind

    @property
    def family(self) -> str:
        """What the work is about: the word before the dot of its value, such as ``template``."""
        return self.value.partition(".")[0]

    MESSAGE_FETCH = "message.fetch", "media.links", "Fetch what an accepted message links to, then send it."
    MESSAGE_SEND = "message.send", "messages.delivery", "Pass the later rules: the message is sent or fails."
    MESSAGE_DELIVER = "message.deliver", "messages.delivery", "Deliver a sent message to its recipient."
    MESSAGE_READ = "message.read", "messages.delivery", "Have the recipient read a delivered message."
    GROUP_DELIVER = "group.deliver", "messages.groups", "Deliver a sent message to one member of its group."
    GROUP_READ = "group.read", "messages.groups", "Have one member of a group read a delivered message."
    CALL_END = "call.end", "messages.calls", "End a call: both hang up, or nobody has answered."
    PERSON_MINDS = (
        "person.minds",
        "people.blocks_and_reports",
        "Have a person report, block or stop the marketing of who sent a template message.",
    )
    PERSON_ANSWERS = (
        "person.answers",
        "messages.received.habitual_answers",
        "Have a person answer a message, as their rules or a function of a test say.",
    )
    TEMPLATE_REVIEW = "template.review", "templates.submission", "Review a pending template."
    TEMPLATE_APPEAL = "template.appeal", "templates.appeals", "Decide an open appeal."
    TEMPLATE_UNPAUSE = "template.unpause", "templates.pauses", "End the pause of a template."
    TEMPLATE_RECATEGORIZE = (
        "template.recategorize",
        "templates.category",
        "Give a template the category it was given notice of.",
    )
    TEMPLATE_DELETE = (
        "template.delete",
        "templates.deletion",
        "Remove a template whose last message can no longer arrive.",
    )
    TEMPLATE_DISCARD = "template.discard", "templates.archival", "Delete what has stayed archived."
    TEMPLATE_IDLE = "template.idle", "templates.archival", "Archive the templates that nobody uses.", True
    UTILITY_ABUSE_END = (
        "misuse.end",
        "templates.category_abuse",
        "End a cap or a restriction of an account's utility templates.",
    )
    PACING_END = "pacing.end", "quality.pacing", "Send or drop the messages that were held for pacing."
    QUALITY_UNREAD = (
        "quality.unread",
        "quality.scores",
        "Count a delivered message as unread if it was not read meanwhile.",
    )
    TIER_RAISE = "tier.raise", "limits.messaging_limit", "Raise the messaging limit that was earned."
    THROUGHPUT_RAISE = (
        "throughput.raise",
        "limits.messaging_limit",
        "Begin to raise the throughput of a number: it is in maintenance.",
    )
    THROUGHPUT_RAISED = (
        "throughput.raised",
        "limits.messaging_limit",
        "End the maintenance of a number: it has the higher throughput.",
    )
    WEBHOOK_BATCH = (
        "webhook.batch",
        "webhooks.spoiling",
        "Deliver a batch of webhooks that has not become full.",
    )
    RESTRICTION_END = (
        "restriction.end",
        "accounts.enforcement",
        "Forget the restrictions of an account that have expired.",
    )


HOUSEKEEPING = frozenset(kind for kind in DueKind if kind.is_housekeeping)
"""The kinds that are always ahead, so that they do not count as the next thing due."""
KINDS = {kind.value: kind for kind in DueKind}
"""Every kind by its value."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing that is due, as somebody sees it who looks at a sandbox."""

    due: datetime
    kind: DueKind
    subject: str
    """The id of what it is about."""
    wa_id: str | None
    """The person concerned; ``None`` where it concerns none."""
