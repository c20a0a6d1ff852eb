"""A seed, read and checked: what a sandbox starts with."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.accounts.wabas import Waba
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.pricing.costs import RateCard
from emulator.domain.settings.settings import Settings
from emulator.domain.templates.template import Template
from emulator.domain.values import dataclass

if TYPE_CHECKING:
    from emulator.domain.faults.fault import Fault


@dataclass(frozen=True)
class Seed:
    """A seed, read and checked: everything that a sandbox starts with."""

    word: str
    """What the sandbox's ids and chances are made of."""
    settings: Settings
    apps: tuple[App, ...]
    """The first one is that of the sandbox's identity, as are the first token and the first WABA."""
    tokens: tuple[Token, ...]
    subscriptions: tuple[Subscription, ...]
    portfolios: tuple[Portfolio, ...]
    wabas: tuple[Waba, ...]
    numbers: tuple[BusinessNumber, ...]
    allowed: dict[str, tuple[str, ...]]
    """By phone number id the people that a test number may write to."""
    people: tuple[Person, ...]
    templates: tuple[Template, ...]
    rates: RateCard = field(default_factory=dict)
    """The amounts of money for messages, by category and place; empty where the seed gives none."""
    habits: Habits = field(default_factory=Habits)
    """How a person behaves who is added later without habits of their own."""
    faults: tuple[Fault, ...] = ()
    """What goes wrong on purpose from the beginning, numbered from 1."""

    @property
    def subscribed(self) -> tuple[SubscribedApp, ...]:
        """The subscriptions of apps to WABAs: each app to those it is used with, without overrides."""
        return tuple(
            SubscribedApp(waba.id, app.id)
            for waba in self.wabas
            for app in self.apps
            if app.has_access_to(waba.id)
        )
