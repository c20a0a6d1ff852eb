"""Whether a limit is enforced in a sandbox now: what its settings say of it, and whether its clock runs."""

from __future__ import annotations

from emulator.domain.limits.policies import Policy
from emulator.sandbox.clock import Mode
from emulator.sandbox.core import Core


def policy(core: Core, name: str) -> Policy:
    """The policy of the limit ``name``, as the setting ``limits`` has it."""
    return core.settings.limits.policy(name)


def holds(core: Core, name: str) -> bool:
    """Whether the limit ``name`` is enforced now; a clock that stands still is no trap."""
    return core.settings.limits.holds(name, clock_runs=core.clock.mode is Mode.RUNNING)
