"""The limits of an account's templates: how many it may have, and how many it may create in an hour.

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
"""How many templates a WABA may create within how long."""


def most_templates(*, verified: bool, has_approved_name: bool) -> int:
    """Find how many templates an account may have, in all languages together.

    6,000 when its portfolio is ``verified`` and one of its numbers has an approved display name, else 250.
    """
    return MOST_VERIFIED if verified and has_approved_name else MOST


def too_many_creations(_waba_id: str, *, most: int, used: int) -> PlatformError:
    """Build the error about one template more than a WABA may create in an hour (80008).

    Which error the platform returns is not published; this is the one about too many management calls.
    """
    return refuse(
        80008,
        rule="template_creations",
        hint=f"{used} templates were created within an hour; at most {most} may be. The limit "
        "template_creations can be switched off.",
        facts={"made": used, "most": most},
    )
