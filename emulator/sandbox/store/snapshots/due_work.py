"""What the details of due work may be, by its kind: what the services that carry it out read of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.media import KINDS as FILE_KINDS
from emulator.domain.people.answers.acts import acts_from_json
from emulator.domain.people.habits import CHANCES
from emulator.domain.templates.template import CATEGORIES
from emulator.sandbox.store.snapshots import checks as of
from emulator.sandbox.store.snapshots.checks import Check
from emulator.sandbox.timeline import DueKind

_file = of.members({"kind": of.one_of(FILE_KINDS), "id": of.maybe(of.text), "link": of.maybe(of.link)})
_remembered: Mapping[str, Check] = {
    "last_inbound_at": of.maybe(of.written_instant),
}
_more: Mapping[str, Check] = {"files": of.array(_file), "ttl": of.seconds}

REMEMBERED = of.members(_remembered, _more)
"""What the later rules must know of the moment a message was accepted."""
LINKS_TO_FETCH = of.members({**_remembered, "links": of.array(of.link)}, _more)
_nothing = of.members()
_PUT_OFF: Mapping[str, Check] = {"put_off": of.boolean}
"""Of work that waits for somebody's phone to be on again."""
_put_off = of.members(None, _PUT_OFF)
_read = of.members(None, {"asked": of.boolean, **_PUT_OFF})


def _acts(value: Any) -> None:
    of.array(of.mapping)(value)
    acts_from_json(value)


_DETAILS: Mapping[str, Check] = {
    DueKind.MESSAGE_FETCH: LINKS_TO_FETCH,
    DueKind.MESSAGE_SEND: REMEMBERED,
    DueKind.MESSAGE_DELIVER: of.members(None, {"ttl": of.seconds, **_PUT_OFF}),
    DueKind.MESSAGE_READ: _read,
    DueKind.GROUP_DELIVER: _put_off,
    DueKind.GROUP_READ: _read,
    DueKind.CALL_END: of.members({"phone_number_id": of.digits, "lasted": of.maybe(of.seconds)}),
    DueKind.PERSON_MINDS: of.members({"acts": of.array(of.one_of(CHANCES))}),
    DueKind.PERSON_ANSWERS: of.members(None, {"acts": _acts, "asks": of.boolean, **_PUT_OFF}),
    DueKind.TEMPLATE_RECATEGORIZE: of.members({"category": of.one_of(CATEGORIES)}),
}
"""By kind; work of another kind has none."""

_OF_SOMEBODY = (
    DueKind.GROUP_DELIVER,
    DueKind.GROUP_READ,
    DueKind.CALL_END,
    DueKind.PERSON_MINDS,
    DueKind.PERSON_ANSWERS,
)
"""The kinds of work that are always a person's."""
KINDS = tuple(DueKind)
REFERS_TO: Mapping[str, tuple[str, str]] = {
    "message": ("messages", "id"),
    "group": ("messages", "id"),
    "tier": ("portfolios", "id"),
    "throughput": ("numbers", "id"),
    "restriction": ("wabas", "id"),
    "misuse": ("wabas", "id"),
}
"""By family of due work: where its subject must be found."""
NAMES: Mapping[str, tuple[str, str]] = {"phone_number_id": ("numbers", "id")}
"""By member of the details of due work, of whatever kind: where its value must be found."""


def work_is_readable(row: Mapping[str, Any]) -> None:
    """Raise :class:`ValueError` for due work whose details its kind has not, and that lacks its person."""
    if row["wa_id"] is None and (row["kind"] in _OF_SOMEBODY or "put_off" in of.loaded(row["details"])):
        raise ValueError(f".wa_id of {row['kind']} is missing")
    check = _DETAILS.get(row["kind"], _nothing)
    try:
        check(of.loaded(row["details"]))
    except ValueError as problem:
        raise ValueError(f".details of {row['kind']} {problem}") from None
