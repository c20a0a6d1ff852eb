"""Answers of ``block_users``: the outcome of a call, a page of the list, and its cursors.

Source: D/block-users (21 May 2026), whose samples give the list a version inside its cursors.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from emulator.domain.errors import message_error
from emulator.domain.people.block_list import BlockProblem
from emulator.domain.quoting import cut
from emulator.domain.values import dataclass
from emulator.wire.fields import invalid_cursor, without_padding


@dataclass(frozen=True, slots=True)
class BlockResult:
    """The outcome for one of the people a call named.

    ``input`` is what the call named them by, ``wa_id`` who that is (``None``: nobody), ``problem`` why it
    could not be done.
    """

    input: str
    wa_id: str | None
    problem: BlockProblem | None = None


def outcomes(done: str, every: Iterable[BlockResult]) -> dict[str, Any]:
    """Build the answer: who was blocked or unblocked, and who was not, with the reason for each.

    ``done`` is the member for those it was done for: ``added_users`` or ``removed_users``.
    """
    every = tuple(every)
    users: dict[str, Any] = {done: [_user(each) for each in every if each.problem is None]}
    if failed := [_failed(each, each.problem) for each in every if each.problem is not None]:
        users["failed_users"] = failed
    return {"messaging_product": "whatsapp", "block_users": users}


def _user(outcome: BlockResult) -> dict[str, Any]:
    return {"input": cut(outcome.input)} | ({"wa_id": outcome.wa_id} if outcome.wa_id else {})


def _failed(outcome: BlockResult, problem: BlockProblem) -> dict[str, Any]:
    error = {"message": problem.message, "code": problem.code, "error_data": {"details": problem.details}}
    return _user(outcome) | {"errors": [error]}


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in one version of a block list; as text it is base64 whose padding is written ``ZD``.

    ``offset`` counts from 0; every change of the list makes a new ``version``.
    """

    offset: int
    version: int

    def __str__(self) -> str:
        text = json.dumps({"offset": self.offset, "version_id": str(self.version)}, separators=(",", ":"))
        return base64.b64encode(text.encode()).decode().replace("=", "ZD")


def read_cursor(text: object, version: int, api_version: int) -> Cursor:
    """Read the cursor that a caller pages from, for a list whose present version is ``version``.

    Raises 139102 when the list has changed since, and 131059 (24.0 and later) or ``(#100)`` for a text that
    is no cursor; ``api_version`` is the major version of the call.
    """
    raw = without_padding(str(text))
    try:
        decoded = json.loads(base64.b64decode(raw + "=" * (-len(raw) % 4), validate=True))
        found = Cursor(int(decoded["offset"]), int(decoded["version_id"]))
    except (binascii.Error, ValueError, TypeError, KeyError):
        raise invalid_cursor(api_version) from None
    if found.offset < 0:
        raise invalid_cursor(api_version)
    if found.version != version:
        raise message_error(
            139102,
            rule="block_users",
            hint="Somebody was blocked or unblocked since the page before; begin again without the cursor.",
            facts={"version_id": found.version, "now": version},
        )
    return found


def listing(
    wa_ids: list[str], start: int, total: int, version: int, url: str, query: Mapping[str, Any]
) -> dict[str, Any]:
    """Build a page of a block list: its people, and the ``paging`` that leads to the pages beside it.

    ``wa_ids`` are those on the page, which begins at ``start`` of ``total``; ``url`` and ``query`` are the
    call's, without whose cursors the links are made. An empty page has no ``paging``.
    """
    body: dict[str, Any] = {"data": [{"messaging_product": "whatsapp", "wa_id": each} for each in wa_ids]}
    if not wa_ids:
        return body
    before, after = Cursor(start, version), Cursor(start + len(wa_ids) - 1, version)
    paging: dict[str, Any] = {"cursors": {"before": str(before), "after": str(after)}}
    kept = {key: value for key, value in query.items() if key not in ("after", "before")}
    if start > 0:
        paging["previous"] = f"{url}?{urlencode({**kept, 'before': str(before)})}"
    if start + len(wa_ids) < total:
        paging["next"] = f"{url}?{urlencode({**kept, 'after': str(after)})}"
    return body | {"paging": paging}
