"""What an examination has found: for people as a table, for programs as JSON and JUnit's ElementTree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple
from xml.etree import ElementTree

from emulator.doctor.rule import Finding, Verdict
from emulator.domain.values import dataclass

WIDTH = 100
"""Columns of a report, unless somebody says otherwise."""
_SIGNS = {Verdict.PASSED: "✓", Verdict.FAILED: "✗", Verdict.WARNING: "!", Verdict.NOT_JUDGED: "–"}
_NAMED = (Verdict.FAILED, Verdict.WARNING)
"""What is explained below the table."""


class DoctorFindings(AssertionError):
    """A webhook broke rules; the message has each with what it costs and how it is mended."""


class Line(NamedTuple):
    """A line of a report, and the verdict that it is about."""

    text: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of each rule in one examination of a callback."""

    url: str
    findings: tuple[Finding, ...]
    """One for each rule, in the order of the table."""

    @property
    def passed(self) -> bool:
        """Whether no rule was broken; warnings and what could not be judged do not count."""
        return not self.failed

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The rules that were broken."""
        return self.of(Verdict.FAILED)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What may cost something, though no rule was broken for certain."""
        return self.of(Verdict.WARNING)

    @property
    def not_judged(self) -> tuple[Finding, ...]:
        """The rules that could not be judged, each with what that would need."""
        return self.of(Verdict.NOT_JUDGED)

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings with a verdict."""
        return tuple(each for each in self.findings if each.verdict is verdict)

    def check(self) -> None:
        """Raise :class:`DoctorFindings`, an ``AssertionError``, when a rule was broken; it names each."""
        __tracebackhide__ = True
        if self.failed:
            counted = "1 rule was" if len(self.failed) == 1 else f"{len(self.failed)} rules were"
            explained = "\n".join(line.text for line in self._explained((Verdict.FAILED,), WIDTH))
            raise DoctorFindings(f"{counted} broken by {self.url}\n{explained}")

    def __str__(self) -> str:
        return "\n".join(line.text for line in self.lines())

    def lines(self, width: int = WIDTH) -> Iterator[Line]:
        """Write the table, then what is wrong with its cost and its mending, in lines of some ``width``."""
        longest = max((len(each.id) for each in self.findings), default=0)
        for group, found in groupby(self.findings, lambda each: each.rule.group):
            yield Line("")
            yield Line(group)
            for names, verdict, seen in _together(list(found)):
                begin = f"  {_SIGNS[verdict]} {names:<{longest}}  "
                for number, part in enumerate(_wrapped(seen, width - len(begin))):
                    yield Line((begin if number == 0 else " " * len(begin)) + part, verdict)
        yield from self._explained(_NAMED, width)
        yield Line("")
        yield Line(self.summary, Verdict.FAILED if self.failed else Verdict.PASSED)

    def _explained(self, verdicts: tuple[Verdict, ...], width: int) -> Iterator[Line]:
        for finding in (each for verdict in verdicts for each in self.of(verdict)):
            rule = finding.rule
            yield Line("")
            yield Line(f"{_SIGNS[finding.verdict]} {rule.id}", finding.verdict)
            for name, said in (
                ("done", rule.done),
                ("expected", rule.expected),
                ("seen", finding.seen),
                ("cost", rule.cost),
                ("mend", rule.mending),
                ("source", rule.source),
            ):
                for number, part in enumerate(_wrapped(said, width - 12)):
                    yield Line(f"  {name if number == 0 else '':<9} {part}")

    @property
    def summary(self) -> str:
        """The counts in a line: ``31 passed, 2 failed, 1 warning, 3 not judged``."""
        counts = Counter(each.verdict for each in self.findings)
        warnings = "warning" if counts[Verdict.WARNING] == 1 else "warnings"
        return (
            f"{counts[Verdict.PASSED]} passed, {counts[Verdict.FAILED]} failed, "
            f"{counts[Verdict.WARNING]} {warnings}, {counts[Verdict.NOT_JUDGED]} not judged"
        )

    def as_json(self) -> str:
        """Write it as JSON: the URL, whether it passed, and every finding with the texts of its rule."""
        written = {
            "url": self.url,
            "passed": self.passed,
            "counts": {str(each): len(self.of(each)) for each in Verdict},
            "findings": [
                {
                    "rule": each.id,
                    "group": each.rule.group,
                    "verdict": str(each.verdict),
                    "seen": each.seen,
                    "done": each.rule.done,
                    "expected": each.rule.expected,
                    "cost": each.rule.cost,
                    "mending": each.rule.mending,
                    "source": each.rule.source,
                }
                for each in self.findings
            ],
        }
        return json.dumps(written, indent=2, ensure_ascii=False)

    def as_junit(self) -> bytes:
        """Write it as the XML that CI systems read: a test case a rule; what is not judged is skipped.

        A warning passes, with what was seen in its output.
        """
        suite = ElementTree.Element(
            "testsuite",
            name="whatsapp-emulator doctor",
            tests=str(len(self.findings)),
            failures=str(len(self.failed)),
            errors="0",
            skipped=str(len(self.not_judged)),
        )
        for each in self.findings:
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"doctor.{each.rule.group}", name=each.id
            )
            if each.verdict is Verdict.FAILED:
                problem = ElementTree.SubElement(case, "failure", message=each.seen)
                problem.text = f"{each.rule.cost}\n{each.rule.mending}\n{each.rule.source}"
            elif each.verdict is Verdict.NOT_JUDGED:
                ElementTree.SubElement(case, "skipped", message=each.seen)
            elif each.verdict is Verdict.WARNING:
                ElementTree.SubElement(case, "system-out").text = f"warning: {each.seen}\n{each.rule.mending}"
        suites = ElementTree.Element("testsuites")
        suites.append(suite)
        written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
        return written


def _together(found: list[Finding]) -> Iterator[tuple[str, Verdict, str]]:
    """The findings of a group, each with its id; those that want the same to be judged as one."""
    reasons = {each.seen for each in found}
    if len(found) > 1 and len(reasons) == 1 and found[0].verdict is Verdict.NOT_JUDGED:
        yield f"all {len(found)} rules", found[0].verdict, found[0].seen
        return
    for each in found:
        yield each.id, each.verdict, each.seen


def _wrapped(said: str, width: int) -> list[str]:
    return wrap(said, max(width, 20), break_long_words=False, break_on_hyphens=False) or [""]
