"""The kinds of due work are declared, and each has exactly one who carries it out."""

from __future__ import annotations

import pytest
from kit.times import START

from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.timeline import HOUSEKEEPING, DueKind

KEPT = {
    "call.end",
    "group.deliver",
    "group.read",
    "message.deliver",
    "message.fetch",
    "message.read",
    "message.send",
    "misuse.end",
    "pacing.end",
    "person.minds",
    "quality.unread",
    "restriction.end",
    "template.appeal",
    "template.delete",
    "template.discard",
    "template.idle",
    "template.recategorize",
    "template.review",
    "template.unpause",
    "throughput.raise",
    "throughput.raised",
    "tier.raise",
}
"""The words that stand in the files of former versions."""


def test_kept_files_go_on() -> None:
    """No word that a file may hold is taken away."""
    assert {kind.value for kind in DueKind} >= KEPT


def test_every_kind_is_carried_out_by_its_owner(sandbox: Sandbox) -> None:
    """By exactly one handler, in the module that the table names."""
    owners = {kind: sandbox.services.core.handler(kind).__module__ for kind in DueKind}

    assert owners == {kind: f"emulator.sandbox.{kind.owner}" for kind in DueKind}
    assert set(sandbox.services.core.handlers) == {kind.value for kind in DueKind}


def test_a_kind_has_no_second_handler(sandbox: Sandbox) -> None:
    """Two services cannot carry out the same work."""
    sandbox.services.core.handler(DueKind.CALL_END)

    with pytest.raises(ValueError, match=r"somebody carries out call\.end already"):
        sandbox.services.core.on_due(DueKind.CALL_END, lambda _: None)


def test_an_unknown_kind_cannot_be_planned(sandbox: Sandbox) -> None:
    """It is refused when it is planned, not when it is due; nothing is left on the timeline."""
    with (
        pytest.raises(ValueError, match=r"nobody carries out 'call\.ends'; known are"),
        sandbox.services.command(),
    ):
        sandbox.services.core.plan(START, "call.ends", "it")  # type: ignore[arg-type]

    with sandbox.services.store.reading():
        assert [work.kind for work in sandbox.services.store.timeline.all() if work.kind == "call.ends"] == []


def test_only_the_look_for_idle_templates_is_housekeeping() -> None:
    """It is always a year ahead: whoever asks what comes next does not mean it."""
    assert {DueKind.TEMPLATE_IDLE} == HOUSEKEEPING


def test_every_kind_says_what_it_does() -> None:
    """In a sentence, and about whom: the word before the dot."""
    assert [kind for kind in DueKind if not (kind.does.endswith(".") and kind.does[0].isupper())] == []
    assert DueKind.UTILITY_ABUSE_END.family == "misuse"
