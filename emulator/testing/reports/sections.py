"""What the report of a failing test says: the conversation, refusals, and what is still due."""

from __future__ import annotations

from emulator.sandbox.clock import TimeGoesForward
from emulator.sandbox.sandbox import Sandbox


def conversation(sandbox: Sandbox) -> str:
    """Write the newest messages in simulated time, or that there are none."""
    return str(sandbox.messages.transcript()) or "(nobody wrote)"


def refusals(sandbox: Sandbox) -> str:
    """Write the calls that were refused and the messages that failed, each with its hint below it.

    Empty without any.
    """
    with sandbox.reading():
        calls = sandbox.journal.all(kind="call")
        failed = sandbox.journal.all(kind="status")
    lines = []
    for entry in (*calls, *failed):
        if entry.details.get("code"):
            hint = entry.details.get("hint")
            lines.append(entry.summary + (f"\n    {hint}" if hint else ""))
    return "\n".join(lines)


def still_due(sandbox: Sandbox) -> str:
    """Say how much is due now and not done, which a test that forgot to settle did not see.

    Empty when all is done.
    """
    due = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in zip(sandbox.journal.due(), ("event", "webhook"), strict=True)
        if count
    ]
    return f"Due now and not done: {' and '.join(due)}. settle() does that." if due else ""


def spoken_time(sandbox: Sandbox) -> str:
    """Write what time it is in the sandbox, such as ``2026-11-02 09:00:00 UTC``.

    Where the process is frozen before what has happened already, it says so instead.
    """
    try:
        return f"{sandbox.clock.now():%Y-%m-%d %H:%M:%S} UTC"
    except TimeGoesForward as problem:
        return f"{problem.now:%Y-%m-%d %H:%M:%S} UTC (the process is frozen before that)"
