"""Log calls that are refused before a sandbox is found, so that no journal has them."""

from __future__ import annotations

from http import HTTPStatus

from emulator.domain.journal import Outcome
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.log_records import happened, is_heard


def log_refusal(
    emulator: Emulator,
    kind: str,
    call: str,
    status: int,
    sentence: str,
    *,
    hint: str | None = None,
    sandbox: str | None = None,
) -> None:
    """Log that a ``call``, its method and path, was refused with an HTTP status and a sentence.

    ``kind`` is ``call`` or ``control``, by the API; ``sandbox`` is the name of the one it was meant for. The
    time is that of this sandbox, or of the only one; with several there is none. A sentence that says the
    same as the ``hint`` gives way to the name of the status.
    """
    if is_heard():
        if hint and hint in sentence:
            sentence = HTTPStatus(status).phrase
        happened(
            kind,
            f"{call} → {status} {sentence}".rstrip(),
            at=emulator.time_of(sandbox),
            sandbox=sandbox,
            outcome=Outcome.FAILURE,
            hint=hint,
        )
