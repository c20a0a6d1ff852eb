"""What an expectation may find: messages and refused calls that none before it has claimed, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from emulator.domain.expectations.findings import STATUSES, Finding, What
from emulator.domain.graph.api_calls import of_entry
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.sandbox.store import Store


class Candidates:
    """The messages and refused calls of a sandbox, and which of them expectations have claimed as what.

    One expectation after the other looks for what it wants, so a look costs what has not been claimed yet,
    and of that no more than is taken from the iterator: what stands at the beginning and is claimed is passed
    over for good, and the journal is read once. Whoever looks holds the lock of the store meanwhile, and
    changes nothing that a message holds.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._claimed: dict[What, set[str]] = {what: set() for what in What}
        self._by_any: set[str] = set()
        self.claims = 0
        """Grows whenever something is claimed or no longer claimed."""
        self._passed: dict[What | None, int] = {}
        """Up to which number each message that was sent is claimed: as that, or by any expectation."""
        self._refused: list[int] = []
        """The numbers of entries of the journal that tell of refused calls, up to the one it was read to."""
        self._read_to = 0

    def claim(self, what: What, found: Iterable[Finding]) -> None:
        """Have what was found pass for claimed from now on."""
        self.claims += 1
        keys = {each.key for each in found}
        self._claimed[what] |= keys
        self._by_any |= keys

    def is_claimed(self, what: What, key: str) -> bool:
        """Say whether an expectation has found that this has happened to a message or a call."""
        return key in self._claimed[what]

    def forget(self) -> None:
        """Drop the claims of what is not there any more: the sandbox has become another."""
        self.claims += 1
        self._passed.clear()
        self._refused.clear()
        self._read_to = 0
        gone = {key for key in self._by_any if not self._is_there(key)}
        self._by_any -= gone
        for keys in self._claimed.values():
            keys -= gone

    def _is_there(self, key: str) -> bool:
        kind, _, number = key.partition(":")
        if kind != "call":
            return self._store.messages.get(key) is not None
        return next(self._entries([int(number)]), None) is not None

    def of(self, what: What, recipients: Collection[str] | None, after: str | None) -> Iterator[Finding]:
        """Go through that to which this has happened and which nobody has claimed as that.

        ``recipients``: messages of these people and groups alone; ``after``: what came after a message.
        """
        claimed = self._claimed[what]
        if what is What.REFUSED:
            yield from self._refused_calls(claimed, after)
            return
        begin = self._passed_over(what, claimed) if what is What.SENT else 0
        yield from self._messages(what, claimed, recipients, max(begin, self._number_of(after)))

    def left(self, recipients: Collection[str] | None) -> Iterator[Finding]:
        """Go through what was sent, whatever became of it, and refused calls, that nobody has claimed."""
        begin = self._passed_over(None, self._by_any)
        yield from self._messages(None, self._by_any, recipients, begin)
        yield from self._refused_calls(self._by_any, None)

    def all(self, whats: Collection[What], after: str | None = None) -> Iterator[Finding]:
        """Go through everything that may become one of these, claimed or not: messages, then calls."""
        if set(whats) != {What.REFUSED}:
            outbound = None if What.READ in whats else True
            for message in self._store.messages.each(outbound=outbound, after=self._number_of(after)):
                yield Finding(message)
        if What.REFUSED in whats:
            yield from self._refused_calls((), after)

    def _messages(
        self, what: What | None, claimed: Collection[str], recipients: Collection[str] | None, after: int
    ) -> Iterator[Finding]:
        """``what``: those to which that has happened; ``None``: all that the business sent."""
        for message in self._store.messages.each(
            wa_ids=recipients,
            outbound=None if what is What.READ else True,
            statuses=None if what is None else STATUSES[what],
            after=after,
            besides=claimed,
        ):
            yield Finding(message)

    def _number_of(self, message_id: str | None) -> int:
        return 0 if message_id is None else self._store.messages.number_of(message_id)

    def _passed_over(self, what: What | None, claimed: Collection[str]) -> int:
        """Pass over claimed messages at the beginning, and read up to which number that was.

        What has failed can never have been sent, and is passed over as well.
        """
        passed = self._passed.get(what, 0)
        for number, key, status in self._store.messages.sent_after(passed):
            if key not in claimed and (what is None or status != MessageStatus.FAILED):
                break
            passed = number
        self._passed[what] = passed
        return passed

    def _refused_calls(self, claimed: Collection[str], after: str | None) -> Iterator[Finding]:
        journal = self._store.journal
        self._refused += journal.refused_after(self._read_to)
        self._read_to = journal.last()
        since = 0 if after is None else journal.first_of(after)
        yield from self._entries(
            number for number in self._refused if number > since and f"call:{number}" not in claimed
        )

    def _entries(self, numbers: Iterable[int]) -> Iterator[Finding]:
        """Those of refused calls with these numbers that the journal still keeps."""
        for number in numbers:
            for entry in self._store.journal.select(kind="call", after=number - 1, limit=1):
                if entry.seq == number and "code" in entry.details:
                    yield Finding(of_entry(entry))
