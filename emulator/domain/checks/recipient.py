"""Who a message goes to."""

from __future__ import annotations

from emulator.domain.checks.context import SendContext
from emulator.domain.errors import message_error
from emulator.domain.messages.content import FreeForm


def recipient_is_somebody_else(attempt: SendContext) -> None:
    if attempt.wa_id == attempt.number.digits:
        raise message_error(131021, hint="A number cannot write to itself.")


def recipient_is_allowed(attempt: SendContext) -> None:
    if attempt.number.is_test and attempt.group is None and not attempt.allowed:
        raise message_error(
            131030,
            hint=f"{attempt.number.id} is a test number and {attempt.wa_id} is not on its allow-list; "
            "allow it in the seed (numbers[].allowed) or send from a production number.",
            facts={"phone_number_id": attempt.number.id, "wa_id": attempt.wa_id},
        )


def group_can_be_written_in(attempt: SendContext) -> None:
    group = attempt.group
    if group is None:
        return
    if group.phone_number_id != attempt.number.id:
        raise message_error(131041, hint=f"The group belongs to {group.phone_number_id}.")
    if group.suspended:
        raise message_error(131207, hint="The group is suspended.")
    if not group.participants:
        raise message_error(131020, hint="Nobody is in the group but the business.")


def content_fits_the_recipient(attempt: SendContext) -> None:
    """In groups texts, files, pins and templates without codes; pins nowhere else."""
    content = attempt.content
    if attempt.group is None:
        fits = not isinstance(content, FreeForm) or content.kind.name != "pin"
    elif isinstance(content, FreeForm):
        fits = content.kind.in_groups
    else:
        fits = attempt.template is None or attempt.template.category != "AUTHENTICATION"
    if not fits:
        where = "to a person" if attempt.group is None else "in a group"
        raise message_error(131051, hint=f"This kind of message cannot be sent {where}.")


def recipient_is_still_the_same(attempt: SendContext) -> None:
    expected = attempt.identity_key_hash
    known = attempt.person.identity_key_hash if attempt.person else None
    if None not in (expected, known) and expected != known:
        raise message_error(
            137000,
            hint=f"The identity of {attempt.wa_id} is {known}, not {expected}: they have a new phone, or the "
            "number has a new owner.",
            facts={"wa_id": attempt.wa_id, "identity_key_hash": known, "expected": expected},
        )


def recipient_has_not_blocked(attempt: SendContext) -> None:
    standing = attempt.standing
    if standing is not None and standing.blocked_number_at is not None and attempt.fails_when_blocked:
        raise message_error(
            131026,
            hint=f"{attempt.wa_id} has blocked this number; the platform tells no more than that.",
            facts={"wa_id": attempt.wa_id, "blocked_at": standing.blocked_number_at.isoformat()},
        )


def recipient_is_not_blocked(attempt: SendContext) -> None:
    standing = attempt.standing
    if standing is not None and standing.blocked_person_at is not None:
        raise message_error(
            130403,
            hint=f"{attempt.wa_id} is on the block list of {attempt.number.id}; take them off it first.",
            facts={"wa_id": attempt.wa_id, "blocked_at": standing.blocked_person_at.isoformat()},
        )


def recipient_is_on_whatsapp(attempt: SendContext) -> None:
    if attempt.group is None and (attempt.person is None or not attempt.person.on_whatsapp):
        known = "is not on WhatsApp" if attempt.person else "belongs to nobody in this sandbox"
        raise message_error(
            131026,
            hint=f"{attempt.wa_id} {known}; add a person with that number to reach them.",
            facts={"wa_id": attempt.wa_id},
        )
