"""A seed, read and checked: what a sandbox starts with."""

from __future__ import annotations

from dataclasses import dataclass, field

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.accounts.wabas import Waba
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.pricing.costs import RateCard
from emulator.domain.settings import Settings
from emulator.domain.templates.template import Template

DEFAULT = "default"
"""The seed a sandbox has unless told otherwise, and the sandbox whose identity is documented."""


@dataclass(frozen=True)
class Seed:
    """A seed, read and checked."""

    word: str
    settings: Settings
    app: App
    token: Token
    subscription: Subscription
    portfolio: Portfolio
    waba: Waba
    numbers: tuple[BusinessNumber, ...]
    allowed: dict[str, tuple[str, ...]]
    people: tuple[Person, ...]
    templates: tuple[Template, ...]
    extra_tokens: tuple[Token, ...] = ()
    rates: RateCard = field(default_factory=dict)
    """Somebody's amounts of money for messages."""
    habits: Habits = field(default_factory=Habits)
    """How a person behaves who is added later without habits of their own."""

    @property
    def subscribed(self) -> SubscribedApp:
        """The seed's app listens to the seed's WABA."""
        return SubscribedApp(self.waba.id, self.app.id)
