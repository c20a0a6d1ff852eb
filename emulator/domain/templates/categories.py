"""The categories a template can be created with, under the three values of ``template_categories``.

``any``      today's three; one of the ten that the platform began with counts as UTILITY, with a warning
``current``  today's three, as the platform has it since 2023-05-01 ``legacy``   the ten alone, as the
platform had it until 2022
"""

from __future__ import annotations

from collections.abc import Iterable

from emulator.domain.errors import GraphError, bad_parameter
from emulator.domain.quoting import brief
from emulator.domain.templates.template import CATEGORIES, LEGACY_CATEGORIES
from emulator.domain.values import dataclass

POLICIES = ("any", "current", "legacy")


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """The category a new template gets, the legacy one it was asked for, and a warning to its author.

    ``previous`` and ``warning`` are ``None`` unless a legacy category was translated.
    """

    category: str
    previous: str | None = None
    warning: str | None = None


def choose_category(asked: str, policy: str = "any") -> CategoryChoice:
    """Decide the category of a template that is ``asked`` for under ``policy``, in any case of letters.

    Raises ``(#100) Param category must be one of …`` for a category that the policy does not have. That one
    of the ten old names becomes UTILITY is a convention of ours: Meta sorted existing templates by their
    content.
    """
    if policy not in POLICIES:
        raise ValueError(f"policy must be one of {', '.join(POLICIES)} - got {policy!r}")
    category = asked.upper()
    if policy == "legacy":
        if category not in LEGACY_CATEGORIES:
            raise _unknown(asked, LEGACY_CATEGORIES, "The setting admits only the ten first categories.")
        return CategoryChoice(category)
    if category in CATEGORIES:
        return CategoryChoice(category)
    if policy == "any" and category in LEGACY_CATEGORIES:
        return CategoryChoice(
            "UTILITY",
            category,
            f"The platform refuses the category {category} since 2023-05-01; taken as UTILITY here.",
        )
    old = "was one until 2023-05-01" if category in LEGACY_CATEGORIES else "never was one"
    raise _unknown(asked, CATEGORIES, f"{brief(asked)} {old}; the letters may be in either case.")


def billed_as(category: str) -> str:
    """Find the category a template is priced as: the ten legacy ones as UTILITY, any other as itself."""
    return "UTILITY" if category in LEGACY_CATEGORIES else category


def _unknown(asked: str, known: Iterable[str], hint: str) -> GraphError:
    return bad_parameter(f'Param category must be one of {{{", ".join(known)}}} - got "{asked}".', hint=hint)
