"""A seed made ready: the state it describes, kept as a database to copy for sandboxes of any name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from emulator.domain.people.habits import habits_as_json
from emulator.domain.pricing.costs import rate_card_as_json
from emulator.domain.settings.settings import as_json
from emulator.sandbox.seeds import lookup
from emulator.sandbox.seeds.parts import Judged
from emulator.sandbox.seeds.seed import Seed
from emulator.sandbox.seeds.source import SeedSource
from emulator.sandbox.store import Database, Store

KEPT = 4
"""Images for other names that a blueprint keeps, of some 0.4 MB each."""


class Blueprint:
    """The image of a seed: a database to copy. A new sandbox is a copy of it, and a reset becomes one again.

    The seed is read, its templates are judged and a database is filled once, for the first sandbox. One of
    another name gets a copy in which only what its name decides is written anew: a tenth of the work.
    """

    def __init__(self, source: SeedSource, name: str, *, at_once: bool = False) -> None:
        """Make the seed of ``source`` ready, first for the sandbox called ``name``.

        ``at_once`` makes people without habits of their own answer in the same instant. Raises
        :class:`~emulator.sandbox.seeds.files.SeedError` for a seed that is not there or wrong.
        """
        self.source = source
        """Where its seed comes from."""
        self._at_once = at_once
        self._root = source.read()
        self._judged: Judged = {}
        self._name, self._seed = name, self._read(name)
        self._lock = Lock()
        self._images: dict[str, Database] = {}
        """Images for other names, the one that was asked for last at the end."""
        self.database = Database()
        """The image for the first name."""
        store = Store(self.database)
        with self.database.transaction():
            store.facts.put("settings", as_json(self._seed.settings))
            store.facts.put("habits", habits_as_json(self._seed.habits))
            store.facts.put("rates", rate_card_as_json(self._seed.rates))
            store.facts.put("made_from", source.as_json() | {"at_once": at_once})
            _add_what_is_named(store, self._seed)
            for person in self._seed.people:
                store.people.put(person)
            self.relative_people = tuple(each.wa_id for each in self._seed.people if each.habits.are_relative)
            """The people in whose habits lengths of time count from the beginning of a sandbox."""
            for template in reversed(self._seed.templates):
                store.templates.add(template)
            for _ in self._seed.faults:
                store.facts.count("faults")

    def _read(self, name: str) -> Seed:
        return lookup.from_spot(self._root, name, at_once=self._at_once, judged=self._judged)

    @contextmanager
    def image(self, name: str, *, again: bool = False) -> Iterator[Database]:
        """Give the ``with`` block a database to copy for the sandbox called ``name``.

        With ``again`` it is kept for the next time, as a sandbox that is reset once is reset often; of the
        newest :data:`KEPT` names. Raises :class:`~emulator.sandbox.seeds.files.SeedError` where ids collide
        that are made of the name.
        """
        if name == self._name:
            yield self.database
        elif again:
            with self._lock:
                yield self._kept_image(name)
        else:
            with self._lock:
                made = self._made_for(name)
            try:
                yield made
            finally:
                made.close()

    def _kept_image(self, name: str) -> Database:
        found = self._images.pop(name, None)
        self._images[name] = found = self._made_for(name) if found is None else found
        if len(self._images) > KEPT:
            self._images.pop(next(iter(self._images))).close()
        return found

    def _made_for(self, name: str) -> Database:
        seed, copy = self._read(name), Database(like=self.database)
        try:
            with copy.transaction():
                _rename(Store(copy), self._seed, seed)
        except BaseException:
            copy.close()
            raise
        return copy

    def close(self) -> None:
        """Let the images go; nothing can be made of them any more."""
        with self._lock:
            while self._images:
                self._images.popitem()[1].close()
        self.database.close()


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


def _rename(store: Store, before: Seed, seed: Seed) -> None:
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
