"""What is answered about messages, calls that were refused, groups, windows and phone calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypedDict

from emulator.domain.content.kinds import KINDS
from emulator.domain.faults.kinds import KINDS as FAULT_KINDS
from emulator.domain.messages.causes import CauseBasis
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.web.control.answers.markers import Contents, Instant, Json, Page, one_of

_LISTS = ("contacts",)
"""The types of messages whose content is an array."""


def _contents() -> Iterator[tuple[str, Any]]:
    types = dict.fromkeys((*KINDS, "template", *(kind.type for kind in INBOUND_KINDS.values())))
    return ((each, list[Json] if each in _LISTS else Json) for each in types)


class ReceiptAnswer(TypedDict):
    """How far a message to a group has come with a participant: ``delivered`` or ``read``."""

    wa_id: str
    status: Annotated[str, one_of((MessageStatus.DELIVERED, MessageStatus.READ))]


class MessageAnswer(TypedDict):
    """A message as it stands; its content is beside these members, under the name of its type.

    ``receipts`` are those of a message to a group in ``GET …/messages`` and ``GET …/messages/{id}``; whom it
    has not reached is not in them. It is ``null`` elsewhere.
    """

    id: str
    phone_number_id: str
    wa_id: str
    direction: Annotated[str, one_of(("inbound", "outbound"))]
    type: str
    status: Annotated[str, one_of(MessageStatus)]
    at: Instant
    text: str | Json
    buttons: list[str]
    context_id: str | None
    context: Json | None
    biz_opaque_callback_data: str | None
    error: Json | None
    group_id: str | None
    referral: Json | None
    pricing: Json | None
    cause_id: str | None
    cause_basis: Annotated[str, one_of(CauseBasis)] | None
    edited_text: str | None
    revises_id: str | None
    deleted_at: Instant | None
    receipts: list[ReceiptAnswer] | None


Message = Annotated[Json, Contents(MessageAnswer, _contents)]
Messages = Annotated[Json, Page("messages", Message)]


class ReadMessagesAnswer(TypedDict):
    """The messages that a person has read now."""

    messages: list[Message]


class MaybeMessageAnswer(TypedDict):
    """The message that came of an act, if there is one."""

    message: Message | None


class MessageIdAnswer(TypedDict):
    """The id of a message that is not the API's."""

    id: str


class ApiCallAnswer(TypedDict):
    """A call of the Graph API that was refused."""

    at: Instant
    method: str
    path: str
    body: Json
    status: int
    code: int | None
    error: str | None
    rule: str | None
    hint: str | None


class FoundAnswer(TypedDict):
    """What was waited for: messages, or calls that were refused."""

    found: list[Message | ApiCallAnswer]


TranscribedMessage = TypedDict(
    "TranscribedMessage",
    {
        "at": Instant,
        "from": str,
        "to": str,
        "wa_id": str,
        "id": str,
        "type": str,
        "template": str | None,
        "text": str,
        "status": Annotated[str, one_of(MessageStatus)],
        "error": Json | None,
        "in_answer_to": str | None,
        "cause_basis": Annotated[str, one_of(CauseBasis)] | None,
    },
)


class TranscribedFault(TypedDict):
    """A fault that struck since the first message of a transcript: ``text`` says in words what went wrong."""

    at: Instant
    fault: str
    kind: Annotated[str, one_of(FAULT_KINDS)]
    code: int | None
    wa_id: str | None
    text: str


class TranscriptAnswer(TypedDict, total=False):
    """The conversations as one text, or with ``form=json`` each message and each fault that struck."""

    transcript: str
    messages: list[TranscribedMessage]
    faults: list[TranscribedFault]


class GroupAnswer(TypedDict):
    """A group with its participants."""

    id: str
    phone_number_id: str
    subject: str
    participants: list[str]
    suspended: bool


Groups = Annotated[Json, Page("groups", GroupAnswer)]


class EntryPointAnswer(TypedDict):
    """A person's click on an ad, and the free entry point it became, if it did."""

    open: bool
    clicked_at: Instant
    answer_by: Instant
    opened_at: Instant | None
    closes_at: Instant | None


class WindowAnswer(TypedDict):
    """The customer service window of a business number and a person."""

    phone_number_id: str
    wa_id: str
    open: bool
    last_inbound_at: Instant
    closes_at: Instant
    free_entry_point: EntryPointAnswer | None


Windows = Annotated[Json, Page("windows", WindowAnswer)]


class PhoneCallAnswer(TypedDict):
    """A call of a person: when it began and ends, and whether anybody answers it."""

    id: str
    phone_number_id: str
    wa_id: str
    at: Instant
    ends_at: Instant
    answered: bool
