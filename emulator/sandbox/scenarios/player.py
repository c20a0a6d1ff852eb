"""Play a scenario in a sandbox, step by step, until one fails."""

from __future__ import annotations

from collections.abc import Callable

from emulator.domain.errors import PlatformError
from emulator.sandbox.engine.advance import NotQuiet
from emulator.sandbox.errors import NotMet
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.scenarios.report import Outcome, ScenarioReport, StepResult
from emulator.sandbox.scenarios.scenario import Scenario, ScenarioError, Step
from emulator.sandbox.scenarios.stage import Stage

PATIENCE = 1.0
"""Real seconds in which an app may bring about what is expected, unless a step says otherwise."""
_FAILURES = (ValueError, LookupError, PlatformError, NotQuiet)
"""What the acts of a sandbox raise for what cannot be done."""


def play(
    sandbox: Sandbox,
    scenario: Scenario,
    *,
    patience: float = PATIENCE,
    on_step: Callable[[StepResult], None] | None = None,
) -> ScenarioReport:
    """Play a scenario in a sandbox; returns what became of each step.

    Each step is carried out by the acts and expectations that a test has, and the sandbox settles after it.
    The first step that fails ends it. ``patience`` are the real seconds in which an app, as another thread or
    process, may bring about what is expected; ``on_step`` is called with each result. Raises
    :class:`~.scenario.ScenarioError` where it cannot begin, since a person or a setting cannot be.
    """
    stage = Stage(sandbox, scenario, patience)
    try:
        stage.prepare()
    except _FAILURES as problem:
        raise ScenarioError(f"{scenario.file}: it cannot begin: {problem}") from None
    results: list[StepResult] = []
    conversation = ""
    for step in scenario.steps:
        result, conversation = _played(stage, step)
        results.append(result)
        if on_step is not None:
            on_step(result)
        if result.outcome is Outcome.FAILED:
            break
    left = scenario.steps[len(results) :]
    results += [StepResult(step, Outcome.NOT_PLAYED) for step in left]
    if on_step is not None:
        for each in results[len(results) - len(left) :]:
            on_step(each)
    return ScenarioReport(scenario, tuple(results), conversation, tuple(stage.notes))


def _played(stage: Stage, step: Step) -> tuple[StepResult, str]:
    try:
        stage.move(step)
        step.kind.act(stage, step)
        stage.sandbox.settle()
    except NotMet as missed:
        why, conversation = missed.summary, missed.conversation
    except _FAILURES as problem:
        hint = getattr(problem, "hint", None)
        why = f"{problem}" + (f"\n{hint}" if hint and str(hint) not in str(problem) else "")
        conversation = stage.sandbox.messages.transcript()
    else:
        return StepResult(step, Outcome.PASSED, stage.sandbox.clock.now()), ""
    result = StepResult(step, Outcome.FAILED, stage.sandbox.clock.now(), why)
    return result, conversation or "(nobody wrote)"
