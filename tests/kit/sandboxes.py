"""What tests do with a sandbox, and what they look up in one; only here do they reach behind its acts."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from emulator import Emulator, PlatformError, Sandbox
from emulator.domain.limits.status import LimitStatus
from emulator.domain.messages.outbound import Content, Send, text
from emulator.domain.templates.template import Template
from kit.identities import SHEENA
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.times import MICROSECOND

Result = TypeVar("Result")
Begin = Callable[..., tuple[Sandbox, Inbox]]


def begin(
    emulator: Emulator, at: datetime | str, *, version: int = 23, **settings: Any
) -> tuple[Sandbox, Inbox]:
    """A sandbox whose people answer at once, and an inbox that its app's webhooks go to.

    ``at``: when it begins; a text is in UTC. ``version``: of the webhooks, see :func:`hear`. Marketing is
    delivered in the United States unless ``settings`` say otherwise.
    """
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at
    sandbox = emulator.create(at=instant, speed=None, at_once=True)
    sandbox.change_settings(**{"us_marketing": "delivered"} | settings)
    inbox = listen(sandbox)
    hear(sandbox, version)
    return sandbox, inbox


def hear(sandbox: Sandbox, version: int) -> None:
    """Subscribe the app to messages, calls and account updates, in a version of the webhooks like 23."""
    with sandbox.services.command() as store:
        subscription = store.accounts.subscription(sandbox.accounts.app().id)
        assert subscription is not None
        heard = tuple((field, f"v{version}.0") for field in ("messages", "calls", "account_update"))
        store.accounts.put_subscription(replace(subscription, fields=heard))


def point_webhooks(sandbox: Sandbox, url: str) -> None:
    """Send the webhooks of the first app to a URL whose host nobody looks up before a webhook goes there."""
    with sandbox.services.command():
        sandbox.services.subscriptions.connect(sandbox.accounts.app(), url)


def send(
    sandbox: Sandbox,
    content: Content | str,
    to: str | None = SHEENA,
    *,
    from_: str | None = None,
    **facts: Any,
) -> str:
    """Send a message through the service that the API calls; returns its id.

    ``from_``: the id of a business phone number, else the first. ``facts``: those of
    :class:`~emulator.domain.messages.outbound.Send`.
    """
    content = text(content) if isinstance(content, str) else content
    with sandbox.services.command() as store:
        number = store.accounts.numbers()[0] if from_ is None else store.accounts.number(from_)
        assert number is not None
        return sandbox.services.outbound.accept(number, Send(to, content, **facts)).message.id


def refusal_code(
    sandbox: Sandbox, content: Content | str | None = None, to: str = SHEENA, **more: Any
) -> int | None:
    """Send a message, else the seed's utility template; the code it is refused with at once, if it is."""
    try:
        send(sandbox, content or order_shipped(), to, **more)
    except PlatformError as refusal:
        return refusal.code
    return None


def crowd(sandbox: Sandbox, count: int, *, first: int = 0, **habits: float) -> list[str]:
    """Add ``count`` people in Brazil, numbered from ``first`` on, with these habits; returns who."""
    return [
        sandbox.people.add(f"P{place}", f"+55 11 9{place:08}", habits=habits).wa_id
        for place in range(first, first + count)
    ]


# looking into a sandbox


def limit(sandbox: Sandbox, name: str, wa_id: str | None = None, number: str | None = None) -> LimitStatus:
    """How a limit stands: the first of its name, of this business number and to this person if given."""
    return next(each for each in sandbox.limits.all(wa_id, number) if each.name == name)


def around(sandbox: Sandbox, instant: datetime, act: Callable[[], Result]) -> tuple[Result, Result]:
    """What an act comes to at the last microsecond before an instant, and at the instant."""
    sandbox.clock.travel_to(instant - MICROSECOND)
    before = act()
    sandbox.clock.travel_to(instant)
    return before, act()


def notes(sandbox: Sandbox, kind: str) -> list[str]:
    """The summaries of the journal's entries of one kind."""
    with sandbox.services.command() as store:
        return [entry.summary for entry in store.journal.select(kind=kind)]


def statuses(sandbox: Sandbox) -> list[str]:
    """How far each outbound message has come."""
    return [str(message.status) for message in sandbox.messages.all(outbound=True)]


def failures(sandbox: Sandbox) -> list[int]:
    """The codes that outbound messages failed with."""
    return [message.error["code"] for message in sandbox.messages.all(outbound=True) if message.error]


def template_of(sandbox: Sandbox, template_id: str) -> Template | None:
    """A template as it stands, ``None`` when there is none of that id."""
    with sandbox.services.command() as store:
        return store.templates.get(template_id)


def put_template(sandbox: Sandbox, template: Template) -> Template:
    """Have a template, as if it had been there always."""
    with sandbox.services.command() as store:
        store.templates.add(template)
    return template


def rows_of(sandbox: Sandbox, *, without: Container[str] = ()) -> dict[str, list[Any]]:
    """Every row of every table but some: the whole state."""
    with sandbox.services.store.reading():
        ask = sandbox.services.store.database.execute
        tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: ask(f"SELECT * FROM {name}").fetchall() for name in tables if name not in without}
