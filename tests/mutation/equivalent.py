"""Mutants that no test can notice, because they do what the original does: a row each, with the reason.

They are not tried, and do not count. A row that fits no line of its module any more is refused by a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutation.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of one line that changes nothing that a caller can see."""

    module: str
    """The module, from ``emulator/domain`` on."""
    was: str
    """The line as it stands, without its indentation."""
    becomes: tuple[str, ...]
    """What a mutant makes of it; several when they have the same reason."""
    why: str

    @property
    def path(self) -> Path:
        """The module's path in the repository."""
        return Path("emulator/domain") / self.module


EQUIVALENT: tuple[Equivalent, ...] = (
    Equivalent(
        "ids.py",
        'tail = rest[6 : 6 + rest[5]] if len(rest) > 5 else b""',
        ('tail = rest[6 : 6 + rest[5]] if len(rest) > 6 else b""',),
        "Of six bytes the tail is empty in either way.",
    ),
    Equivalent(
        "limits/throughput.py",
        "ahead = timedelta(0) if tat is None else tat - now",
        ("ahead = timedelta( -1) if tat is None else tat - now",),
        "Nobody is less than nothing ahead; the next line counts both as none.",
    ),
    Equivalent(
        "pricing/costs.py",
        "amount = Decimal(-1 if isinstance(value, bool) or len(written) > _MOST_DIGITS else written)",
        ("amount = Decimal(- 2 if isinstance(value, bool) or len(written) > _MOST_DIGITS else written)",),
        "Any amount below zero is refused.",
    ),
    Equivalent(
        "pricing/costs.py",
        "amount = Decimal(-1)",
        ("amount = Decimal(- 2)",),
        "Any amount below zero is refused.",
    ),
    Equivalent(
        "templates/editor/buttons.py",
        'blocks = [is_reply for is_reply, _ in groupby(kinds, key=lambda kind: kind == "QUICK_REPLY")]',
        ('blocks = [is_reply for is_reply, _ in groupby(kinds, key=lambda kind: kind != "QUICK_REPLY")]',),
        "The blocks are counted, whatever they are.",
    ),
    Equivalent(
        "templates/editor/carousel.py",
        "if not set(kinds) <= set(BUTTONS_UNDER[top]):",
        ("if not set(kinds) < set(BUTTONS_UNDER[top]):",),
        "No card has all of them: two buttons at most, and that of a product stands alone.",
    ),
    Equivalent(
        "templates/editor/library.py",
        'made.insert(0, {"type": "HEADER", "format": "TEXT", "text": entry.header})',
        ('made.insert( -1, {"type": "HEADER", "format": "TEXT", "text": entry.header})',),
        "There is one component before: to stand before the last is to be the first.",
    ),
    Equivalent(
        "templates/filling/mismatches.py",
        'difference = f"{given - expected} fewer" if given > expected else f"{expected - given} more"',
        ('difference = f"{given - expected} fewer" if given >= expected else f"{expected - given} more"',),
        "It is asked for two numbers that differ.",
    ),
    Equivalent(
        "phones.py",
        'phonenumbers.region_code_for_country_code(parsed.country_code or 1).replace("ZZ", "US")',
        (
            'phonenumbers.region_code_for_country_code(parsed.country_code or 0).replace("ZZ", "US")',
            'phonenumbers.region_code_for_country_code(parsed.country_code or 2).replace("ZZ", "US")',
        ),
        "What was parsed from a plus on has a country code; the type alone says that it may have none.",
    ),
    Equivalent(
        "phones.py",
        'return len(digits) == 11 and digits[0] == "1" and _area(digits[1:4]) == "US"',
        ('return len(digits) == 11 and digits[0] == "1" and _area(digits[ 0:4]) == "US"',),
        "The library drops a 1 that is dialled before an area code.",
    ),
    Equivalent(
        "messages/revisions.py",
        'raise ValueError(f"a message can be edited for {EDIT_WITHIN.seconds // 60} minutes")',
        ('raise ValueError(f"a message can be edited for {EDIT_WITHIN.seconds // 59} minutes")',),
        "A quarter of an hour has fifteen times 59 seconds, too.",
    ),
)
_CHANGES = {(row.path, row.was, new) for row in EQUIVALENT for new in row.becomes}


def is_equivalent(mutant: Mutant) -> bool:
    """Say whether a mutant stands in :data:`EQUIVALENT`."""
    return (mutant.module, *mutant.change) in _CHANGES


def noticeable(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Leave out the mutants that no test can notice."""
    return [mutant for mutant in mutants if not is_equivalent(mutant)]
