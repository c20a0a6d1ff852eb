"""``whatsapp_freeze``, and the warning for who leaves it out."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import freezegun
import pytest
import time_machine

import emulator
from emulator.testing import choices
from emulator.testing.choices import FREEZERS, as_freezer
from emulator.testing.clocks.freezing import frozen

pytest_plugins = ("pytester",)

LIBRARIES = tuple(FREEZERS)


# the option


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("true", "freezegun"),
        (True, "freezegun"),
        ("freezegun", "freezegun"),
        ("time-machine", "time-machine"),
        ("Time-Machine", "time-machine"),
        ("false", False),
        (False, False),
        ("off", False),
    ],
)
def test_what_can_be_chosen(given: object, read: object) -> None:
    """A library by its name, or the first that is installed."""
    assert as_freezer(given) == read


def test_what_cannot_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what can, and what has to be installed."""
    with pytest.raises(ValueError, match=r"^is true, false, freezegun or time-machine, not 'libfaketime'$"):
        as_freezer("libfaketime")

    monkeypatch.setattr(choices, "find_spec", lambda module: None)
    with pytest.raises(ValueError, match=r"^needs freezegun or time-machine: `pip install freezegun`$"):
        as_freezer("true")
    with pytest.raises(ValueError, match=r"^needs time-machine: `pip install time-machine`$"):
        as_freezer("time-machine")


def test_without_freezegun_it_is_time_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever is there."""
    monkeypatch.setattr(choices, "find_spec", {"time_machine": object()}.get)

    assert as_freezer("true") == "time-machine"


@pytest.mark.parametrize("library", LIBRARIES)
def test_local_time_is_utc(library: str) -> None:
    """With both libraries, so that ``datetime.now()`` says what the sandbox says."""
    with frozen(library, "2026-12-01T10:00:00+02:00"):
        assert datetime.now() == datetime(2026, 12, 1, 8)
    assert not freezegun.api.freeze_factories
    assert not time_machine.traveller_stack


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_block_is_frozen(library: str) -> None:
    """Also without pytest; afterwards the process is released."""
    with emulator.whatsapp(start="2031-01-14T00:00:00Z", freeze=library) as whatsapp:
        whatsapp.clock.advance(hours=1)
        assert datetime.now(UTC) == whatsapp.clock.now() == datetime(2031, 1, 14, 1, tzinfo=UTC)

    assert datetime.now(UTC) < datetime(2031, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_reset_takes_the_process_back(library: str) -> None:
    """Both begin anew; a freeze of the test's own stays where it is."""
    with emulator.whatsapp(start="2031-01-14T00:00:00Z", freeze=library) as whatsapp:
        began = whatsapp.clock.now()
        whatsapp.person().says("Hello")
        whatsapp.clock.advance(days=3)
        whatsapp.reset()
        again = (datetime.now(UTC), whatsapp.clock.now())
        whatsapp.person().says("Hello again")
        whatsapp.clock.advance(hours=1)

    with emulator.whatsapp() as whatsapp, freezegun.freeze_time("2026-12-01"):
        whatsapp.person().says("Hello")
        whatsapp.reset()
        own = (datetime.now(UTC), whatsapp.clock.now())

    assert again == (began, began)
    assert own == (datetime(2026, 12, 1, tzinfo=UTC),) * 2


# in a suite


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_test_is_frozen_with_its_set_up(pytester: pytest.Pytester, library: str) -> None:
    """At the sandbox's start, before the first fixture; the sandbox moves it along; afterwards it is real."""
    pytester.makeini(f"[pytest]\nwhatsapp_freeze = {library}\nwhatsapp_start = 2026-11-02T09:00:00Z\n")
    pytester.makepyfile(
        """
        from datetime import UTC, datetime, timedelta

        import pytest

        START = datetime(2026, 11, 2, 9, tzinfo=UTC)
        REAL = datetime.now(UTC)

        @pytest.fixture
        def set_up_first():
            yield datetime.now(UTC)
            assert datetime.now(UTC) == START + timedelta(hours=25)

        def test_frozen(set_up_first, whatsapp):
            assert set_up_first == whatsapp.clock.now() == START
            seen = []
            whatsapp.deliver_to(lambda webhook: seen.append(datetime.now(UTC)))
            whatsapp.person().says("Hello")
            whatsapp.clock.advance(hours=25)
            assert (seen, datetime.now(UTC)) == ([START], START + timedelta(hours=25))

        @pytest.mark.whatsapp(start="2031-01-14T00:00:00Z")
        def test_frozen_elsewhere(whatsapp):
            assert datetime.now() == datetime(2031, 1, 14)

        @pytest.mark.whatsapp(freeze=False)
        def test_not_frozen(whatsapp):
            assert datetime.now(UTC) - REAL < timedelta(hours=1)

        def test_without_a_sandbox():
            assert datetime.now(UTC) - REAL < timedelta(hours=1)
        """
    )

    result = pytester.runpytest("-p", "no:cacheprovider", "--durations=0", "-vv")

    result.assert_outcomes(passed=4)
    (seconds,) = re.findall(r" 4 passed in (\d+\.\d+)s", result.stdout.str())
    assert float(seconds) < 600


