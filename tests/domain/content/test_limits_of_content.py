"""How long, how many and how large what a message contains may be; both ends of each are allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kit.times import DAY, MICROSECOND, MORNING, WEEK

from emulator.domain.content.interactive import TYPES, direct
from emulator.domain.content.interactive.calls import check_permission_requests
from emulator.domain.content.kinds import KINDS
from emulator.domain.content.location import PLACE
from emulator.domain.errors import MessageError
from emulator.domain.shapes import Integer, Items, Record, Shape, Text, Variant, check_limits

Limits = tuple[int | None, int | None]
BODY, LABEL, TITLE, PLACE_IN_HEADER = (1, 1024), (1, 20), (0, 24), (1, 60)

OF_KINDS: dict[str, Limits] = {
    "text.body": (0, 4096),
    "image.caption": (0, 1024),
    "video.caption": (0, 1024),
    "document.caption": (0, 1024),
    "document.filename": (0, 240),
    "contacts[]": (1, 257),
    "pin.expiration_days": (1, 30),
}
OF_ACTIONS: dict[str, Limits] = {
    "button.buttons[]": (1, 3),
    "button.buttons[].reply.id": (1, 256),
    "button.buttons[].reply.title": LABEL,
    "list.button": LABEL,
    "list.sections[]": (1, 10),
    "list.sections[].rows[]": (1, None),
    "list.sections[].rows[].id": (0, 200),
    "list.sections[].rows[].title": TITLE,
    "list.sections[].rows[].description": (0, 72),
    "list.sections[].title": TITLE,
    "product_list.sections[]": (1, 10),
    "product_list.sections[].product_items[]": (1, None),
    "product_list.sections[].title": TITLE,
    "carousel.cards[]": (2, 10),
    "carousel.cards[](cta_url).card_index": (0, 9),
    "carousel.cards[](cta_url).action.parameters.display_text": LABEL,
    "carousel.cards[](cta_url).action.buttons[]": (1, 3),
    "carousel.cards[](cta_url).action.buttons[].quick_reply.id": (1, 256),
    "carousel.cards[](cta_url).action.buttons[].quick_reply.title": LABEL,
    "carousel.cards[](cta_url).body.text": (1, 160),
    "carousel.cards[](product).card_index": (0, 9),
    "cta_url.parameters.display_text": LABEL,
    "address_message.parameters.values.in_pin_code": (0, 6),
    "address_message.parameters.saved_addresses[].value.in_pin_code": (0, 6),
    "voice_call.parameters.display_text": LABEL,
    "voice_call.parameters.ttl_minutes": (1, 43_200),
    "voice_call.parameters.payload": (0, 512),
    "order_details.parameters.order.items[]": (1, None),
    "order_details.parameters.order.items[].name": (1, 60),
    "order_details.parameters.order.items[].quantity": (1, 1_000_000),
    "order_details.parameters.order.tax.description": (0, 60),
    "order_details.parameters.order.expiration.description": (0, 120),
    "order_details.parameters.order.shipping.description": (0, 60),
    "order_details.parameters.order.discount.description": (0, 60),
    "order_details.parameters.order.discount.discount_program_name": (0, 60),
    "order_status.parameters.order.description": (0, 120),
}
OF_DIRECT_SENDS: dict[str, Limits] = {
    "button.buttons[]": (1, 10),
    "button.buttons[](reply).reply.id": (1, 256),
    "button.buttons[](reply).reply.title": LABEL,
    "button.buttons[](cta_url).cta_url.display_text": LABEL,
    "cta_url.parameters.display_text": LABEL,
}


def limits(shape: Shape, path: str) -> Iterator[tuple[str, Limits]]:
    """Every limit in a shape, with the path of what it limits."""
    match shape:
        case Text(least=least, most=int(most)) | Integer(what=str(), least=least, most=most):
            yield path, (least, most)
        case Items(of=of, what=what, least=least, most=most):
            if what is not None:
                yield f"{path}[]", (least, most)
            yield from limits(of, f"{path}[]")
        case Record(members=members):
            for name, member in members.items():
                yield from limits(member, f"{path}.{name}")
        case Variant(cases=cases):
            for name, case in cases.items():
                yield from limits(case, f"{path}({name})")


def of_actions(types: dict[str, Record]) -> dict[str, Limits]:
    return dict(limit for name, record in types.items() for limit in limits(record.members["action"], name))


def test_each_kind_has_the_documented_limits() -> None:
    """Of characters, cards and days; the pages of the kinds have them."""
    kinds = {name: kind for name, kind in KINDS.items() if name != "interactive"}

    assert dict(limit for name, kind in kinds.items() for limit in limits(kind.shape, name)) == OF_KINDS


def test_each_interactive_type_has_the_documented_limits() -> None:
    """Of what can be tapped, counted and read; a Direct Send has ten buttons in place of three."""
    assert of_actions(dict(TYPES)) == OF_ACTIONS
    assert of_actions(dict(direct.TYPES)) == OF_DIRECT_SENDS


@pytest.mark.parametrize("types", [TYPES, direct.TYPES], ids=["send", "direct send"])
def test_header_body_and_footer_are_as_long_in_every_type(types: dict[str, Record]) -> None:
    """But for the body of a list, which is four times as long."""
    for name, record in types.items():
        parts = {part: dict(limits(shape, part)) for part, shape in record.members.items()}

        assert parts["body"] == {"body.text": (1, 4096) if name == "list" else BODY}
        assert parts["footer"] in ({}, {"footer.text": PLACE_IN_HEADER})
        assert set(parts["header"].items() if "header" in parts else ()) <= {
            ("header(text).text", PLACE_IN_HEADER),
            ("header(document).document.filename", (0, 240)),
        }


# limits across members


def fits(shape: Shape, value: Any) -> bool:
    """Whether a value breaks no limit."""
    try:
        check_limits(shape, value)
    except MessageError as refused:
        return refused.code != 131009
    return True


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (90, 180, True),
        (-90, -180, True),
        ("90", "-180", True),
        (90.000001, 180, False),
        (-90.000001, 0, False),
        (0, 180.000001, False),
        (0, -180.000001, False),
    ],
)
def test_a_point_is_on_earth(latitude: object, longitude: object, expected: bool) -> None:
    """Poles and the date line are."""
    assert fits(PLACE, {"latitude": latitude, "longitude": longitude}) is expected


def rows(first: int, count: int) -> list[dict[str, str]]:
    return [{"id": str(number), "title": "row"} for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("counts", "expected"), [((10,), True), ((11,), False), ((5, 5), True), ((5, 6), False)]
)
def test_a_list_has_ten_rows_in_all(counts: tuple[int, ...], expected: bool) -> None:
    """However many sections they are in."""
    sections = [{"title": "T", "rows": rows(100 * place, count)} for place, count in enumerate(counts)]

    assert fits(TYPES["list"].members["action"], {"button": "Menu", "sections": sections}) is expected


@pytest.mark.parametrize(
    ("counts", "expected"), [((30,), True), ((31,), False), ((15, 15), True), ((15, 16), False)]
)
def test_a_product_list_has_thirty_products_in_all(counts: tuple[int, ...], expected: bool) -> None:
    """However many sections they are in."""
    sections = [{"title": "T", "product_items": [{"product_retailer_id": "1"}] * count} for count in counts]

    assert (
        fits(TYPES["product_list"].members["action"], {"catalog_id": "1", "sections": sections}) is expected
    )


@pytest.mark.parametrize(
    ("titles", "expected"),
    [([None], True), (["A", "B"], True), (["A", None], False), ([None, "B"], False), (["A", ""], False)],
)
def test_sections_beside_others_have_titles(titles: list[str | None], expected: bool) -> None:
    """One alone needs none."""
    sections = [
        {"rows": rows(place, 1)} | ({} if title is None else {"title": title})
        for place, title in enumerate(titles)
    ]

    assert fits(TYPES["list"].members["action"], {"button": "Menu", "sections": sections}) is expected


@pytest.mark.parametrize(("breaks", "expected"), [(0, True), (2, True), (3, False)])
def test_a_card_has_three_lines(breaks: int, expected: bool) -> None:
    """Two breaks make three."""
    card = {
        "type": "cta_url",
        "header": {"type": "image", "image": {"id": "1"}},
        "action": {"name": "cta_url", "parameters": {"display_text": "Go", "url": "https://example.com"}},
        "body": {"text": "line" + "\nline" * breaks},
    }
    cards = [card | {"card_index": index} for index in range(2)]

    assert fits(TYPES["carousel"].members["action"], {"cards": cards}) is expected


def bill(**facts: Any) -> dict[str, Any]:
    """An order of two things for 2.50 each, with tax, shipping and a discount."""

    def money(value: int) -> dict[str, int]:
        return {"value": value, "offset": 100}

    order = {
        "status": "pending",
        "items": [{"retailer_id": "1", "name": "Fern", "amount": money(250), "quantity": 2}],
        "subtotal": money(500),
        "tax": money(50),
        "shipping": money(20),
        "discount": money(7),
    }
    return {
        "reference_id": "R",
        "type": "physical-goods",
        "currency": "INR",
        "total_amount": money(563),
        "order": order,
    } | facts


BILL = TYPES["order_details"].members["action"].members["parameters"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"total_amount": {"value": 562, "offset": 100}}, False),
        ({"total_amount": {"value": 564, "offset": 100}}, False),
        ({"total_amount": {"value": 563, "offset": 99}}, False),
        ({"total_amount": {"value": 563, "offset": 101}}, False),
        ({"reference_id": "r" * 35}, True),
        ({"reference_id": "r" * 36}, False),
        ({"reference_id": "r" * 60, "currency": "BRL"}, True),
        ({"reference_id": "r" * 61, "currency": "BRL"}, False),
        ({"reference_id": "r r"}, False),
    ],
)
def test_a_bill_adds_up_to_the_hundredth_and_has_a_reference(facts: dict[str, Any], expected: bool) -> None:
    """Of 35 characters in rupees, of 60 in reais."""
    assert fits(BILL, bill(**facts)) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"subtotal": {"value": 499, "offset": 100}}, False),
        ({"subtotal": {"value": 501, "offset": 100}}, False),
        ({"shipping": {"value": -1, "offset": 100}}, False),
    ],
)
def test_a_subtotal_is_the_sum_of_its_items(change: dict[str, Any], expected: bool) -> None:
    """And no amount is below zero, even where the total is right."""
    whole = bill()
    order = whole["order"] | change
    parts = [order[part]["value"] for part in ("subtotal", "tax", "shipping")]
    total = {"value": sum(parts) - order["discount"]["value"], "offset": 100}

    assert fits(BILL, whole | {"order": order, "total_amount": total}) is expected


@pytest.mark.parametrize(("part", "total"), [("shipping", 543), ("discount", 570)])
def test_what_a_bill_does_not_name_costs_nothing(part: str, total: int) -> None:
    """Shipping and a discount may be left out."""
    whole = bill()
    order = {name: value for name, value in whole["order"].items() if name != part}

    for amount, expected in ((total - 1, False), (total, True), (total + 1, False)):
        given = whole | {"order": order, "total_amount": {"value": amount, "offset": 100}}
        assert fits(BILL, given) is expected


def test_an_item_on_sale_counts_with_its_price_on_sale() -> None:
    """And what costs nothing may be ordered."""
    whole = bill()
    item = whole["order"]["items"][0] | {"sale_amount": {"value": 0, "offset": 100}}
    order = whole["order"] | {"items": [item], "subtotal": {"value": 0, "offset": 100}}

    assert fits(BILL, whole | {"order": order, "total_amount": {"value": 63, "offset": 100}})
    assert not fits(BILL, whole | {"order": order})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([WEEK - MICROSECOND, DAY], False),
        ([WEEK, DAY], True),
        ([DAY], True),
        ([DAY - MICROSECOND], False),
        ([WEEK - MICROSECOND, WEEK - MICROSECOND], False),
    ],
)
def test_permission_to_call_is_asked_for_once_a_day_and_twice_a_week(
    asked: list[Any], expected: bool
) -> None:
    """A request that is exactly a day or a week old does not count any more."""
    earlier = [MORNING - ago for ago in asked]

    if expected:
        check_permission_requests(earlier, MORNING)
    else:
        with pytest.raises(MessageError) as refused:
            check_permission_requests(earlier, MORNING)
        assert refused.value.code == 138009
