"""The values a send brings for the texts of a template: one for every variable, tidy and not too long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from emulator.domain.errors import invalid_parameter
from emulator.domain.templates.filling.mismatches import format_mismatch, parameter_error
from emulator.domain.templates.filling.sent import TEXTS, SentParameter

_UNTIDY = re.compile(r"[\n\r\t]| {5,}")


def check_formats(where: str, given: Sequence[SentParameter]) -> None:
    """Refuse a parameter for the part ``where`` that is no text, currency or date (132012).

    A variable of a text can be filled with nothing else; the first wrong one is reported.
    """
    for parameter in given:
        if parameter.type not in TEXTS:
            raise format_mismatch(where, "TEXT", parameter.type)


def check_whitespace(where: str, parameter: SentParameter) -> None:
    """Refuse line breaks, tabs and more than four spaces in a row in a text parameter (132018)."""
    if parameter.type in TEXTS and _UNTIDY.search(parameter.text or ""):
        raise parameter_error(
            132018,
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            hint=f"It is a parameter of the {where}.",
        )


def check_length(where: str, text: str, limit: int) -> None:
    """Refuse a text of more than ``limit`` characters once its variables are filled in (132005).

    Only the hint says the length; the platform's sentence is the same for every part.
    """
    if len(text) > limit:
        raise parameter_error(
            132005,
            f"{where}: Translated text is too long",
            hint=f"With its variables filled in, the {where} has {len(text)} characters; at most {limit} are "
            "allowed.",
        )


def values_by_variable(
    where: str, variables: Sequence[str], given: Sequence[SentParameter], named: bool
) -> dict[str, str]:
    """Assign the parameters to the ``variables`` of the part ``where``.

    By ``parameter_name`` in a template whose variables are ``named``, else in order: the first for ``{{1}}``,
    the second for ``{{2}}``. Raises 132012 for names in the wrong kind of template or that do not match, 100
    for a missing name, and 132018 for untidy white space.
    """
    for parameter in given:
        check_whitespace(where, parameter)
    if not named:
        if any(parameter.name for parameter in given):
            raise format_mismatch(where, "POSITIONAL", "NAMED")
        return {name: given[place].text or "" for place, name in enumerate(sorted(variables, key=_number))}
    if not all(parameter.name for parameter in given):
        raise invalid_parameter(
            "Parameter name is missing or empty",
            rule="template_parameters",
            hint=f"The {where} of this template has named variables: {', '.join(variables)}.",
        )
    names = [parameter.name or "" for parameter in given]
    if sorted(names) != sorted(variables):
        raise parameter_error(
            132012,
            f"{where}: Parameter names ({', '.join(names)}) do not match the expected names "
            f"({', '.join(variables)})",
            "Each variable of the template needs one parameter with its parameter_name.",
        )
    return {parameter.name or "": parameter.text or "" for parameter in given}


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0
