"""The former names of a sandbox's acts: each works for one more version, and warns."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.domain.faults.fault import Fault
    from emulator.sandbox.services import Services

RENAMED = {
    "account": "accounts.waba",
    "add_fault": "faults.add",
    "add_person": "people.add",
    "advance": "clock.advance",
    "advance_to_next": "clock.advance_to_next",
    "allow": "accounts.allow",
    "block": "people.block",
    "call": "people.call",
    "change_account": "accounts.change_waba",
    "change_number": "accounts.change_number",
    "change_person": "people.change",
    "change_portfolio": "accounts.change_portfolio",
    "charge_abroad": "pricing.charge_abroad",
    "click_ad": "people.click_ad",
    "connect": "webhooks.connect",
    "costs": "pricing.costs",
    "delete": "people.delete",
    "edit": "people.edit",
    "freeze": "clock.freeze",
    "lift": "accounts.lift",
    "locate": "pricing.locate",
    "make_group": "groups.make",
    "next_due": "clock.next_due",
    "person": "people.get",
    "portfolio": "accounts.portfolio",
    "rates": "pricing.rates",
    "react": "people.react",
    "read": "people.read",
    "recategorize": "templates.recategorize",
    "redeliver": "webhooks.redeliver",
    "remove_fault": "faults.remove",
    "report": "people.report",
    "restrict": "accounts.restrict",
    "resume_marketing": "people.resume_marketing",
    "review": "templates.review",
    "review_name": "accounts.review_name",
    "run": "clock.run",
    "say": "people.say",
    "set_limits": "limits.set",
    "set_rates": "pricing.set_rates",
    "show": "people.show",
    "standing": "people.relationship",
    "stop_marketing": "people.stop_marketing",
    "subscribe": "webhooks.subscribe",
    "suspend_group": "groups.suspend",
    "tap": "people.tap",
    "transcript": "messages.transcript",
    "travel_to": "clock.travel_to",
    "unblock": "people.unblock",
    "utility_abuse": "templates.utility_abuse",
    "write": "people.send",
}
"""Where each act of a :class:`~emulator.sandbox.sandbox.Sandbox` stands now, by the name it had."""


class Renamed:
    """Lets the former names of a sandbox's acts work, and warns with the present one.

    ``sandbox.say(…)`` is ``sandbox.people.say(…)`` now; the :class:`DeprecationWarning` says so. They go with
    the next version.
    """

    if not TYPE_CHECKING:  # a type checker knows the present names alone

        def __getattr__(self, name: str) -> Any:
            if name not in RENAMED:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            _warn(f"Sandbox.{name}", f"Sandbox.{RENAMED[name]}")
            return attrgetter(RENAMED[name])(self)


class FormerlyAnAct:
    """A namespace that was once a method: ``sandbox.people()`` is ``sandbox.people.all()`` now, and warns.

    It goes with the next version.
    """

    all: Callable[..., Any]

    if not TYPE_CHECKING:

        def __call__(self, *args: Any, **filters: Any) -> Any:
            name = type(self).__name__.removesuffix("Namespace").lower()
            _warn(f"Sandbox.{name}()", f"Sandbox.{name}.all()")
            return self.all(*args, **filters)


class FormerlySpoiling:
    """The acts that spoilt webhooks before faults of calls and webhooks had one vocabulary; each warns.

    ``sandbox.webhooks.spoil("late", by=…)`` is ``sandbox.faults.add(kind="late", by=…)`` now. They go with
    the next version.
    """

    _services: Services

    def spoil(self, kind: str, *, times: int = 1, by: timedelta | None = None) -> Fault:
        """Spoil the next webhooks; the ``times`` of a ``batch`` are how many webhooks it has."""
        from emulator.domain.faults.asking import new_fault
        from emulator.domain.faults.occasions import When

        _warn("Sandbox.webhooks.spoil()", "Sandbox.faults.add()")
        facts: dict[str, Any] = {"size": times} if kind == "batch" else {"times": times, "by": by}
        with self._services.core.command():
            return self._services.faults.add(new_fault(kind=kind, when=When.WEBHOOK, **facts))

    def faults(self) -> list[Fault]:
        """List the faults of webhooks."""
        from emulator.domain.faults.occasions import When

        _warn("Sandbox.webhooks.faults()", "Sandbox.faults.all('webhook')")
        with self._services.core.store.reading():
            return [each for each in self._services.core.store.faults.all() if each.when is When.WEBHOOK]


def _warn(former: str, present: str) -> None:
    warnings.warn(
        f"{former} is called {present} now; the former name goes with the next version",
        DeprecationWarning,
        stacklevel=3,
    )
