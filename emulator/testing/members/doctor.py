"""``whatsapp.doctor()``: the app's webhook is put through what the platform does in production."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import TYPE_CHECKING

from emulator.doctor.examination import Options, chosen, examine
from emulator.doctor.platform import KeptWebhooks, Platform
from emulator.doctor.report import Report
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import awaitable
from emulator.testing.clocks.background_tasks import wait_for_background_tasks
from emulator.testing.receiving.receivers import KnownApp

if TYPE_CHECKING:
    from emulator.sandbox.emulator import Emulator
    from emulator.testing.clocks.awaiting import AwaitableReport

BURST = 100
"""How many webhooks come in a burst of a test, unless it says otherwise."""
_QUIET = 0.25
"""Real seconds for which an answer is waited for that must not come, of an app behind a URL."""
_THREADS = 8
_EXAMINATIONS = count(1)
"""Counts the examinations of this process: each has ids and people that the app has not seen before."""


def examined(
    emulator: Emulator,
    sandbox: Sandbox,
    *,
    text: str,
    only: Collection[str],
    skip: Collection[str],
    burst: int,
    patience: float,
) -> AwaitableReport:
    """Examine the receiver of a sandbox, while a copy of the sandbox takes what the app sends.

    Raises :class:`LookupError` without a receiver, and :class:`ValueError` for a rule that there is not.
    """
    rules = chosen(only, skip)
    url, receiver = sandbox.webhooks.receiver()
    is_here = isinstance(receiver, KnownApp)
    options = Options(
        text=text,
        burst=burst,
        threads=1 if is_here else _THREADS,
        timeout=sandbox.settings.webhook_timeout.total_seconds(),
        patience=patience,
        quiet=0.0 if is_here else _QUIET,
    )
    salt = f"doctor {next(_EXAMINATIONS)}"

    def run() -> Report:
        kept = KeptWebhooks(needs_event_loop=receiver.needs_event_loop)
        with emulator.replaced(sandbox.name, receivers=kept, salt=salt) as copy:
            copy.clock.on_rest(wait_for_background_tasks)
            platform = Platform(copy, kept, salt=salt, sees_sends=True, rest=wait_for_background_tasks)
            return examine(receiver, url, platform, options, rules=rules)

    report: AwaitableReport = awaitable(run, what="whatsapp.doctor(…)", sandbox=sandbox)
    return report
