"""Whether a limit is enforced in a sandbox now: what its settings say of it, and whether its clock runs."""

from __future__ import annotations

from emulator.domain.limits.policies import Policy
from emulator.sandbox.clock import Mode
from emulator.sandbox.core import Core


def policy(core: Core, name: str) -> Policy:
    """Find the policy of the limit ``name``, as the sandbox's setting ``limits`` has it now.

    ``on`` where it says nothing.
    """
    return core.settings.limits.policy(name)


def holds(core: Core, name: str) -> bool:
    """Say whether the limit ``name`` is enforced now.

    By its policy, and where that is ``on``, by whether the clock runs. A clock that stands still is no trap:
    a burst in one frozen instant breaks no rate unless the policy is ``always``.
    """
    return core.settings.limits.holds(name, clock_runs=core.clock.mode is Mode.RUNNING)
