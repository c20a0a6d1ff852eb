"""How long pytest says a suite took: real seconds, also while a test has frozen the process."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

pytest_plugins = ("pytester",)

TOO_LONG = 600.0
"""Seconds that none of the suites below can take; a leap to a frozen date is of years."""


def durations(pytester: pytest.Pytester) -> dict[str, float]:
    """Run a suite of one test; returns what is printed and written of its durations, in seconds."""
    result = pytester.runpytest_subprocess("--durations=0", "-vv", "--junitxml=junit.xml")
    result.assert_outcomes(passed=1)
    report = result.stdout.str()
    steps = re.findall(r"^(-?\d+\.\d+)s (setup|call|teardown) ", report, re.MULTILINE)
    (session,) = re.findall(r" 1 passed in (-?\d+\.\d+)s", report)
    written = ElementTree.parse(pytester.path / "junit.xml")
    suite, test = written.find(".//testsuite"), written.find(".//testcase")
    assert suite is not None
    assert test is not None
    return {step: float(seconds) for seconds, step in steps} | {
        "session": float(session),
        "junit suite": float(suite.attrib["time"]),
        "junit test": float(test.attrib["time"]),
    }


@pytest.mark.parametrize("date", ["2012-01-14", "2031-01-14"], ids=["past", "future"])
def test_a_freeze_in_a_fixture_is_no_part_of_a_duration(pytester: pytest.Pytester, date: str) -> None:
    """A process that is frozen when the set-up ends, and real again when the teardown ends."""
    pytester.makepyfile(
        f"""
        import pytest
        from freezegun import freeze_time

        @pytest.fixture
        def frozen():
            with freeze_time("{date}"):
                yield

        def test_it(frozen, whatsapp):
            whatsapp.person().says("Hello")
        """
    )

    reported = durations(pytester)

    assert sorted(reported) == ["call", "junit suite", "junit test", "session", "setup", "teardown"]
    assert {step: seconds for step, seconds in reported.items() if not 0 <= seconds < TOO_LONG} == {}


def test_a_freeze_that_outlasts_the_session_is_no_part_of_a_duration(pytester: pytest.Pytester) -> None:
    """Nor of the session's, which is printed while the process is still frozen."""
    pytester.makepyfile(
        """
        from freezegun import freeze_time

        def test_it():
            freeze_time("2031-01-14").start()
        """
    )

    reported = durations(pytester)

    assert sorted(reported) == ["call", "junit suite", "junit test", "session", "setup", "teardown"]
    assert {step: seconds for step, seconds in reported.items() if not 0 <= seconds < TOO_LONG} == {}


def test_a_freeze_before_the_session_is_no_part_of_a_duration(pytester: pytest.Pytester) -> None:
    """A conftest froze the process when it was imported, and a test ends that."""
    pytester.makepyfile(
        conftest="""
        from freezegun import freeze_time

        frozen = freeze_time("2031-01-14")
        frozen.start()
        """,
        test_it="""
        from conftest import frozen

        def test_it():
            frozen.stop()
        """,
    )

    reported = durations(pytester)

    assert sorted(reported) == ["call", "junit suite", "junit test", "session", "setup", "teardown"]
    assert {step: seconds for step, seconds in reported.items() if not 0 <= seconds < TOO_LONG} == {}


def test_a_test_s_own_time_stays_frozen(pytester: pytest.Pytester) -> None:
    """Only pytest's measurement is real: what the test and its app ask of the clock is frozen as before."""
    pytester.makepyfile(
        """
        import time
        from freezegun import freeze_time

        def test_it():
            with freeze_time("2031-01-14"):
                assert (time.time(), time.perf_counter()) == (1926115200.0, 1926115200.0)
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=1)
