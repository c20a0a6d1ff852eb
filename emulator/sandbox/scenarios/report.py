"""What became of a scenario: each step passed, failed or was not played; for people, JSON, and JUnit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree

from emulator.domain.instants import iso, parse_instant
from emulator.domain.values import dataclass
from emulator.sandbox.scenarios.scenario import Scenario, Step


class Outcome(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_PLAYED = "not played"


SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_PLAYED: "–"}


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one step, and when by the sandbox's time."""

    step: Step
    outcome: Outcome
    at: datetime | None = None
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {
            "step": self.step.text,
            "line": self.step.line,
            "outcome": str(self.outcome),
            "at": self.at and iso(self.at),
            "why": self.why or None,
        }


def step_line(step: Mapping[str, Any]) -> str:
    """Write a step, as :meth:`StepResult.as_json` has it, as a line of a table: a sign, when, and what."""
    when = f"{parse_instant(step['at']):%a %H:%M:%S}" if step["at"] else " " * 12
    return f"{SIGNS[Outcome(step['outcome'])]} {when}  {step['step']}"


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """What became of a scenario: every step, and the conversation where one failed."""

    scenario: Scenario
    results: tuple[StepResult, ...]
    conversation: str = ""
    notes: tuple[str, ...] = ()
    """What the reader should know of how it was played."""
    complaints: tuple[str, ...] = ()
    """What it fails for although no step expects it, a sentence each: an app that raised at a webhook."""

    @property
    def passed(self) -> bool:
        """Whether every step passed, and there is nothing to complain of."""
        return self.failure is None and not self.complaints

    @property
    def failure(self) -> StepResult | None:
        """The step that failed; ``None`` when none did."""
        return next((each for each in self.results if each.outcome is Outcome.FAILED), None)

    @property
    def explanation(self) -> str:
        """Where it failed and why, with the conversation, and the complaints; empty when it did not."""
        if (failed := self.failure) is None:
            return "\n".join(self.complaints)
        where = f"{self.scenario.file}:{failed.step.line}: step {self.results.index(failed) + 1} of "
        where += f"{len(self.results)}, {failed.step.text}"
        further = [each for each in self.complaints if each not in failed.why]
        told = (where, failed.why, self.conversation, *further)
        return "\n".join(part for part in told if part)

    def as_json(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {
            "scenario": self.scenario.title,
            "file": self.scenario.file,
            "passed": self.passed,
            "notes": list(self.notes),
            "steps": [each.as_json() for each in self.results],
            "explanation": self.explanation or None,
        }


def as_junit(reports: Iterable[dict[str, Any]]) -> bytes:
    """Write reports, as :meth:`ScenarioReport.as_json` has them, as JUnit's XML: a case for each step.

    A scenario that failed although every step passed has one case more, with what there is to complain of.
    """
    root = ElementTree.Element("testsuites", name="whatsapp-emulator play")
    for report in reports:
        steps = report["steps"]
        outcomes = [step["outcome"] for step in steps]
        is_complaint = not report["passed"] and Outcome.FAILED not in outcomes
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=report["scenario"],
            tests=str(len(steps) + is_complaint),
            failures=str(outcomes.count(Outcome.FAILED) + is_complaint),
            skipped=str(outcomes.count(Outcome.NOT_PLAYED)),
            errors="0",
        )
        for place, step in enumerate(steps, 1):
            case = ElementTree.SubElement(
                suite, "testcase", classname=report["file"], name=f"{place}. {step['step']}"
            )
            if step["outcome"] == Outcome.FAILED:
                _fail(case, str(step["why"]), report["explanation"])
            elif step["outcome"] == Outcome.NOT_PLAYED:
                ElementTree.SubElement(case, "skipped")
        if is_complaint:
            case = ElementTree.SubElement(
                suite, "testcase", classname=report["file"], name="what the app did beside it"
            )
            _fail(case, report["explanation"], report["explanation"])
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _fail(case: ElementTree.Element, why: str, explanation: str) -> None:
    first, _, _ = why.partition("\n")
    ElementTree.SubElement(case, "failure", message=first).text = explanation
