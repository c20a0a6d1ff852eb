"""What ``doctor`` prints and writes: the table, the exception of a test, JSON, and JUnit's XML."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from emulator.doctor.report import DoctorFindings, Report
from emulator.doctor.rule import Finding, Verdict
from emulator.doctor.rules import RULES

URL = "http://127.0.0.1:5000/webhook"
HANDSHAKE, PLAIN, WRONG_TOKEN, ACCEPTED = RULES[:4]
REPORT = Report(
    URL,
    (
        Finding(HANDSHAKE, Verdict.PASSED, "answered 200"),
        Finding(PLAIN, Verdict.FAILED, "the challenge came as JSON"),
        Finding(WRONG_TOKEN, Verdict.WARNING, "answered 200 & <nothing>"),
        Finding(ACCEPTED, Verdict.NOT_JUDGED, "needs something"),
    ),
)


def report_of(*verdicts: Verdict) -> Report:
    return Report(
        URL,
        tuple(Finding(rule, verdict, "seen") for rule, verdict in zip(RULES, verdicts, strict=False)),
    )


def test_findings_are_told_apart_by_their_verdict() -> None:
    """Each is in one of four lists, in the order of the table."""
    lists = (REPORT.failed, REPORT.warnings, REPORT.not_judged, REPORT.of(Verdict.PASSED))

    assert [[each.id for each in found] for found in lists] == [
        [PLAIN.id],
        [WRONG_TOKEN.id],
        [ACCEPTED.id],
        [HANDSHAKE.id],
    ]


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_broken_rule_fails_a_report(verdict: Verdict) -> None:
    """Warnings and what could not be judged let it pass."""
    assert report_of(Verdict.PASSED, verdict).passed is (verdict is not Verdict.FAILED)


def test_the_table_has_a_line_for_each_rule_and_explains_what_is_wrong() -> None:
    """With what was done and seen, what it costs, how it is mended, and where that is from."""
    lines = str(REPORT).splitlines()

    assert lines[:5] == [
        "",
        "handshake",
        "  ✓ handshake-answered     answered 200",
        "  ✗ handshake-plain        the challenge came as JSON",
        "  ! handshake-wrong-token  answered 200 & <nothing>",
    ]
    assert lines[-1] == "1 passed, 1 failed, 1 warning, 1 not judged"
    assert [line for line in lines if line[:1] in "✗!" and line] == [f"✗ {PLAIN.id}", f"! {WRONG_TOKEN.id}"]
    for word in (PLAIN.cost, PLAIN.mending, PLAIN.source):
        assert " ".join(word.split()) in " ".join(str(REPORT).split())


@pytest.mark.parametrize("width", [60, 100])
def test_lines_are_as_wide_as_asked_for(width: int) -> None:
    """But for addresses, which are not broken."""
    lines = [line.text for line in REPORT.lines(width)]

    assert [line for line in lines if len(line) > width and "://" not in line] == []


def test_rules_that_want_the_same_are_one_line() -> None:
    """A callback that refuses everything does not fill the screen."""
    report = Report(URL, tuple(Finding(rule, Verdict.NOT_JUDGED, "needs it") for rule in RULES[:3]))

    assert "  – all 3 rules            needs it" in str(report).splitlines()


def test_check_raises_with_every_broken_rule() -> None:
    """As a failing assertion, so that a test fails and does not err; warnings are not told."""
    with pytest.raises(DoctorFindings) as raised:
        REPORT.check()

    assert isinstance(raised.value, AssertionError)
    assert str(raised.value).startswith(f"1 rule was broken by {URL}\n")
    assert PLAIN.mending in " ".join(str(raised.value).split())
    assert WRONG_TOKEN.id not in str(raised.value)


def test_check_of_a_report_that_passed_says_nothing() -> None:
    """Warnings included."""
    report_of(Verdict.PASSED, Verdict.WARNING, Verdict.NOT_JUDGED).check()


def test_the_json_has_every_finding_with_its_rule() -> None:
    """For programs that show it themselves."""
    read = json.loads(REPORT.as_json())

    assert (read["url"], read["passed"]) == (URL, False)
    assert read["counts"] == {"passed": 1, "failed": 1, "warning": 1, "not judged": 1}
    assert read["findings"][1] == {
        "rule": PLAIN.id,
        "group": "handshake",
        "verdict": "failed",
        "seen": "the challenge came as JSON",
        "done": PLAIN.done,
        "expected": PLAIN.expected,
        "cost": PLAIN.cost,
        "mending": PLAIN.mending,
        "source": PLAIN.source,
    }


def test_junit_has_a_case_for_each_rule() -> None:
    """Broken ones failed, those that could not be judged were skipped, and warnings passed."""
    (suite,) = ElementTree.fromstring(REPORT.as_junit())
    cases = {case.get("name"): [child.tag for child in case] for case in suite}

    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
    }
    assert cases == {
        HANDSHAKE.id: [],
        PLAIN.id: ["failure"],
        WRONG_TOKEN.id: ["system-out"],
        ACCEPTED.id: ["skipped"],
    }
