"""Every table of a snapshot with what each column may hold; no column of the schema is missing here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from functools import partial
from typing import Any

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import EVERY_TYPE
from emulator.domain.accounts.wabas import Waba
from emulator.domain.content.interactive.orders import STATUSES as ORDER_STATUSES
from emulator.domain.errors import PlatformError
from emulator.domain.facts.facts import facts_of
from emulator.domain.faults.asking import checked
from emulator.domain.faults.kinds import KINDS as FAULT_KINDS
from emulator.domain.faults.occasions import When
from emulator.domain.media import HEAD_BYTES
from emulator.domain.messages.causes import CauseBasis
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.quality.pacing import PacingStage
from emulator.domain.templates.history import TemplateHistory
from emulator.domain.templates.template import Status, Template
from emulator.domain.values import dataclass
from emulator.sandbox.store.faults import fault_of
from emulator.sandbox.store.snapshots import checks as of
from emulator.sandbox.store.snapshots.checks import Check
from emulator.sandbox.store.snapshots.contents import message_is_readable, template_is_readable
from emulator.sandbox.store.snapshots.due_work import KINDS as DUE_KINDS
from emulator.sandbox.store.snapshots.due_work import LINKS_TO_FETCH, REMEMBERED, work_is_readable
from emulator.sandbox.store.snapshots.named_facts import fact_is_readable
from emulator.wire.webhooks.fields import FIELDS

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what each column may hold, and what must hold across the columns of a row."""

    columns: Mapping[str, Check]
    key: str
    """The column by which a sentence names a row."""
    whole: Callable[[Row], object] | None = None
    """Raises :class:`ValueError` for a row whose columns do not fit together."""
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Columns whose value stands in another table, too: its name and column; ``NULL`` refers to nothing."""
    least: int = 0
    """How many rows there must be."""


DIGEST = of.matching(r"[0-9a-f]{64}", "a SHA-256 in hexadecimal digits")
_place = of.between(0, of.MOST)
_row_number = of.between(1, of.MOST)
_json = of.json_text(of.mapping)
_error = of.json_text(
    of.members({"code": of.between(0, 10**9), "title": of.text}, others=True),
)
_pricing = of.json_text(
    of.members(
        {
            "model": of.text,
            "category": of.text,
            "billable": of.boolean,
        },
        {"type": of.text, "conversation_id": of.text},
    )
)


_RESTRICTION = of.members(
    {
        "type": of.one_of(EVERY_TYPE),
        "expires_at": of.maybe(of.written_instant),
        "countries": of.array(of.text),
        "remediation": of.maybe(of.text),
    }
)
_HISTORY = of.members(
    None,
    {
        each.name: of.written_instant if each.name.endswith("_at") else of.text
        for each in fields(TemplateHistory)
    }
    | {"restores": of.one_of(Status)},
)


def _noun(
    noun: type,
    key: str,
    whole: Callable[[Row], object] | None = None,
    *,
    place: bool = True,
    least: int = 0,
    inside: Mapping[str, Check] | None = None,
    derived: Mapping[str, Check] | None = None,
    **references: tuple[str, str],
) -> Table:
    """The table of a noun; ``inside`` checks what is in the JSON of columns beyond what its facts say.

    ``derived`` are columns that follow from the others.
    """
    columns = {each.column: of.of_fact(each.type) for each in facts_of(noun).values()}
    for column, check in (inside or {}).items():
        columns[column] = of.both(columns[column], of.json_text(check))
    columns |= derived or {}
    return Table(columns | ({"place": _place} if place else {}), key, whole, references, least)


_NUMBER, _WABA, _APP, _MESSAGE = ("numbers", "id"), ("wabas", "id"), ("apps", "id"), ("messages", "id")
_TEMPLATE = ("templates", "id")
_between_two: Mapping[str, Check] = {"phone_number_id": of.digits, "wa_id": of.filled}


def _comes_after(earlier: str, later: str, row: Row) -> None:
    if row[later] is not None and (row[earlier] is None or row[later] < row[earlier]):
        raise ValueError(f".{later} comes before {earlier}")


TABLES: Mapping[str, Table] = {
    "facts": Table({"name": of.filled, "value": of.json_text(lambda _: None)}, "name", fact_is_readable),
    "counters": Table({"name": of.filled, "value": of.between(0, of.MOST)}, "name"),
    "apps": _noun(App, "id", least=1, inside={"waba_ids": of.array(of.digits)}),
    "tokens": _noun(Token, "text", place=False, least=1, inside={"scopes": of.array(of.text)}, app_id=_APP),
    "portfolios": _noun(Portfolio, "id", least=1),
    "wabas": _noun(
        Waba,
        "id",
        least=1,
        inside={"restrictions": of.array(_RESTRICTION)},
        portfolio_id=("portfolios", "id"),
    ),
    "numbers": _noun(BusinessNumber, "id", least=1, waba_id=_WABA),
    "allowed": Table({**_between_two}, "phone_number_id", references={"phone_number_id": _NUMBER}),
    "subscriptions": Table(
        {
            "app_id": of.digits,
            "callback_url": of.maybe(of.link),
            "verify_token": of.text,
            "fields": of.json_text(of.array(of.array(of.text))),
            "has_values": of.flag,
        },
        "app_id",
        lambda row: _fields_are_known(row["fields"]),
        {"app_id": _APP},
    ),
    "subscribed_apps": Table(
        {
            "waba_id": of.digits,
            "app_id": of.digits,
            "override_url": of.maybe(of.link),
            "override_verify_token": of.maybe(of.text),
        },
        "waba_id",
        references={"waba_id": _WABA, "app_id": _APP},
    ),
    "templates": _noun(
        Template,
        "id",
        template_is_readable,
        inside={"history": _HISTORY, "parameter_types": of.array(of.text)},
        derived={"wording": of.text},
        waba_id=_WABA,
    ),
    "name_locks": Table(
        {"waba_id": of.digits, "name": of.text, "language": of.text, "until": of.instant}, "name"
    ),
    "utility_abuse": Table(
        {
            "waba_id": of.digits,
            "warned_at": of.maybe(of.instant),
            "limited_until": of.maybe(of.instant),
            "restricted_until": of.maybe(of.instant),
            "restrictions": of.between(0, of.MOST),
        },
        "waba_id",
        references={"waba_id": _WABA},
    ),
    "people": _noun(Person, "wa_id"),
    "windows": Table(
        {**_between_two, "last_inbound_at": of.instant, "unanswered_id": of.maybe(of.filled)},
        "wa_id",
        references={"phone_number_id": _NUMBER},
    ),
    "entry_points": Table(
        {**_between_two, "id": of.text, "clicked_at": of.instant, "opened_at": of.maybe(of.instant)},
        "wa_id",
        partial(_comes_after, "clicked_at", "opened_at"),
        {"phone_number_id": _NUMBER},
    ),
    "conversations": Table(
        {
            **_between_two,
            "category": of.text,
            "id": of.text,
            "opened_at": of.maybe(of.instant),
            "closes_at": of.maybe(of.instant),
        },
        "id",
        partial(_comes_after, "opened_at", "closes_at"),
        {"phone_number_id": _NUMBER},
    ),
    "charges": Table(
        {
            "at": of.instant,
            "phone_number_id": of.digits,
            "country": of.text,
            "market": of.text,
            "category": of.text,
            "free": of.maybe(of.filled),
        },
        "at",
        references={"phone_number_id": _NUMBER},
    ),
    "messages": Table(
        {
            "seq": _row_number,
            "id": of.filled,
            "phone_number_id": of.digits,
            "wa_id": of.filled,
            "outbound": of.flag,
            "type": of.filled,
            "status": of.one_of(MessageStatus),
            "at": of.instant,
            "content": of.json_text(lambda _: None),
            "category": of.text,
            "text": of.text,
            "context_id": of.maybe(of.text),
            "callback_data": of.maybe(of.text),
            "group_id": of.maybe(of.text),
            "pricing": of.maybe(_pricing),
            "error": of.maybe(_error),
            "template_id": of.maybe(of.text),
            "direct": of.flag,
            "referral": of.maybe(_json),
            "context": of.maybe(_json),
            "deleted_at": of.maybe(of.instant),
            "cause_id": of.maybe(of.filled),
            "cause_basis": of.maybe(of.one_of(CauseBasis)),
            "edited_text": of.maybe(of.text),
            "revises_id": of.maybe(of.filled),
        },
        "id",
        message_is_readable,
        {"phone_number_id": _NUMBER},
    ),
    "media": Table(
        {
            "id": of.digits,
            "phone_number_id": of.digits,
            "mime_type": of.text,
            "sha256": DIGEST,
            "size": of.between(0, of.MOST),
            "at": of.instant,
            "expires_at": of.instant,
            "filename": of.maybe(of.text),
            "adler32": of.between(0, 2**32),
            "head": lambda value: _at_most(HEAD_BYTES, value),
        },
        "id",
        references={"phone_number_id": _NUMBER},
    ),
    "blobs": Table({"sha256": DIGEST}, "sha256"),
    "uploads": Table(
        {
            "id": of.filled,
            "app_id": of.digits,
            "file_type": of.text,
            "file_length": of.between(0, of.MOST),
            "file_name": of.maybe(of.text),
            "received": of.between(0, of.MOST),
        },
        "id",
        references={"app_id": _APP},
    ),
    "links": Table(
        {
            "url": of.text,
            "at": of.instant,
            "mime_type": of.maybe(of.text),
            "size": of.maybe(of.between(0, of.MOST)),
            "head": of.maybe(lambda value: _at_most(HEAD_BYTES, value)),
            "problem": of.maybe(of.text),
        },
        "url",
        lambda row: _is_a_whole_file(row),
    ),
    "fetches": Table(
        {
            "seq": _row_number,
            "message_id": of.filled,
            "due": of.instant,
            "details": of.json_text(LINKS_TO_FETCH),
        },
        "message_id",
        references={"message_id": _MESSAGE},
    ),
    "groups": Table(
        {
            "id": of.filled,
            "phone_number_id": of.digits,
            "digits": of.digits,
            "subject": of.text,
            "participants": of.json_text(of.array(of.digits)),
            "suspended": of.flag,
            "place": _place,
        },
        "id",
        references={"phone_number_id": _NUMBER},
    ),
    "receipts": Table(
        {"message_id": of.filled, "wa_id": of.digits, "status": of.one_of(MessageStatus)},
        "message_id",
        references={"message_id": _MESSAGE},
    ),
    "orders": Table(
        {**_between_two, "reference_id": of.text, "status": of.one_of(ORDER_STATUSES), "paid": of.flag},
        "reference_id",
        references={"phone_number_id": _NUMBER},
    ),
    "timeline": Table(
        {
            "seq": _row_number,
            "due": of.instant,
            "kind": of.one_of(DUE_KINDS),
            "subject": of.text,
            "details": _json,
            "wa_id": of.maybe(of.filled),
        },
        "seq",
        work_is_readable,
        {"wa_id": ("people", "wa_id")},
    ),
    "rate_limits": Table({"name": of.filled, "tat": of.instant}, "name"),
    "relationships": Table(
        {
            **_between_two,
            "blocked_number_at": of.maybe(of.instant),
            "stopped_marketing_at": of.maybe(of.instant),
            "blocked_person_at": of.maybe(of.instant),
            "answered_marketing_at": of.maybe(of.instant),
            "typing_until": of.maybe(of.instant),
        },
        "wa_id",
        references={"phone_number_id": _NUMBER},
    ),
    "block_lists": Table(
        {"phone_number_id": of.digits, "version": of.instant},
        "phone_number_id",
        references={"phone_number_id": _NUMBER},
    ),
    "pacing": Table(
        {"template_id": of.digits, "sent": of.between(0, of.MOST), "stage": of.one_of(PacingStage)},
        "template_id",
    ),
    "held": Table(
        {
            "seq": _row_number,
            "template_id": of.digits,
            "message_id": of.filled,
            "links": of.json_text(of.array(of.link)),
            "details": of.json_text(REMEMBERED),
        },
        "message_id",
        references={"message_id": _MESSAGE},
    ),
    "sliding_windows": Table({"name": of.filled, "key": of.text, "at": of.instant}, "name"),
    "sliding_window_sizes": Table({"name": of.filled, "size": of.between(0, of.MOST)}, "name"),
    "faults": Table(
        {
            "id": _row_number,
            "kind": of.one_of(FAULT_KINDS),
            "place": of.one_of(When),
            "parameters": _json,
            "conditions": _json,
            "times": of.maybe(of.between(1, 10**9)),
            "every": of.between(1, 10**9),
            "probability": of.number(0, 1),
            "fitted": of.between(0, of.MOST),
            "met": of.between(0, of.MOST),
            "is_seeded": of.flag,
        },
        "id",
        lambda row: _is_a_fault(row),
    ),
    "spoilt_deliveries": Table(
        {"delivery_id": _row_number, "fault_id": of.between(0, of.MOST), "kind": of.one_of(FAULT_KINDS)},
        "delivery_id",
        references={"delivery_id": ("deliveries", "id")},
    ),
    "deliveries": Table(
        {
            "id": _row_number,
            "app_id": of.digits,
            "waba_id": of.digits,
            "phone_number_id": of.maybe(of.digits),
            "wa_id": of.maybe(of.filled),
            "url": of.link,
            "field": of.one_of(FIELDS),
            "body": lambda value: _is_a_payload(value),
            "state": of.one_of(("waiting", "delivered", "failed")),
            "at": of.instant,
            "due": of.instant,
            "attempts": of.between(0, of.MOST),
            "cause": of.maybe(of.filled),
        },
        "id",
        references={"app_id": _APP, "waba_id": _WABA, "phone_number_id": _NUMBER},
    ),
    "attempts": Table(
        {
            "delivery_id": _row_number,
            "number": _row_number,
            "at": of.instant,
            "status": of.maybe(of.between(0, 10**6)),
            "problem": of.maybe(of.text),
        },
        "delivery_id",
        references={"delivery_id": ("deliveries", "id")},
    ),
    "journal": Table(
        {
            "seq": _row_number,
            "at": of.instant,
            "kind": of.filled,
            "subject": of.text,
            "wa_id": of.maybe(of.text),
            "cause": of.maybe(of.text),
            "summary": of.text,
            "details": _json,
        },
        "seq",
    ),
}
"""By name; the bytes of ``blobs`` alone are not looked at here but where they are written."""


def _fields_are_known(written: str) -> None:
    for pair in of.loaded(written):
        if len(pair) != 2 or pair[0] not in FIELDS or not pair[1].startswith("v"):
            raise ValueError(f".fields holds {of.shown(pair)}, which is no webhook field with its version")


def _at_most(most: int, value: Any) -> None:
    of.data(value)
    if len(value) > most:
        raise ValueError(f"has more than {most} bytes")


def _is_a_whole_file(row: Row) -> None:
    parts = [row["mime_type"], row["size"], row["head"]]
    if None in parts and parts != [None, None, None]:
        raise ValueError(".mime_type stands without size and head, or one of these without it")


def _is_a_fault(row: Row) -> None:
    """Raise :class:`ValueError` for a fault that nobody could have asked for."""
    columns = ("kind", "place", "parameters", "conditions", "times", "every", "probability")
    try:
        checked(fault_of([row[name] for name in columns]))
    except (ValueError, TypeError, PlatformError) as problem:
        raise ValueError(f".parameters or conditions: {problem}") from None


def _is_a_payload(value: Any) -> None:
    of.data(value)
    try:
        text = value.decode()
    except UnicodeDecodeError:
        raise of.refused("a webhook's JSON", value) from None
    of.mapping(of.loaded(text))
