"""Bodies are parsed, and single values of them are read in every spelling."""

from __future__ import annotations

import json

import pytest

from emulator.domain.errors import PlatformError
from emulator.wire.parameters import MAX_DEPTH, Parameter, parse


def test_a_path_is_written_with_brackets() -> None:
    """The outermost name bare, members in quotes, places without."""
    assert str(Parameter(1, ("template", "components", 0, "type"))) == "template['components'][0]['type']"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ()),
        ("", ()),
        ("messages", ("messages",)),
        ("a, b,,c", ("a", "b", "c")),
        ('["a","b"]', ("a", "b")),
        (["a", "b"], ("a", "b")),
        (["a", 7], ("a", "7")),
        (7, ("7",)),
    ],
)
def test_a_list_is_read_in_every_shape_that_clients_write(value: object, expected: tuple[str, ...]) -> None:
    """Commas, JSON in a string, JSON."""
    assert Parameter(value, ("fields",)).strings() == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7, 7), ("7", 7), ("-7", -7), (0, 0)],
)
def test_a_whole_number_may_stand_in_a_string(value: object, expected: int) -> None:
    """As forms bring it."""
    assert Parameter(value, ("index",)).integer() == expected


@pytest.mark.parametrize("value", [None, True, 1.5, "", "-", "1.5", "1e3", "٣", "²", "9" * 21, " 7", [], {}])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    """Truth values, fractions, other scripts' digits."""
    with pytest.raises(PlatformError) as refused:
        Parameter(value, ("index",)).integer()

    assert refused.value.message == "(#100) Param index must be an integer."


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, True), (False, False), (1, True), (0, False), ("true", True), ("FALSE", False), ("1", True)],
)
def test_a_truth_value_is_read_in_every_spelling(value: object, expected: bool) -> None:
    """JSON's, and those of forms."""
    assert Parameter(value, ("reads",)).boolean() is expected


# bytes to values


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b"null", None),
        (b' {"a": [1, 2.5, "x", true, null]} ', {"a": [1, 2.5, "x", True, None]}),
        ('{"a":"ä😀"}'.encode(), {"a": "ä😀"}),
        (rb'{"a":"\u00e4\ud83d\ude00\/"}', {"a": "ä😀/"}),
        (rb'{"a":"\u0000"}', {"a": "\0"}),
        (rb'{"a":"\\ud800"}', {"a": "\\ud800"}),
        (b'{"a":' + b"9" * 4000 + b"}", {"a": int("9" * 4000)}),
    ],
)
def test_json_is_parsed(body: bytes, value: object) -> None:
    """Escapes, pairs of surrogates and long numbers included."""
    assert parse(body) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"hello",
        b'{"a":1',
        b"{'a':1}",
        b'{"a":1,}',
        b'{"a":1}{"b":2}',
        b'{"a":"\n"}',
        b'{"a":"\xe4"}',
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        rb'{"a":"\ud83d"}',
        rb'{"a":"\uDE00"}',
        rb'{"\ud83d":1}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":' + b"9" * 5000 + b"}",
    ],
    ids=repr,
)
def test_what_is_no_json_is_nothing(body: bytes) -> None:
    """Broken, not UTF-8, half a surrogate pair, no numbers, numbers without end."""
    assert parse(body) is None


@pytest.mark.parametrize("body", [b'{"a":1e999}', b'{"a":[-1e999]}'])
def test_a_number_too_large_for_a_double_does_not_become_infinite(body: bytes) -> None:
    """What is read can be written again as JSON."""
    value = parse(body)

    assert value is None or json.loads(json.dumps(value, allow_nan=False))


@pytest.mark.parametrize("kind", ["lists", "objects"])
def test_json_may_nest_to_a_limit(kind: str) -> None:
    """At the limit it is read, one deeper it is not, and without end it breaks nothing."""

    def nested(depth: int) -> bytes:
        if kind == "lists":
            return b"[" * depth + b"]" * depth
        return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)

    assert parse(nested(MAX_DEPTH)) is not None
    assert parse(nested(MAX_DEPTH + 1)) is None
    assert parse(nested(100_000)) is None
