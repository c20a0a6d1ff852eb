"""A seed made ready: the state it describes, kept as a database to copy."""

from __future__ import annotations

from emulator.domain.people.habits import habits_as_json
from emulator.domain.pricing.costs import rate_card_as_json
from emulator.domain.settings import as_json
from emulator.sandbox.seeds.seed import Seed
from emulator.sandbox.seeds.source import SeedSource
from emulator.sandbox.store import Database, Store


class Blueprint:
    """The image of a seed: a database to copy. A new sandbox is a copy of it, and a reset becomes one again.

    It is made once a seed and sandbox name, since a copy costs less than filling a database.
    """

    def __init__(self, seed: Seed, source: SeedSource, *, at_once: bool = False) -> None:
        """Make ``seed`` ready, which was read from ``source``."""
        self.seed = seed
        self.database = Database()
        store = Store(self.database)
        with self.database.transaction():
            _populate(store, seed)
            store.facts.put("made_from", source.as_json() | {"at_once": at_once})


def _populate(store: Store, seed: Seed) -> None:
    store.facts.put("seed", seed.word)
    store.facts.put("settings", as_json(seed.settings))
    store.facts.put("access_token", seed.tokens[0].text)
    store.facts.put("habits", habits_as_json(seed.habits))
    store.facts.put("rates", rate_card_as_json(seed.rates))
    accounts = store.accounts
    for app in seed.apps:
        accounts.add_app(app)
    for token in seed.tokens:
        accounts.add_token(token)
    for subscription in seed.subscriptions:
        accounts.put_subscription(subscription)
    for portfolio in seed.portfolios:
        accounts.put_portfolio(portfolio)
    for waba in seed.wabas:
        accounts.put_waba(waba)
    for subscribed in seed.subscribed:
        accounts.put_subscribed_app(subscribed)
    for number in seed.numbers:
        accounts.add_number(number)
        accounts.allow(number.id, seed.allowed[number.id])
    for person in seed.people:
        store.people.put(person)
    for template in reversed(seed.templates):
        store.templates.add(template)
