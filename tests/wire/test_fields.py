"""``?fields=`` and the pages of a list."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from kit.identities import WABA_ID

from emulator.domain.errors import PlatformError
from emulator.wire.fields import Field, cursor, page, paging, parse, select

NODE = {"id": "1", "name": "Lucky Shrub", "status": None, "throughput": {"level": "STANDARD", "unit": "mps"}}
URL = f"https://graph.facebook.com/v24.0/{WABA_ID}/message_templates"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("id", (Field("id"),)),
        ("id,name", (Field("id"), Field("name"))),
        (" id , name ,", (Field("id"), Field("name"))),
        ("a{b,c}", (Field("a", (Field("b"), Field("c"))),)),
        ("a{b{c}},d", (Field("a", (Field("b", (Field("c"),)),)), Field("d"))),
        ("a.limit(5)", (Field("a", (), (("limit", "5"),)),)),
        ("a.limit(5).after(X){b}", (Field("a", (Field("b"),), (("limit", "5"), ("after", "X"))),)),
        (
            "analytics.start(1).granularity(DAY),id",
            (Field("analytics", (), (("start", "1"), ("granularity", "DAY"))), Field("id")),
        ),
        ("a.dimensions(b,c),d", (Field("a", (), (("dimensions", "b,c"),)), Field("d"))),
    ],
)
def test_fields_are_read(text: str, expected: tuple[Field, ...]) -> None:
    """Commas, braces for the inside, modifiers after a dot."""
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["id", "a{b,c}", "a.limit(5).after(X){b{c}}", "a.dimensions(b,c)"])
def test_a_field_is_written_as_it_was_read(text: str) -> None:
    """So that it can be handed on to the edge it names."""
    assert ",".join(map(str, parse(text))) == text


@pytest.mark.parametrize("text", ["a{", "a}", "a{b", "a{b}}", "a(", "a.limit(5", "{" * 50, "a{" * 3000])
def test_brackets_that_do_not_match_are_refused(text: str) -> None:
    """With a sentence, however deep they go."""
    with pytest.raises(PlatformError) as refused:
        parse(text)

    assert (refused.value.code, refused.value.status) == (100, 400)
    assert refused.value.message.startswith("(#100) Syntax error in the field specification: ")
    assert len(refused.value.message) < 300


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"name": "Lucky Shrub", "id": "1"}),
        ("name", {"name": "Lucky Shrub", "id": "1"}),
        ("id,name", {"id": "1", "name": "Lucky Shrub"}),
        ("status,name", {"name": "Lucky Shrub", "id": "1"}),
        ("throughput{level}", {"throughput": {"level": "STANDARD"}, "id": "1"}),
        ("throughput,id", {"throughput": {"level": "STANDARD", "unit": "mps"}, "id": "1"}),
    ],
)
def test_an_answer_has_what_was_asked_in_that_order(asked: str, expected: dict[str, Any]) -> None:
    """The id always, last unless asked for; what has no value is left out."""
    given = select(NODE, parse(asked), "WhatsAppBusinessAccount", ["name", "status"])

    assert given == expected
    assert list(given) == list(expected)


def test_an_unknown_field_is_reported_with_its_node_type() -> None:
    """As recorded."""
    with pytest.raises(PlatformError) as refused:
        select(NODE, parse("id,foo"), "WhatsAppBusinessPhoneNumber", [])

    assert (refused.value.code, refused.value.message) == (
        100,
        "(#100) Tried accessing nonexisting field (foo) on node type (WhatsAppBusinessPhoneNumber)",
    )


def walk(query: dict[str, Any], total: int, key: str = "next", way: str = "after") -> list[list[int]]:
    """Follow the links of a list from page to page."""
    pages: list[list[int]] = []
    while True:
        found = page(range(total), query, 24)
        pages.append(list(found.elements))
        links = paging(found, URL, query) or {}
        if key not in links:
            return pages
        address = urlsplit(links[key])
        assert f"{address.scheme}://{address.netloc}{address.path}" == URL
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        assert way in query


@pytest.mark.parametrize("total", [1, 24, 25, 26, 60])
def test_following_next_shows_every_element_once(total: int) -> None:
    """25 to a page unless asked otherwise."""
    pages = walk({}, total)

    assert [element for found in pages for element in found] == list(range(total))
    assert all(len(found) == 25 for found in pages[:-1])


def test_the_links_keep_what_was_asked() -> None:
    """Limit and filters go along; the cursors are exchanged."""
    found = page(range(9), {"limit": "3", "name": "x", "after": cursor(2)}, 24)
    links = paging(found, URL, {"limit": "3", "name": "x", "after": cursor(2)})

    assert links == {
        "cursors": {"before": cursor(3), "after": cursor(5)},
        "previous": f"{URL}?limit=3&name=x&before={cursor(3)}",
        "next": f"{URL}?limit=3&name=x&after={cursor(5)}",
    }


def test_previous_leads_back_to_the_beginning() -> None:
    """The pages before a cursor, the last of them perhaps short."""
    pages = walk({"limit": "4", "before": cursor(9)}, 20, "previous", "before")

    assert pages == [[5, 6, 7, 8], [1, 2, 3, 4], [0]]


def test_an_empty_list_has_no_paging() -> None:
    """``{"data":[]}`` and nothing else."""
    assert paging(page([], {}, 24), URL, {}) is None


@pytest.mark.parametrize(
    ("limit", "count"),
    [("3", 3), (3, 3), ("", 25), (None, 25), ("0", 1), ("-5", 1), ("1000", 1000), ("9" * 30, 1000)],
)
def test_a_limit_has_limits(limit: object, count: int) -> None:
    """At least one, at most a thousand."""
    assert len(page(range(2000), {"limit": limit}, 24).elements) == count


@pytest.mark.parametrize("limit", ["many", "1.5", "9" * 5000, ["1"]])
def test_a_limit_that_is_no_number_is_refused(limit: object) -> None:
    """Code 100."""
    with pytest.raises(PlatformError) as refused:
        page(range(9), {"limit": limit}, 24)

    assert refused.value.message == "(#100) Param limit must be an integer."


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("text", ["x", "QVFIU", "ä", "Z" * 5000, ["a"], {"a": 1}])
@pytest.mark.parametrize(("version", "code"), [(23, 100), (24, 131059), (26, 131059)])
def test_a_cursor_that_is_none_is_refused(way: str, text: object, version: int, code: int) -> None:
    """Under 24.0 and later by a number of its own."""
    with pytest.raises(PlatformError) as refused:
        page(range(9), {way: text}, version)

    assert (refused.value.code, refused.value.status) == (code, 400)


@pytest.mark.parametrize("place", [999_999, 10**30])
@pytest.mark.parametrize("way", ["after"])
def test_a_cursor_past_the_end_shows_nothing(way: str, place: int) -> None:
    """A list may have become shorter."""
    assert list(page(range(9), {way: cursor(place)}, 24).elements) == []


@pytest.mark.parametrize(
    ("place", "recorded"),
    [(0, "MAZDZD"), (24, "MjQZD"), (25, "MjUZD"), (49, "NDkZD"), (99, "OTkZD")],
)
def test_a_cursor_has_the_recorded_form(place: int, recorded: str) -> None:
    """Base64 of the place, every ``=`` of its padding written ``ZD``; and it leads to that place."""
    assert cursor(place) == recorded
    assert page(range(200), {"after": recorded, "limit": 1}, 24).start == place + 1
