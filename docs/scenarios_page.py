"""The page about scenario files, made from the table of their steps."""

from __future__ import annotations

from collections.abc import Iterable

from emulator.sandbox.scenarios.scenario import StepKind
from emulator.sandbox.scenarios.table import STEPS

_INTRODUCTION = """
What may stand in a [scenario file](../how-to/scenario-files.md). It is YAML; everything wrong in it is told with file, line
and place before anything is played.

| key | what |
|---|---|
| `scenario` | its title; without one it is the name of the file |
| `seed` | the [seed](seeds.md) of its sandbox: a name, a file beside it, or a mapping |
| `start` | when it begins, as ISO 8601 |
| `app` | where webhooks go: a URL, or in pytest the name of an app (`main:app`) |
| `settings` | [settings](seeds.md#settings) by name |
| `people` | by name the facts and habits of people, as in a seed, with `number`: those of the sandbox who have that name or number, or new ones |
| `steps` | what happens, in this order (required) |

A step is a text, or a mapping of its name to its value. Beside it may stand `after`, how long after the step before it is
carried out, and `at`, when: an instant, or so long after the beginning. After each step the sandbox settles: what is due is
carried out and webhooks are answered. The first step that fails ends the scenario.
"""
_PEOPLE = """
The step of a person stands behind their name: `Ana says: Hello`. A number in any way of writing it will do, too. What the
phone would not let them do fails.
"""
_EXPECTATIONS = """
The conditions of `expect sent` and the others are those of the [expectations](pytest.md) of a test, with `times`
(exactly so many) and `within` (real seconds in which an app may still do it). Each claims what it has found. `to` and `of`
are names or numbers.
"""


def scenarios(made: str) -> str:
    """A table of the steps of people, of the others, and of expectations."""
    kinds = list(STEPS.values())
    people = [kind for kind in kinds if kind.of_person]
    expected = [kind for kind in kinds if kind.name.startswith("expect ")]
    others = [kind for kind in kinds if kind not in (*people, *expected)]
    return "\n".join(
        (
            "# Scenario files\n",
            made,
            _INTRODUCTION.strip() + "\n",
            "## What people do\n",
            _PEOPLE.strip() + "\n",
            _table(people),
            "## The business, the platform, and time\n",
            _table(others),
            "## What is expected\n",
            _EXPECTATIONS.strip() + "\n",
            _table(expected),
        )
    )


def _table(kinds: Iterable[StepKind]) -> str:
    rows = [
        f"| `{'Ana ' if kind.of_person else ''}{kind.name}` | {kind.shape or 'nothing'} | "
        f"{', '.join(f'`{name}`' for name in kind.members)} | {kind.about} |"
        for kind in kinds
    ]
    return "\n".join(("| step | value | beside it | what |", "|---|---|---|---|", *rows, ""))
