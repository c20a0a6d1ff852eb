"""Counts over a sliding window, and the limits that are kept with them.

A limit is declared as a row of :mod:`emulator.sandbox.limits.table` and used by its :class:`SlidingLimit`::

    limit = SlidingLimit(core, REGISTRATIONS)
    limit.check(number.id, at=now)    # raises 133016 when there is none left and the policy holds
    limit.hit(number.id, at=now)      # counts one
    limit.left(number.id, at=now)     # how many more there are
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from emulator.domain.errors import PlatformError
from emulator.domain.limits.policies import Policy
from emulator.domain.limits.status import LimitStatus, limit_status
from emulator.domain.values import dataclass
from emulator.sandbox.core import Core
from emulator.sandbox.limits import policies
from emulator.sandbox.limits.query import LimitQuery
from emulator.sandbox.store import Store


class SlidingWindow:
    """Counts different keys of a subject in the time that ends now, such as people in 24 hours.

    A subject is one or several ids, as ``used(app_id, waba_id, at=now)``. Every method costs the same however
    much is counted. Time must go forward: what has left the window is forgotten when somebody asks.
    """

    def __init__(self, store: Store, counter: str, within: timedelta) -> None:
        """Count under the name ``counter`` in the store, each key for the time ``within``."""
        self._store, self._table = store, store.sliding_windows
        self._counter, self._within = counter, within

    def hit(self, *subject: str, at: datetime, key: str | None = None) -> None:
        """Count one key of a subject from ``at`` on, for the window's whole time.

        A ``key`` that is counted already is not counted twice, but from now on for its whole time. Without a
        key every hit counts.
        """
        name = self._name(subject)
        self._table.add(name, str(self._store.facts.count(name)) if key is None else key, at)

    def used(self, *subject: str, at: datetime) -> int:
        """Count the keys of a subject at an instant; one that is exactly ``within`` old counts no more.

        Those that count no more are removed from the store.
        """
        return self._table.size(self._name(subject), at - self._within)

    def has(self, *subject: str, at: datetime, key: str) -> bool:
        """Say whether ``key`` of a subject counts at an instant already: one more hit would add nothing."""
        return self._table.has(self._name(subject), key, at - self._within)

    def frees_up_at(self, *subject: str, at: datetime) -> datetime | None:
        """Find when the oldest key of a subject that counts ``at`` an instant will count no more.

        ``None`` when nothing counts.
        """
        oldest = self._table.oldest(self._name(subject), at - self._within)
        return oldest and oldest + self._within

    def clear(self, *subject: str) -> None:
        """Forget every key of a subject, so that its count begins at none again."""
        self._table.forget(self._name(subject))

    def _name(self, subject: tuple[str, ...]) -> str:
        return ":".join((self._counter, *subject))


@dataclass(frozen=True, slots=True)
class LimitDefinition:
    """One limit over a sliding window: a row of :mod:`emulator.sandbox.limits.table`."""

    name: str
    """Its policy in the setting ``limits``, and its name in reports."""
    scope: str
    """Whose limit it is, as reports show it: ``number``, ``portfolio`` or ``WABA``."""
    counter: str
    """The name it is counted under in the store, before the ids of the subject.

    It stays, or kept files lose their counts.
    """
    within: timedelta
    """How long each hit counts, from its instant on."""
    usual: Callable[..., int | None]
    """How many there may be where no policy says another number: called with the store and the ids of a
    subject; ``None`` for any number."""
    subjects: Callable[[Store, LimitQuery], Iterable[tuple[str, ...]]]
    """Finds the subjects whose limits are reported for a question: called with the store and the question."""
    refusal: Callable[..., PlatformError] | None = None
    """The refusal of one too many: called with the ids of a subject, ``most`` and ``used``; ``None`` for a
    limit that a rule of a send checks."""
    unlimited_when_off: bool = False
    """Whether reports show no limit while its policy is ``off``.

    Otherwise they show the number all the same.
    """


class SlidingLimit(SlidingWindow):
    """A limit over a sliding window, made of its row, under the policy that the sandbox has for it.

    It counts whether or not it is enforced, so that reports are right and a policy can be switched on at any
    time.
    """

    def __init__(self, core: Core, definition: LimitDefinition) -> None:
        super().__init__(core.store, definition.counter, definition.within)
        self._core, self._definition = core, definition

    @property
    def holds(self) -> bool:
        """Whether the limit is enforced now, by its policy and whether the clock runs."""
        return policies.holds(self._core, self._definition.name)

    def most(self, *subject: str) -> int | None:
        """Say how many a subject may have: by the policy's number, else the usual of the row.

        ``None`` for any number, as for an unlimited tier. A policy of ``off`` changes nothing here:
        :attr:`holds` does.
        """
        return self._policy.limit(self._definition.usual(self._store, *subject))

    def left(self, *subject: str, at: datetime) -> int | None:
        """Say how many more a subject may have at an instant, at least 0; ``None`` for any number.

        It says the same while the limit is not enforced: :meth:`test` says whether one more may come.
        """
        most = self.most(*subject)
        return None if most is None else max(0, most - self.used(*subject, at=at))

    def test(self, *subject: str, at: datetime) -> bool:
        """Say whether a subject may have one more at an instant.

        There is one left, or the limit is not enforced now. It counts nothing; :meth:`hit` does, once it has
        happened.
        """
        return not self.holds or self.left(*subject, at=at) != 0

    def check(self, *subject: str, at: datetime) -> None:
        """Raise the refusal of the limit's row when a subject may have no more at an instant; counts nothing.

        The refusal is called with the ids of the subject, ``most`` and ``used``.
        """
        if not self.test(*subject, at=at):
            assert self._definition.refusal is not None
            most, used = self.most(*subject), self.used(*subject, at=at)
            raise self._definition.refusal(*subject, most=most, used=used)

    def statuses(self, query: LimitQuery) -> Iterator[LimitStatus]:
        """Report how the limit stands for each subject that the question is about.

        Used, left, and free again when.
        """
        row, policy = self._definition, self._policy
        for subject in row.subjects(self._store, query):
            yield limit_status(
                row.name,
                row.scope,
                subject[-1],
                policy,
                None if policy.is_off and row.unlimited_when_off else self.most(*subject),
                self.used(*subject, at=query.at),
                self.frees_up_at(*subject, at=query.at),
            )

    @property
    def _policy(self) -> Policy:
        return policies.policy(self._core, self._definition.name)
