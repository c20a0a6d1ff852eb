"""What each type of setting takes, how JSON writes it, and how it refuses anything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from emulator.domain.settings.settings import KINDS, Settings, as_json, from_json


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("tier_after", 0, timedelta(0)),
        ("tier_after", 1e9 - 1, timedelta(seconds=1e9 - 1)),
        ("tier_after", 0.25, timedelta(milliseconds=250)),
        ("tier_after", timedelta(hours=1), timedelta(hours=1)),
        ("auto_archival", False, False),
        ("auto_archival", True, True),
        ("utility_cap", 0, 0),
        ("utility_cap", 10**12, 10**12),
        ("marketing_body_limit", 1, 1),
        ("words_per_variable", 2, 2),
        ("words_per_variable", 7, 7),
        ("marketing_per_user", 1, 1),
        ("marketing_per_user", "off", None),
        ("marketing_per_user", False, None),
        ("marketing_per_user", None, None),
        ("pacing_after", 0, 0),
        ("experiment", 0, 0.0),
        ("experiment", 1, 1.0),
        ("experiment", 0.5, 0.5),
    ],
)
def test_a_setting_takes_what_its_type_allows(name: str, value: Any, read: Any) -> None:
    """Both ends of a range belong to it; ``off`` may be the flag that YAML makes of it."""
    settings = from_json({name: value})

    assert getattr(settings, name) == read
    assert type(getattr(settings, name)) is type(read)
    assert from_json({name: as_json(settings)[name]}) == settings


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("tier_after", 1e9, "a number of seconds, zero or more and below 10⁹"),
        ("tier_after", -0.001, "a number of seconds, zero or more and below 10⁹"),
        ("tier_after", False, "a number of seconds, zero or more and below 10⁹"),
        ("tier_after", -1.0, "a number of seconds, zero or more and below 10⁹"),
        ("auto_archival", 1, "true or false"),
        ("auto_archival", "true", "true or false"),
        ("auto_archival", None, "true or false"),
        ("utility_cap", -1, "a whole number, 0 or more"),
        ("utility_cap", 1.0, "a whole number, 0 or more"),
        ("utility_cap", True, "a whole number, 0 or more"),
        ("utility_cap", None, "a whole number, 0 or more"),
        ("utility_cap", False, "a whole number, 0 or more"),
        ("utility_cap", "off", "a whole number, 0 or more"),
        ("marketing_body_limit", 0, "a whole number, 1 or more"),
        ("words_per_variable", 1, "a whole number, 2 to 7"),
        ("words_per_variable", 8, "a whole number, 2 to 7"),
        ("marketing_per_user", 0, "a whole number, 1 or more, or off"),
        ("marketing_per_user", True, "a whole number, 1 or more, or off"),
        ("marketing_per_user", "on", "a whole number, 1 or more, or off"),
        ("experiment", -0.001, "a number from 0 to 1"),
        ("experiment", 1.001, "a number from 0 to 1"),
        ("experiment", True, "a number from 0 to 1"),
        ("experiment", "0.5", "a number from 0 to 1"),
    ],
)
def test_a_setting_refuses_what_its_type_does_not_allow(name: str, value: Any, complaint: str) -> None:
    """A flag is no number, a number no flag; the sentence says what would be right."""
    with pytest.raises(ValueError, match=f"^{name} is ") as refused:
        from_json({name: value})

    assert str(refused.value) == f"{name} is {complaint}; got {value!r}"


def test_a_duration_in_python_has_the_same_bounds() -> None:
    """It is read as its seconds."""
    with pytest.raises(
        ValueError, match=r"tier_after is a number of seconds, zero or more and below 10⁹; got -1\.0"
    ):
        from_json({"tier_after": timedelta(seconds=-1)})


def test_words_are_kept_in_the_order_in_which_they_are_known() -> None:
    """Each once; a word that is not known, and what is no list of words, is refused."""
    known = KINDS["window_opened_by"].schema["items"]["enum"]
    given = [known[-1], known[0], known[-1]]

    assert from_json({"window_opened_by": given}).window_opened_by == (known[0], known[-1])
    assert from_json({"window_opened_by": ()}).window_opened_by == ()
    for value in (known[0], [known[0], 5], None):
        with pytest.raises(ValueError, match="window_opened_by is a list of"):
            from_json({"window_opened_by": value})
    with pytest.raises(ValueError, match=r"window_opened_by holds .*; got 'waving'"):
        from_json({"window_opened_by": [known[0], "waving"]})


def test_durations_and_counts_have_their_documented_defaults() -> None:
    """What the platform promises, or the least that providers print."""
    assert (
        as_json(Settings()).items()
        >= {
            "review_after": 300.0,
            "appeal_after": 86_400.0,
            "auto_archival": True,
            "utility_cap": 250,
            "tier_after": 21_600.0,
            "throughput_after": 43_200.0,
            "maintenance": 60.0,
            "marketing_body_limit": 1024,
            "words_per_variable": 2,
        }.items()
    )


def test_the_range_of_a_setting_stands_in_its_schema() -> None:
    """As the OpenAPI document prints it."""
    assert KINDS["tier_after"].schema == {"type": "number", "minimum": 0, "description": "seconds"}
    assert KINDS["experiment"].schema == {"type": "number", "minimum": 0, "maximum": 1}
    assert KINDS["words_per_variable"].schema == {
        "type": "integer",
        "description": "a whole number, 2 to 7",
    }
    assert KINDS["marketing_per_user"].schema["type"] == ["integer", "string"]
