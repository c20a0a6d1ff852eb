"""Scenario files as tests of pytest: each ``*.whatsapp.yaml`` is one, and its fixture is ``whatsapp``."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from emulator.sandbox.scenarios.player import PATIENCE, play
from emulator.sandbox.scenarios.reader import read_scenario
from emulator.sandbox.scenarios.scenario import Scenario, ScenarioError
from emulator.testing.whatsapp import WhatsApp


class ScenarioFile(pytest.Module):
    """A scenario file: a module with one test, so that fixtures of its folder hold for it."""

    def collect(self) -> Iterator[pytest.Item]:
        """Read the file. Raises :class:`pytest.Collector.CollectError` for one that is wrong."""
        try:
            scenario = read_scenario(self.path)
        except ScenarioError as wrong:
            raise self.CollectError(str(wrong)) from None
        self.obj = ModuleType(self.path.name.partition(".")[0])

        def test(whatsapp: WhatsApp) -> None:
            __tracebackhide__ = True
            patience = PATIENCE if threading.active_count() > 1 else 0.0
            try:
                report = play(whatsapp.sandbox, scenario, patience=patience)
            except ScenarioError as wrong:
                pytest.fail(str(wrong), pytrace=False)
            if not report.passed:
                whatsapp.unmet_expectation = pytest.fail.Exception(report.explanation, pytrace=False)
                raise whatsapp.unmet_expectation

        item = ScenarioItem.from_parent(self, name=scenario.title, callobj=test)
        item.scenario = scenario
        item.add_marker(pytest.mark.whatsapp(**_chosen(scenario)))
        yield item


class ScenarioItem(pytest.Function):
    """The test of a scenario file."""

    scenario: Scenario

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where it is: at the first step of its file."""
        return self.path, self.scenario.steps[0].line - 1, f"scenario: {self.name}"


def _chosen(scenario: Scenario) -> dict[str, Any]:
    """What a scenario says of its sandbox, which goes before the options of the session."""
    said: Iterable[tuple[str, Any]] = (
        ("seed", scenario.seed),
        ("start", scenario.start),
        ("app", scenario.app),
    )
    return {name: value for name, value in said if value is not None}
