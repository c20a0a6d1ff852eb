"""Registration of numbers for the Cloud API, its end, and the PIN of two-step verification.

Sources: D/business-phone-numbers/registration and /two-step-verification (2026).
"""

from __future__ import annotations

from emulator.domain.accounts.numbers import CONNECTED, BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.events.numbers import PinChanged
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingLimit
from emulator.sandbox.limits.table import REGISTRATIONS


class Registration:
    """Registers numbers for the Cloud API. Every attempt counts for 72 hours, also one with a wrong PIN.

    Its methods make their own transactions: the attempt stays counted when what follows is refused.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store
        self._registrations = SlidingLimit(core, REGISTRATIONS)

    def register(self, number: BusinessNumber, pin: str) -> None:
        """Register a number; the first PIN becomes its own, and later ones have to be the same.

        Its status is ``CONNECTED`` then. Raises 133016 after ten attempts in 72 hours, and 133005 for a PIN
        that is not the number's.
        """
        self._attempt(number)
        with self._core.command():
            number = lookup.number_by_id(self._store.accounts, number.id)
            if number.pin not in (None, pin):
                raise message_error(
                    133005, rule="registration", hint=f"The number {number.id} has another PIN."
                )
            self._store.accounts.change_number(number.id, registered=True, status=CONNECTED, pin=pin)
            self._core.note("account", number.id, "registered")

    def deregister(self, number: BusinessNumber) -> None:
        """End the registration of a number: nothing can be sent until the next one.

        Raises 133010 for a number that is not registered, which is no attempt, and 133016 after ten attempts
        in 72 hours.
        """
        if not number.registered:
            raise message_error(133010, rule="registration", hint="The number is not registered.")
        self._attempt(number)
        with self._core.command():
            self._store.accounts.change_number(number.id, registered=False)
            self._core.note("account", number.id, "deregistered")

    def set_pin(self, number: BusinessNumber, pin: str) -> None:
        """Give a number another PIN, whatever the old one; it is reported by ``security``."""
        with self._core.command():
            changed = self._store.accounts.change_number(number.id, pin=pin)
            self._core.happen(PinChanged(changed, at=self._core.clock.now()))

    def _attempt(self, number: BusinessNumber) -> None:
        """Count an attempt, whatever becomes of it; one too many is refused and does not count."""
        with self._core.command():
            now = self._core.clock.now()
            self._registrations.check(number.id, at=now)
            self._registrations.hit(number.id, at=now)
