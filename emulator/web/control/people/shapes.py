"""People, and how they stand to a business number, as the control API shows them."""

from __future__ import annotations

from emulator.domain.facts import shown
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.web.control.answers import people as answers
from emulator.web.control.shapes import maybe_instant


def person(facts: Person) -> answers.Person:
    """Write a person with every fact that has a name in JSON, habits among them; durations are in seconds."""
    return shown(facts)


def standing(facts: Relationship) -> answers.RelationshipAnswer:
    """Write how a person and a business number stand.

    The instants of blocks and of an opt-out, and until when the person sees the business type; ``null`` for
    none.
    """
    return {
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "blocked_number_at": maybe_instant(facts.blocked_number_at),
        "stopped_marketing_at": maybe_instant(facts.stopped_marketing_at),
        "blocked_person_at": maybe_instant(facts.blocked_person_at),
        "typing_until": maybe_instant(facts.typing_until),
    }
