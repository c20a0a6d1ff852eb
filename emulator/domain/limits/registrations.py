"""How often a number may be registered and deregistered (D/business-phone-numbers/registration, 2026)."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.errors import MessageError, message_error

REGISTRATIONS, REGISTRATIONS_WITHIN = 10, timedelta(hours=72)
"""How many registrations and deregistrations of a number there may be in how long."""


def too_many_registrations(_phone_number_id: str, *, most: int, used: int) -> MessageError:
    """A number was registered and deregistered as often as it may be (133016)."""
    return message_error(
        133016,
        rule="registration",
        hint=f"{most} registrations and deregistrations in 72 hours; `GET …/limits` says when "
        "there is one more.",
        facts={"most": most, "used": used},
    )
