"""What can be done in a sandbox to its people, templates and luck: each act is one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emulator.domain.faults import Fault, plan
from emulator.domain.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people import Person
from emulator.domain.templates.template import Template
from emulator.sandbox.core import Core
from emulator.sandbox.filing import Filing
from emulator.sandbox.grouping import Grouping
from emulator.sandbox.peopling import Peopling
from emulator.sandbox.receiving import Receiving
from emulator.sandbox.reviewing import Reviewing
from emulator.sandbox.store import Store
from emulator.sandbox.store.blobs import Source


class Acts:
    """The acts of people, reviewers and bad luck: the half of the facade that moves no time."""

    core: Core
    store: Store
    peopling: Peopling
    receiving: Receiving
    reviewing: Reviewing
    filing: Filing
    grouping: Grouping

    # people

    def person(self, number: str) -> Person:
        with self.store.reading():
            return self.peopling.get(number)

    def people(self) -> list[Person]:
        with self.store.reading():
            return self.store.people.all()

    def add_person(self, name: str | None = None, number: str | None = None, **facts: Any) -> Person:
        with self.core.command():
            return self.peopling.add(name, number, **facts)

    def change_person(self, number: str, **facts: Any) -> Person:
        with self.core.command():
            return self.peopling.change(self.peopling.get(number), **facts)

    def make_group(self, subject: str, *people: str, to: str | None = None) -> Group:
        """Make a group of a business number (default: the first) and up to eight people, by their numbers."""
        with self.core.command():
            found = [self.peopling.get(number) for number in people]
            return self.grouping.make(self.receiving.number(to), subject, found)

    def groups(self) -> list[Group]:
        with self.store.reading():
            return self.store.groups.all()

    def suspend_group(self, group_id: str, suspended: bool = True) -> Group:
        """Suspend a group, or take that back. Raises :class:`LookupError`."""
        with self.core.command():
            group = self.store.groups.get(group_id)
            if group is None:
                raise LookupError(f"there is no group {group_id}")
            group = replace(group, suspended=suspended)
            self.store.groups.put(group)
            return group

    def say(
        self,
        number: str,
        text: str,
        *,
        to: str | None = None,
        reply_to: str | None = None,
        group: str | None = None,
    ) -> Message:
        """Have a person write a text to a business number, or in a group."""
        with self.core.command():
            person = self.peopling.get(number)
            return self.receiving.say(person, text, to=to, reply_to=reply_to, group=group)

    def write(self, number: str, kind: str, content: Any, **more: Any) -> Message:
        """Have a person send a place or contact cards, as they stand in a webhook."""
        with self.core.command():
            return self.receiving.write(self.peopling.get(number), kind, content, **more)

    def show(
        self,
        number: str,
        kind: str,
        source: Source,
        mime_type: str,
        *,
        to: str | None = None,
        **more: Any,
    ) -> Message:
        """Have a person send a file: ``image``, ``audio``, ``video``, ``document`` or ``sticker``."""
        with self.store.reading():
            person, business = self.peopling.get(number), self.receiving.number(to)
            self.receiving.check_file(person, kind, mime_type)
        media = self.filing.receive(business, source, mime_type, more.get("filename"))
        with self.core.command():
            return self.receiving.show(person, kind, media, **more)

    def react(self, number: str, message_id: str, emoji: str) -> Message:
        """Have a person react to a message, or take that back without an emoji."""
        with self.core.command():
            return self.receiving.react(self.peopling.get(number), message_id, emoji)

    def tap(
        self, number: str, label: str, *, message_id: str | None = None, row: bool | None = None
    ) -> Message:
        """Have a person tap a button or the row of a list on a message they received."""
        with self.core.command():
            return self.receiving.tap(self.peopling.get(number), label, message_id=message_id, row=row)

    def read(self, number: str) -> list[Message]:
        """Have a person read what was delivered to them."""
        with self.core.command():
            return self.receiving.read(self.peopling.get(number))

    # templates

    def review(self, template_id: str, decision: str, reason: str | None = None) -> Template:
        """Decide over a template: approve, reject, pause, unpause or disable. Raises :class:`LookupError`."""
        with self.core.command():
            template = self.store.templates.get(template_id)
            if template is None:
                raise LookupError(f"there is no template {template_id}")
            return self.reviewing.decide(template, decision, reason)

    # faults

    def add_fault(self, code: int, **facts: Any) -> Fault:
        """Have an error of the catalogue met on purpose; see :func:`emulator.domain.faults.plan`.

        Facts: ``when``, ``to``, ``phone_number_id``, ``edge``, ``method``, ``times``, ``details``,
        ``probability``. Raises :class:`ValueError` for what can never be met.
        """
        with self.core.command():
            return self.core.faulting.add(plan(code, **facts))

    def faults(self) -> list[Fault]:
        """Everything that was asked for, with how often it was met."""
        with self.store.reading():
            return self.store.faults.all()

    def remove_fault(self, fault_id: int | None = None) -> None:
        """Take one fault away, or all. Raises :class:`LookupError`."""
        with self.core.command():
            self.core.faulting.remove(fault_id)
