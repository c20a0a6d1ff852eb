"""How a record of the log becomes lines."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.identities import SHEENA

from emulator.cli.serve.log_lines import LogLines
from emulator.domain.journal import Outcome
from emulator.sandbox import log_records
from emulator.sandbox.log_records import happened

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TOKEN = "EAAGm0PX4ZCpsBAKZCqWERTYuiopASDfghjkl1234567890ZXCVbnmQWErtyUIOPasdfgh"
INDENT = " " * 20

Lines = Callable[..., list[str]]


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """What the logger gives to a listener of the level INFO."""
    found: list[logging.LogRecord] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record)

    logger, listener = logging.getLogger("emulator"), Listener()
    level = logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    yield found
    logger.removeHandler(listener)
    logger.setLevel(level)


@pytest.fixture
def lines(records: list[logging.LogRecord]) -> Lines:
    """The lines of one thing that happened."""

    def made(kind: str, summary: str, formatter: LogLines | None = None, **facts: Any) -> list[str]:
        happened(kind, summary, **facts)
        return (formatter or LogLines()).format(records.pop()).splitlines()

    return made


def test_time_kind_and_text_stand_in_columns(lines: Lines) -> None:
    """Below the day, and with the person in front of the text; a hint stands below the text."""
    written = lines("status", "failed", at=AT, wa_id=SHEENA, hint="Send a template.")

    assert written == [
        "── Monday 02 November 2026 ──",
        f"09:00:00  status    {SHEENA}  failed",
        f"{INDENT}hint: Send a template.",
    ]


def test_the_day_stands_where_it_changes(lines: Lines) -> None:
    """Forward and back, and not before a line without a time."""
    formatter, days = LogLines(), (0, 0, 1, 0)

    written = [lines("call", "x", formatter, at=AT + timedelta(days=day))[0] for day in days]

    monday, tuesday = "── Monday 02 November 2026 ──", "── Tuesday 03 November 2026 ──"
    assert written == [monday, "09:00:00  call      x", tuesday, monday]
    assert lines("call", "x", formatter) == ["          call      x"]


def test_a_sandbox_beside_the_default_one_is_named(lines: Lines) -> None:
    """Where there is but one, its name says nothing."""
    of_other, of_default = (lines("call", "x", sandbox=name) for name in ("other", "default"))

    assert (of_other, of_default) == (["          call      other: x"], ["          call      x"])


@pytest.mark.parametrize(
    ("outcome", "kind", "text"),
    [
        (Outcome.NEUTRAL, "call    ", "x"),
        (Outcome.SUCCESS, "\x1b[32mcall    \x1b[0m", "x"),
        (Outcome.WARNING, "\x1b[33mcall    \x1b[0m", "\x1b[33mx\x1b[0m"),
        (Outcome.FAILURE, "\x1b[31mcall    \x1b[0m", "\x1b[31mx\x1b[0m"),
    ],
    ids=str,
)
def test_each_outcome_has_its_colour(lines: Lines, outcome: Outcome, kind: str, text: str) -> None:
    """Green, yellow, red; without colours none of them leaves a trace."""
    (coloured,) = lines("call", "x", LogLines(is_coloured=True), outcome=outcome)
    (plain,) = lines("call", "x", outcome=outcome)

    assert coloured.endswith(f"  {kind}  {text}")
    assert plain == "          call      x"


def test_a_long_line_is_wrapped_below_its_text(lines: Lines) -> None:
    """At the columns of the terminal; where those are too few, and where there is no terminal, it is left."""
    text = "one " * 20
    narrow, too_narrow = LogLines(width=lambda: 60), LogLines(width=lambda: 59)

    written = lines("call", text, narrow, hint=text)

    assert written == [
        "          call      " + ("one " * 10).strip(),
        INDENT + ("one " * 10).strip(),
        f"{INDENT}hint: " + ("one " * 8).strip(),
        INDENT + ("one " * 10).strip(),
        INDENT + "one one",
    ]
    assert [len(lines("call", text, each)) for each in (too_narrow, LogLines())] == [1, 1]


@pytest.mark.parametrize(
    "sent", ["\x1b[2J", "\r\n", "\x9b31m", "\u202egpj", "\u2028"], ids=["escape", "line", "C1", "bidi", "LS"]
)
def test_what_callers_send_cannot_move_the_cursor(lines: Lines, sent: str) -> None:
    """Control characters are written as escapes, in the text and in the hint."""
    written = lines("call", f"GET /{sent}", hint=sent)

    first = sent[0].encode("unicode_escape").decode()
    assert len(written) == 2
    assert sent[0] not in "".join(written)
    assert written[0].startswith(f"          call      GET /{first}")
    assert written[1].startswith(f"{INDENT}hint: {first}")


def test_an_error_of_the_emulator_has_its_cause_without_secrets(records: list[logging.LogRecord]) -> None:
    """In the text, and where the exception quotes one; behind a control character, too."""
    try:
        raise ValueError(f"it was \x1b{TOKEN}")
    except ValueError:
        logging.getLogger("emulator.web").error("%s broke", f"\x1b{TOKEN}", exc_info=sys.exc_info())

    written = LogLines().format(records.pop())

    assert written.splitlines()[0] == r"          error     \x1bEAA… broke"
    assert written.splitlines()[-1] == r"ValueError: it was \x1bEAA…"
    assert TOKEN[10:] not in written


def test_a_warning_of_the_emulator_is_named_as_such(records: list[logging.LogRecord]) -> None:
    """It has no simulated time."""
    logging.getLogger("emulator.sandbox").warning("left out: %s", "a.sqlite")

    assert LogLines().format(records.pop()) == "          warning   left out: a.sqlite"


def test_without_a_listener_nothing_is_formatted(
    records: list[logging.LogRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even masked."""

    def fail(_: object) -> None:
        raise AssertionError("it was masked")

    monkeypatch.setattr(log_records, "masked", fail)
    logging.getLogger("emulator").setLevel(logging.WARNING)

    happened("call", "x")

    assert records == []
