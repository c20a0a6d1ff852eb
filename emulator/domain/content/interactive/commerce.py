"""Interactive messages with products, catalogs and carousels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from emulator.domain.content.files import file
from emulator.domain.content.interactive.menus import check_section_titles
from emulator.domain.content.interactive.parts import (
    CTA_PARAMETERS,
    LABEL_LENGTH,
    SECTION_TITLE_LENGTH,
    check_unique,
    header,
    interactive,
    named_action,
)
from emulator.domain.shapes import Choice, Integer, Items, Record, Text, Value, Variant, invalid

MOST_PRODUCTS = 30
MOST_SECTIONS = 10
CARDS = (2, 10)
"""The least and the most cards of a carousel, both inclusive."""
CARD_BODY_LENGTH = 160
CARD_LINE_BREAKS = 2

_CATALOG = Text(numbers=True)
_PRODUCT = Text(numbers=True)

PRODUCT = interactive(
    "product",
    Record(required={"catalog_id": _CATALOG, "product_retailer_id": _PRODUCT}),
    needs_body=False,
)


def products_fit(action: Value) -> None:
    """Refuse more products than 30 in all; the sentence is like the recorded one about rows."""
    products = list(chain.from_iterable(section["product_items"] for section in action["sections"]))
    if len(products) > MOST_PRODUCTS:
        raise invalid(
            f"Total product count exceed max allowed count: {MOST_PRODUCTS}",
            f"All sections together have {len(products)} products.",
        )


PRODUCT_SECTIONS = Items(
    of=Record(
        required={
            "product_items": Items(
                of=Record(required={"product_retailer_id": _PRODUCT}), what="product items", least=1
            )
        },
        optional={"title": Text(what="Section title", most=SECTION_TITLE_LENGTH, may_be_empty=True)},
    ),
    what="sections",
    least=1,
    most=MOST_SECTIONS,
)

PRODUCT_LIST = interactive(
    "product_list",
    Record(
        required={"catalog_id": _CATALOG, "sections": PRODUCT_SECTIONS},
        rules=(check_section_titles, products_fit),
    ),
    top=header("text"),
    needs_header=True,
)

CATALOG_MESSAGE = interactive(
    "catalog_message",
    named_action(
        "catalog_message",
        Record(optional={"thumbnail_product_retailer_id": _PRODUCT}),
        needed=False,
    ),
)


def _card_text_fits(card: Value) -> None:
    """Refuse a card's text of more than three lines; the sentence is ours."""
    breaks = str((card.get("body") or {}).get("text", "")).count("\n")
    if breaks > CARD_LINE_BREAKS:
        raise invalid(
            f"Card body text can have at most {CARD_LINE_BREAKS} line breaks",
            f"The card at index {card['card_index']} has {breaks}.",
        )


def _cards_belong_together(action: Value) -> None:
    """Refuse cards counted twice, of two looks, or from two catalogues; the sentences are ours."""
    cards = action["cards"]
    check_unique("card_index", (card["card_index"] for card in cards))
    if len({card["type"] for card in cards}) > 1:
        raise invalid(
            "All cards must be of the same type", f"The types are {_listed(card['type'] for card in cards)}."
        )
    if len({card["header"]["type"] for card in cards if "header" in card}) > 1:
        raise invalid(
            "All cards must have the same header type",
            f"The headers are {_listed(card['header']['type'] for card in cards if 'header' in card)}.",
        )
    if len({tuple(sorted(card["action"])) for card in cards}) > 1:
        raise invalid(
            "All cards must have the same action",
            f"Their members are {_listed('+'.join(sorted(card['action'])) for card in cards)}.",
        )
    if len({card["action"].get("catalog_id") for card in cards}) > 1:
        raise invalid(
            "All cards must have the same catalog_id",
            f"They are {_listed(card['action'].get('catalog_id') for card in cards)}.",
        )


def _listed(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))


def _has_one_action(action: Value) -> None:
    """Refuse a card with a link and buttons, or with neither; the sentence is ours."""
    if ("buttons" in action) == ("parameters" in action):
        raise invalid(
            "A card needs either a cta_url or quick reply buttons", f"Its action has {', '.join(action)}."
        )


_QUICK_REPLY = Record(
    required={
        "type": Choice(("quick_reply",)),
        "quick_reply": Record(
            required={
                "id": Text(what="Button id", least=1, most=256),
                "title": Text(what="Button title", least=1, most=LABEL_LENGTH),
            }
        ),
    }
)
_INDEX = Integer(what="card_index", least=0, most=CARDS[1] - 1)
_MEDIA_CARD = Record(
    required={
        "card_index": _INDEX,
        "type": Choice(("cta_url",)),
        "header": Variant(
            "type",
            {
                kind: Record(required={"type": Choice((kind,)), kind: file(kind)})
                for kind in ("image", "video")
            },
        ),
        "action": Record(
            optional={
                "name": Choice(("cta_url",)),
                "parameters": CTA_PARAMETERS,
                "buttons": Items(of=_QUICK_REPLY, what="buttons", least=1, most=3),
            },
            rules=(_has_one_action,),
        ),
    },
    optional={"body": Record(required={"text": Text(what="Card body text", least=1, most=CARD_BODY_LENGTH)})},
    rules=(_card_text_fits,),
)
_PRODUCT_CARD = Record(
    required={
        "card_index": _INDEX,
        "type": Choice(("product",)),
        "action": Record(required={"product_retailer_id": _PRODUCT, "catalog_id": _CATALOG}),
    }
)

CAROUSEL = interactive(
    "carousel",
    Record(
        required={
            "cards": Items(
                of=Variant("type", {"cta_url": _MEDIA_CARD, "product": _PRODUCT_CARD}),
                what="cards",
                least=CARDS[0],
                most=CARDS[1],
            )
        },
        rules=(_cards_belong_together,),
    ),
    footer=False,
)
