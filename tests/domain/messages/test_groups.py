"""Which groups the platform would make."""

from __future__ import annotations

import pytest

from emulator.domain.messages.groups import check


@pytest.mark.parametrize("length", [1, 128])
@pytest.mark.parametrize("count", [0, 1, 8])
def test_a_group_has_a_subject_and_up_to_eight_people(length: int, count: int) -> None:
    """Beside the business; the subject has up to 128 characters."""
    check("x" * length, tuple(str(number) for number in range(count)))


@pytest.mark.parametrize("length", [0, 129])
def test_a_subject_that_is_empty_or_too_long_is_refused(length: int) -> None:
    """With the number of characters that it may have."""
    with pytest.raises(ValueError, match="subject has 1 to 128 characters"):
        check("x" * length, ("1",))


def test_a_ninth_person_is_refused() -> None:
    """With how many came."""
    with pytest.raises(ValueError, match="at most 8 participants, not 9"):
        check("Garden", tuple(str(number) for number in range(9)))


def test_nobody_is_in_a_group_twice() -> None:
    """Not even in a small one."""
    with pytest.raises(ValueError, match="in the group twice"):
        check("Garden", ("1", "2", "1"))
