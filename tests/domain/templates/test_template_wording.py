"""Which words of a refusal are the platform's."""

from __future__ import annotations

import pytest

from emulator.domain.templates.refusals import (
    already_exists,
    being_deleted,
    category_differs,
    inferred,
    invalid_handle,
    missing_field,
    not_found,
    not_permitted,
    refusal,
    too_long,
    unexpected_fields,
    utility_is_restricted,
)
from emulator.domain.templates.wording import OWN_BOTH, OWN_SENTENCE, OWN_TITLE, own_wording


@pytest.mark.parametrize(
    ("subcode", "title", "sentence", "expected"),
    [
        (
            2388046,
            "Name Format is Incorrect",
            "The message template name can only have lowercase letters and underscores.",
            None,
        ),
        (2388043, "Something", "component of type BODY is missing expected field(s) (example)", OWN_TITLE),
        (2388073, "Message footer format is incorrect", "A footer may not do that.", OWN_SENTENCE),
        (None, "Message footer format is incorrect", "A footer may not do that.", OWN_BOTH),
        (2388040, "Name Format is Incorrect", "So it is.", OWN_BOTH),
    ],
)
def test_what_no_source_has_is_told(
    subcode: int | None, title: str, sentence: str, expected: str | None
) -> None:
    """Title, sentence or both."""
    assert own_wording(subcode, title, sentence) == expected


def test_the_quoted_refusals_say_nothing_of_their_words() -> None:
    """Theirs are the platform's."""
    for refused in (
        already_exists("en_US"),
        being_deleted("en_US"),
        not_found("gone"),
        missing_field("BODY", "example.body_text", "It has one variable."),
        unexpected_fields("BODY", ("text",), "It has a flag alone."),
        too_long("body", 1025, 1024),
    ):
        assert "own wording" not in refused.hint


def test_the_others_say_so_in_the_hint() -> None:
    """After what helps."""
    assert category_differs("UTILITY", "MARKETING").hint.endswith(f" {OWN_TITLE}")
    assert inferred(2388025, "Wait.").hint == f"Wait. {OWN_BOTH}"
    assert refusal(None, "A", "B", hint="Do that.").hint == f"Do that. {OWN_BOTH}"
    assert utility_is_restricted().hint.endswith(OWN_BOTH)
    assert invalid_handle("123").hint.endswith(OWN_SENTENCE)
    assert "own wording" not in not_permitted("it is not").hint
