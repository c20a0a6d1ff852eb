"""The pages that a refusal links to: every error, every rule, each with its source; made by the server.

They tell nothing of a sandbox, and need no script.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, make_response, render_template, request

from emulator.domain.catalogue import CATALOGUE, CatalogueEntry, ErrorChannel
from emulator.domain.catalogue.met_by import MET_BY
from emulator.domain.faults.fault import RULE
from emulator.web.boundary import ERRORS, PAGE, RULES
from emulator.web.pages.policy import HEADERS
from emulator.web.pages.signatures import SIGNATURES

_LONGEST = 12
"""Digits of a number that is looked up."""
_NEAR = 12
TOLD = {
    ErrorChannel.SYNC: "in the answer to the call",
    ErrorChannel.ASYNC: "later, in a failed status",
    ErrorChannel.BOTH: "in the answer, or later in a failed status",
    ErrorChannel.INBOUND: "in the webhook of a message that a person writes",
}
"""Where an error is told, in words."""


def answer(path: str) -> Response | None:
    """Answer a ``GET`` of the pages of errors and rules; ``None`` for a path that is none of theirs.

    ``/_emulator/errors/{code}`` is an error, and ``/_emulator/errors/{code}/{subcode}`` that of the subcode
    where the catalogue has it. What there is not is answered with 404 and the list of those that there are.
    """
    for place, show in ((ERRORS, _error), (RULES, _rule)):
        if path in (place, f"{place}/"):
            return show([])
        if path.startswith(f"{place}/"):
            return show(path.removeprefix(f"{place}/").split("/"))
    return None


def _error(named: list[str]) -> Response:
    numbers = [int(each) for each in named[:2] if each.isascii() and each.isdigit() and len(each) < _LONGEST]
    entry = next((CATALOGUE[each] for each in reversed(numbers) if each in CATALOGUE), None)
    if entry is None:
        unknown = "/".join(named) or None
        return _page("errors.html", unknown=unknown, entries=CATALOGUE.values(), met_by=MET_BY)
    rule = MET_BY.get(entry.number, RULE)
    related = [each for each in CATALOGUE.values() if _is_near(each, entry)][:_NEAR]
    return _page("error.html", entry=entry, rule=SIGNATURES[rule], is_met=rule != RULE, related=related)


def _rule(named: list[str]) -> Response:
    name = "/".join(named)
    rule = SIGNATURES.get(name)
    if rule is None:
        return _page("rules.html", unknown=name or None, rules=SIGNATURES.values())
    met = [CATALOGUE[number] for number, by in MET_BY.items() if by == rule.name and number in CATALOGUE]
    return _page("rule.html", rule=rule, errors=sorted(met, key=lambda each: each.number))


def _is_near(each: CatalogueEntry, entry: CatalogueEntry) -> bool:
    """Whether an error has the code of another, or is met by the same rule."""
    rule = MET_BY.get(entry.number)
    is_same_rule = rule is not None and MET_BY.get(each.number) == rule
    return each is not entry and (each.body_code == entry.body_code != 100 or is_same_rule)


def _page(template: str, *, unknown: object = None, **facts: object) -> Response:
    answer = make_response(
        render_template(
            f"reference/{template}",
            page=PAGE,
            errors_at=ERRORS,
            rules_at=RULES,
            told=TOLD,
            host=request.host_url,
            unknown=unknown,
            **facts,
        )
    )
    answer.status_code = HTTPStatus.OK if unknown is None else HTTPStatus.NOT_FOUND
    answer.headers.update(HEADERS)
    return answer
