"""A message on its way, with everything a rule may look at, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.checks.audience import Audience
from emulator.domain.errors import PlatformError
from emulator.domain.limits.messaging_limit import Reach
from emulator.domain.limits.throughput import Reservation
from emulator.domain.media import File
from emulator.domain.messages import marketing_endpoint
from emulator.domain.messages.content import Content, FreeForm, TemplateUse
from emulator.domain.messages.groups import Group
from emulator.domain.messages.interactive.orders import Order
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.templates.template import Template
from emulator.domain.windows import Window


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that a message shows, as it was uploaded or found behind a link."""

    kind: str
    file: File | None
    """``None`` when a link led nowhere, or to where nobody looks."""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SendContext:
    """Everything a rule may look at when somebody sends a message."""

    at: datetime
    number: BusinessNumber
    wa_id: str
    content: Content
    by_user_id: bool = False
    """Whether the recipient was given by a business-scoped user id alone."""
    allowed: bool = True
    """Whether the recipient is on the allow-list of a test number."""
    person: Person | None = None
    window: Window | None = None
    template: Template | None = None
    direct: bool = False
    """Whether it is sent directly: it makes a template of itself, and needs no window."""
    name_taken: bool = False
    """Whether the name it asks for that template is another one's."""
    route: marketing_endpoint.MarketingRoute = marketing_endpoint.OVER_MESSAGES
    asked_to_call: tuple[datetime, ...] = ()
    """When this number asked this person for permission to call, in the last seven days."""
    files: tuple[ShownFile, ...] = ()
    utility_left: int | None = None
    """How many utility messages the account may still send today; ``None`` while they are not capped."""
    target: Message | None = None
    """The message that a reaction is about."""
    order: Order | None = None
    """The order that a new status is about, as it stands."""
    group: Group | None = None
    """The group it is written in, instead of to a person."""
    standing: Relationship | None = None
    """Who of the two has blocked the other."""
    fails_when_blocked: bool = False
    """Whether a message fails that the recipient will not have, instead of never arriving."""
    audience: Audience | None = None
    """What is known of the recipient of a marketing template."""
    identity_key_hash: str | None = None
    """What the caller expects the recipient's identity to be."""
    waba: Waba | None = None
    """The account that the number belongs to."""
    throughput: Reservation | None = None
    """A place in the number's throughput, where that is limited."""
    pair: Reservation | None = None
    """A place among what the number sends to this person, where that is limited."""
    reach: Reach | None = None
    """How many people the portfolio has reached, where one more may be too many."""

    @property
    def use(self) -> TemplateUse | None:
        return self.content if isinstance(self.content, TemplateUse) else None

    def value_of(self, kind: str) -> Any:
        """What stands under ``kind`` in a free-form message of it, else ``None``."""
        content = self.content
        return content.value if isinstance(content, FreeForm) and content.kind.name == kind else None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the platform."""

    name: str
    judge: Callable[[SendContext], None]
    """Raises :class:`PlatformError` when the attempt breaks the rule."""
    source: str

    def check(self, attempt: SendContext) -> None:
        """Judge, and sign a refusal with this rule's name and source."""
        try:
            self.judge(attempt)
        except PlatformError as refusal:
            refusal.rule, refusal.source = self.name, self.source
            raise


def rule(judge: Callable[[SendContext], None], source: str) -> Rule:
    """The rule that ``judge`` decides, by its name."""
    return Rule(judge.__name__, judge, source)
