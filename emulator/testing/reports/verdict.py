"""What a strict test fails for, and what the report of a failing test says of its sandbox.

That is calls that are not emulated, webhooks the app did not take, refusals, and what is still due.
"""

from __future__ import annotations

from collections.abc import Iterable

from emulator.sandbox.clock import TimeGoesForward
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import forgotten

_NOBODY_THERE = (404, 405)
"""What an app answers at a path where it takes no webhooks; other refusals below 500 are its own affair."""
_LOOSEN = "@pytest.mark.whatsapp(strict=False) or `whatsapp_strict = false` lets it pass"


def complaints(sandbox: Sandbox) -> list[str]:
    """List the sentences about what a strict test fails for; empty when nothing is wrong.

    They are about calls that are not emulated, webhooks whose receiver did not answer, or answered 404, 405
    or a status from 500 on, and calls of an async test that were not awaited.
    """
    with sandbox.reading():
        unsupported = sandbox.journal.all(kind="unsupported")
        webhooks = sandbox.journal.all(kind="webhook")
    found = [f"not emulated: {entry.summary}" for entry in unsupported]
    for entry in webhooks:
        status = entry.details.get("status")
        if entry.details and (status is None or status >= 500 or status in _NOBODY_THERE):
            hint = " (is whatsapp_webhook_path right?)" if status in _NOBODY_THERE else ""
            found.append(f"a webhook was not taken: {entry.summary}{hint}")
    return found + forgotten(sandbox)


def verdict(sandbox: Sandbox, refused: Iterable[str] = ()) -> str | None:
    """Write the message that a strict test fails with at its end; ``None`` when there are no complaints.

    ``refused``: sentences about calls of Meta's real hosts, which the app may have swallowed. It also says
    how a test is made less strict.
    """
    found = list(dict.fromkeys([*complaints(sandbox), *refused]))
    if not found:
        return None
    return "\n".join([*found, f"({_LOOSEN})"])


def sections(sandbox: Sandbox, *, name: bool = False) -> list[tuple[str, str]]:
    """Write the sections that the report of a failing test has about a sandbox, each with its heading.

    ``name``: whether headings name the sandbox, as where a test has several.
    """
    of = f" ({sandbox.name})" if name else ""
    written = [
        (f"WhatsApp{of} at {spoken_time(sandbox)}", sandbox.messages.transcript() or "(nobody wrote)"),
        (f"WhatsApp{of} refused", refusals(sandbox)),
        (f"WhatsApp{of} faults", unmet(sandbox)),
        (f"WhatsApp{of} complains", "\n".join(dict.fromkeys(complaints(sandbox)))),
        (f"WhatsApp{of} waits", still_due(sandbox)),
    ]
    return [(heading, text) for heading, text in written if text]


def still_due(sandbox: Sandbox) -> str:
    """Say what is due now and not carried out, which a test that forgot to settle did not see.

    Empty when all is done.
    """
    events, webhooks = sandbox.journal.due()
    if not events and not webhooks:
        return ""
    return f"{events} events and {webhooks} webhooks are due now and not done: settle() does them."


def unmet(sandbox: Sandbox) -> str:
    """Write a line for each fault that was asked for and never happened; empty when there is none."""
    return "\n".join(
        f"{fault.code} {fault.title} ({fault.when}) was asked for and never met"
        for fault in sandbox.faults.all()
        if not fault.met
    )


def spoken_time(sandbox: Sandbox) -> str:
    """Write what time it is in the sandbox, such as ``2026-11-02 09:00:00 UTC``.

    Where the process is frozen before what has happened already, it says so instead.
    """
    try:
        return f"{sandbox.clock.now():%Y-%m-%d %H:%M:%S} UTC"
    except TimeGoesForward as problem:
        return f"{problem.now:%Y-%m-%d %H:%M:%S} UTC (the process is frozen before that)"


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
