"""What is answered about a scenario that was played."""

from __future__ import annotations

from typing import TypedDict

from emulator.web.control.answers.markers import Instant


class ScenarioStepAnswer(TypedDict):
    """What became of a step: ``passed``, ``failed`` or ``not played``; when, and why it failed."""

    step: str
    line: int
    outcome: str
    at: Instant | None
    why: str | None


class ScenarioAnswer(TypedDict):
    """What became of a scenario; ``explanation`` has why it failed, and the conversation."""

    scenario: str
    file: str
    passed: bool
    notes: list[str]
    steps: list[ScenarioStepAnswer]
    explanation: str | None
