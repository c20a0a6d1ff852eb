"""A seed made ready: the state it describes, kept as a database to copy."""

from __future__ import annotations

from emulator.domain.people.habits import habits_as_json
from emulator.domain.pricing.costs import rate_card_as_json
from emulator.domain.settings import as_json
from emulator.sandbox.seeds.seed import Seed
from emulator.sandbox.store import Database, Store


class Blueprint:
    """The image of a seed. A new sandbox is a copy of it, and a reset becomes one again."""

    def __init__(self, seed: Seed, origin: str, *, at_once: bool = False) -> None:
        """Make ``seed`` ready; ``origin`` is the name or path it was read from."""
        self.seed = seed
        self.database = Database()
        store = Store(self.database)
        with self.database.transaction():
            _populate(store, seed)
            store.facts.put("made_from", {"seed": origin, "at_once": at_once})


def _populate(store: Store, seed: Seed) -> None:
    store.facts.put("seed", seed.word)
    store.facts.put("settings", as_json(seed.settings))
    store.facts.put("access_token", seed.token.text)
    store.facts.put("habits", habits_as_json(seed.habits))
    store.facts.put("rates", rate_card_as_json(seed.rates))
    accounts = store.accounts
    accounts.add_app(seed.app)
    for token in (seed.token, *seed.extra_tokens):
        accounts.add_token(token)
    accounts.put_subscription(seed.subscription)
    accounts.put_portfolio(seed.portfolio)
    accounts.put_waba(seed.waba)
    accounts.put_subscribed_app(seed.subscribed)
    for number in seed.numbers:
        accounts.add_number(number)
        accounts.allow(number.id, seed.allowed[number.id])
    for person in seed.people:
        store.people.put(person)
    for template in reversed(seed.templates):
        store.templates.add(template)
