"""What Graph gives up: since when, for which versions, and what becomes of a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from kit.refusals import refusal_of

from emulator.domain.graph.legacy import CLOSED_AT, LEGACY, check, warnings, without_effect
from emulator.domain.graph.versions import RELEASED

SECOND = timedelta(seconds=1)
V26 = RELEASED["v26.0"]
EVERYWHERE = datetime(2026, 10, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "at", "removed"),
    [
        ("v25.0", V26, False),
        ("v25.0", EVERYWHERE - SECOND, False),
        ("v25.0", EVERYWHERE, True),
        ("v26.0", V26 - SECOND, False),
        ("v26.0", V26, True),
        ("v27.0", V26, True),
        ("v13.0", EVERYWHERE, True),
    ],
)
@pytest.mark.parametrize("name", ["pretty", "debug", "date_format", "ids"])
def test_a_feature_is_gone_from_a_version_on_and_then_from_all(
    name: str, version: str, at: datetime, removed: bool
) -> None:
    """To the second on both days."""
    assert LEGACY[name].is_removed(version, at) is removed


def test_metadata_went_with_the_version_before() -> None:
    """In February 2026, and in May for the others."""
    metadata = LEGACY["metadata"]

    assert metadata.is_removed("v25.0", RELEASED["v25.0"])
    assert not metadata.is_removed("v24.0", datetime(2026, 5, 18, 23, 59, 59, tzinfo=UTC))
    assert metadata.is_removed("v24.0", datetime(2026, 5, 19, tzinfo=UTC))


@pytest.mark.parametrize("name", [row.name for row in LEGACY.values() if row.is_refused])
def test_some_of_what_is_gone_is_refused(name: str) -> None:
    """The sentence names it, the hint what it did."""
    refused = refusal_of(check, [name, "fields"], "v24.0", EVERYWHERE)

    assert refused.message == f"(#100) Param {name} is not supported."
    assert LEGACY[name].what in refused.hint
    assert list(without_effect([name, "fields"], "v24.0", EVERYWHERE)) == []


@pytest.mark.parametrize("name", [row.name for row in LEGACY.values() if not row.is_refused])
def test_the_rest_of_what_is_gone_has_no_effect(name: str) -> None:
    """What is only closed to new apps is neither gone nor refused."""
    check([name, "fields"], "v24.0", EVERYWHERE)

    ignored = [each.name for each in without_effect([name, "fields"], "v24.0", EVERYWHERE)]
    assert ignored == ([] if LEGACY[name].is_closed else [name])


@pytest.mark.parametrize("name", [row.name for row in LEGACY.values() if row.is_closed])
def test_what_new_apps_cannot_use_is_warned_of_since_november_2026(name: str) -> None:
    """Unless it is gone altogether, and refused."""
    before = list(warnings([name], "v24.0", CLOSED_AT - SECOND))
    after = list(warnings([name], "v24.0", CLOSED_AT))

    assert before == []
    assert len(after) == (0 if LEGACY[name].is_refused else 1)
    assert all("since 2026-11-04 new apps cannot use it" in each for each in after)


def test_what_has_no_effect_is_warned_of() -> None:
    """With the version and the day of its end."""
    assert list(warnings(["pretty", "fields"], "v26.0", V26)) == [
        "`pretty` (laying out the JSON) has no effect: Graph removed it in v26.0, and on 2026-10-27 in all "
        "versions."
    ]
