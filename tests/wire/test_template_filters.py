"""The grammar of the filters of a list of templates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from emulator.domain.errors import PlatformError
from emulator.domain.templates.filters import TemplateFilter
from emulator.wire.parameters import Parameter
from emulator.wire.requests.template_filters import read_filter

DAY = datetime(2026, 11, 2, tzinfo=UTC)


def test_words_of_a_fixed_set_come_in_any_case() -> None:
    """Names and languages are as they are."""
    query = {"status": "approved,PENDING", "category": '["utility"]', "language": "en_US", "name": "a"}

    assert read_filter(Parameter(query)) == TemplateFilter(
        "a", category=("UTILITY",), status=("APPROVED", "PENDING"), language=("en_US",)
    )


@pytest.mark.parametrize("written", ["2026-11-02", "2026-11-02T01:00:00+01:00", "1793577600", 1793577600])
def test_a_moment_is_a_second_or_a_date(written: object) -> None:
    """In UTC unless it says otherwise."""
    assert read_filter(Parameter({"since": written})).since == DAY


@pytest.mark.parametrize("written", ["yesterday", "9" * 30, "-5"])
def test_a_moment_that_is_none_is_complained_about(written: str) -> None:
    """In the manner of the generic reader."""
    with pytest.raises(PlatformError, match="Param until must be a valid date"):
        read_filter(Parameter({"until": written}))
