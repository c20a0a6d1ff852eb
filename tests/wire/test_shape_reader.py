"""Reading a value by its shape: its canonical form, and Graph's complaint about the first thing wrong."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.errors import GraphError
from emulator.domain.shapes import (
    Choice,
    Flag,
    Integer,
    Items,
    Json,
    Link,
    Number,
    Record,
    Shape,
    Text,
    Variant,
)
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter

POINT = Record(required={"x": Integer(), "y": Integer()}, optional={"name": Text(), "note": Text()})
FILE = Record(optional={"id": Text(numbers=True), "link": Link(), "caption": Text()}, file="image")
EITHER = Variant(
    "type",
    {
        "point": Record(required={"type": Choice(("point",)), "at": POINT}),
        "word": Record(required={"type": Choice(("word",)), "word": Text()}),
    },
)
LINKS = Items(of=Link())


def read(shape: Shape, value: Any) -> Any:
    return shape_reader.read(shape, Parameter(value, ("it",)))


def complaint(shape: Shape, value: Any) -> str:
    with pytest.raises(GraphError) as refused:
        read(shape, value)
    assert (refused.value.code, refused.value.status, refused.value.details) == (100, 400, None)
    return refused.value.message


@pytest.mark.parametrize(
    ("shape", "value", "canonical"),
    [
        (Text(), "Hello", "Hello"),
        (Text(numbers=True), 7, "7"),
        (Text(numbers=True), "7", "7"),
        (Text(most=3), "abc", "abc"),
        (Text(what="Title", most=3), "too long", "too long"),
        (Integer(), "-7", -7),
        (Integer(least=1, most=3), 99, 99),
        (Number(), "1.5", 1.5),
        (Number(), 2, 2),
        (Flag(), "TRUE", True),
        (Flag(), 0, False),
        (Choice(("digital-goods",)), "DIGITAL-GOODS", "digital-goods"),
        (Link(), "HTTP://example.com:80/a?b", "HTTP://example.com:80/a?b"),
        (Json(), {"a": [None]}, {"a": [None]}),
        (Json(), '{"a":1}', {"a": 1}),
        (Items(of=Integer()), ["1", 2], [1, 2]),
        (Items(of=Integer()), "[1]", [1]),
        (POINT, {"y": "2", "x": 1}, {"x": 1, "y": 2}),
        (POINT, {"x": 1, "y": 2, "name": None}, {"x": 1, "y": 2}),
        (POINT, '{"x":1,"y":2}', {"x": 1, "y": 2}),
        (FILE, {"id": 7}, {"id": "7"}),
        (FILE, {"id": "", "link": "https://a.b"}, {"id": "", "link": "https://a.b"}),
        (EITHER, {"type": "WORD", "word": "a"}, {"type": "word", "word": "a"}),
    ],
)
def test_a_value_is_read_to_its_canonical_form(shape: Shape, value: Any, canonical: Any) -> None:
    """Numbers from strings, words as the table spells them, JSON strings opened; limits are judged later."""
    found = read(shape, value)

    assert (found, type(found)) == (canonical, type(canonical))


@pytest.mark.parametrize(
    ("shape", "value", "sentence"),
    [
        (Text(), 7, "Param it must be a string."),
        (Text(numbers=True), True, "Param it must be a string."),
        (Text(numbers=True), 1.5, "Param it must be a string."),
        (Text(most=3), "four", "Param it must be at most 3 characters long."),
        (Integer(), "1.5", "Param it must be an integer."),
        (Integer(), True, "Param it must be an integer."),
        (Integer(), 10**20, "Param it must be an integer."),
        (Number(), "north", "Param it must be a number."),
        (Number(), True, "Param it must be a number."),
        (Flag(), "perhaps", "Param it must be a boolean."),
        (Flag(), 2, "Param it must be a boolean."),
        (Choice(("a", "b")), "c", 'Param it must be one of {A, B} - got "c".'),
        (Choice(("a", "b")), 7, 'Param it must be one of {A, B} - got "7".'),
        (Link(), 7, "Param it must be a string."),
        (Link(), "nowhere", "Param it is not a valid URI."),
        (Link(), "ftp://example.com", "Param it is not a valid URI."),
        (Link(), "https://", "Param it is not a valid URI."),
        (Link(), "http://[", "Param it is not a valid URI."),
        (Json(), "{", "Param it must be a JSON object."),
        (Json(), [], "Param it must be a JSON object."),
        (LINKS, {}, "Param it must be an array."),
        (LINKS, ["https://a.b", "c"], "Param it[1] is not a valid URI."),
        (LINKS, [None], "Param it[0] must be a string."),
        (POINT, [], "Param it must be a JSON object."),
        (POINT, {"x": 1}, "The parameter it['y'] is required."),
        (POINT, {"x": 1, "y": ""}, "The parameter it['y'] is required."),
        (POINT, {"x": 1, "y": None}, "The parameter it['y'] is required."),
        (POINT, {"x": 1, "y": 2, "z": 3}, 'Unexpected key "z" on param "it".'),
        (FILE, {}, "The parameter it['id'] is required."),
        (FILE, {"id": ""}, "The parameter it['id'] is required."),
        (FILE, {"caption": "A"}, "The parameter it['id'] is required."),
        (FILE, {"link": ""}, "Param it['link'] is not a valid URI."),
        (EITHER, {}, "The parameter it['type'] is required."),
        (EITHER, {"type": "x"}, "Param it['type'] must be one of {POINT, WORD} - got \"x\"."),
        (EITHER, {"type": "point", "at": {"x": 1}}, "The parameter it['at']['y'] is required."),
        (EITHER, {"type": "point", "word": "a"}, 'Unexpected key "word" on param "it".'),
    ],
)
def test_each_complaint_is_graph_s_with_the_path(shape: Shape, value: Any, sentence: str) -> None:
    """``(#100)``, HTTP 400, one sentence, no details."""
    assert complaint(shape, value) == f"(#100) {sentence}"


def test_an_object_is_complained_about_in_a_fixed_order() -> None:
    """Unknown members, missing ones and wrong ones in the table's order, then optional ones."""
    steps: list[dict[str, Any]] = [
        {"z": 1, "name": 7, "x": "a"},
        {"name": 7, "y": "b"},
        {"name": 7, "x": "a", "y": "b"},
        {"note": 7, "name": 7, "x": 1, "y": "b"},
        {"note": 7, "name": 7, "x": 1, "y": 2},
        {"note": 7, "name": "a", "x": 1, "y": 2},
    ]

    assert [complaint(POINT, step).removeprefix("(#100) ") for step in steps] == [
        'Unexpected key "z" on param "it".',
        "The parameter it['x'] is required.",
        "Param it['x'] must be an integer.",
        "Param it['y'] must be an integer.",
        "Param it['name'] must be a string.",
        "Param it['note'] must be a string.",
    ]


def test_a_required_text_may_be_allowed_to_be_empty() -> None:
    """An emoji may; it must be there all the same."""
    shape = Record(required={"emoji": Text(may_be_empty=True)})

    assert read(shape, {"emoji": ""}) == {"emoji": ""}
    assert complaint(shape, {}) == "(#100) The parameter it['emoji'] is required."


def test_what_must_hold_between_members_is_not_the_reader_s_affair() -> None:
    """The whole body is read before anything is judged."""

    def never(value: Any) -> None:
        raise AssertionError("a rule was asked")

    assert read(Record(required={"a": Text()}, rules=(never,)), {"a": "b"}) == {"a": "b"}
