"""The switches of a sandbox."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from emulator.domain.catalogue import DISPUTED
from emulator.domain.limits.policies import policies_from_json
from emulator.domain.settings.settings import CHOICES, NAMES, Settings, as_json, from_json


def test_the_defaults_are_the_platform_s_behaviour() -> None:
    """Window errors come later, legacy categories are taken with a warning, a review lasts five minutes."""
    assert (
        as_json(Settings()).items()
        >= {
            "window_errors": "async",
            "template_categories": "any",
            "missing_plus": "keep",
            "direct_send": "off",
            "marketing_by": "any",
            "review_after": 300.0,
            "marketing_sync": 0.0,
            "webhook_timeout": 10.0,
            "media_timeout": 10.0,
        }.items()
    )
    assert as_json(Settings())["http_statuses"] == {}


def test_marketing_stays_out_of_the_united_states_and_nothing_is_held_by_default() -> None:
    """What is known of the platform holds by default; what nobody knows a number for is off."""
    assert (
        as_json(Settings()).items()
        >= {
            "us_marketing": "paused",
            "marketing_per_user": "off",
            "experiment": 0.0,
            "when_blocked": "silent",
            "quality_judged_after": 50,
            "quality_yellow": 0.03,
            "quality_red": 0.06,
            "quality_least_read": 0.0,
            "pacing_after": "off",
            "pacing_hold": 3600.0,
        }.items()
    )


def test_settings_survive_the_way_through_json() -> None:
    """Words stay words, durations become seconds and durations again."""
    settings = Settings(
        window_errors="sync",
        template_categories="legacy",
        missing_plus="prepend",
        review_after=timedelta(hours=1),
        webhook_timeout=timedelta(milliseconds=250),
        http_statuses={132001: 400},
        limits=policies_from_json({"throughput": "always", "messaging": 3}),
    )

    assert from_json(as_json(settings)) == settings


def test_what_is_not_said_stays_as_it_was() -> None:
    """Over the defaults, or over given settings."""
    usual = Settings(template_categories="current")

    assert from_json({"window_errors": "sync"}) == Settings(window_errors="sync")
    assert from_json({"window_errors": "sync"}, usual) == Settings("sync", "current")


@pytest.mark.parametrize(("name", "word"), [(name, word) for name in CHOICES for word in CHOICES[name]])
def test_every_word_of_a_choice_is_taken(name: str, word: str) -> None:
    """The lists that the documentation prints."""
    assert getattr(from_json({name: word}), name) == word


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        (
            {"window_error": "sync"},
            f"there is no setting 'window_error'; did you mean window_errors?; there are {', '.join(NAMES)}",
        ),
        ({"window_errors": "never"}, "window_errors is one of async, sync; got 'never'"),
        ({"window_errors": None}, "window_errors is one of async, sync; got None"),
        ({"template_categories": "old"}, "template_categories is one of any, current, legacy; got 'old'"),
        ({"review_after": -1}, "review_after is a number of seconds, zero or more and below 10⁹; got -1"),
        (
            {"review_after": "5 minutes"},
            "review_after is a number of seconds, zero or more and below 10⁹; got '5 minutes'",
        ),
        ({"review_after": True}, "review_after is a number of seconds, zero or more and below 10⁹; got True"),
        ({"review_after": None}, "review_after is a number of seconds, zero or more and below 10⁹; got None"),
        ({"http_statuses": 400}, "http_statuses are HTTP statuses by code, like {132001: 400}; got 400"),
        ({"http_statuses": {"many": 429}}, "http_statuses are named by error codes, not by 'many'"),
        ({"http_statuses": {"one": 1, "two": 2}}, "http_statuses are named by error codes, not by 'one'"),
        ({"http_statuses": {"132001": 500}}, "132001 is answered with 404 or 400; got 500"),
        ({"http_statuses": {"132001": "400"}}, "132001 is answered with 404 or 400; got '400'"),
        (
            {"http_statuses": {"132000": 404}},
            f"the HTTP status of 132000 is not disputed; those of {', '.join(map(str, DISPUTED))} are",
        ),
        (
            {"webhook_timeout": float("nan")},
            "webhook_timeout is a number of seconds, zero or more and below 10⁹; got nan",
        ),
        (
            {"webhook_timeout": float("inf")},
            "webhook_timeout is a number of seconds, zero or more and below 10⁹; got inf",
        ),
    ],
)
def test_a_wrong_name_or_value_is_refused_with_what_would_be_right(
    values: dict[str, object], complaint: str
) -> None:
    """The sentence names the choices and what came."""
    with pytest.raises(ValueError, match=re.escape(complaint)) as refused:
        from_json(values)

    assert str(refused.value) == complaint


@pytest.mark.parametrize(
    ("code", "status"), [(code, status) for code in DISPUTED for status in DISPUTED[code]]
)
def test_every_candidate_of_a_disputed_status_is_taken(code: int, status: int) -> None:
    """By a number, as a seed writes it, or by its digits, as JSON does; other codes stay as they are."""
    for written in (code, str(code)):
        settings = from_json({"http_statuses": {written: status}})

        assert settings.http_status(code, 418) == status
        assert settings.http_status(131000, 500) == 500


def test_a_status_that_no_source_reports_is_refused_however_it_is_set() -> None:
    """Also where the settings are changed in Python."""
    with pytest.raises(ValueError, match="132001 is answered with 404 or 400; got 200"):
        Settings().changed(http_statuses={132001: 200})
