"""What must not pass unseen: calls that are not emulated, and webhooks the app did not take."""

from __future__ import annotations

from emulator.sandbox.clock import TimeGoesForward
from emulator.sandbox.sandbox import Sandbox

_NOBODY_THERE = (404, 405)
"""What an app answers at a path where it takes no webhooks; other refusals below 500 are its own affair."""
_LOOSEN = "@pytest.mark.whatsapp(strict=False) or `whatsapp_strict = false` lets it pass"


def complaints(sandbox: Sandbox) -> list[str]:
    """Sentences about what a strict test fails for."""
    with sandbox.reading():
        unsupported = sandbox.journal.all(kind="unsupported")
        webhooks = sandbox.journal.all(kind="webhook")
    found = [f"not emulated: {entry.summary}" for entry in unsupported]
    for entry in webhooks:
        status = entry.details.get("status")
        if entry.details and (status is None or status >= 500 or status in _NOBODY_THERE):
            hint = " (is whatsapp_webhook_path right?)" if status in _NOBODY_THERE else ""
            found.append(f"a webhook was not taken: {entry.summary}{hint}")
    return found


def verdict(sandbox: Sandbox) -> str | None:
    """The message a strict test ends with, ``None`` when all is well."""
    found = list(dict.fromkeys(complaints(sandbox)))
    if not found:
        return None
    return "\n".join([*found, f"({_LOOSEN})"])


def still_due(sandbox: Sandbox) -> str:
    """What a test that forgot to settle did not see; nothing when all is done."""
    events, webhooks = sandbox.journal.due()
    if not events and not webhooks:
        return ""
    return f"{events} events and {webhooks} webhooks are due now and not done: settle() does them."


def unmet(sandbox: Sandbox) -> str:
    """The faults that were asked for and never happened."""
    return "\n".join(
        f"{fault.code} {fault.title} ({fault.when}) was asked for and never met"
        for fault in sandbox.faults.all()
        if not fault.met
    )


def spoken_time(sandbox: Sandbox) -> str:
    """When it is in the sandbox, or why that cannot be said."""
    try:
        return f"{sandbox.clock.now():%Y-%m-%d %H:%M:%S} UTC"
    except TimeGoesForward as problem:
        return f"{problem.now:%Y-%m-%d %H:%M:%S} UTC (the process is frozen before that)"


def refusals(sandbox: Sandbox) -> str:
    """The calls that were refused, each with its explanation."""
    with sandbox.reading():
        calls = sandbox.journal.all(kind="call")
        failed = sandbox.journal.all(kind="status")
    lines = []
    for entry in (*calls, *failed):
        if entry.details.get("code"):
            hint = entry.details.get("hint")
            lines.append(entry.summary + (f"\n    {hint}" if hint else ""))
    return "\n".join(lines)
