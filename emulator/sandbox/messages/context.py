"""What the rules may ask about a message: the facts around it, when it is accepted and when it is delivered.

A context has an attribute for each fact that a rule of its phase names. What is at hand is set when the
context is made; everything else is a property that looks the fact up, at most once and only when a rule asks
for it, so a message pays for no fact that it has no use for. A new fact is one property of the context of
its phase (:mod:`.acceptance_context`, :mod:`.delivery_context`), with the name and the type that the rule
gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.limits.messaging_limit import MessagingLimitUse
from emulator.domain.messages.outbound import Content
from emulator.domain.people.person import Person
from emulator.domain.windows import Window
from emulator.sandbox.core import Core
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.throughput import Throughput
from emulator.sandbox.people.marketing_audience import MarketingAudiences

Value = TypeVar("Value")


class looked_up(Generic[Value]):  # noqa: N801  (a decorator, as property is)
    """A property that is looked up once and then stands in the context like any other attribute.

    What :func:`functools.cached_property` does, without the lock that it takes until Python 3.12: a context
    belongs to one command, which holds the lock of its sandbox.
    """

    def __init__(self, look_up: Callable[[Any], Value]) -> None:
        self._look_up, self._name, self.__doc__ = look_up, look_up.__name__, look_up.__doc__

    def __get__(self, context: Any, owner: type) -> Value:
        value = context.__dict__[self._name] = self._look_up(context)
        return value


class FactSources:
    """The services and tables in which the facts of a message are looked up; one for all contexts."""

    def __init__(self, core: Core, throughput: Throughput, messaging_limit: MessagingLimit) -> None:
        self.core, self.store = core, core.store
        self.throughput, self.messaging_limit = throughput, messaging_limit
        self.audiences = MarketingAudiences(core)


class SendContext:
    """What is known of a message in both phases: when it is accepted, and when it is about to leave.

    A context lives for one command. Its attributes are the facts that rules ask for by name.
    """

    at: datetime
    """When it was accepted, in both phases; the second phase comes later."""
    number: BusinessNumber
    """The business number it is sent from, as it stands in this phase."""
    wa_id: str
    """The recipient's number in digits, whether or not somebody has it, or the id of the group."""
    content: Content
    """What is sent: a free-form message with its kind, or the use of a template."""
    person: Person | None
    """The recipient; ``None`` for a group, and for a number that nobody in the sandbox has."""
    direct: bool
    """Whether it is sent directly: it makes a template of itself, and needs no window."""

    def __init__(
        self,
        sources: FactSources,
        at: datetime,
        number: BusinessNumber,
        wa_id: str,
        content: Content,
        person: Person | None,
        *,
        direct: bool,
    ) -> None:
        self._sources, self._store = sources, sources.store
        self.at, self.number, self.wa_id = at, number, wa_id
        self.content, self.person, self.direct = content, person, direct

    @looked_up
    def waba(self) -> Waba | None:
        """The WABA that the number belongs to, with its review, its restrictions and its payment method."""
        return self._store.accounts.waba(self.number.waba_id)

    def _messaging_limit(self, window: Window | None, at: datetime) -> MessagingLimitUse | None:
        if self.person is None or (window is not None and window.is_open(self.at)):
            return None
        return self._sources.messaging_limit.use(self.number, self.person.wa_id, at)
