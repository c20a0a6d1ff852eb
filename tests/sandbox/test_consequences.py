"""What follows from an event: its journal line, its webhooks, and its listeners in their order."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from kit.identities import SHEENA, WABA_ID
from kit.messages import order_shipped
from kit.sandboxes import send

from emulator.domain import events
from emulator.domain.events.event import Event
from emulator.domain.events.messages import (
    MessageDelivered,
    MessageDropped,
    MessageFailed,
    MessageRead,
    MessageReceived,
    MessageSent,
)
from emulator.domain.events.templates import TemplateFlagged, TemplateStatusChanged
from emulator.sandbox.consequences import CONSEQUENCES, Listener, Listeners
from emulator.sandbox.sandbox import Sandbox
from emulator.wire.webhooks.fields import PAYLOADS

ORDER: dict[type[Event], list[str]] = {
    MessageSent: ["limits.messaging_limit", "templates.category_abuse"],
    MessageDelivered: [
        "limits.messaging_limit",
        "people.marketing_audience",
        "templates.deletion",
        "quality.scores",
        "people.blocks_and_reports",
        "messages.received.habitual_answers",
    ],
    MessageRead: ["quality.scores"],
    MessageFailed: ["people.marketing_audience", "templates.deletion"],
    MessageDropped: ["templates.deletion"],
    MessageReceived: ["limits.throughput", "people.marketing_audience"],
    TemplateStatusChanged: ["quality.pacing", "quality.scores"],
}
"""Who is called when, and in which order."""


def every_event() -> Iterator[type[Event]]:
    """The classes of events that can happen: those that are no family of others."""
    for module in pkgutil.iter_modules(events.__path__):
        for found in vars(importlib.import_module(f"{events.__name__}.{module.name}")).values():
            if isinstance(found, type) and issubclass(found, Event) and not found.__subclasses__():
                yield found


def make_all_listeners(sandbox: Sandbox) -> None:
    """As what happens in a sandbox makes them, one by one."""
    for listener in Listener:
        sandbox.services.core.make_owner(listener.value)


def record(sandbox: Sandbox, heard: list[tuple[type[Event], str]]) -> None:
    """Write down who is called, before they do what they do."""
    make_all_listeners(sandbox)

    def recorded(event: type[Event], listener: Listener, handler: Any) -> Any:
        def call(happened: Event) -> None:
            heard.append((event, listener.value))
            handler(happened)

        return call

    for event, handlers in sandbox.services.core.listeners.handlers.items():
        for listener, handler in handlers.items():
            handlers[listener] = recorded(event, listener, handler)


def test_every_event_has_a_row() -> None:
    """In the table of consequences; the webhooks tell of no other."""
    assert set(CONSEQUENCES) == set(every_event())
    assert set(PAYLOADS) <= set(CONSEQUENCES)


def test_nothing_happens_without_a_trace() -> None:
    """An event has a line in the journal or a webhook."""
    assert [event for event, row in CONSEQUENCES.items() if not row.journal and event not in PAYLOADS] == []


def test_the_order_of_the_listeners_is_declared() -> None:
    """Another order, and one more or less, is a change of this list."""
    declared = {event: [*map(str, row.listeners)] for event, row in CONSEQUENCES.items() if row.listeners}

    assert declared == ORDER


def note(called: list[str], name: str, _: Event) -> None:
    called.append(name)


def test_listeners_are_called_in_the_order_of_the_table() -> None:
    """In whatever order they began to listen."""
    for event, order in ORDER.items():
        called: list[str] = []
        listeners = Listeners()
        for name in sorted(order, reverse=True):
            listeners.add(event, Listener(name), partial(note, called, name))

        listeners.tell(object.__new__(event))

        assert called == order


def test_every_listener_of_the_table_listens(sandbox: Sandbox) -> None:
    """In a sandbox nobody is missing, and each is where its name says."""
    make_all_listeners(sandbox)
    modules = {
        (event, listener.value): handler.__module__
        for event, handlers in sandbox.services.core.listeners.handlers.items()
        for listener, handler in handlers.items()
    }

    assert modules == {
        (event, name): f"emulator.sandbox.{name}" for event, names in ORDER.items() for name in names
    }


def test_a_message_is_told_to_its_listeners_one_after_the_other(sandbox: Sandbox) -> None:
    """When it is sent, delivered and read."""
    heard: list[tuple[type[Event], str]] = []
    record(sandbox, heard)

    send(sandbox, order_shipped(), to=SHEENA)
    sandbox.settle()

    assert heard == [
        (event, name) for event in (MessageSent, MessageDelivered, MessageRead) for name in ORDER[event]
    ]


def test_an_undeclared_listener_is_refused(sandbox: Sandbox) -> None:
    """And a second one of the same name."""
    with pytest.raises(ValueError, match=r"limits\.throughput is no listener of MessageSent"):
        sandbox.services.core.listen(MessageSent, Listener.THROUGHPUT, print)
    make_all_listeners(sandbox)
    with pytest.raises(ValueError, match=r"quality\.scores listens to MessageRead already"):
        sandbox.services.core.listen(MessageRead, Listener.QUALITY, print)


def test_the_journal_line_comes_before_the_webhooks(sandbox: Sandbox) -> None:
    """What happened, and then that nobody listens; of a flagged template it is the other way."""
    with sandbox.services.store.reading():
        template = sandbox.services.store.templates.find(WABA_ID, "order_shipped", "en_US")
    assert template is not None

    sandbox.people.say(SHEENA, "Hello")
    sandbox.templates.review(template.id, "flag")

    with sandbox.services.store.reading():
        entries = sandbox.services.store.journal.select()
    assert [(entry.kind, entry.summary.partition(":")[0]) for entry in entries][-4:] == [
        ("message", "Sheena Nelson wrote"),
        ("webhook", "nobody listens to messages"),
        ("webhook", "nobody listens to message_template_status_update"),
        ("template", "order_shipped is flagged"),
    ]
    assert [event for event, row in CONSEQUENCES.items() if row.webhooks_first] == [TemplateFlagged]