def test_the_marker_freezes_one_test(pytester: pytest.Pytester) -> None:
    """A freeze of the test's own lies inside it; a value that cannot be fails the test."""
    pytester.makepyfile(
        """
        from datetime import UTC, datetime

        import pytest
        from freezegun import freeze_time

        @pytest.mark.whatsapp(freeze=True)
        def test_frozen(whatsapp):
            assert datetime.now(UTC) == whatsapp.clock.now()
            with freeze_time("2026-11-05"):
                assert datetime.now(UTC) == whatsapp.clock.now() == datetime(2026, 11, 5, tzinfo=UTC)

        @pytest.mark.whatsapp(freeze="soon")
        def test_wrong(whatsapp):
            pass
        """
    )

    result = pytester.runpytest("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*whatsapp_freeze is true, false, freezegun or time-machine, not 'soon'*"])


# the warning

APP = """
from datetime import UTC, datetime

def receive(webhook):
    receive.at = {}
"""
SUITE = """
import pytest
from app import receive

def test_a_day(whatsapp):
    whatsapp.deliver_to(receive)
    whatsapp.clock.advance(hours=25)
    whatsapp.person().says("Hello")
    whatsapp.settle()

def test_another_day(whatsapp):
    test_a_day(whatsapp)
"""
TOLD = "*ClocksDiffer: whatsapp.clock moves the sandbox, and not app.py:4, which reads the real time*"


def test_an_app_that_reads_another_time_is_told_once(pytester: pytest.Pytester) -> None:
    """At the first test that moved the clock by more than a day, with the line that reads the time."""
    pytester.makepyfile(app=APP.format("datetime.now()"), test_it=SUITE)

    result = pytester.runpytest("-p", "no:cacheprovider", "-W", "default")

    result.assert_outcomes(passed=2, warnings=1)
    result.stdout.fnmatch_lines(["test_it.py::test_a_day", TOLD])


@pytest.mark.parametrize(
    ("reads", "arguments"),
    [
        ("datetime(2026, 1, 1)  # datetime.now() would not do", ()),
        ("datetime.now()", ("-o", "whatsapp_freeze=false")),
        ("datetime.now()", ("-o", "whatsapp_freeze=true")),
        ("datetime.now()", ("-k", "moved_little or nobody_called or frozen_by_itself")),
    ],
    ids=["reads no time", "chose false", "chose true", "does not matter"],
)
def test_who_is_not_told(pytester: pytest.Pytester, reads: str, arguments: tuple[str, ...]) -> None:
    """An app that reads no time, whoever has chosen, and tests in which it does not matter."""
    others = """
def test_moved_little(whatsapp):
    whatsapp.deliver_to(receive)
    whatsapp.clock.advance(hours=24)
    whatsapp.person().says("Hello")
    whatsapp.settle()

def test_nobody_called(whatsapp):
    whatsapp.clock.advance(hours=25)

def test_frozen_by_itself(whatsapp):
    from freezegun import freeze_time

    with freeze_time("2026-12-01"):
        test_a_day(whatsapp)
"""
    pytester.makepyfile(app=APP.format(reads), test_it=SUITE + others)

    result = pytester.runpytest("-p", "no:cacheprovider", "-W", "error", *arguments)

    assert result.ret == 0
    assert result.parseoutcomes().get("warnings", 0) == 0
