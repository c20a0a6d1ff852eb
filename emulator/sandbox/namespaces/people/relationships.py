"""How people stand to business numbers: blocks, reports, and whether they want marketing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.sandbox.errors import CannotDo
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.numbers import BusinessNumber
    from emulator.domain.messages.lifecycle import Message
    from emulator.domain.people.person import Person
    from emulator.domain.people.relationship import Relationship


class Relationships(Namespace):
    """Blocks, reports and opt-outs, each towards the business number ``to``, by default the first."""

    def _both(self, number: str, to: str | None) -> tuple[Person, BusinessNumber]:
        return self._services.people.get(number), self._services.reception.number(to)

    def relationship(self, number: str, *, to: str | None = None) -> Relationship:
        """Find who of a person and a business number has blocked the other, and whether marketing is stopped.

        Each is the instant since when, or ``None``; where nothing ever happened between the two, all are.
        ``typing_until`` is until when the person sees that the business types: 25 seconds, or until its next
        message to them.
        """
        with self._store.reading():
            return self._services.blocks_and_reports.relationship(*self._both(number, to))

    def relationships(self, number: str) -> list[Relationship]:
        """List how a person stands to each business number, as :meth:`relationship` does, the first first."""
        with self._store.reading():
            person = self._services.people.get(number)
            return [
                self._services.blocks_and_reports.relationship(person, business)
                for business in self._store.accounts.numbers()
            ]

    def block(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person block a business number: what it sends, and what is on its way, reaches them no more.

        Such a message stays ``sent``, or fails with 131026 by the setting ``when_blocked``. The block counts
        against the quality of the number, and of the template they got last within seven days. No webhook is
        sent; the journal notes it. Returns the relationship; blocking twice changes nothing.
        """
        with self._core.command():
            return self._services.blocks_and_reports.block(*self._both(number, to))

    def unblock(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person take a block back: they receive what is sent from now on.

        What was sent meanwhile stays lost, and the block still counts for the quality. Returns the
        relationship; without a block nothing changes.
        """
        with self._core.command():
            return self._services.blocks_and_reports.unblock(*self._both(number, to))

    def report(
        self,
        number: str,
        *,
        to: str | None = None,
        message_id: str | None = None,
        template: str | None = None,
    ) -> Message | None:
        """Have a person report a message, the newest message of a ``template``, or else just a number.

        It counts against the quality of the business number, and of the template the message is made of; no
        webhook is sent. Returns the message, if one is named. Raises :class:`CannotDo` for a message that has
        not reached them, and when a message and a template are named.
        """
        with self._core.command():
            person = self._services.people.get(number)
            if template is not None:
                if message_id is not None:
                    raise CannotDo("a report names a message or a template, not both")
                message_id = self._services.blocks_and_reports.newest_of(person, template).id
            known = self._store.messages.get(message_id) if message_id is not None else None
            business = self._services.reception.number(known.phone_number_id if known else to)
            return self._services.blocks_and_reports.report(person, business, message_id)

    def stop_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person stop the marketing messages of a business number: from now on they fail with 131050.

        Reported by ``user_preferences``. Returns the relationship; stopping twice changes nothing.
        """
        with self._core.command():
            return self._services.blocks_and_reports.stop_marketing(*self._both(number, to))

    def resume_marketing(self, number: str, *, to: str | None = None) -> Relationship:
        """Have a person want the marketing messages of a business number again, after they stopped them.

        Reported by ``user_preferences``. Returns the relationship; where marketing was not stopped, nothing
        changes.
        """
        with self._core.command():
            return self._services.blocks_and_reports.stop_marketing(*self._both(number, to), stopped=False)
