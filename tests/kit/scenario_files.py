"""Scenarios: read from text, and played in a sandbox."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from emulator import Sandbox
from emulator.sandbox.scenarios.player import play
from emulator.sandbox.scenarios.reader import read_scenario
from emulator.sandbox.scenarios.report import ScenarioReport


def played(sandbox: Sandbox, text: str, **more: Any) -> ScenarioReport:
    """Play the steps of a scenario, or a whole one, in a sandbox."""
    text = dedent(text)
    whole = text if "\nsteps:" in f"\n{text}" else f"steps:\n{text}"
    return play(sandbox, read_scenario(whole, "a.whatsapp.yaml"), patience=0, **more)


def outcomes(report: ScenarioReport) -> list[str]:
    """What became of each step."""
    return [str(each.outcome) for each in report.results]
