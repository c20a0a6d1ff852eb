"""Steps against WABAs whose utility templates are marketing: warn, cap, restrict, and free them again.

Source: D/templates/template-categorization of 2026-04-17.
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.events.accounts import UtilityAbuseChanged
from emulator.domain.events.messages import MessageSent
from emulator.domain.templates.lifecycle import utility_abuse
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse, UtilityAbuseChange
from emulator.domain.templates.template import Status, Template
from emulator.sandbox import lookup
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingWindow
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.transitions import CannotDecide, Transitions
from emulator.sandbox.timeline import DueKind

_APPROVED = (Status.APPROVED, Status.PAUSED)


def utility_left(core: Core, waba_id: str, at: datetime) -> int | None:
    """Say how many utility messages a WABA may still send at an instant; ``None`` while they are not capped.

    The cap is the setting ``utility_cap`` for 24 hours, sliding; the number may be 0 or less.
    """
    if not core.store.utility_abuse.get(waba_id).is_limited(at):
        return None
    return core.settings.utility_cap - _sent_while_capped(core).used(waba_id, at=at)


def _sent_while_capped(core: Core) -> SlidingWindow:
    """The utility messages of a WABA that count towards its cap, by their ids."""
    return SlidingWindow(core.store, "utility", utility_abuse.CAP_WINDOW)


class CategoryAbuse:
    """Takes steps against WABAs whose utility templates are marketing: warns, caps, restricts and frees them.

    By hand, or by counting where the setting ``utility_abuse`` says so; see
    :mod:`emulator.domain.templates.lifecycle.utility_abuse`. It carries out the due work ``misuse.end``.
    """

    def __init__(self, core: Core, transitions: Transitions) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions
        self._sent = _sent_while_capped(core)
        self._found = SlidingWindow(core.store, "misuse", utility_abuse.STEP_WINDOW)
        core.on_due(DueKind.UTILITY_ABUSE_END, self._end)
        core.listen(MessageSent, Listener.UTILITY_ABUSE, self._count)

    def abuse(self, waba_id: str) -> UtilityAbuse:
        """Find the enforcement of a WABA for utility template abuse, as it stands.

        Without any step where none was taken.
        """
        return self._store.utility_abuse.get(waba_id)

    def step(self, waba_id: str, step: str, at: datetime, *, portfolio: bool = False) -> UtilityAbuse:
        """Take one step against a WABA at an instant.

        ``warning``, ``rate_limit``, ``restriction`` or ``lift``. A cap lasts seven days; a restriction makes
        its utility templates marketing, for seven days, or for 30 the next time and for a whole
        ``portfolio``. Reported by ``account_update``. Returns the enforcement. Raises :class:`CannotDecide`
        for another word.
        """
        match step:
            case "warning":
                self._become(waba_id, self.abuse(waba_id).warned(at))
                self._say(waba_id, UtilityAbuseChange.WARNED, at)
            case "rate_limit":
                self._limit(waba_id, at)
            case "restriction" if portfolio:
                for waba in lookup.wabas_beside(self._store.accounts, waba_id):
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
        """Count that a utility template turned out to be marketing.

        Every fifth in 30 days is one step further. Only where the setting ``utility_abuse`` is ``counted``;
        otherwise it does nothing, and somebody takes the steps.
        """
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
        self._core.plan(limited.limited_until, DueKind.UTILITY_ABUSE_END, waba_id)
        self._say(waba_id, UtilityAbuseChange.CAPPED, at, limited.limited_until)

    def _restrict(self, waba_id: str, at: datetime, *, portfolio: bool = False) -> None:
        restricted = self.abuse(waba_id).restricted(at, portfolio=portfolio)
        assert restricted.restricted_until is not None
        self._become(waba_id, restricted)
        self._core.plan(restricted.restricted_until, DueKind.UTILITY_ABUSE_END, waba_id)
        self._say(waba_id, UtilityAbuseChange.RESTRICTED, at, restricted.restricted_until)
        for template in self._store.templates.of(waba_id):
            if template.category == "UTILITY" and template.status in _APPROVED:
                if template.correct_category is not None:
                    self._transitions.cancel(DueKind.TEMPLATE_RECATEGORIZE, template)
                self._transitions.recategorize(template, "MARKETING", at)

    def _end(self, work: DueWork) -> None:
        self._lift(work.subject, self.abuse(work.subject).without_expired(work.due), work.due)

    def _lift(self, waba_id: str, freed: UtilityAbuse, at: datetime) -> None:
        before = self.abuse(waba_id)
        self._become(waba_id, freed)
        if before.limited_until is not None and freed.limited_until is None:
            self._say(waba_id, UtilityAbuseChange.UNCAPPED, at)
        if before.restricted_until is not None and freed.restricted_until is None:
            self._say(waba_id, UtilityAbuseChange.UNRESTRICTED, at)

    def _become(self, waba_id: str, abuse: UtilityAbuse) -> None:
        if abuse != self.abuse(waba_id):
            self._store.utility_abuse.put(waba_id, abuse)

    def _say(
        self, waba_id: str, change: UtilityAbuseChange, at: datetime, until: datetime | None = None
    ) -> None:
        self._core.happen(UtilityAbuseChanged(waba_id, change, until, at=at))

    def _count(self, event: MessageSent) -> None:
        waba_id = event.number.waba_id
        if event.message.category == "UTILITY" and self.abuse(waba_id).is_limited(event.at):
            self._sent.hit(waba_id, key=event.message.id, at=event.at)
