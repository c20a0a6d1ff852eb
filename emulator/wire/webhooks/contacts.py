"""A person in a webhook: their number where the business knows it, their user id, and how they are called.

Source: D/business-scoped-user-ids (2026): a number that is not shown is left out, not empty.
"""

from __future__ import annotations

from emulator.domain.people.person import Person


def number_of(person: Person, name: str) -> dict[str, object]:
    """Build the member ``name`` with a person's number, or nothing where webhooks do not show it."""
    return {name: person.wa_id} if person.shows_number else {}


def contact(person: Person, *, profile: bool = True) -> dict[str, object]:
    """Build an element of ``contacts``; ``profile`` adds the name, and the username of who has one."""
    made: dict[str, object] = {}
    if profile:
        called = {} if person.username is None else {"username": person.username}
        made["profile"] = {"name": person.name, **called}
    return made | number_of(person, "wa_id") | {"user_id": person.user_id}
