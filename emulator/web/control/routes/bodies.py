"""The bodies of the routes that add and change people, numbers, portfolios and WABAs.

Each is what these nouns declare to be changeable (:mod:`emulator.domain.facts.facts`): members by name with
their schemas.
"""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import ACCOUNT, WABAS, Waba
from emulator.domain.facts.facts import settable
from emulator.domain.people.person import Person
from emulator.web.control.routes.table import Json


def _body(noun: type, door: str | None = None, *, adding: bool = False) -> dict[str, Json]:
    return {name: dict(fact.type.schema) for name, fact in settable(noun, door, adding=adding).items()}


_ADDED = _body(Person, adding=True)
PERSON_ADDED = {name: _ADDED[name] for name in ("name", "wa_id")} | _ADDED
PERSON_CHANGED = _body(Person)
NUMBER_CHANGED = _body(BusinessNumber)
PORTFOLIO_CHANGED = _body(Portfolio)
WABA_CHANGED = _body(Waba, WABAS)
ACCOUNT_CHANGED = _body(Waba, ACCOUNT)
