"""The table of rules for webhooks: what is done, what must come back, what it costs, and how it is mended."""

from __future__ import annotations

from emulator.doctor.rule import Rule
from emulator.doctor.rules.arrival import ACCEPTANCE, HANDSHAKE, SIGNATURES
from emulator.doctor.rules.contents import CONTENT, STATUSES
from emulator.doctor.rules.deliveries import BATCHES, DELIVERIES, LOAD

RULES: tuple[Rule, ...] = (
    *HANDSHAKE,
    *ACCEPTANCE,
    *SIGNATURES,
    *DELIVERIES,
    *BATCHES,
    *STATUSES,
    *CONTENT,
    *LOAD,
)
"""Every rule, in the order in which they are judged."""
