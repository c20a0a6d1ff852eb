"""What a seed is read with: its keys, ids made from its word, phone numbers and URLs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from emulator.domain import ids
from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.facts.facts import seed_keys
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.phones import digits_of
from emulator.domain.settings.settings import NAMES
from emulator.domain.templates.template import Template
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.named import DEFAULT
from emulator.wire.requests.template_options import TEMPLATE_OPTIONS

BIRTH = datetime(2025, 1, 1, tzinfo=UTC)
"""The instant at which templates of a seed were created that say nothing about it."""
SEED_KEYS: dict[str, tuple[str, ...]] = {
    "seed": (
        "seed",
        "settings",
        "habits",
        "app",
        "apps",
        "portfolio",
        "portfolios",
        "waba",
        "wabas",
        "numbers",
        "people",
        "templates",
        "message_templates",
        "tokens",
        "rates",
        "faults",
    ),
    "settings": NAMES,
    "habits": seed_keys(Habits),
    "app": (*seed_keys(App), "access_token", "verify_token", "webhook"),
    "webhook": ("url", "fields"),
    "token": seed_keys(Token),
    "portfolio": seed_keys(Portfolio),
    "waba": seed_keys(Waba),
    "number": seed_keys(BusinessNumber, registered=("allowed",)),
    "person": seed_keys(Person),
    "template": (*seed_keys(Template), *TEMPLATE_OPTIONS),
}
"""The keys that each part of a seed may have; any other is an error that names the nearest. Those of a fault
stand in :mod:`emulator.domain.faults.asking`."""

Judged = dict[str, Mapping[str, Any]]
"""By its place in the seed, the facts of a template that are the same in a sandbox of any name."""


class SeedIds:
    """Makes the ids and tokens of a seed: as written in the default sandbox, and in every other one its own.

    They are functions of the seed's word and the sandbox's name, so each run has the same.
    """

    def __init__(self, word: str, sandbox: str) -> None:
        self.word = word if sandbox == DEFAULT else f"{word}/{sandbox}"
        self._as_written = sandbox == DEFAULT
        self._drawn = 0

    def draw(self) -> bytes:
        """Draw the bytes that the next thing without an id of its own is made from."""
        self._drawn += 1
        return ids.draw(self.word, "seeded", self._drawn)

    def more(self, kind: str, place: int) -> bytes:
        """Draw the bytes that the second and every further thing of a kind is made from.

        It leaves :meth:`draw` alone. ``place`` is its place in the seed, from 1.
        """
        return ids.draw(self.word, f"seeded {kind}", place)

    def own(self, written: str, make: Callable[[bytes], str]) -> str:
        """Return a credential as written; in another sandbox than the default one, what ``make`` makes of it.

        ``make`` gets bytes that are drawn from the seed's word, the sandbox's name and the written
        credential.
        """
        return written if self._as_written else make(ids.draw(self.word, f"identity/{written}", 0))

    def id(self, spot: Spot, digits: int, entropy: bytes | None = None) -> str:
        """Read a numeric id of 5 to 20 digits.

        One that is left out is made of ``entropy``, by default what is drawn next. ``digits`` is how many one
        that is made has. Raises :class:`~emulator.sandbox.seeds.files.SeedError`.
        """
        written = spot.digits(ids.numeric(entropy or self.draw(), digits))
        if not 5 <= len(written) <= 20:
            spot.wrong(f"an id has 5 to 20 digits, got {written!r}")
        return self.own(written, lambda entropy: ids.numeric(entropy, len(written)))

    def token(self, written: str) -> str:
        """Return an access token as written, or in another sandbox one that is made of it.

        None looks like a real one.
        """
        return self.own(written, lambda entropy: f"EMULATOR-{entropy[:12].hex()}")


def url(spot: Spot) -> str | None:
    """Read an ``http://`` or ``https://`` URL; ``None`` when it is missing.

    Raises :class:`~emulator.sandbox.seeds.files.SeedError` for anything else.
    """
    if spot.value is None:
        return None
    if not spot.text().startswith(("http://", "https://")):
        spot.wrong(f"expected an http:// or https:// URL, got {spot.value!r}")
    return spot.text()


def phone(spot: Spot) -> str:
    """Read the digits of a phone number, in any way of writing it.

    Raises :class:`~emulator.sandbox.seeds.files.SeedError` for what is no phone number.
    """
    written = str(spot.value) if isinstance(spot.value, int) else spot.text()
    try:
        return digits_of(written)
    except PlatformError:
        spot.wrong(f"expected a phone number such as +1 650 555 1234, got {written!r}")
