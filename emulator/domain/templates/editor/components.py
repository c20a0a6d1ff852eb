"""The editor's rules about the components of a draft: which there must be, and which go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.components import (
    BODY_LENGTH,
    CARD_BODY_LENGTH,
    COMPONENT_TYPES,
    OFFER_BODY_LENGTH,
)
from emulator.domain.templates.editor.buttons import check_buttons
from emulator.domain.templates.editor.carousel import check_carousel
from emulator.domain.templates.editor.limits import EditorLimits
from emulator.domain.templates.editor.offers import check_offer
from emulator.domain.templates.editor.schema import check_members
from emulator.domain.templates.editor.texts import check_body, check_footer, check_header
from emulator.domain.templates.refusals import refusal
from emulator.domain.templates.template import Draft
from emulator.domain.templates.variables import placeholders

COMBINATION_TITLE = "Message template components can't be combined"
MOST_VARIABLES = 100
"""The most variables of a whole template, with its cards and button addresses (several providers)."""
AUTHENTICATION_COMPONENTS = ("HEADER", "BODY", "FOOTER", "BUTTONS")
"""The components an authentication template may have; a header is then refused with a sentence of its own."""


def check_components(draft: Draft, limits: EditorLimits) -> None:
    """Refuse components that are unknown, doubled, missing or do not go together, then check each of them.

    ``limits`` are the rules of the day and of the account. Raises :class:`TemplateEditorError`, or ``(#100)``
    for an unknown type.
    """
    found = _by_type(draft)
    authenticates = draft.category == "AUTHENTICATION"
    check_members(draft.components, authenticates)
    _check_companions(found, authenticates)
    if "HEADER" in found:
        check_header(found["HEADER"], draft.parameter_format, authenticates, limits.is_uploaded)
    if not authenticates:
        longest = _body_limit(found, draft, limits)
        check_body(found["BODY"], draft.parameter_format, longest, limits)
    if "FOOTER" in found:
        check_footer(found["FOOTER"], authenticates)
    check_buttons(found.get("BUTTONS"), draft, limits)
    _check_products(found)
    if "CAROUSEL" in found:
        check_carousel(found["CAROUSEL"], draft, limits)
    if "LIMITED_TIME_OFFER" in found:
        check_offer(found, draft)
    _check_variables(draft)


def _by_type(draft: Draft) -> dict[str, Mapping[str, Any]]:
    """The components by type. The wording about doubled and missing ones is ours."""
    found: dict[str, Mapping[str, Any]] = {}
    for place, component in enumerate(draft.components):
        kind = str(component.get("type"))
        if kind not in COMPONENT_TYPES:
            known = ", ".join(COMPONENT_TYPES)
            raise bad_parameter(
                f"Param components[{place}]['type'] must be one of {{{known}}} - got \"{kind}\".",
                hint=f"The type of the component at index {place} is unknown; types are upper case.",
            )
        if kind in found:
            raise refusal(
                None,
                "Message template has a component twice",
                f"A message template can have only one component of type {kind}.",
                "components",
                hint=f"The second one is at index {place}; put both into one, or leave one out.",
            )
        found[kind] = component
    if "BODY" not in found:
        raise refusal(
            2388043,
            'Message template "components" param is missing expected field(s)',
            "component of type BODY is missing",
            "components",
            hint=f"The components are {', '.join(found) or 'none'}; add one of type BODY.",
        )
    return found


def _check_companions(found: Mapping[str, Mapping[str, Any]], authenticates: bool) -> None:
    """Refuse components beside which another cannot stand; the wording is ours."""
    if authenticates:
        for kind in (kind for kind in found if kind not in AUTHENTICATION_COMPONENTS):
            raise _not_together(
                f"An authentication template can't have a component of type {kind}.",
                f"Leave out the {kind}, or take another category.",
            )
    if "CAROUSEL" in found:
        for kind in (kind for kind in found if kind not in ("CAROUSEL", "BODY")):
            raise _not_together(
                f"A carousel can only have a body beside it, not a component of type {kind}.",
                f"Put the {kind} into the cards, or leave it out.",
            )
    if "LIMITED_TIME_OFFER" in found and "FOOTER" in found:
        raise _not_together(
            "A limited-time offer can't have a footer.", "Put the words of the footer into the body."
        )
    if "CALL_PERMISSION_REQUEST" in found and "BUTTONS" in found:
        raise _not_together(
            "A call permission request can't have buttons.",
            "Leave out BUTTONS: the request shows the buttons of its own.",
        )


def _check_products(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse a header that does not fit the products a button shows; the wording is ours."""
    top = found.get("HEADER", {}).get("format")
    kinds = [button["type"] for button in found.get("BUTTONS", {}).get("buttons", ())]
    if (top == "PRODUCT") != ("SPM" in kinds):
        raise _not_together(
            "A header of format PRODUCT and a button of type SPM need each other.",
            f"The header is {top or 'not there'}; the buttons are {', '.join(kinds) or 'none'}.",
        )
    if "CATALOG" in kinds and top is not None:
        raise _not_together(
            "A template with a button of type CATALOG can't have a header.",
            f"The header is of format {top}; leave it out.",
        )
    if "MPM" in kinds and top not in (None, "TEXT"):
        raise _not_together(
            "A template with a button of type MPM can only have a header of format TEXT.",
            f"The header is of format {top}.",
        )


def _check_variables(draft: Draft) -> None:
    """Refuse more variables than a template may have; number and wording are ours."""
    count = sum(map(_variables, draft.components))
    if count > MOST_VARIABLES:
        raise refusal(
            2388293,
            "Params Words Ratio Exceeds Limit",
            "This template has too many variables for its length. Reduce the number of variables or increase "
            "the message length.",
            hint=f"It has {count} variables; at most {MOST_VARIABLES} are allowed.",
        )


def _variables(component: Mapping[str, Any]) -> int:
    texts = [
        component.get("text") or "",
        *(button.get("url") or "" for button in component.get("buttons", ())),
    ]
    inside = (part for card in component.get("cards", ()) for part in card["components"])
    return sum(len(placeholders(text)) for text in texts) + sum(map(_variables, inside))


def _body_limit(found: Mapping[str, Mapping[str, Any]], draft: Draft, limits: EditorLimits) -> int:
    if "LIMITED_TIME_OFFER" in found:
        return OFFER_BODY_LENGTH
    if found.get("HEADER", {}).get("format") == "PRODUCT":
        return CARD_BODY_LENGTH
    return min(limits.marketing_body, BODY_LENGTH) if draft.category == "MARKETING" else BODY_LENGTH


def _not_together(message: str, hint: str) -> Exception:
    return refusal(None, COMBINATION_TITLE, message, "components", hint=hint)
