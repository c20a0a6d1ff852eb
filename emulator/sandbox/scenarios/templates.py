"""Steps about templates: what the business does with them, and what is decided over them."""

from __future__ import annotations

from typing import Any

from emulator.domain.graph.versions import LATEST, major
from emulator.domain.quoting import did_you_mean
from emulator.domain.templates.template import Template
from emulator.sandbox.scenarios.platform import refused_as_said
from emulator.sandbox.scenarios.scenario import Step
from emulator.sandbox.scenarios.stage import Stage
from emulator.wire.parameters import Parameter
from emulator.wire.requests.templates import read_draft, read_edit

_VERSION = major(LATEST)
"""A scenario does what a call of the newest version does."""
NAMED = ("template", "language")
"""What says which templates are meant: without a language all of that name."""


def _named(stage: Stage, step: Step) -> list[Template]:
    """Find the templates that a step names; raises :class:`LookupError` for none, with what may be meant."""
    name, language = step.value["template"], step.value.get("language")
    every = stage.sandbox.templates.all()
    known = [each for each in every if each.name == name and language in (None, each.language)]
    if not known:
        there = sorted(each.language for each in every if each.name == name)
        if there:
            raise LookupError(
                f"there is no template {name!r} in {language}; it is there in {', '.join(there)}"
            )
        raise LookupError(f"there is no template {name!r}{did_you_mean(name, (each.name for each in every))}")
    return known


def review(stage: Stage, step: Step) -> object:
    """Decide about a template."""
    for each in _named(stage, step):
        stage.sandbox.templates.review(each.id, step.value["decision"], step.value.get("reason"))
    return None


def recategorize(stage: Stage, step: Step) -> object:
    """Find that a template belongs to another category."""
    for each in _named(stage, step):
        stage.sandbox.templates.recategorize(each.id, step.value["category"])
    return None


def creates(stage: Stage, step: Step) -> object:
    """Submit a template, for a scenario without an app."""
    with refused_as_said(step):
        draft = read_draft(Parameter(dict(step.value)), _VERSION)
        stage.sandbox.templates.submit(stage.sandbox.accounts.waba().id, draft)
    return None


def edits(stage: Stage, step: Step) -> object:
    """Edit a template, for a scenario without an app."""
    changed: dict[str, Any] = {key: value for key, value in step.value.items() if key not in NAMED}
    for each in _named(stage, step):
        with refused_as_said(step):
            stage.sandbox.templates.edit(each, read_edit(Parameter(changed), _VERSION))
    return None


def deletes(stage: Stage, step: Step) -> object:
    """Delete a template, for a scenario without an app."""
    for each in _named(stage, step):
        with refused_as_said(step):
            stage.sandbox.templates.delete(each.waba_id, each.name, each.id)
    return None
