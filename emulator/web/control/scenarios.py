"""Control route of scenarios: play one in a sandbox."""

from __future__ import annotations

from typing import cast

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers.scenarios import ScenarioAnswer
from emulator.web.control.routes.table import FLAG, NUMBER, SANDBOX, TEXT, Json, required, route
from emulator.web.control.routes.values import BadRequest

MOST_SECONDS = 60.0
"""The most real seconds in which an app may bring about what a step expects."""


@route(
    "POST",
    f"{SANDBOX}/scenarios",
    body={
        "scenario": required({"type": ["object", "string"]}),
        "file": TEXT,
        "reset": FLAG,
        "patience": NUMBER,
    },
)
def play_scenario(
    sandbox: Sandbox,
    scenario: Json | str,
    file: str = "scenario",
    reset: bool = False,
    patience: float = 1.0,
) -> ScenarioAnswer:
    """Play a scenario in the sandbox: an object, or the YAML text of a file called ``file``.

    It is played as the sandbox stands, or after a ``reset``; ``seed`` and ``app`` in it are not used, nor is
    a ``start`` that has passed, which ``notes`` say. ``patience`` are the real seconds in which an app may
    bring about what is expected (default: 1, at most 60). Answers what became of each step, also where one
    failed. 422 for a scenario that is wrong, or cannot begin.
    """
    if not 0 <= patience <= MOST_SECONDS:
        raise BadRequest(f"patience is a number of seconds from 0 to {MOST_SECONDS:g}, not {patience}")
    from emulator.sandbox.scenarios.player import play
    from emulator.sandbox.scenarios.reader import read_scenario

    read = read_scenario(scenario, file)
    if reset:
        sandbox.reset()
    return cast("ScenarioAnswer", play(sandbox, read, patience=patience).as_json())
