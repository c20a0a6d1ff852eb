"""The limit of registrations of a number (D/business-phone-numbers/registration, 2026)."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.errors import MessageError, message_error

REGISTRATIONS, REGISTRATIONS_WITHIN = 10, timedelta(hours=72)
"""How many registrations and deregistrations a number may have within how long."""


def too_many_registrations(_phone_number_id: str, *, most: int, used: int) -> MessageError:
    """Build the error about one registration more than a number may have within 72 hours (133016)."""
    return message_error(
        133016,
        rule="registration",
        hint=f"{most} registrations and deregistrations in 72 hours; `GET …/limits` says when "
        "there is one more.",
        facts={"most": most, "used": used},
    )
