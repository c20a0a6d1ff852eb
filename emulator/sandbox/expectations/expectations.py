"""Find what a test expects, wait for it, and remember which messages and calls were expected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice

from emulator.domain.expectations.conditions import Expectation
from emulator.domain.expectations.findings import Finding, Subject, What
from emulator.domain.expectations.nearest import nearest
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.core import Core
from emulator.sandbox.engine.scheduler import Scheduler
from emulator.sandbox.errors import NotMet
from emulator.sandbox.expectations.candidates import Candidates
from emulator.sandbox.expectations.report import Report
from emulator.sandbox.expectations.waiting import Changes
from emulator.sandbox.webhooks.outcomes import Outcomes


class Expectations:
    """Finds what a test expects of an app, and remembers what it has found.

    An expectation claims what it found: the next one looks further, and at the end it is known what nobody
    expected. A claim holds as long as the message or the call is there: a reset ends all.
    """

    def __init__(self, core: Core, scheduler: Scheduler, outcomes: Outcomes, changes: Changes) -> None:
        self._core, self._store = core, core.store
        self._scheduler, self._outcomes = scheduler, outcomes
        self._changes = changes
        self._candidates = Candidates(core.store)

    def expect(self, wanted: Expectation, within: float) -> list[Subject]:
        """Settle until what is expected has happened; returns it, and claims it.

        With ``times`` all of it, else the first. Where less has happened, others have some real seconds,
        ``within``, to bring it about. Raises :class:`NotMet` with the whole story when that did not do, or
        when it happened more often than expected.
        """
        found_of = self._looking(
            lambda: self._candidates.of(wanted.what, wanted.recipients, wanted.after),
            wanted.fits,
            most=1 if wanted.times is None else None,
        )
        self._wait(lambda: len(found_of()) >= max(1, wanted.wanted), within)
        with self._store.reading():
            found = found_of()
            if len(found) < wanted.wanted or (wanted.times is not None and len(found) > wanted.times):
                raise self._not_met(wanted, found)
            self._candidates.claim(wanted.what, found)
            return list(map(self._of_its_own, found))

    def expect_no_more(self, to: str | None, within: float) -> None:
        """Settle, and let some real seconds pass in which others may still send something.

        Raises :class:`NotMet` for a message that the app sent (to one person or group, ``to``), or a call of
        it that was refused, which no expectation has found.
        """
        wanted = Expectation(What.SENT, {} if to is None else {"to": to})
        left_of = self._looking(lambda: self._candidates.left(wanted.recipients), wanted.holds_for)
        self._wait(lambda: bool(left_of()), within)
        with self._store.reading():
            if left := left_of():
                raise self._too_many(to, left)

    def forget(self) -> None:
        """Drop the claims of what is not there any more: the sandbox has become another."""
        self._candidates.forget()

    def _wait(self, is_enough: Callable[[], bool], within: float) -> None:
        """Settle, and look again after every change that others make, until it is enough or time is up."""
        with self._changes.awaited(within) as waiter:
            while True:
                waiter.look()
                self._scheduler.settle()
                if is_enough():
                    self._scheduler.settle()  # it may have come after the last time
                    return
                if waiter.is_late:
                    return
                waiter.wait()
                self._core.closing.check()

    # what there is

    def _looking(
        self,
        candidates: Callable[[], Iterator[Finding]],
        fits: Callable[[Finding], bool],
        most: int | None = None,
    ) -> Callable[[], list[Finding]]:
        """Make a function that gives the candidates that fit, the first ones or all.

        It looks again only where something has been written or claimed since.
        """
        database = self._store.database
        seen: tuple[int, int, int] | None = None
        found: list[Finding] = []

        def look() -> list[Finding]:
            nonlocal seen, found
            with self._store.reading():
                now = database.stamp, database.changes, self._candidates.claims
                if seen != now:
                    found, seen = list(islice(filter(fits, candidates()), most)), now
            return found

        return look

    def _of_its_own(self, found: Finding) -> Subject:
        """What was found, for somebody who may change what it holds."""
        message = self._store.messages.read(found.key) if isinstance(found.subject, Message) else None
        return message or found.subject

    # what came instead

    def _not_met(self, wanted: Expectation, found: list[Finding]) -> NotMet:
        report = Report(self._store)
        report.say(f"expected {wanted.described(report.name_of)}; {_counted(found)}")
        for each in found:
            report.show(each.subject)
        if len(found) < wanted.wanted:
            counted = {each.key for each in found}
            whats = {wanted.what, What.SENT, What.REFUSED}
            later = None
            if wanted.after is not None:
                later = {each.key for each in self._candidates.all(whats, wanted.after)}
            others = (each for each in self._candidates.all(whats) if each.key not in counted)
            report.nearest(nearest(wanted, others, lambda each: self._why_not(wanted, each, later)))
        return self._told(report, found)

    def _why_not(self, wanted: Expectation, candidate: Finding, later: Collection[str] | None) -> str | None:
        """``later``: keys of what came after that message; ``None``: it may come at any time."""
        if self._candidates.is_claimed(wanted.what, candidate.key):
            return "an earlier expectation has found it"
        if later is None or candidate.key in later:
            return None
        return "it came before what it should come after"

    def _too_many(self, to: str | None, left: list[Finding]) -> NotMet:
        report = Report(self._store)
        whom = "" if to is None else f" to {report.name_of(to) or to}"
        report.say(f"expected nothing more{whom}; {_counted(left)}")
        for each in left:
            report.show(each.subject)
        return self._told(report, left)

    def _told(self, report: Report, came: Sequence[Finding]) -> NotMet:
        self._outcomes.write_down()
        report.untaken()
        report.refused(besides={each.key for each in came})
        return NotMet(report.summary, report.conversation, tuple(map(self._of_its_own, came)))


def _counted(found: Sequence[Finding]) -> str:
    return f"there {'is' if len(found) == 1 else 'are'} {len(found) or 'none'}"
