"""Real seconds, for time-outs: no library that freezes a process stops them."""

from __future__ import annotations

import sys
import time
from functools import partial

# freezegun compares identities: it does not see the function that a partial one holds
seconds = partial(getattr(sys.modules.get("freezegun.api"), "real_monotonic", time.monotonic))
"""Seconds since some instant, never going back."""
