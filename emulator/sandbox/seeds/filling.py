"""Fill a database with what a seed says, and write anew in it what the name of a sandbox decides."""

from __future__ import annotations

from emulator.domain.people.habits import habits_as_json
from emulator.domain.pricing.costs import rate_card_as_json
from emulator.domain.settings.settings import as_json
from emulator.sandbox.seeds.seed import Seed
from emulator.sandbox.store import Store


def fill(store: Store, seed: Seed) -> None:
    """Add everything that a seed says to an empty store, inside the caller's transaction."""
    store.facts.put("settings", as_json(seed.settings))
    store.facts.put("habits", habits_as_json(seed.habits))
    store.facts.put("rates", rate_card_as_json(seed.rates))
    _add_what_is_named(store, seed)
    for person in seed.people:
        store.people.put(person)
    for template in reversed(seed.templates):
        store.templates.add(template)
    for _ in seed.faults:
        store.facts.count("faults")


def relative_people(seed: Seed) -> tuple[str, ...]:
    """List the people in whose habits lengths of time count from the beginning of a sandbox."""
    return tuple(each.wa_id for each in seed.people if each.habits.are_relative)


def rename(store: Store, before: Seed, seed: Seed) -> None:
    """Write into the image of ``before`` what the same seed has for a sandbox of another name."""
    store.accounts.clear()
    store.faults.clear()
    _add_what_is_named(store, seed)
    for known, person in zip(before.people, seed.people, strict=True):
        if known.user_id != person.user_id:
            store.people.put(person)
    templates = list(zip(before.templates, seed.templates, strict=True))
    for place, (old, new) in enumerate(templates):  # aside first: a new id may be the old one of another
        store.templates.rename(old.id, f"aside {place}", new.waba_id)
    for place, (_, new) in enumerate(templates):
        store.templates.rename(f"aside {place}", new.id, new.waba_id)


def _add_what_is_named(store: Store, seed: Seed) -> None:
    """Add the accounts, whose ids and secrets are made of the sandbox's name, and what refers to them."""
    store.facts.put("seed", seed.word)
    store.facts.put("access_token", seed.tokens[0].text)
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
    for fault in seed.faults:
        store.faults.add(fault)
