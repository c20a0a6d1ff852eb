"""Numbers come and go: registration, deregistration, and the PIN of two-step verification.

Sources: D/business-phone-numbers/registration and /two-step-verification (2026).
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.accounts.numbers import CONNECTED, BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.events.numbers import PinChanged
from emulator.domain.limits.registrations import REGISTRATIONS, REGISTRATIONS_WITHIN
from emulator.domain.limits.status import LimitStatus, limit_status
from emulator.sandbox.clock import Mode
from emulator.sandbox.core import Core
from emulator.sandbox.limits.status import LimitQuery

LIMIT = "registrations"


class Registration:
    """Registers numbers. Every attempt counts, also one with a wrong PIN."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store
        core.standings.append(self._standings)

    def register(self, number: BusinessNumber, pin: str) -> None:
        """Register a number for the Cloud API; the first PIN becomes its own.

        Raises 133016 after too many attempts, and 133005 for a PIN that is not the number's.
        """
        self._attempt(number)
        with self._core.command():
            if number.pin not in (None, pin):
                raise message_error(
                    133005, rule="registration", hint=f"The number {number.id} has another PIN."
                )
            registered = number.changed(registered=True, status=CONNECTED, pin=pin)
            self._store.accounts.put_number(registered)
            self._core.note("account", number.id, "registered")

    def deregister(self, number: BusinessNumber) -> None:
        """End a registration: nothing can be sent until the next one. Raises 133010 and 133016."""
        if not number.registered:
            raise message_error(133010, rule="registration", hint="The number is not registered.")
        self._attempt(number)
        with self._core.command():
            self._store.accounts.put_number(number.changed(registered=False))
            self._core.note("account", number.id, "deregistered")

    def set_pin(self, number: BusinessNumber, pin: str) -> None:
        """Give a number another PIN; it tells those who listen to ``security``."""
        with self._core.command():
            self._store.accounts.put_number(changed := number.changed(pin=pin))
            self._core.happen(PinChanged(changed, at=self._core.clock.now()))

    def _attempt(self, number: BusinessNumber) -> None:
        """Count an attempt, whatever becomes of it; one too many is refused and does not count."""
        policy = self._core.settings.limits.policy(LIMIT)
        with self._core.command():
            now, name = self._core.clock.now(), _of(number)
            most = policy.limit(REGISTRATIONS)
            used = self._store.sliding_windows.size(name, now - REGISTRATIONS_WITHIN)
            if used >= most and policy.holds(self._core.clock.mode is Mode.RUNNING):
                raise message_error(
                    133016,
                    rule="registration",
                    hint=f"{most} registrations and deregistrations in 72 hours; `GET …/limits` says when "
                    "there is one more.",
                    facts={"most": most, "used": used},
                )
            self._store.sliding_windows.add(name, str(self._store.facts.count(name)), now)

    def _standings(self, asked: LimitQuery) -> Iterator[LimitStatus]:
        policy = self._core.settings.limits.policy(LIMIT)
        for number in asked.numbers:
            name, since = _of(number), asked.at - REGISTRATIONS_WITHIN
            used, oldest = (
                self._store.sliding_windows.size(name, since),
                self._store.sliding_windows.oldest(name, since),
            )
            yield limit_status(
                LIMIT,
                "number",
                number.id,
                policy,
                policy.limit(REGISTRATIONS),
                used,
                oldest and oldest + REGISTRATIONS_WITHIN,
            )


def _of(number: BusinessNumber) -> str:
    return f"registrations:{number.id}"
