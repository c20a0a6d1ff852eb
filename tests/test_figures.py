"""The table of figures: what is rounded, what meets its goal, and what a file of a run keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from kit.figures import FIGURES, NOT_MEASURED, Figure, Run, in_columns, in_markdown, lines, measured

RUN = Run(date(2026, 11, 30), "3.12.1", "3.45.0", {"send": 1.804, "advance": 12_345.6})


@pytest.mark.parametrize(
    ("value", "at_least", "is_met"),
    [(1.8, False, True), (1.804, False, True), (1.806, False, False), (1.8, True, True), (1.79, True, False)],
)
def test_a_goal_is_met_at_the_precision_shown(value: float, at_least: bool, is_met: bool) -> None:
    """At most, or at least: the goal itself is met."""
    assert Figure("a send", "×", 1.8, at_least).is_met(value) is is_met


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.0031, "ms", "0.003 ms"),
        (1.804, "×", "1.8 ×"),
        (12.34, "ms", "12.3 ms"),
        (12_345.6, "/s", "12,346/s"),
        (123.4, "×", "123 ×"),
    ],
)
def test_a_figure_has_as_many_digits_as_say_something(value: float, unit: str, written: str) -> None:
    """Three behind the point below a tenth, two below ten, one below a hundred, none above."""
    assert Figure("a send", unit, 1).written(value) == written


def test_the_table_has_every_row() -> None:
    """Those that the run did not measure, too; with the figures of an earlier run beside."""
    table = lines(RUN, before=Run(date(2026, 11, 1), "3.12.1", "3.45.0", {"send": 13.0}))

    assert [line[0] for line in table[1:]] == [figure.title for figure in FIGURES.values()]
    assert table[1] == (FIGURES["send"].title, "13 ×", "1.8 ×", "≤ 1.8 ×", "yes")
    assert NOT_MEASURED in table[2]
    assert len(in_columns(table).splitlines()) == len(table)
    assert in_markdown(table).count("\n") == len(table) + 1


def test_a_file_keeps_what_a_later_run_did_not_measure(tmp_path: Path) -> None:
    """Its date and versions are those of the later run."""
    file = tmp_path / "figures.json"
    RUN.write(file)

    Run(date(2026, 12, 1), "3.13.0", "3.46.0", {"send": 1.5}).write(file)

    assert Run.read(file) == Run(date(2026, 12, 1), "3.13.0", "3.46.0", {"send": 1.5, "advance": 12_345.6})


def test_a_figure_without_a_row_is_refused() -> None:
    """Or it would be in no table."""
    with pytest.raises(KeyError):
        measured("a send that nobody asked for", 1)
