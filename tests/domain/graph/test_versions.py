"""Versions of the Graph API over the years."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from kit.times import MICROSECOND

from emulator.domain.graph.versions import (
    LATEST,
    NEXT,
    RELEASED,
    SUPPORTED_FOR,
    effective,
    exists,
    looks_like_version,
    major,
    unknown_warning,
    upgrade_warning,
)


def test_the_versions_are_those_of_the_changelog() -> None:
    """From 13.0 to 27.0, each released on the day that the changelog says, the latest last."""
    assert {version: f"{at:%Y-%m-%d %H:%M:%S.%f}" for version, at in RELEASED.items()} == {
        version: f"{day} 00:00:00.000000"
        for version, day in (
            ("v13.0", "2022-02-08"),
            ("v14.0", "2022-05-25"),
            ("v15.0", "2022-09-15"),
            ("v16.0", "2023-02-02"),
            ("v17.0", "2023-05-23"),
            ("v18.0", "2023-09-12"),
            ("v19.0", "2024-01-23"),
            ("v20.0", "2024-05-21"),
            ("v21.0", "2024-10-02"),
            ("v22.0", "2025-01-21"),
            ("v23.0", "2025-05-29"),
            ("v24.0", "2025-10-08"),
            ("v25.0", "2026-02-18"),
            ("v26.0", "2026-07-29"),
            ("v27.0", "2026-11-04"),
        )
    }
    assert list(RELEASED)[-1] == LATEST
    assert list(RELEASED.values()) == sorted(RELEASED.values())


@pytest.mark.parametrize(
    ("segment", "fits"),
    [("v24.0", True), ("v999.0", True), ("v1.1", True), ("24.0", False), ("v24", False), ("v24.0x", False)],
)
def test_a_version_is_known_by_its_form(segment: str, fits: bool) -> None:
    """A small v, digits, a dot, digits."""
    assert looks_like_version(segment) is fits


def test_a_version_that_never_was_does_not_exist() -> None:
    """Neither the far future nor a minor version."""
    assert exists("v24.0")
    assert not exists("v12.0")
    assert not exists("v29.0")
    assert not exists("v24.1")


def test_one_version_beyond_the_table_is_taken_with_a_warning() -> None:
    """It may be released any day; what it changes is not known."""
    assert exists(NEXT)
    assert major(NEXT) == major(LATEST) + 1
    assert effective(NEXT, datetime(2026, 11, 30, tzinfo=UTC)) == NEXT
    assert unknown_warning(NEXT) == (
        "The emulator does not know v28.0 yet: the call was carried out as in v27.0."
    )
    assert [unknown_warning(version) for version in RELEASED] == [None] * len(RELEASED)


@pytest.mark.parametrize("version", [version for version in RELEASED if version != LATEST])
def test_a_version_is_itself_until_it_is_no_longer_kept(version: str) -> None:
    """And from that instant on it is a later one, if one has been released by then."""
    until = max(RELEASED[version] + SUPPORTED_FOR, list(RELEASED.values())[list(RELEASED).index(version) + 1])

    assert effective(version, RELEASED[version]) == version
    assert effective(version, until - MICROSECOND) == version
    assert major(effective(version, until)) > major(version)


def test_a_version_works_for_240_days() -> None:
    """Version 24 of 8 October 2025 until the fifth of June."""
    end = datetime(2026, 6, 5, tzinfo=UTC)

    assert [effective("v24.0", at) for at in (end - MICROSECOND, end)] == ["v24.0", "v25.0"]


def test_a_year_after_its_release_a_version_has_been_deprecated() -> None:
    """Until then it will be."""
    year = datetime(2026, 10, 8, tzinfo=UTC)

    warnings = [upgrade_warning("v24.0", "v26.0", at) for at in (year - MICROSECOND, year)]

    assert warnings == [
        "The call has been auto-upgraded to v26.0 as v24.0 will be deprecated.",
        "The call has been auto-upgraded to v26.0 as v24.0 has been deprecated.",
    ]


@pytest.mark.parametrize(
    ("at", "carried_out", "fate"),
    [
        (datetime(2024, 10, 14, tzinfo=UTC), "v20.0", "will be"),
        (datetime(2025, 5, 20, tzinfo=UTC), "v21.0", "has been"),
        (datetime(2026, 2, 10, tzinfo=UTC), "v24.0", "has been"),
    ],
)
def test_v19_was_upgraded_as_recorded(at: datetime, carried_out: str, fate: str) -> None:
    """The three recorded answers, word for word."""
    warning = f"The call has been auto-upgraded to {carried_out} as v19.0 {fate} deprecated."

    assert effective("v19.0", at) == carried_out
    assert upgrade_warning("v19.0", carried_out, at) == warning


def test_what_was_not_upgraded_is_not_warned_of() -> None:
    """A current version has no header."""
    assert upgrade_warning("v26.0", "v26.0", datetime(2026, 11, 2, tzinfo=UTC)) is None


def test_a_version_that_is_not_released_yet_is_taken_as_asked() -> None:
    """A sandbox that lives in the past serves today's clients."""
    assert effective("v26.0", datetime(2024, 1, 1, tzinfo=UTC)) == "v26.0"


def test_the_latest_version_never_expires() -> None:
    """Time may go as far as it likes."""
    assert effective(LATEST, datetime(9999, 12, 31, tzinfo=UTC)) == LATEST


def test_the_major_number_is_what_stands_before_the_dot() -> None:
    """As rules compare it."""
    assert [major(version) for version in ("v13.0", "v24.0")] == [13, 24]
