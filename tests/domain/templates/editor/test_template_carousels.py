"""Carousels: what a send must bring for the cards, and what the editor makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from kit.templates import (
    body,
    button,
    buttons,
    cards,
    carousel,
    draft,
    header,
    payload,
    refusal,
    send_error,
    template,
    text,
)

from emulator.domain.errors import MessageError
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.filling.match import (
    SentCard,
    SentComponent,
    SentParameter,
    match,
    sent_parameters,
)
from emulator.domain.templates.filling.rendered import Rendered, RenderedButton

BUBBLE = {"type": "BODY", "text": "Hello {{1}}, have a look at these.", "example": {"body_text": [["Ann"]]}}
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}
FILM = {"type": "HEADER", "format": "VIDEO", "example": {"header_handle": ["4::a"]}}
PRODUCT = {"type": "HEADER", "format": "PRODUCT"}
WORDS = {"type": "BODY", "text": "For only {{1}} in this week.", "example": {"body_text": [["$5"]]}}
REPLY = {"type": "QUICK_REPLY", "text": "More"}
URL = {"type": "URL", "text": "Buy", "url": "https://x.example/{{1}}", "example": ["https://x.example/a"]}
VIEW = {"type": "SPM", "text": "View"}
MEDIA_CARD = (PICTURE, WORDS, buttons(REPLY, URL))
PRODUCT_CARD = (PRODUCT, buttons(VIEW))
MEDIA = template(BUBBLE, carousel(MEDIA_CARD, MEDIA_CARD), category="MARKETING")
PRODUCTS = template(BUBBLE, carousel(PRODUCT_CARD, PRODUCT_CARD), category="MARKETING")
IMAGE = SentParameter("IMAGE", payload={"link": "https://x.example/a.png"})


def sku(name: str) -> SentParameter:
    return SentParameter("PRODUCT", payload={"product_retailer_id": name, "catalog_id": "1"})


def sent(price: str = "$5", reply: str = "more") -> tuple[SentComponent, ...]:
    """What a media card needs."""
    return (
        header(IMAGE),
        body(price),
        button(0, "QUICK_REPLY", payload(reply)),
        button(1, "URL", text("bread")),
    )


def of_products(count: int) -> SentComponent:
    return cards(*((header(sku(str(place))),) for place in range(count)))


# sending


def test_every_card_is_filled_by_its_own_values() -> None:
    """A person swipes through cards that each have a picture, words and buttons."""
    rendered = match(MEDIA, (body("Ann"), cards(sent("$5", "one"), sent("$7", "two"))))

    def card(price: str, reply: str) -> Rendered:
        return Rendered(
            "[image]",
            f"For only {price} in this week.",
            None,
            (
                RenderedButton("QUICK_REPLY", "More", reply),
                RenderedButton("URL", "Buy", None, "https://x.example/bread"),
            ),
        )

    assert rendered == Rendered(
        None, "Hello Ann, have a look at these.", None, cards=(card("$5", "one"), card("$7", "two"))
    )


def test_cards_come_in_the_order_of_their_index() -> None:
    """The order of the request does not matter."""
    swapped = SentComponent("CAROUSEL", cards=(SentCard(1, sent("$7")), SentCard(0, sent("$5"))))

    rendered = match(MEDIA, (body("Ann"), swapped))

    assert [card.body for card in rendered.cards] == [
        "For only $5 in this week.",
        "For only $7 in this week.",
    ]


def test_the_buttons_of_all_cards_can_be_tapped() -> None:
    """A person meets them card by card."""
    rendered = match(MEDIA, (body("Ann"), cards(sent(reply="one"), sent(reply="two"))))

    assert [each.payload for each in rendered.every_button() if each.type == "QUICK_REPLY"] == ["one", "two"]


@pytest.mark.parametrize("count", [2, 3, 10])
def test_more_products_can_be_sent_than_the_template_has_cards(count: int) -> None:
    """The template has two; a send may have up to ten."""
    rendered = match(PRODUCTS, (body("Ann"), of_products(count)))

    assert [card.header for card in rendered.cards] == [f"[product {place}]" for place in range(count)]
    assert {card.buttons for card in rendered.cards} == {(RenderedButton("SPM", "View"),)}


@pytest.mark.parametrize("count", [0, 1, 11])
def test_there_are_two_to_ten_products(count: int) -> None:
    """In the form of the recorded sentence about buttons."""
    assert send_error(PRODUCTS, body("Ann"), of_products(count)) == (
        131009,
        "Invalid cards count. Min allowed cards: 2, Max allowed cards: 10",
    )


@pytest.mark.parametrize("sent_cards", [(), (cards(),), (cards(sent()),)], ids=["none", "empty", "one"])
def test_too_few_cards_are_refused_as_a_missing_header(sent_cards: tuple[Any, ...]) -> None:
    """The reported refusal, which does not name the cards."""
    assert send_error(MEDIA, body("Ann"), *sent_cards) == (
        132012,
        "header component parameter should not be empty",
    )


@pytest.mark.parametrize("indexes", [(0, 1, 2), (0, 0), (1, 2), (-1, 0)])
def test_there_are_exactly_the_cards_of_the_template(indexes: tuple[int, ...]) -> None:
    """Each index once, from 0."""
    given = SentComponent("CAROUSEL", cards=tuple(SentCard(index, sent()) for index in indexes))

    assert send_error(MEDIA, body("Ann"), given) == (
        132000,
        f"carousel: number of cards ({len(indexes)}) does not match the expected number of params (2)",
    )


def test_cards_are_for_carousels() -> None:
    """Any other template takes none."""
    assert send_error(template(BUBBLE), body("Ann"), cards(sent(), sent())) == (
        132000,
        "carousel: number of cards (2) does not match the expected number of params (0)",
    )


@pytest.mark.parametrize(
    ("components", "refused"),
    [
        (sent()[1:], (132012, "header component parameter should not be empty")),
        ((header(), *sent()[1:]), (132012, "header component parameter should not be empty")),
        (
            (header(SentParameter("VIDEO", payload={"id": "1"})), *sent()[1:]),
            (132012, "header: Format mismatch, expected IMAGE, received VIDEO"),
        ),
        (
            (sent()[0], *sent()[2:]),
            (
                132000,
                "body: number of localizable_params (0) does not match the expected number of params (1)",
            ),
        ),
        (sent()[:3], (131008, "buttons: Button at index 1 of type Url requires a parameter")),
        (
            (*sent()[:2], button(0, "URL", text("a")), sent()[3]),
            (132018, "buttons: Button at index 0 must be of type QuickReply"),
        ),
        (
            (*sent(), button(2, "URL", text("a"))),
            (132000, "buttons: number of buttons (3) does not match the expected number of params (2)"),
        ),
        (sent("x" * 138), (132005, "body: Translated text is too long")),
        (
            sent("two\nlines"),
            (132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"),
        ),
    ],
)
def test_a_card_is_held_to_the_rules_of_a_message(
    components: tuple[Any, ...], refused: tuple[Any, ...]
) -> None:
    """The same sentences; which card it is stands in the hint alone."""
    given = (body("Ann"), cards(sent(), components))

    assert send_error(MEDIA, *given) == refused
    with pytest.raises(MessageError) as caught:
        match(MEDIA, given)
    assert (caught.value.hint or "").startswith("This is about the card at index 1.")


def test_the_words_of_a_card_may_have_160_characters() -> None:
    """The limit itself is allowed."""
    assert match(MEDIA, (body("Ann"), cards(sent(), sent("x" * 137))))


def test_cards_take_named_values() -> None:
    """The template's kind of variables is that of its cards."""
    words = {"type": "BODY", "text": "For only {{price}} in this week."}
    card = (PICTURE, words, buttons(REPLY))
    named = template({"type": "BODY", "text": "Look"}, carousel(card, card), parameter_format="NAMED")
    with_name = (header(IMAGE), body(text("$5", "price")))

    assert match(named, (cards(with_name, with_name),)).cards[1].body == "For only $5 in this week."
    assert send_error(named, cards(with_name, (header(IMAGE), body("$5")))) == (
        100,
        "Parameter name is missing or empty",
    )


