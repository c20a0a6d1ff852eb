"""Accounts whose utility templates are marketing: warned, capped, restricted, and freed again."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.templates.lifecycle import utility_abuse
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.events import Sent
from emulator.sandbox.limits.sliding import SlidingWindow
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.transitions import CannotDecide, Transitions
from emulator.sandbox.webhooks.publisher import Publisher
from emulator.wire.webhooks import templates as payloads
from emulator.wire.webhooks.envelope import ACCOUNT

_APPROVED = (Status.APPROVED, Status.PAUSED)


def utility_left(core: Core, waba_id: str, at: datetime) -> int | None:
    """How many utility messages an account may still send today; ``None`` while they are not capped."""
    if not core.store.utility_abuse.get(waba_id).is_limited(at):
        return None
    return core.settings.utility_cap - _sent_while_capped(core).used(waba_id, at=at)


def _sent_while_capped(core: Core) -> SlidingWindow:
    """The utility messages of a WABA that count towards its cap, by their ids."""
    return SlidingWindow(core.store, "utility", utility_abuse.CAP_WINDOW)


class CategoryAbuse:
    """Take the steps of :mod:`emulator.domain.templates.lifecycle.utility_abuse`, by hand or by counting."""

    def __init__(self, core: Core, changing: Transitions, outbox: Publisher) -> None:
        self._core, self._store, self._changing, self._outbox = core, core.store, changing, outbox
        self._sent = _sent_while_capped(core)
        self._found = SlidingWindow(core.store, "misuse", utility_abuse.STEP_WINDOW)
        core.handlers["misuse.end"] = self._end
        core.listen(Sent, self._count)

    def abuse(self, waba_id: str) -> UtilityAbuse:
        """How an account has behaved with its utility templates."""
        return self._store.utility_abuse.get(waba_id)

    def step(self, waba_id: str, step: str, at: datetime, *, portfolio: bool = False) -> UtilityAbuse:
        """Take one step with an account: ``warning``, ``rate_limit``, ``restriction`` or ``lift``.

        A restriction of the whole ``portfolio`` is one of all its accounts, for 30 days. Raises
        :class:`CannotDecide` for another word.
        """
        match step:
            case "warning":
                self._become(waba_id, self.abuse(waba_id).warned(at))
                self._tell(
                    waba_id, payloads.utility_abuse(utility_abuse.VIOLATION), "was warned of misuse", at
                )
            case "rate_limit":
                self._limit(waba_id, at)
            case "restriction" if portfolio:
                for waba in self._store.accounts.wabas():
                    self._restrict(waba.id, at, portfolio=True)
            case "restriction":
                self._restrict(waba_id, at)
            case "lift":
                self._lift(waba_id, self.abuse(waba_id).lifted(), at)
            case _:
                known = ", ".join((*utility_abuse.STEPS, utility_abuse.LIFT))
                raise CannotDecide(f"a step is one of {known}; got {step!r}")
        return self.abuse(waba_id)

    def find(self, template: Template, at: datetime) -> None:
        """A utility template turned out to be marketing; where that is counted, it may be one too many."""
        if self._core.settings.utility_abuse != "counted":
            return
        self._found.hit(template.waba_id, key=f"{template.id}:{at.isoformat()}", at=at)
        step = utility_abuse.step_after(self._found.used(template.waba_id, at=at))
        if step is not None:
            self.step(template.waba_id, step, at)

    def _limit(self, waba_id: str, at: datetime) -> None:
        limited = self.abuse(waba_id).limited(at)
        assert limited.limited_until is not None
        self._sent.clear(waba_id)
        self._become(waba_id, limited)
        self._core.plan(limited.limited_until, "misuse.end", waba_id)
        told = payloads.utility_abuse(utility_abuse.LIMITED, utility_abuse.CAPPED_TYPE, limited.limited_until)
        self._tell(waba_id, told, "may send few utility messages", at)

    def _restrict(self, waba_id: str, at: datetime, *, portfolio: bool = False) -> None:
        restricted = self.abuse(waba_id).restricted(at, portfolio=portfolio)
        assert restricted.restricted_until is not None
        self._become(waba_id, restricted)
        self._core.plan(restricted.restricted_until, "misuse.end", waba_id)
        told = payloads.utility_abuse(
            utility_abuse.VIOLATION, utility_abuse.RESTRICTED_TYPE, restricted.restricted_until
        )
        self._tell(waba_id, told, "may have no utility templates", at)
        for template in self._store.templates.of(waba_id):
            if template.category == "UTILITY" and template.status in _APPROVED:
                if template.correct_category is not None:
                    self._changing.cancel("template.recategorize", template)
                self._changing.recategorize(template, "MARKETING", at)

    def _end(self, work: DueWork) -> None:
        self._lift(work.subject, self.abuse(work.subject).without_expired(work.due), work.due)

    def _lift(self, waba_id: str, freed: UtilityAbuse, at: datetime) -> None:
        before = self.abuse(waba_id)
        self._become(waba_id, freed)
        if before.limited_until is not None and freed.limited_until is None:
            self._tell(
                waba_id,
                payloads.utility_abuse(utility_abuse.LIMIT_LIFTED),
                "may send utility messages again",
                at,
            )
        if before.restricted_until is not None and freed.restricted_until is None:
            self._tell(
                waba_id,
                payloads.utility_abuse(utility_abuse.RESTRICTION_LIFTED),
                "may have utility templates again",
                at,
            )

    def _become(self, waba_id: str, abuse: UtilityAbuse) -> None:
        if abuse != self.abuse(waba_id):
            self._store.utility_abuse.put(waba_id, abuse)

    def _tell(self, waba_id: str, value: dict[str, object], what: str, at: datetime) -> None:
        self._core.note("account", waba_id, f"the account {waba_id} {what}", at=at, cause=waba_id)
        self._outbox.publish(ACCOUNT, waba_id, lambda _: value, at, cause=waba_id)

    def _count(self, event: Sent) -> None:
        waba_id = event.number.waba_id
        if event.message.category == "UTILITY" and self.abuse(waba_id).is_limited(event.at):
            self._sent.hit(waba_id, key=event.message.id, at=event.at)
