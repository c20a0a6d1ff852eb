"""What happens, as records of the logger ``emulator.journal``, for whoever shows them.

The text of a record is one sentence; its parts are attributes beside it, as ``extra`` gives them: ``kind``,
``subject``, ``at``, ``sandbox``, ``wa_id``, ``outcome`` and ``hint``. How a line looks is decided where it is
printed.
"""

from __future__ import annotations

import logging
from datetime import datetime

from emulator.domain.journal import Outcome
from emulator.domain.masking import masked

log = logging.getLogger("emulator.journal")


def is_heard() -> bool:
    """Whether anybody listens; without a listener nothing needs to be written into words."""
    return log.isEnabledFor(logging.INFO)


def happened(
    kind: str,
    summary: str,
    *,
    at: datetime | None = None,
    sandbox: str | None = None,
    subject: str = "",
    wa_id: str | None = None,
    outcome: Outcome = Outcome.NEUTRAL,
    hint: object = None,
) -> None:
    """Log one thing that happened, on the level INFO; nothing is done when nobody listens.

    ``kind``, ``subject`` and ``wa_id`` are as in the journal, ``at`` is the simulated instant and ``sandbox``
    the name of its sandbox, both ``None`` where there is none; ``hint`` says what would help. Tokens and
    passwords are masked.
    """
    if not log.isEnabledFor(logging.INFO):
        return
    log.info(
        "%s",
        masked(summary),
        extra={
            "kind": kind,
            "subject": masked(subject),
            "at": at,
            "sandbox": sandbox,
            "wa_id": wa_id,
            "outcome": outcome,
            "hint": masked(str(hint)) if hint else None,
        },
    )
