"""Whether a business hears of what people do: not while its number or account cannot, nor of whom it blocked.

Sources: no events reach a number that is not registered (a report of May 2026); D/block-users;
D/policy-enforcement for accounts that are disabled.
"""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.restrictions import DISABLED
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo


class Hearing:
    """Finds out whether what a person does reaches the business; its methods read the present state."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def check_can_write(self, person: Person, number: BusinessNumber, group_id: str | None = None) -> None:
        """Refuse what the person's phone would not let them send to a number, or in a group.

        Raises :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp, and for who has
        blocked the number.
        """
        check_is_there(person)
        relationship = None if group_id else self._store.relationships.get(number.id, person.wa_id)
        if relationship is not None and relationship.blocked_number_at is not None:
            raise CannotDo(
                f"{person.name} has blocked {number.verified_name} and cannot write; unblock first"
            )

    def why_not(self, person: Person, number: BusinessNumber, group_id: str | None = None) -> str | None:
        """Say why the business hears nothing of what a person does; ``None`` when it does."""
        if not number.hears:
            return f"{number.digits} is {number.state}"
        waba = self._store.accounts.waba(number.waba_id)
        if waba is not None and waba.is_restricted(DISABLED, self._core.clock.now()):
            return f"the account {waba.name} is disabled"
        relationship = None if group_id else self._store.relationships.get(number.id, person.wa_id)
        if relationship is not None and relationship.blocked_person_at is not None:
            return f"{number.verified_name} has blocked them"
        return None

    def note(self, person: Person, subject: str, what: str, why: str) -> None:
        """Write down that somebody did something of which the business hears nothing, and why."""
        summary = f"{person.name} {what} and nobody hears of it: {why}"
        self._core.note("message", subject, summary, wa_id=person.wa_id, cause=subject)


def check_is_there(person: Person) -> None:
    """Raise :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp."""
    if not person.on_whatsapp:
        raise CannotDo(f"{person.name} is not on WhatsApp and cannot write")
