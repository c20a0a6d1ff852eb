"""Checks of the recipient of a message."""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.messages.groups import Group
from emulator.domain.messages.outbound import Content, FreeForm
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.phones import allow_list_spelling
from emulator.domain.templates.template import Template


def recipient_is_somebody_else(number: BusinessNumber, wa_id: str) -> None:
    """Refuse a send from a number to itself (131021)."""
    if wa_id == number.digits:
        raise message_error(131021, hint="A number cannot write to itself.")


def recipient_is_allowed(
    number: BusinessNumber, allowed: bool, group: Group | None, wa_id: str, dialled: str
) -> None:
    """Refuse a send from a test number to a person who is not on its allow-list (131030).

    The list knows a number in one spelling, so a person on it cannot be reached by ``dialled`` digits that
    are the other one of Argentina or Mexico.
    """
    if not number.is_test or group is not None:
        return
    spelled = allow_list_spelling(dialled)
    if allowed and spelled == dialled:
        return
    hint = (
        f"The allow-list of {number.id} knows {wa_id} as {spelled}; send to that, not to {dialled}."
        if allowed
        else f"{number.id} is a test number and {wa_id} is not on its allow-list; "
        "allow it in the seed (numbers[].allowed) or send from a production number."
    )
    raise message_error(
        131030, hint=hint, facts={"phone_number_id": number.id, "wa_id": wa_id, "dialled": dialled}
    )


def group_can_be_written_in(group: Group | None, number: BusinessNumber) -> None:
    """Refuse a send to a group of another number (131041), a suspended (131207) or an empty one (131020)."""
    if group is None:
        return
    if group.phone_number_id != number.id:
        raise message_error(131041, hint=f"The group belongs to {group.phone_number_id}.")
    if group.suspended:
        raise message_error(131207, hint="The group is suspended.")
    if not group.participants:
        raise message_error(131020, hint="Nobody is in the group but the business.")


def content_fits_the_recipient(content: Content, template: Template | None, group: Group | None) -> None:
    """Refuse a kind of message that a group or a person cannot get (131051).

    Groups get texts, files, pins and templates other than authentication; pins go to groups alone.
    """
    if group is None:
        fits = not isinstance(content, FreeForm) or content.kind.name != "pin"
    elif isinstance(content, FreeForm):
        fits = content.kind.in_groups
    else:
        fits = template is None or template.category != "AUTHENTICATION"
    if not fits:
        where = "to a person" if group is None else "in a group"
        raise message_error(131051, hint=f"This kind of message cannot be sent {where}.")


def recipient_is_still_the_same(identity_key_hash: str | None, person: Person | None, wa_id: str) -> None:
    """Refuse a send whose ``identity_key_hash`` is not the person's any more (137000).

    Where the send or the person has none, nothing is checked.
    """
    known = person.identity_key_hash if person else None
    if None not in (identity_key_hash, known) and identity_key_hash != known:
        raise message_error(
            137000,
            hint=f"The identity of {wa_id} is {known}, not {identity_key_hash}: they have a new phone, or "
            "the number has a new owner.",
            facts={"wa_id": wa_id, "identity_key_hash": known, "expected": identity_key_hash},
        )


def recipient_has_not_blocked(
    relationship: Relationship | None, fails_when_blocked: bool, wa_id: str
) -> None:
    """Fail a message to a person who blocked the number (131026), under ``when_blocked: "131026"``.

    By default it stays ``sent`` instead.
    """
    if relationship is not None and relationship.blocked_number_at is not None and fails_when_blocked:
        raise message_error(
            131026,
            hint=f"{wa_id} has blocked this number; the platform tells no more than that.",
            facts={"wa_id": wa_id, "blocked_at": relationship.blocked_number_at.isoformat()},
        )


def recipient_is_not_blocked(relationship: Relationship | None, number: BusinessNumber, wa_id: str) -> None:
    """Fail a message to a person on the number's block list (130403)."""
    if relationship is not None and relationship.blocked_person_at is not None:
        raise message_error(
            130403,
            hint=f"{wa_id} is on the block list of {number.id}; take them off it first.",
            facts={"wa_id": wa_id, "blocked_at": relationship.blocked_person_at.isoformat()},
        )


def recipient_is_on_whatsapp(person: Person | None, group: Group | None, wa_id: str) -> None:
    """Fail a message to a number without a person, or whose person is not on WhatsApp (131026).

    So does one to somebody whose WhatsApp is too old for messages of businesses.
    """
    if group is None and (person is None or not person.on_whatsapp):
        known = "is not on WhatsApp" if person else "belongs to nobody in this sandbox"
        raise message_error(
            131026,
            hint=f"{wa_id} {known}; add a person with that number to reach them.",
            facts={"wa_id": wa_id},
        )
    if person is not None and person.habits.old_client:
        raise message_error(
            131026,
            hint=f"The WhatsApp of {wa_id} is too old to show messages of businesses (the habit old_client).",
            facts={"wa_id": wa_id, "old_client": True},
        )
