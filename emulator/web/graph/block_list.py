"""``/{phone_number_id}/block_users``: the people whose messages a number does not receive (D/block-users)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from emulator.domain.accounts.apps import MESSAGING
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.graph.versions import major
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import block_list, fields
from emulator.wire.requests import block_list as requests


@endpoint(BusinessNumber, "block_users", "POST", scope=MESSAGING)
def block(call: Call) -> Answer:
    """Block people for a number (``POST /{phone_number_id}/block_users``); they wrote in the last 24 hours.

    Answers who was added; where some could not be, the answer also has error 139100 and the reason for each.
    Raises 130429 for more than a thousand people.
    """
    assert isinstance(call.node, BusinessNumber)
    every = call.sandbox.block_list.block(call.node, requests.read(call.parameters))
    return _answer(call.node, "added_users", "block", every)


@endpoint(BusinessNumber, "block_users", "DELETE", scope=MESSAGING)
def unblock(call: Call) -> Answer:
    """Unblock people for a number (``DELETE /{phone_number_id}/block_users``).

    Answers who was removed; who was not blocked counts as removed. Where some are nobody, the answer also has
    error 139100 and the reason for each.
    """
    assert isinstance(call.node, BusinessNumber)
    every = call.sandbox.block_list.unblock(call.node, requests.read(call.parameters))
    return _answer(call.node, "removed_users", "unblock", every)


@endpoint(BusinessNumber, "block_users", "GET", scope=MESSAGING)
def listing(call: Call) -> Answer:
    """Answer ``GET /{phone_number_id}/block_users`` with a page of the people the number has blocked.

    Cursors hold for one state of the list: one from before a change is refused.
    """
    assert isinstance(call.node, BusinessNumber)
    service, query = call.sandbox.block_list, call.query
    version, limit, start = service.version(call.node), fields.limit_of(query), 0
    if query.get("after"):
        start = block_list.read_cursor(query["after"], version, major(call.version)).offset + 1
    elif query.get("before"):
        end = block_list.read_cursor(query["before"], version, major(call.version)).offset
        start = max(0, end - limit)
        limit = end - start
    page = service.page(call.node, start, limit)
    return Answer(block_list.listing(page.wa_ids, start, page.total, version, call.url, query), call.node.id)


def _answer(number: BusinessNumber, done: str, what: str, every: Iterable[block_list.BlockResult]) -> Answer:
    every = tuple(every)
    body: dict[str, Any] = block_list.outcomes(done, every)
    problems = [each.problem for each in every if each.problem is not None]
    if not problems:
        return Answer(body, number.id)
    refusal = message_error(
        139100,
        f"Failed to {what} some users, see the block_users response list for details",
        rule="block_users",
        hint="; ".join(dict.fromkeys(f"{each.code} {each.details}" for each in problems)),
        facts={"failed": len(problems), "done": len(every) - len(problems)},
    )
    return Answer(body, number.id, refusal=refusal)
