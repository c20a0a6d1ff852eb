"""Placeholders of a text."""

from __future__ import annotations

import pytest

from emulator.domain.templates.variables import (
    are_contiguous,
    ends_with_variable,
    fill,
    has_adjacent_variables,
    has_malformed_braces,
    has_too_many_variables,
    illegal_names,
    mixes_kinds,
    occurrences,
    placeholders,
    starts_with_variable,
    words,
)


def test_placeholders_are_listed_once_in_order_of_appearance() -> None:
    """A variable used twice is one variable; the text decides the order."""
    text = "Hi {{2}}, meet {{1}} and {{2}} again."

    assert placeholders(text) == ("2", "1")
    assert occurrences(text) == ("2", "1", "2")


@pytest.mark.parametrize("text", ["a {{1}", "a {1}}", "a {{{1}}}", "a {{}", "}} a {{", "{{a{b}}"])
def test_braces_that_do_not_match_are_malformed(text: str) -> None:
    """Braces that open or close no placeholder are noticed."""
    assert has_malformed_braces(text)


@pytest.mark.parametrize("text", ["no braces", "a {{1}} b", "a { lone } brace", "{{a}} {{b}}"])
def test_whole_placeholders_and_lone_braces_are_well_formed(text: str) -> None:
    """A single brace is ordinary text."""
    assert not has_malformed_braces(text)


def test_a_name_has_lower_case_letters_digits_and_underscores() -> None:
    """Signs, capitals, spaces and zero are illegal inside braces."""
    text = "{{1}} {{first_name}} {{name2}} {{#1}} {{$x}} {{a%}} {{Name}} {{ a }} {{0}} {{2nd}} {{}}"

    assert illegal_names(text) == ("#1", "$x", "a%", "Name", " a ", "0", "2nd", "")


def test_numbers_and_names_do_not_mix() -> None:
    """A text is positional or named."""
    assert mixes_kinds("{{1}} and {{name}}")
    assert not mixes_kinds("{{1}} and {{2}}")
    assert not mixes_kinds("{{first}} and {{last}}")


def test_numbers_run_from_one_in_any_order() -> None:
    """Only gaps matter."""
    assert are_contiguous(("1", "3", "2"))
    assert are_contiguous(())
    assert not are_contiguous(("1", "3"))
    assert not are_contiguous(("2",))


@pytest.mark.parametrize("text", ["Bye {{1}}", "Bye {{1}}.", "Bye {{1}} ! ", "Bye {{1}}…»"])
def test_a_variable_followed_only_by_punctuation_is_trailing(text: str) -> None:
    """Dots and blanks after a variable do not save it."""
    assert ends_with_variable(text)


def test_the_edges_of_a_text() -> None:
    """Words before and after keep a variable off the edges."""
    assert starts_with_variable(" {{1}} is here")
    assert not starts_with_variable("Hi {{1}}")
    assert not ends_with_variable("Hi {{1}} there")
    assert not ends_with_variable("no variable.")


def test_variables_side_by_side_are_adjacent() -> None:
    """White space does not part two variables; a comma does."""
    assert has_adjacent_variables("Hi {{1}}{{2}} there")
    assert has_adjacent_variables("Hi {{1}} \n {{2}} there")
    assert not has_adjacent_variables("Hi {{1}}, {{2}} there")


def test_a_body_needs_twice_its_variables_and_one_more_word() -> None:
    """With P variables, N words must be at least 2 P + 1."""
    assert has_too_many_variables("Code {{1}} here")
    assert not has_too_many_variables("Your code {{1}} here")
    assert has_too_many_variables("Hi {{1}}, order {{2}} is sent")
    assert not has_too_many_variables("Hi {{1}}, order {{2}} is sent today")
    assert not has_too_many_variables("Hi")


def test_punctuation_is_no_word_and_scripts_without_spaces_count_by_character() -> None:
    """A dash alone counts for nothing; Chinese needs no spaces."""
    assert words("Hello – {{1}} , world!") == 2
    assert words("您的订单{{1}}已发货") == 7


def test_filling_replaces_what_has_a_value() -> None:
    """A value is put in literally, whatever braces it has itself."""
    assert fill("{{1}} and {{2}} and {{1}}", {"1": "{{2}}"}) == "{{2}} and {{2}} and {{2}}"
    assert fill("Hi {{name}}, {{other}}", {"name": r"\1"}) == r"Hi \1, {{other}}"
