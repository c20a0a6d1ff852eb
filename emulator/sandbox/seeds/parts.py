"""What a seed is read with: its keys, ids made from its word, phone numbers and URLs."""

from __future__ import annotations

from collections.abc import Callable

from emulator.domain import ids
from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.facts import seed_keys
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.phones import digits_of
from emulator.domain.settings import NAMES
from emulator.domain.templates.template import Template
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.seed import DEFAULT
from emulator.wire.requests.template_options import TEMPLATE_OPTIONS

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
        "tokens",
        "rates",
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
"""What each part of a seed may hold."""


class SeedIds:
    """Ids of a seed: as written in the default sandbox, and in every other one its own."""

    def __init__(self, word: str, sandbox: str) -> None:
        self.word = word if sandbox == DEFAULT else f"{word}/{sandbox}"
        self._as_written = sandbox == DEFAULT
        self._drawn = 0

    def draw(self) -> bytes:
        """What the next thing without an id of its own is made from."""
        self._drawn += 1
        return ids.draw(self.word, "seeded", self._drawn)

    def more(self, kind: str, place: int) -> bytes:
        """What the second and every further thing of a kind is made from; it leaves :meth:`draw` alone."""
        return ids.draw(self.word, f"seeded {kind}", place)

    def own(self, written: str, make: Callable[[bytes], str]) -> str:
        """A credential as written, or one that ``make`` makes of it."""
        return written if self._as_written else make(ids.draw(self.word, f"identity/{written}", 0))

    def id(self, spot: Spot, digits: int, entropy: bytes | None = None) -> str:
        """A numeric id; one that is left out is made of ``entropy``, by default what is drawn next."""
        written = spot.digits(ids.numeric(entropy or self.draw(), digits))
        if not 5 <= len(written) <= 20:
            spot.wrong(f"an id has 5 to 20 digits, got {written!r}")
        return self.own(written, lambda entropy: ids.numeric(entropy, len(written)))

    def token(self, written: str) -> str:
        """An access token; none that is made here looks like a real one."""
        return self.own(written, lambda entropy: f"EMULATOR-{entropy[:12].hex()}")


def url(spot: Spot) -> str | None:
    if spot.value is None:
        return None
    if not spot.text().startswith(("http://", "https://")):
        spot.wrong(f"expected an http:// or https:// URL, got {spot.value!r}")
    return spot.text()


def phone(spot: Spot) -> str:
    """The digits of a phone number, in any way of writing it."""
    written = str(spot.value) if isinstance(spot.value, int) else spot.text()
    try:
        return digits_of(written)
    except PlatformError:
        spot.wrong(f"expected a phone number such as +1 650 555 1234, got {written!r}")
