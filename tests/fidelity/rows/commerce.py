"""Interactive messages about products: lists, catalogues, carousels."""

from __future__ import annotations

from fidelity.rows.bodies import (
    ACTION,
    LIMIT,
    carousel,
    counted,
    interactive,
    lengths,
    media_card,
    named,
    product_card,
    products,
)
from fidelity.rows.row import LINK, Area, Basis, accepted, complaint, row, value

CATALOG_PAGE = "D/catalogs/sell-products-and-services/share-products"
CARDS_PAGE = "D/messages/interactive-media-carousel-messages"

COMMERCE = Area(
    "Interactive messages: products, catalogues, carousels",
    (
        row(
            "A product needs its catalogue and its id, and no body.",
            Basis.DOCUMENTED,
            CATALOG_PAGE,
            accepted(interactive("product", {"catalog_id": "1", "product_retailer_id": "2"}, body=None)),
            complaint(
                interactive("product", {"catalog_id": "1"}),
                f"The parameter {ACTION}['product_retailer_id'] is required.",
            ),
        ),
        row(
            "A product list has a text header, 1 to 10 sections and at most 30 products in all.",
            Basis.DOCUMENTED,
            CATALOG_PAGE,
            accepted(products(15, 15)),
            value(products(15, 16), "Total product count exceed max allowed count: 30"),
            value(products(*[1] * 11), counted("sections", 1, 10)),
            complaint(products(1, header=None), "The parameter interactive['header'] is required."),
            unsure=LIMIT,
        ),
        row(
            "A catalogue is shown with or without a thumbnail.",
            Basis.DOCUMENTED,
            CATALOG_PAGE,
            accepted(named("catalog_message")),
            accepted(named("catalog_message", {"thumbnail_product_retailer_id": "2"})),
        ),
        row(
            "A carousel has 2 to 10 cards.",
            Basis.DOCUMENTED,
            CARDS_PAGE,
            accepted(carousel(map(media_card, range(10)))),
            accepted(carousel(map(product_card, range(2)))),
            value(carousel([media_card(0)]), counted("cards", 2, 10)),
            value(carousel([*map(media_card, range(10)), media_card(9)]), counted("cards", 2, 10)),
            unsure=LIMIT,
        ),
        row(
            "A card's index is 0 to 9, and its own.",
            Basis.DOCUMENTED,
            CARDS_PAGE,
            value(
                carousel([media_card(0), media_card(10)]),
                "card_index is out of range. Min value: 0, Max value: 9",
            ),
            value(carousel([media_card(1), media_card(1)]), "Duplicate card_index: 1"),
            unsure=LIMIT,
        ),
        row(
            "A card's text has at most 160 characters and two line breaks.",
            Basis.DOCUMENTED,
            CARDS_PAGE,
            accepted(carousel([media_card(0, body={"text": "a\nb\nc"}), media_card(1)])),
            value(
                carousel([media_card(0, body={"text": "x" * 161}), media_card(1)]),
                lengths("Card body text", 160),
            ),
            value(
                carousel([media_card(0, body={"text": "a\nb\nc\nd"}), media_card(1)]),
                "Card body text can have at most 2 line breaks",
            ),
            unsure=LIMIT,
        ),
        row(
            "All cards have the same type, header type, action and catalogue.",
            Basis.DOCUMENTED,
            CARDS_PAGE,
            value(carousel([media_card(0), product_card(1)]), "All cards must be of the same type"),
            value(
                carousel([media_card(0), media_card(1, header={"type": "video", "video": {"link": LINK}})]),
                "All cards must have the same header type",
            ),
            value(
                carousel([product_card(0), product_card(1, "2")]),
                "All cards must have the same catalog_id",
            ),
            unsure=LIMIT,
        ),
        row(
            "A media card may have quick replies instead of a link.",
            Basis.DOCUMENTED,
            f"{CARDS_PAGE}, September 2026",
            accepted(
                carousel(
                    media_card(
                        place,
                        action={
                            "buttons": [{"type": "quick_reply", "quick_reply": {"id": "1", "title": "Buy"}}]
                        },
                    )
                    for place in range(2)
                )
            ),
            value(
                carousel([media_card(0, action={}), media_card(1)]),
                "A card needs either a cta_url or quick reply buttons",
            ),
            unsure=LIMIT,
        ),
    ),
)
