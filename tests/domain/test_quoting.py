"""What a caller sent is quoted at a bounded length."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.quoting import LONGEST_SENTENCE, MOST_QUOTED, brief, cut, quoted


def test_a_thousand_characters_of_a_value_are_quoted() -> None:
    """One more is cut off, and ``…`` says so; a sentence about a call has four thousand at most."""
    assert (MOST_QUOTED, LONGEST_SENTENCE) == (1000, 4000)
    assert quoted("x" * 1000) == cut("x" * 1000) == "x" * 1000
    assert quoted("x" * 1001) == cut("x" * 1001) == "x" * 1000 + "…"


def test_a_sentence_has_the_length_that_it_is_given() -> None:
    """Both sides of the boundary."""
    assert [cut("abcd", 4), cut("abcde", 4)] == ["abcd", "abcd…"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (7, "7"), (None, "null"), (True, "true"), ([1, "a"], '[1, "a"]'), ({"a": 1}, '{"a": 1}')],
)
def test_a_value_is_quoted_as_json(value: Any, text: str) -> None:
    """A string as it is."""
    assert quoted(value) == text


@pytest.mark.parametrize(("count", "is_cut"), [(333, False), (334, True)])
def test_json_is_cut_at_the_same_length(count: int, is_cut: bool) -> None:
    """Nine hundred and ninety-nine characters stand there as they are; three more are too many."""
    text = quoted([1] * count)

    assert (len(text), text.endswith("…")) == ((1001, True) if is_cut else (3 * count, False))


def test_a_long_value_is_not_written_to_its_end() -> None:
    """Or a body of a gigabyte would be written to be thrown away."""
    written = []

    class Watched(dict[str, Any]):
        def items(self) -> Any:
            for number in range(100_000):
                written.append(number)
                yield str(number), "x" * 100

    quoted(Watched(a=1))

    assert len(written) < 50


def test_a_hint_repeats_sixty_characters() -> None:
    """Enough to recognise what came."""
    assert brief("x" * 60) == "x" * 60
    assert brief("x" * 61) == "x" * 60 + "…"


def test_json_that_is_longer_by_its_last_bracket_is_cut() -> None:
    """A thousand characters are there before it comes."""
    assert quoted(["x" * 997]) == '["' + "x" * 997 + '"…'
