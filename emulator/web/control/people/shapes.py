"""People, and how they stand to a business number, as the control API shows them."""

from __future__ import annotations

from emulator.domain.facts import shown
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.web.control.shapes import Json, instant


def person(facts: Person) -> Json:
    """Write a person with every fact that has a name in JSON, habits among them; durations are in seconds."""
    return shown(facts)


def standing(facts: Relationship) -> Json:
    """Write how a person and a business number stand.

    The instants of blocks and of an opt-out, and until when the person sees the business type; ``null`` for
    none.
    """
    return {
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "blocked_number_at": facts.blocked_number_at and instant(facts.blocked_number_at),
        "stopped_marketing_at": facts.stopped_marketing_at and instant(facts.stopped_marketing_at),
        "blocked_person_at": facts.blocked_person_at and instant(facts.blocked_person_at),
        "typing_until": facts.typing_until and instant(facts.typing_until),
    }
