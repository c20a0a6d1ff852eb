"""How many templates an account may have, and how fast it may make them.

Source: D/templates/overview of December 2025.
"""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.errors import PlatformError, refuse

MOST = 250
"""How many templates a WABA may have; each language counts."""
MOST_VERIFIED = 6_000
"""How many when its portfolio is verified and one of its numbers has an approved display name."""
CREATIONS, CREATIONS_WITHIN = 100, timedelta(hours=1)
"""How many templates a WABA may create in how long."""


def most_templates(*, verified: bool, has_approved_name: bool) -> int:
    """How many templates an account may have, in all languages together."""
    return MOST_VERIFIED if verified and has_approved_name else MOST


def too_many_creations(_waba_id: str, *, most: int, used: int) -> PlatformError:
    """A WABA has created as many templates within an hour as it may (80008).

    Which error tells it is not published; it is the one that tells of too many management calls.
    """
    return refuse(
        80008,
        rule="template_creations",
        hint=f"{used} templates were created within an hour; at most {most} may be. The limit "
        "template_creations can be switched off.",
        facts={"made": used, "most": most},
    )
