"""``sandbox.people``: who is in a sandbox, what they are like, and what they do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from emulator.sandbox.namespaces.people.acts import ActsOfPeople
from emulator.sandbox.namespaces.people.relationships import Relationships
from emulator.sandbox.namespaces.people.windows import Windows
from emulator.sandbox.namespaces.renamed import FormerlyAnAct

if TYPE_CHECKING:
    from emulator.domain.messages.chats import Chat
    from emulator.domain.people.person import Person
    from emulator.sandbox.messages.received.habitual_answers import AnswerFunction


class PeopleNamespace(FormerlyAnAct, ActsOfPeople, Relationships, Windows):
    """The simulated WhatsApp users of a sandbox: who they are, and everything they do.

    ``number`` is the phone number of a person, in any way of writing it; ``to`` is the id or the digits of a
    business phone number, by default the first. Every act raises :class:`LookupError` for a number that
    nobody has, and :class:`~emulator.sandbox.errors.CannotDo` (a :class:`ValueError`) for what the person's
    phone would not let them do. Each is one transaction at the present time; the webhooks it causes go out
    when the sandbox settles.
    """

    def all(self, *, after: str | None = None, limit: int = -1, search: str = "") -> list[Person]:
        """List everybody in the sandbox, in the order they were added: the people of the seed first.

        ``after``: only those who were added after the person with this number; ``limit`` keeps the first of
        them, -1 all. ``search``: words that all stand in the name, A to Z in any case, or digits of the
        number. Raises :class:`LookupError` for an ``after`` that nobody has.
        """
        digits = "".join(filter(str.isdigit, search)) if not any(map(str.isalpha, search)) else ""
        with self._store.reading():
            last = None if after is None else self._services.people.get(after).wa_id
            return self._store.people.all(after=last, limit=limit, words=search.split(), digits=digits)

    def chats(self, *, after: str | None = None, limit: int = -1, search: str = "") -> list[Chat]:
        """List people as :meth:`all` does, each with how their conversation with the business stands now.

        That is their window, who has blocked whom and whether marketing is stopped, how much they have not
        read, and the last message.
        """
        from emulator.sandbox.messages.chats import chats_of

        with self._store.reading():
            now, people = self._core.clock.now(), self.all(after=after, limit=limit, search=search)
            return list(chats_of(self._store, people, now))

    def get(self, number: str) -> Person:
        """Find the person with a phone number, in any way of writing it, as they are now.

        Raises :class:`LookupError` for a number that nobody has, naming some that there are.
        """
        with self._store.reading():
            return self._services.people.get(number)

    def add(self, name: str | None = None, number: str | None = None, **facts: Any) -> Person:
        """Add a person; a name and a number that are left out are invented in their ``locale``, by the seed.

        ``facts`` are those of :class:`~emulator.domain.people.person.Person`, and ``habits`` a mapping by
        name; habits that are left out are the seed's. Raises :class:`ValueError` for a number that is taken
        and for a fact that cannot be.
        """
        with self._core.command():
            return self._services.people.add(name, number, **facts)

    def get_or_add(self, number: str, name: str) -> Person:
        """Find the person with a number, as :meth:`get` does; where nobody has it, add one of this ``name``.

        Raises :class:`ValueError` for a number that cannot be.
        """
        with self._core.command():
            return self._services.people.get_or_add(number, name)

    def crowd(self, count: int, **facts: Any) -> list[Person]:
        """Add a crowd of ``count`` people, up to 10,000, who receive and read at different times.

        Names and numbers are invented in their ``locale``, by the seed, and habits are drawn: most get a
        message within seconds and read it within the hour, some later, some never. ``facts`` hold for all of
        them; single ``habits`` by name do, too, and are not drawn then. Returns them. Raises
        :class:`ValueError` for another count and for a fact that cannot be.
        """
        with self._core.command():
            return self._services.people.crowd(count, **facts)

    def change(self, number: str, **facts: Any) -> Person:
        """Change some facts of a person, or some of their ``habits`` by name.

        Returns the person as they are now. It holds for what happens from now on; deliveries that are planned
        already keep their instants. Raises :class:`ValueError` for an unknown fact or a value that cannot be.
        """
        with self._core.command():
            return self._services.people.change(self._services.people.get(number), **facts)

    def change_number(self, number: str, new: str) -> Person:
        """Have a person change from one phone number to a ``new`` one; returns them as they are then.

        The business numbers they have written to and not blocked hear of it by a ``system`` message from the
        old number, without contacts, and by ``user_id_update``. Nobody has the old number any more: what is
        sent there fails with 131026. Raises :class:`CannotDo` for somebody who is not on WhatsApp, and for a
        number that is taken.
        """
        with self._core.command():
            person = self._services.people.get(number)
            changed = self._services.number_changes.change(person, new)
            self._services.habitual_answers.rename(person.wa_id, changed.wa_id)
            return changed

    def go_offline(self, number: str, until: datetime | None = None) -> Person:
        """Have a person's phone be off, until an instant, or without one until they :meth:`come_online`.

        Nothing is delivered, read or answered meanwhile; at that instant everything arrives at once. The
        platform keeps messages for 30 days. What a person is asked to do by an act happens all the same.
        Returns the person. Raises :class:`CannotDo` for an instant that is not to come.
        """
        with self._core.command():
            return self._services.absences.switch_off(self._services.people.get(number), until)

    def come_online(self, number: str) -> Person:
        """Have a person's phone be on again: what waits for it arrives when the sandbox settles.

        Returns the person; where it is on, nothing changes. Raises :class:`CannotDo` for a phone that is off
        every day at this time.
        """
        with self._core.command():
            return self._services.absences.switch_on(self._services.people.get(number))

    def answer_with(self, number: str, function: AnswerFunction | None, after: Any = None) -> None:
        """Have a function say what a person answers to each message that reaches them, in place of rules.

        It is given the message and returns a text, acts as the ``then`` of a rule has them, or ``None`` for
        no answer. It is called when the answer is due: ``after`` the delivery, a duration or a list of the
        least and the most (default: when they would read it). That is inside a transaction of the sandbox: it
        must not call the app or wait. What it raises, ``settle`` raises. ``None`` takes it away, as do a
        reset and a restore.
        """
        from emulator.domain.people.answers.answer import spread_from_json

        spread = None if after is None else spread_from_json(after)
        with self._core.command():
            self._services.habitual_answers.ask(self._services.people.get(number), function, spread)
