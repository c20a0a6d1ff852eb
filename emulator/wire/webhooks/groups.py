"""Payloads about groups. Source: D/groups/webhooks (2025 and 2026)."""

from __future__ import annotations

from emulator.domain.events.groups import GroupCreated, GroupEvent, GroupJoined, GroupSuspensionChanged
from emulator.wire.webhooks.timestamps import seconds

Payload = dict[str, object]


def created(event: GroupCreated) -> Payload:
    """Build the value of ``group_lifecycle_update``: a group was created, and has an invite link."""
    return _about(
        event,
        "group_create",
        request_id=event.request_id,
        subject=event.group.subject,
        invite_link=event.invite_link,
        join_approval_mode="auto_approve",
    )


def joined(event: GroupJoined) -> Payload:
    """Build the value of ``group_participants_update``: a person has joined a group by its invite link."""
    person = event.person
    participant = {"input": f"+{person.wa_id}", "wa_id": person.wa_id, "user_id": person.user_id}
    return _about(event, "group_participants_add", reason="invite_link", added_participants=[participant])


def suspension(event: GroupSuspensionChanged) -> Payload:
    """Build the value of ``group_status_update``: a group was suspended, or its suspension was cleared."""
    return _about(event, "group_suspend" if event.group.suspended else "group_suspend_cleared")


def _about(event: GroupEvent, kind: str, **facts: object) -> Payload:
    number = event.number
    told: Payload = {"timestamp": str(seconds(event.at)), "group_id": event.group.id, "type": kind, **facts}
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "groups": [told],
    }
