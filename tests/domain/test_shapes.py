"""Shapes of values: what breaks a limit, which files a value names, how a path is written."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.errors import MessageError
from emulator.domain.shapes import (
    Choice,
    FileUse,
    Flag,
    Integer,
    Items,
    Json,
    Link,
    Number,
    Record,
    Shape,
    Text,
    Value,
    Variant,
    bracketed,
    check_limits,
    files,
    invalid,
    web_host,
)

TITLE = Text(what="Title", least=1, most=3)
CAPTION = Text(what="Caption", most=3, may_be_empty=True)
DAYS = Integer(what="days", least=1, most=30)
PHOTO = Record(optional={"id": Text(), "link": Link()}, file="image")


def refusal(shape: Shape, value: Any) -> MessageError:
    with pytest.raises(MessageError) as refused:
        check_limits(shape, value)
    return refused.value


LIMITS = [
    (TITLE, "", "Title length invalid. Min length: 1, Max length: 3"),
    (TITLE, "four", "Title length invalid. Min length: 1, Max length: 3"),
    (CAPTION, "four", "Caption is too long. Max length is 3"),
    (DAYS, 0, "days is out of range. Min value: 1, Max value: 30"),
    (DAYS, 31, "days is out of range. Min value: 1, Max value: 30"),
    (Items(of=TITLE, what="titles", least=1), [], "Invalid titles count. Min allowed titles: 1"),
    (
        Items(of=TITLE, what="titles", least=1, most=2),
        ["a"] * 3,
        "Invalid titles count. Min allowed titles: 1, Max allowed titles: 2",
    ),
]


@pytest.mark.parametrize(("shape", "value", "details"), LIMITS)
def test_a_broken_limit_is_reported_with_its_numbers(shape: Shape, value: Any, details: str) -> None:
    """131009, HTTP 400, the limit in the details."""
    refused = refusal(shape, value)

    assert (refused.code, refused.status, refused.details) == (131009, 400, details)


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (TITLE, "a"),
        (TITLE, "äöü"),
        (CAPTION, ""),
        (CAPTION, "abc"),
        (DAYS, 1),
        (DAYS, 30),
        (Items(of=TITLE, what="titles", least=1, most=2), ["a", "b"]),
        (Items(of=TITLE), ["a"] * 1000),
        (Integer(), -(10**9)),
        (Text(), "x" * 10_000),
        (Number(), 1.5),
        (Flag(), True),
        (Choice(("a",)), "a"),
        (Link(), "https://example.com"),
        (Json(), {"anything": [1]}),
    ],
)
def test_what_keeps_its_limits_passes(shape: Shape, value: Any) -> None:
    """The limits themselves belong to what is allowed; lengths count characters, not bytes."""
    check_limits(shape, value)


def test_a_length_that_is_the_reader_s_affair_is_not_judged() -> None:
    """Without a name for it, the generic reader complains before."""
    check_limits(Text(most=3), "four")


def test_members_are_judged_in_the_order_of_the_table_and_rules_after_them() -> None:
    """Required ones, optional ones, then what must hold between them; the first refusal counts."""

    def never(value: Value) -> None:
        raise invalid("the rule", "It came so; send something else.")

    shape = Record(required={"a": TITLE}, optional={"b": CAPTION}, rules=(never,))

    assert [
        refusal(shape, value).details
        for value in ({"b": "four", "a": "four"}, {"b": "four", "a": "abc"}, {"a": "abc"})
    ] == [
        "Title length invalid. Min length: 1, Max length: 3",
        "Caption is too long. Max length is 3",
        "the rule",
    ]


def test_an_array_is_counted_before_its_elements_are_judged() -> None:
    """Four long titles are too many before they are too long."""
    shape = Items(of=TITLE, what="titles", most=3)

    assert "count" in str(refusal(shape, ["four"] * 4).details)
    assert "length" in str(refusal(shape, ["a", "four"]).details)


def test_a_variant_is_judged_by_its_case() -> None:
    """The member that decides picks the limits."""
    shape = Variant("type", {"a": Record(required={"type": Text(), "n": DAYS}), "b": Record()})

    check_limits(shape, {"type": "b", "n": 99})
    assert refusal(shape, {"type": "a", "n": 99}).code == 131009


def test_files_are_named_by_id_or_link_with_their_places() -> None:
    """In the order of the tables, at any depth; a link goes before an id."""
    shape = Record(
        required={"cards": Items(of=Variant("type", {"photo": Record(required={"photo": PHOTO})}))},
        optional={"cover": PHOTO},
    )
    value = {
        "cover": {"id": "1", "link": "https://example.com/c"},
        "cards": [
            {"type": "photo", "photo": {"id": "2"}},
            {"type": "photo", "photo": {"link": "https://example.com/d"}},
        ],
    }

    assert list(files(shape, value, ("album",))) == [
        FileUse("image", ("album", "cards", 0, "photo"), id="2"),
        FileUse("image", ("album", "cards", 1, "photo"), link="https://example.com/d"),
        FileUse("image", ("album", "cover"), link="https://example.com/c"),
    ]


def test_a_value_without_files_names_none() -> None:
    """Members of the same name elsewhere are no files."""
    assert list(files(Record(required={"id": Text()}), {"id": "1"})) == []
    assert list(files(PHOTO, {})) == []


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ((), ""),
        (("to",), "to"),
        (("text", "body"), "text['body']"),
        (("template", "components", 0, "type"), "template['components'][0]['type']"),
    ],
)
def test_a_path_is_written_with_brackets(path: tuple[str | int, ...], written: str) -> None:
    """Names in quotes, places in an array without."""
    assert bracketed(path) == written


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://media.example/a.png", "media.example"),
        ("HTTP://Media.Example:8080", "media.example"),
        ("http://carol:x@media.example", "media.example"),
        ("ftp://media.example", None),
        ("media.example", None),
        ("//media.example", None),
        ("http://", None),
        ("http:///a.png", None),
        ("http://[::1", None),
    ],
)
def test_an_address_of_the_web_has_a_host(url: str, host: str | None) -> None:
    """Anything else has none, and nothing raises."""
    assert web_host(url) == host


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("", "It came as an empty string; give it a text."),
        ("x" * 31, f"The text that came has 31 characters and begins with {'x' * 30!r}."),
    ],
)
def test_the_hint_says_what_came_in_place_of_a_text(value: str, hint: str) -> None:
    """Its length, and thirty characters of it."""
    assert refusal(Text(what="Title", least=1, most=3), value).hint == hint


def test_the_hint_says_what_number_and_how_many_came() -> None:
    """The platform's sentence has the limits alone."""
    assert refusal(DAYS, 31).hint == "The value that came is 31."
    assert refusal(Items(of=TITLE, what="titles", least=1), []).hint == "The message has 0 titles."


def test_a_case_of_other_messages_is_refused_by_its_limits() -> None:
    """The reader takes it, since it is well-formed elsewhere."""
    here, there = Record(required={"type": Text()}), Record(required={"type": Text(), "photo": PHOTO})
    shape = Variant("type", {"a": here}, elsewhere={"b": there}, refusal="b is not for this message")
    value = {"type": "b", "photo": {"id": "1"}}

    assert list(shape.readable) == ["a", "b"]
    assert list(files(shape, value)) == [FileUse("image", ("photo",), id="1")]
    assert refusal(shape, value).details == "b is not for this message"
