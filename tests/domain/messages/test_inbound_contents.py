"""What people send: places and cards as webhooks show them."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.messages.inbound_contents import (
    cards_as_text,
    check_cards,
    check_place,
    place_as_text,
)


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 180), (-90, -180), (0, 0)])
def test_a_place_is_on_the_map(latitude: float, longitude: float) -> None:
    """To the poles and the date line, and not beyond."""
    check_place({"latitude": latitude, "longitude": longitude})

    for beyond in (
        {"latitude": 90.1, "longitude": 0},
        {"latitude": -90.1, "longitude": 0},
        {"latitude": 0, "longitude": 180.1},
        {"latitude": 0, "longitude": -180.1},
    ):
        with pytest.raises(ValueError, match="is from -"):
            check_place(beyond)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({"latitude": 1.5, "longitude": 2}, "[location] 1.5, 2"),
        ({"latitude": 1, "longitude": 2, "name": "Mall", "url": "https://a.b"}, "[location] Mall"),
        ({"latitude": 1, "longitude": 2, "name": "Mall", "address": "1 Way"}, "[location] Mall, 1 Way"),
    ],
)
def test_a_place_reads_as_its_name_or_its_point(place: dict[str, Any], text: str) -> None:
    """The address of a web page is not read out."""
    assert place_as_text(place) == text


@pytest.mark.parametrize(
    ("card", "text"),
    [
        ({"name": {"formatted_name": "Ann Lee", "first_name": "Ann"}}, "[contacts] Ann Lee"),
        ({"name": {"first_name": "Ann", "last_name": "Lee"}}, "[contacts] Ann Lee"),
        ({"phones": [{"phone": "+1 650"}]}, "[contacts] +1 650"),
        ({"phones": [{"wa_id": "1"}, {"phone": "+1 650"}, {"phone": "+1 651"}]}, "[contacts] +1 650"),
        ({"phones": [{"wa_id": "1650"}], "origin": "contact_request"}, "[contacts] somebody"),
    ],
)
def test_a_card_may_lack_anything(card: dict[str, Any], text: str) -> None:
    """It is what somebody's address book has."""
    check_cards([card])

    assert cards_as_text([card]) == text


@pytest.mark.parametrize(
    ("cards", "problem"),
    [
        ([], "at least one"),
        ([{}], "has something"),
        ([{"origin": "contact_request", "vcard": "BEGIN:VCARD"}], "has no vcard"),
    ],
)
def test_a_card_that_cannot_be_is_refused(cards: list[Any], problem: str) -> None:
    """No card, an empty one, and a whole card that a button asked for."""
    with pytest.raises(ValueError, match=problem):
        check_cards(cards)

    check_cards([{"origin": "other", "vcard": "BEGIN:VCARD"}])
