"""Find what a test expects, wait for it, and remember which messages and calls were expected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from emulator.domain.expectations.conditions import Expectation
from emulator.domain.expectations.findings import Finding, Subject, What, finding, key_of
from emulator.domain.expectations.nearest import nearest
from emulator.domain.graph import api_calls
from emulator.sandbox.core import Core
from emulator.sandbox.engine.scheduler import Scheduler
from emulator.sandbox.errors import NotMet
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
        self._claimed: set[tuple[What, str]] = set()

    def expect(self, wanted: Expectation, within: float) -> list[Subject]:
        """Settle until what is expected has happened; returns it, and claims it.

        With ``times`` all of it, else the first. Where less has happened, others have some real seconds,
        ``within``, to bring it about. Raises :class:`NotMet` with the whole story when that did not do, or
        when it happened more often than expected.
        """

        def look() -> list[Finding] | None:
            found = self._found(wanted)
            return found if len(found) >= max(1, wanted.wanted) else None

        self._wait(look, within)
        with self._store.reading():
            found = self._found(wanted)
            if len(found) < wanted.wanted or (wanted.times is not None and len(found) > wanted.times):
                raise self._not_met(wanted, found)
            if wanted.times is None:
                found = found[:1]
            self._claimed |= {(wanted.what, each.key) for each in found}
        return [each.subject for each in found]

    def expect_no_more(self, to: str | None, within: float) -> None:
        """Settle, and let some real seconds pass in which others may still send something.

        Raises :class:`NotMet` for a message that the app sent (to one person or group, ``to``), or a call of
        it that was refused, which no expectation has found.
        """
        left = self._wait(lambda: self._left(to) or None, within)
        if left:
            raise self._too_many(to, left)

    def forget(self) -> None:
        """Drop the claims of what is not there any more: the sandbox has become another."""
        self._claimed = {claim for claim in self._claimed if self._is_there(claim[1])}

    def _is_there(self, key: str) -> bool:
        kind, _, number = key.partition(":")
        if kind != "call":
            return self._store.messages.get(key) is not None
        entries = self._store.journal.select(kind="call", after=int(number) - 1, limit=1)
        return any(entry.seq == int(number) and "code" in entry.details for entry in entries)

    def _wait(self, look: Callable[[], list[Finding] | None], within: float) -> list[Finding] | None:
        """Look again after every change that others make, until there is something or time is up."""
        with self._changes.awaited(within) as waiter:
            while True:
                waiter.look()
                self._scheduler.settle()
                found = look()
                if found is not None:
                    self._scheduler.settle()  # it may have come after the last time
                    return look()
                if waiter.is_late:
                    return None
                waiter.wait()
                self._core.closing.check()

    # what there is

    def _found(self, wanted: Expectation) -> list[Finding]:
        """Everything that is expected and not claimed yet, in the order it came to be."""
        return [
            each
            for each in self._candidates({wanted.what}, wanted.after, wanted.recipients)
            if (wanted.what, each.key) not in self._claimed and wanted.fits(each)
        ]

    def _left(self, to: str | None) -> list[Finding]:
        """What the app sent, and its calls that were refused, which nobody has expected."""
        claimed = {key for _, key in self._claimed}
        wanted = Expectation(What.SENT, {} if to is None else {"to": to})
        return [
            each
            for each in self._candidates({What.SENT, What.REFUSED}, of=wanted.recipients)
            if each.key not in claimed and not wanted.differing(each)
        ]

    def _candidates(
        self, whats: Collection[What], after: str | None = None, of: Collection[str] | None = None
    ) -> list[Finding]:
        """Messages and refused calls that may be expected as one of these, after a message.

        ``of``: the messages of these people and groups alone.
        """
        with self._store.reading():
            subjects: list[Subject] = []
            if set(whats) != {What.REFUSED}:
                outbound = None if What.READ in whats else True
                subjects += self._store.messages.select(wa_ids=of, outbound=outbound, after=after)
            if What.REFUSED in whats:
                since = 0 if after is None else self._store.journal.first_of(after)
                subjects += [
                    call
                    for entry in self._store.journal.select(kind="call", after=since)
                    if "code" in entry.details
                    for call in (api_calls.of_entry(entry),)
                ]
        return [finding(subject) for subject in subjects]

    # what came instead

    def _not_met(self, wanted: Expectation, found: list[Finding]) -> NotMet:
        report = Report(self._store)
        report.say(f"expected {wanted.described(report.name_of)}; {_counted(found)}")
        for each in found:
            report.show(each.subject)
        if len(found) < wanted.wanted:
            counted = {each.key for each in found}
            others = [
                each
                for each in self._candidates({wanted.what, What.SENT, What.REFUSED})
                if each.key not in counted
            ]
            report.nearest(nearest(wanted, others, lambda each: self._why_not(wanted, each)))
        return self._told(report, [each.subject for each in found])

    def _why_not(self, wanted: Expectation, candidate: Finding) -> str | None:
        if (wanted.what, candidate.key) in self._claimed:
            return "an earlier expectation has found it"
        if wanted.after is None:
            return None
        later = {each.key for each in self._candidates({wanted.what, What.SENT, What.REFUSED}, wanted.after)}
        return None if candidate.key in later else "it came before what it should come after"

    def _too_many(self, to: str | None, left: list[Finding]) -> NotMet:
        report = Report(self._store)
        whom = "" if to is None else f" to {report.name_of(to) or to}"
        report.say(f"expected nothing more{whom}; {_counted(left)}")
        for each in left:
            report.show(each.subject)
        return self._told(report, [each.subject for each in left])

    def _told(self, report: Report, came: list[Subject]) -> NotMet:
        self._outcomes.write_down()
        report.untaken()
        report.refused(besides={key_of(subject) for subject in came})
        return NotMet(report.summary, report.conversation, tuple(came))


def _counted(found: Sequence[Finding]) -> str:
    return f"there {'is' if len(found) == 1 else 'are'} {len(found) or 'none'}"
