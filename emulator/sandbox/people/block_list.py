"""The block list of a business number: people whose messages it does not receive (D/block-users)."""

from __future__ import annotations

from collections.abc import Iterable

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import PlatformError, message_error
from emulator.domain.people import block_list
from emulator.domain.people.block_list import BlockProblem
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.phones import aliases, digits_of
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.wire.block_list import BlockResult
from emulator.wire.requests.block_list import NamedUser


@dataclass(frozen=True, slots=True)
class BlockListPage:
    """Some of the people on a number's block list, and how many the whole list has (``total``)."""

    wa_ids: list[str]
    total: int


class BlockList:
    """Puts people on the block list of a business number and takes them off it (D/block-users).

    People are named by number or user id, as calls of ``block_users`` name them. Methods are called inside
    the caller's transaction.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def block(self, number: BusinessNumber, named: Iterable[NamedUser]) -> tuple[BlockResult, ...]:
        """Block people for a number.

        Returns one result a person, in order, with the problem of those that failed. They must be on
        WhatsApp, and have written in the last 24 hours. Each change makes a new version of the list and a
        line in the journal. Raises 130429 for more than a thousand.
        """
        return tuple(self._block(number, each) for each in _few(named))

    def unblock(self, number: BusinessNumber, named: Iterable[NamedUser]) -> tuple[BlockResult, ...]:
        """Unblock people for a number.

        Returns one result a person, in order, with the problem of those that failed. Who was not blocked
        counts as unblocked. Raises 130429 for more than a thousand.
        """
        return tuple(self._unblock(number, each) for each in _few(named))

    def page(self, number: BusinessNumber, start: int, limit: int) -> BlockListPage:
        """Read a page of a number's list, the person blocked the longest first.

        It begins at place ``start`` (from 0), has at most ``limit`` people, and says how many the whole list
        has.
        """
        relationships = self._store.relationships
        return BlockListPage(
            relationships.blocked_by(number.id, start, limit), relationships.count_blocked_by(number.id)
        )

    def version(self, number: BusinessNumber) -> int:
        """The version of a number's list: 0 before its first change, and a greater one after each."""
        return self._store.relationships.version(number.id)

    def _block(self, number: BusinessNumber, named: NamedUser) -> BlockResult:
        found = self._find(number, named)
        if isinstance(found, BlockProblem):
            return BlockResult(named.text, None, found)
        now, relationship = self._core.clock.now(), self._relationship(number, found)
        if relationship.blocked_person_at is None:
            window = self._store.windows.get(number.id, found.wa_id)
            listed = self._store.relationships.count_blocked_by(number.id)
            problem = block_list.why_not_blocked(window, listed, now)
            if problem is not None:
                return BlockResult(named.text, found.wa_id, problem)
            self._store.relationships.put(relationship.changed(blocked_person_at=now))
            self._changed(number, found, "blocked")
        return BlockResult(named.text, found.wa_id)

    def _unblock(self, number: BusinessNumber, named: NamedUser) -> BlockResult:
        found = self._find(number, named)
        if isinstance(found, BlockProblem):
            return BlockResult(named.text, None, found)
        relationship = self._relationship(number, found)
        if relationship.blocked_person_at is not None:
            self._store.relationships.put(relationship.changed(blocked_person_at=None))
            self._changed(number, found, "unblocked")
        return BlockResult(named.text, found.wa_id)

    def _find(self, number: BusinessNumber, named: NamedUser) -> Person | BlockProblem:
        if named.is_user_id:
            person = self._store.people.by_user_id(named.text)
        else:
            try:
                digits = digits_of(named.text)
            except PlatformError:
                return block_list.NOT_ENGAGED
            if digits == number.digits:
                return block_list.ONESELF
            person = self._store.people.find(aliases(digits))
        return person if person is not None and person.on_whatsapp else block_list.NOT_ENGAGED

    def _relationship(self, number: BusinessNumber, person: Person) -> Relationship:
        known = self._store.relationships.get(number.id, person.wa_id)
        return known or Relationship(number.id, person.wa_id)

    def _changed(self, number: BusinessNumber, person: Person, what: str) -> None:
        self._store.relationships.mark_changed(number.id, self._core.clock.now())
        self._core.note(
            "person",
            person.wa_id,
            f"{number.verified_name} {what} {person.name}",
            wa_id=person.wa_id,
            cause=person.wa_id,
        )


def _few(named: Iterable[NamedUser]) -> tuple[NamedUser, ...]:
    every = tuple(named)
    if len(every) > block_list.AT_ONCE:
        raise message_error(
            130429,
            rule="block_users",
            hint=f"A call may name {block_list.AT_ONCE} people, this one names {len(every)}.",
            facts={"named": len(every)},
        )
    return every
