"""Forms and queries: names with brackets make one parameter."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.wire.forms import fields, parameters
from emulator.wire.parameters import MAX_DEPTH


@pytest.mark.parametrize(
    ("encoded", "pairs"),
    [
        (b"", []),
        (b"&&", []),
        (b"a=1&b=2", [("a", "1"), ("b", "2")]),
        (b"a=1&&a=2&", [("a", "1"), ("a", "2")]),
        (b"a&b=&=c&=", [("a", ""), ("b", ""), ("", "c"), ("", "")]),
        (b"a=b=c", [("a", "b=c")]),
        (b"a+b=c%2Bd%20e", [("a b", "c+d e")]),
        (b"%61%5B%5D=%26", [("a[]", "&")]),
        (b"a=%C3%A4&b=\xc3\xa4", [("a", "ä"), ("b", "ä")]),
        (b"a=%&b=%4&c=%zz", [("a", "%"), ("b", "%4"), ("c", "%zz")]),
        (b"a=%C3%28&%ff=\xff", [("a", "\ufffd("), ("\ufffd", "\ufffd")]),
        (b"a=%00", [("a", "\x00")]),
        (b"a=%%41&b=%\n%\r\n41", [("a", "%A"), ("b", "%\n%\r\n41")]),
        (b"a=b=%3d=%3D%", [("a", "b====%")]),
        (b"a=_%5f%20=", [("a", "__ =")]),
    ],
)
def test_the_fields_of_a_form_are_read_as_the_web_writes_them(
    encoded: bytes, pairs: list[tuple[str, str]]
) -> None:
    """In their order, twice where they come twice; what is wrong in an escape stays, or is replaced."""
    assert list(fields(encoded)) == pairs


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "1"), ("b", "2")], {"a": "1", "b": "2"}),
        ([("a", "1"), ("a", "2")], {"a": "2"}),
        ([("a[]", "1"), ("a[]", "2")], {"a": ["1", "2"]}),
        ([("a[]", "1")], {"a": ["1"]}),
        ([("a[b]", "1"), ("a[c]", "2")], {"a": {"b": "1", "c": "2"}}),
        ([("a[b]", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
        ([("a[0][b]", "1"), ("a[1][b]", "2")], {"a": [{"b": "1"}, {"b": "2"}]}),
        ([("a[][b]", "1"), ("a[][b]", "2")], {"a": [{"b": "1"}, {"b": "2"}]}),
        ([("a[1]", "1")], {"a": {"1": "1"}}),
        ([("a[1]", "1"), ("a[]", "2")], {"a": {"1": "1", "2": "2"}}),
        ([("a[b][c][d]", "1")], {"a": {"b": {"c": {"d": "1"}}}}),
        ([("a", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
        ([("a[b]", "1"), ("a", "2")], {"a": "2"}),
        ([("a[b]", "1"), ("a[b][c]", "2")], {"a": {"b": {"c": "2"}}}),
    ],
)
def test_brackets_make_members(pairs: list[tuple[str, str]], expected: dict[str, Any]) -> None:
    """As PHP reads them: lists without a name, objects with one; what comes later wins."""
    assert parameters(pairs) == expected


@pytest.mark.parametrize("name", ["a[", "a]", "a[b", "[a]", "a[b]c", "a[[b]]", "[]", ""])
def test_a_name_with_other_brackets_stands_as_it_is(name: str) -> None:
    """Nothing is guessed."""
    assert parameters([(name, "1")]) == {name: "1"}


def test_brackets_nest_as_deep_as_json_may() -> None:
    """And no deeper: such a name is a name."""
    deep, deeper = ("a" + "[b]" * depth for depth in (MAX_DEPTH - 1, MAX_DEPTH))

    assert list(parameters([(deep, "1")])) == ["a"]
    assert list(parameters([(deeper, "1")])) == [deeper]
