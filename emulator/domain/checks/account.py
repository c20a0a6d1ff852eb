"""The business number that sends."""

from __future__ import annotations

from emulator.domain.checks.attempt import Attempt
from emulator.domain.errors import message_error


def number_is_registered(attempt: Attempt) -> None:
    if not attempt.number.registered:
        raise message_error(133010, hint="Register the number first.")
