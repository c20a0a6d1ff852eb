"""The editor's rules about the cards of a carousel (D/templates/marketing-templates); the wording is ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.templates.components import CARD_BODY_LENGTH, CARD_COMPONENT_TYPES
from emulator.domain.templates.editor.buttons import check_buttons
from emulator.domain.templates.editor.limits import EditorLimits
from emulator.domain.templates.editor.texts import check_body, check_header
from emulator.domain.templates.refusals import in_card, missing_field, refusal
from emulator.domain.templates.template import Draft

TITLE = "Carousel is not valid"
CARDS = (2, 10)
"""The least and the most cards of a carousel, both inclusive."""
MOST_BUTTONS = 2
BUTTONS_UNDER = {
    "IMAGE": ("QUICK_REPLY", "URL", "PHONE_NUMBER"),
    "VIDEO": ("QUICK_REPLY", "URL", "PHONE_NUMBER"),
    "PRODUCT": ("SPM", "URL"),
}
"""The header formats a card may have, and the button types that go with each."""

Card = Mapping[str, Mapping[str, Any]]


def check_carousel(carousel: Mapping[str, Any], draft: Draft, limits: EditorLimits) -> None:
    """Refuse too few or too many cards, cards that are incomplete, and cards that are not alike.

    All cards need the same header format, the same components and the same buttons in the same order. The
    error about a card names its index in the hint. Raises :class:`TemplateEditorError`.
    """
    written = carousel.get("cards") or ()
    least, most = CARDS
    if not least <= len(written) <= most:
        raise refusal(
            None,
            TITLE,
            f"A carousel must have at least {least} and at most {most} cards.",
            hint=f"The carousel has {len(written)} of them.",
        )
    cards = []
    for place, card in enumerate(written):
        try:
            cards.append(_checked(card, draft, limits))
        except PlatformError as refused:
            raise in_card(refused, place) from None
    for what, look in (("header format", _top), ("components", _kinds), ("buttons", _buttons)):
        for place, card in enumerate(cards):
            if look(card) != look(cards[0]):
                raise in_card(
                    refusal(
                        None,
                        TITLE,
                        f"All cards of a carousel must have the same {what}.",
                        hint=f"It is {look(card)} here and {look(cards[0])} in the first card.",
                    ),
                    place,
                )


def _checked(card: Mapping[str, Any], draft: Draft, limits: EditorLimits) -> Card:
    """The card's components by type, each of which was looked at."""
    found: dict[str, Mapping[str, Any]] = {}
    for component in card["components"]:
        kind = str(component.get("type"))
        if kind not in CARD_COMPONENT_TYPES or kind in found:
            raise refusal(
                None,
                TITLE,
                f"A card can't have this component, or can't have it twice: {kind}.",
                "components",
                hint=f"A card has one each of {', '.join(CARD_COMPONENT_TYPES)}.",
            )
        found[kind] = component
    if "HEADER" not in found:
        raise missing_field("CAROUSEL", "header", f"The card has {', '.join(found) or 'no component'}.")
    check_header(found["HEADER"], draft.parameter_format, is_uploaded=limits.is_uploaded)
    top = found["HEADER"]["format"]
    if top not in BUTTONS_UNDER:
        raise refusal(
            None,
            TITLE,
            "The header of a card must be an image, a video or a product.",
            hint=f"Its format is {top}; known are {', '.join(BUTTONS_UNDER)}.",
        )
    if "BODY" in found:
        check_body(found["BODY"], draft.parameter_format, CARD_BODY_LENGTH, limits)
    if "BUTTONS" not in found:
        raise missing_field("CAROUSEL", "buttons", f"The card has {', '.join(found)} only.")
    check_buttons(found["BUTTONS"], draft, limits)
    kinds = _buttons(found)
    if len(kinds) > MOST_BUTTONS:
        raise refusal(
            None,
            TITLE,
            f"A card can have at most {MOST_BUTTONS} buttons.",
            hint=f"It has {len(kinds)}: {', '.join(kinds)}.",
        )
    if not set(kinds) <= set(BUTTONS_UNDER[top]):
        allowed = ", ".join(BUTTONS_UNDER[top])
        raise refusal(
            None,
            TITLE,
            f"The buttons of a card with this header can only be {allowed}.",
            hint=f"The header is {top}, the buttons are {', '.join(kinds)}.",
        )
    return found


def _top(card: Card) -> object:
    return card["HEADER"]["format"]


def _kinds(card: Card) -> set[str]:
    return set(card)


def _buttons(card: Card) -> list[str]:
    return [str(button["type"]) for button in card["BUTTONS"]["buttons"]]