def test_every_parameter_of_a_send_is_found() -> None:
    """Those of the cards in their place."""
    given = (body("Ann"), cards(sent("$5"), sent("$7")), button(0, "URL", text("last")))

    assert [parameter.text for parameter in sent_parameters(given)] == [
        "Ann",
        *(None, "$5", "more", "bread"),
        *(None, "$7", "more", "bread"),
        "last",
    ]


# creating


@pytest.mark.parametrize(
    "card",
    [
        MEDIA_CARD,
        (FILM, buttons(REPLY)),
        (PICTURE, buttons(REPLY, {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100"})),
        PRODUCT_CARD,
        (PRODUCT, WORDS, buttons(URL)),
    ],
)
@pytest.mark.parametrize("count", [2, 10])
def test_good_carousels(card: tuple[Any, ...], count: int) -> None:
    """Two to ten cards that are alike: a picture, a film or a product, and one or two buttons."""
    check(draft(BUBBLE, carousel(*(card,) * count)))


def words(value: str) -> dict[str, Any]:
    return {"type": "BODY", "text": value}


@pytest.mark.parametrize(
    ("given", "subcode", "message"),
    [
        ((MEDIA_CARD,), None, "A carousel must have at least 2 and at most 10 cards."),
        ((MEDIA_CARD,) * 11, None, "A carousel must have at least 2 and at most 10 cards."),
        (
            (MEDIA_CARD, (FILM, *MEDIA_CARD[1:])),
            None,
            "All cards of a carousel must have the same header format.",
        ),
        (
            (MEDIA_CARD, (PICTURE, buttons(REPLY, URL))),
            None,
            "All cards of a carousel must have the same components.",
        ),
        (
            (MEDIA_CARD, (PICTURE, WORDS, buttons(URL, REPLY))),
            None,
            "All cards of a carousel must have the same buttons.",
        ),
        (
            (MEDIA_CARD, (WORDS, buttons(REPLY))),
            2388043,
            "component of type CAROUSEL is missing expected field(s) (header)",
        ),
        (
            (MEDIA_CARD, (PICTURE, WORDS)),
            2388043,
            "component of type CAROUSEL is missing expected field(s) (buttons)",
        ),
        (
            (MEDIA_CARD, ({"type": "HEADER", "format": "IMAGE"}, *MEDIA_CARD[1:])),
            2388043,
            "component of type HEADER is missing expected field(s) (example)",
        ),
        (
            (MEDIA_CARD, ({"type": "HEADER", "format": "TEXT", "text": "Hi"}, *MEDIA_CARD[1:])),
            None,
            "The header of a card must be an image, a video or a product.",
        ),
        (
            (MEDIA_CARD, (*MEDIA_CARD, PICTURE)),
            None,
            "A card can't have this component, or can't have it twice: HEADER.",
        ),
        (
            (MEDIA_CARD, (*MEDIA_CARD, {"type": "FOOTER", "text": "Bye"})),
            None,
            "A card can't have this component, or can't have it twice: FOOTER.",
        ),
        (
            (MEDIA_CARD, (PICTURE, words("x" * 161), buttons(REPLY))),
            2388040,
            "A field in your template has exceeded the maximum character limit allowed.",
        ),
        (
            (MEDIA_CARD, (PICTURE, words("Only for you {{1}}"), buttons(REPLY))),
            2388299,
            "Variables can't be at the start or end of the template.",
        ),
        (
            (MEDIA_CARD, (PICTURE, WORDS, buttons(REPLY, REPLY, URL))),
            None,
            "A card can have at most 2 buttons.",
        ),
        (
            (MEDIA_CARD, (PICTURE, WORDS, buttons(VIEW))),
            None,
            "The buttons of a card with this header can only be QUICK_REPLY, URL, PHONE_NUMBER.",
        ),
        (
            (PRODUCT_CARD, (PRODUCT, buttons(REPLY))),
            None,
            "The buttons of a card with this header can only be SPM, URL.",
        ),
    ],
)
def test_cards_that_the_editor_refuses(given: tuple[Any, ...], subcode: int | None, message: str) -> None:
    """A carousel is as good as each of its cards, and these must be alike."""
    error = refusal(draft(BUBBLE, carousel(*given)))

    assert (error.subcode, error.user_message) == (subcode, message)
    if len(given) == 2:
        assert (error.hint or "").startswith("This is about the card at index 1.")


@pytest.mark.parametrize(
    "beside",
    [
        {"type": "HEADER", "format": "TEXT", "text": "Hi"},
        {"type": "FOOTER", "text": "Bye"},
        buttons(REPLY),
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon"}},
    ],
)
def test_a_carousel_stands_under_a_body_alone(beside: dict[str, Any]) -> None:
    """Everything else is in its cards."""
    error = refusal(draft(BUBBLE, carousel(MEDIA_CARD, MEDIA_CARD), beside))

    assert error.user_message == (
        f"A carousel can only have a body beside it, not a component of type {beside['type']}."
    )


def test_the_hint_compares_a_card_with_the_first() -> None:
    """Whichever of the others differs."""
    error = refusal(draft(BUBBLE, carousel(MEDIA_CARD, MEDIA_CARD, (FILM, *MEDIA_CARD[1:]), MEDIA_CARD)))

    assert "It is VIDEO here and IMAGE in the first card." in (error.hint or "")
