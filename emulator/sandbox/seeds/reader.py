"""Check a seed, value by value, and make a :class:`~emulator.sandbox.seeds.seed.Seed` of it.

Everything wrong is a :class:`~emulator.sandbox.seeds.files.SeedError` that names file, line and field.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from emulator.domain import ids
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.people.habits import HABITS, Habits
from emulator.domain.people.person import Person
from emulator.domain.phones import country_of
from emulator.domain.pricing.costs import RateCard, rate_card_from_json
from emulator.domain.settings.settings import CHOICES, KINDS, NAMES, Settings
from emulator.domain.templates.template import Template
from emulator.sandbox.seeds import accounts
from emulator.sandbox.seeds.facts import read_facts
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.seeds.parts import SEED_KEYS, Judged, SeedIds, phone
from emulator.sandbox.seeds.seed import Seed
from emulator.sandbox.seeds.several import Several
from emulator.sandbox.seeds.templates import templates

if TYPE_CHECKING:
    from emulator.domain.faults.fault import Fault


class SeedReader:
    """Checks one seed for one sandbox, value by value, and says where it is wrong."""

    def __init__(self, root: Spot, sandbox: str, at_once: bool, judged: Judged | None = None) -> None:
        """``judged`` has, and gets, the templates of this ``root`` as they are under any name."""
        self._judged = {} if judged is None else judged
        self._root = root.table(*SEED_KEYS["seed"])
        self._ids = SeedIds(str(root.get("seed").value or DEFAULT), sandbox)
        if root.has("habits"):
            root.get("habits").table(*SEED_KEYS["habits"])
        self._habits = _habits(root.get("habits"), Habits.at_once() if at_once else Habits())

    def seed(self) -> Seed:
        """Make the seed of everything that was read, accounts first, since numbers and templates name them.

        Raises :class:`~emulator.sandbox.seeds.files.SeedError`, naming file, line and field.
        """
        root, own = self._root, self._ids
        apps, first_tokens, subscriptions = accounts.apps(root, own)
        settings = self._settings(root.get("settings"))
        portfolios = accounts.portfolios(root, own)
        wabas = accounts.wabas(root, own, portfolios)
        numbers, allowed = accounts.numbers(root.require("numbers"), own, wabas)
        return Seed(
            own.word,
            settings,
            accounts.with_wabas(root, apps, wabas),
            accounts.tokens(root.get("tokens"), own, apps, first_tokens),
            tuple(subscriptions),
            tuple(portfolios),
            tuple(wabas),
            numbers,
            allowed,
            self._people(root.get("people")),
            self._templates(wabas, settings),
            self._rates(root.get("rates")),
            self._habits,
            self._faults(root.get("faults"), numbers),
        )

    def _faults(self, spot: Spot, numbers: tuple[BusinessNumber, ...]) -> tuple[Fault, ...]:
        return tuple(self._fault(item, place, numbers) for place, item in enumerate(spot.items(), 1))

    def _fault(self, spot: Spot, place: int, numbers: tuple[BusinessNumber, ...]) -> Fault:
        """Read what goes wrong; a business number is named by its id or its digits."""
        from emulator.domain.faults.asking import NAMES as KEYS
        from emulator.domain.faults.asking import new_fault

        given = dict(spot.table(*KEYS).value)
        if spot.has("phone_number_id"):
            named = spot.get("phone_number_id")
            own = self._ids.id(named, 15)
            found = [each.id for each in numbers if named.digits() == each.digits or own == each.id]
            if not found:
                named.wrong(f"there is no business number {named.value!r}")
            given["phone_number_id"] = found[0]
        try:
            return replace(new_fault(**given), id=place, is_seeded=True)
        except (ValueError, PlatformError) as problem:
            spot.wrong(str(problem))

    def _templates(self, wabas: Several[Waba], settings: Settings) -> tuple[Template, ...]:
        root, own, judged = self._root, self._ids, self._judged
        written = templates(root.get("templates"), own, wabas, settings.template_categories, judged)
        if not root.has("message_templates"):
            return written
        from emulator.sandbox.seeds.listed import with_listed

        return with_listed(root.get("message_templates"), own, wabas.first, written, judged)

    @staticmethod
    def _rates(spot: Spot) -> RateCard:
        try:
            return rate_card_from_json({} if spot.value is None else spot.value)
        except ValueError as problem:
            spot.wrong(str(problem))

    def _settings(self, spot: Spot) -> Settings:
        if spot.value is None:
            return Settings()
        spot.table(*SEED_KEYS["settings"])
        usual = Settings()
        values = {
            name: _setting(name, spot.get(name), getattr(usual, name)) for name in NAMES if spot.has(name)
        }
        try:
            return Settings(**values)
        except ValueError as problem:
            spot.get("http_statuses").wrong(str(problem))

    def _people(self, spot: Spot) -> tuple[Person, ...]:
        people: dict[str, Person] = {}
        for item in spot.items():
            person = self._person(item)
            if person.wa_id in people:
                item.get("number").wrong(f"+{person.wa_id} is {people[person.wa_id].name}'s number already")
            people[person.wa_id] = person
        return tuple(people.values())

    def _person(self, spot: Spot) -> Person:
        spot.table(*SEED_KEYS["person"])
        wa_id = phone(spot.require("number"))
        return Person(
            wa_id=wa_id,
            user_id=ids.user_id(country_of(wa_id), self._ids.draw()),
            **read_facts(spot, Person, besides=("wa_id",)),
            habits=_habits(spot, self._habits),
        )


def _habits(spot: Spot, usual: Habits) -> Habits:
    return Habits(**read_facts(spot, Habits, {name: getattr(usual, name) for name in HABITS}))


def _setting(name: str, spot: Spot, usual: object) -> Any:
    if isinstance(usual, timedelta):
        return timedelta(seconds=spot.seconds(usual.total_seconds()))
    if name in CHOICES:
        return spot.choice(str(usual), *CHOICES[name])
    if spot.value is None:
        return usual
    try:
        return KINDS[name].read(name, spot.value)
    except ValueError as problem:
        spot.wrong(str(problem))
