"""What is known of a terminal, and of what is none."""

from __future__ import annotations

import io
import os

import pytest

from emulator.cli.terminals import is_coloured, width_of


class Terminal(io.StringIO):
    """A stream that says that it is a terminal, without one behind it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("said", "columns"), [("132", 132), ("1", 1), ("0", 80), ("", 80), ("wide", 80), ("-5", 80)]
)
def test_the_environment_has_the_first_word(monkeypatch: pytest.MonkeyPatch, said: str, columns: int) -> None:
    """Where it says nothing of use, and nor does the terminal, there are 80 columns."""
    monkeypatch.setenv("COLUMNS", said)

    assert width_of(Terminal()) == columns


def test_a_terminal_says_how_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says nothing has 80 columns."""
    monkeypatch.delenv("COLUMNS", raising=False)
    terminal = Terminal()
    monkeypatch.setattr(terminal, "fileno", lambda: 7)
    for said, columns in ((120, 120), (0, 80)):
        monkeypatch.setattr(os, "get_terminal_size", lambda _, said=said: os.terminal_size((said, 24)))

        assert width_of(terminal) == columns


@pytest.mark.parametrize(
    ("terminal", "variables", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
    ids=["terminal", "file", "FORCE_COLOR", "NO_COLOR", "dumb"],
)
def test_colours(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, variables: dict[str, str], coloured: bool
) -> None:
    """Are for terminals that have them, unless the environment says otherwise."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"TERM": "xterm"} | variables).items():
        monkeypatch.setenv(name, value)

    assert is_coloured(Terminal() if terminal else io.StringIO()) is coloured
