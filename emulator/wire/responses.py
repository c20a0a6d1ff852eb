"""Bodies and headers of the Graph API's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from emulator.domain.errors import MessageError, PlatformError, TemplateEditorError
from emulator.domain.limits.api_usage import UNUSED, Usage
from emulator.domain.templates.template import Template

if TYPE_CHECKING:
    from emulator.domain.messages.lifecycle import Message

SUCCESS: Mapping[str, bool] = {"success": True}
"""The body of an answer to a call that only does something."""

_GENERIC_HEADERS = (
    ("Content-Type", "application/json; charset=UTF-8"),
    ("Access-Control-Allow-Origin", "*"),
    ("Pragma", "no-cache"),
    ("Expires", "Sat, 01 Jan 2000 00:00:00 GMT"),
    ("X-Fb-Rev", "1017314811"),
)
_SUBCODES = {130429: 2494055, 131009: 2494010, 131030: 2655007}
"""Subcodes that refusals of the messaging service had, each by its code."""
_WITHOUT_SUBCODES = 16
"""The version from which on they have none (D/changelog, February 2023)."""


def accepted(
    message: Message, number: str | None, user_id: str | None, *, held: bool = False
) -> dict[str, Any]:
    """Build the answer to a send: its recipient as written and as ``wa_id``, and the message's id.

    ``number`` is the recipient as the caller wrote it; one given by ``user_id`` alone is named by that alone
    (D/business-scoped-user-ids, March 2026). Only a template's message has a ``message_status`` (recorded
    October 2024), which says so when it is ``held``.
    """
    contact = {"input": user_id} if number is None else {"input": number, "wa_id": message.wa_id}
    if user_id is not None:
        contact["user_id"] = user_id
    sent: dict[str, Any] = {"id": message.id}
    if message.group_id is not None:
        sent["group_id"] = message.group_id
    if message.type == "template":
        from emulator.domain.quality.pacing import HELD

        sent["message_status"] = HELD if held else "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [sent],
    }


def edited(template: Template, at: datetime) -> dict[str, Any]:
    """Build the answer to an edit: ``success`` alone until 2024, as recorded; later with what was edited.

    ``at`` is the instant of the edit.
    """
    if at < datetime(2025, 1, 1, tzinfo=UTC):
        return dict(SUCCESS)
    return {**SUCCESS, "id": template.id, "name": template.name, "category": template.category}


def error(refusal: PlatformError, fbtrace_id: str, major: int = 24) -> dict[str, Any]:
    """Build the body of an error, its members in the recorded order; those without a value are left out.

    ``major`` is the version that the call names, though it may be carried out under a later one: before
    version 16 some errors of the messaging service have a subcode.
    """
    subcode = refusal.subcode
    if subcode is None and major < _WITHOUT_SUBCODES:
        subcode = _SUBCODES.get(refusal.code)
    shown: dict[str, Any] = {
        "message": refusal.message,
        "type": refusal.type,
        "code": refusal.code,
    }
    if isinstance(refusal, MessageError) and refusal.details is not None:
        shown["error_data"] = {"messaging_product": "whatsapp", "details": refusal.details}
    if isinstance(refusal, TemplateEditorError) and refusal.blame:
        shown["error_data"] = {"blame_field_specs": [list(refusal.blame)]}
    if subcode is not None:
        shown["error_subcode"] = subcode
    if refusal.transient is not None:
        shown["is_transient"] = refusal.transient
    if isinstance(refusal, TemplateEditorError):
        shown |= {"error_user_title": refusal.user_title, "error_user_msg": refusal.user_message}
    return {"error": shown | {"fbtrace_id": fbtrace_id}}


def headers(
    method: str,
    version: str,
    fbtrace_id: str,
    trace_id: str,
    *,
    waba_id: str | None,
    usage: str,
    used: Usage = UNUSED,
    refusal: PlatformError | None = None,
    hint: str | None = None,
    version_warning: str | None = None,
) -> list[tuple[str, str]]:
    """List the headers of an answer in the recorded order.

    ``version`` is the one the call was carried out under. ``usage`` names the use case of a WABA's call and
    ``used`` how much of its limit; a call without a WABA (``None``) reports the app's usage. An error adds
    ``WWW-Authenticate``, ``X-Emulator-Rule`` and ``X-Emulator-Hint``; ``hint`` takes the place of the error's
    own explanation.
    """
    lines = [
        *_GENERIC_HEADERS,
        ("Vary", "Accept-Encoding, Origin" if method == "GET" else "Origin"),
        ("Facebook-Api-Version", version),
        ("X-Fb-Request-Id", fbtrace_id),
        ("X-Fb-Trace-Id", trace_id),
        ("Cache-Control", "no-store" if refusal else "private, no-cache, no-store, must-revalidate"),
    ]
    if waba_id is None:
        app = f'{{"call_count":{used.percent},"total_cputime":0,"total_time":0}}'
        lines.append(("X-App-Usage", app))
    else:
        lines.append(
            (
                "X-Business-Use-Case-Usage",
                f'{{"{waba_id}":[{{"type":"{usage}","call_count":{used.percent},"total_cputime":0,'
                f'"total_time":0,"estimated_time_to_regain_access":{used.minutes}}}]}}',
            )
        )
    if version_warning is not None:
        lines.append(("X-Ad-Api-Version-Warning", version_warning))
    if refusal is not None:
        kind = "invalid_token" if refusal.code == 190 else "invalid_request"
        lines.append(
            ("WWW-Authenticate", printable(f'OAuth "Facebook Platform" "{kind}" "{refusal.message}"'))
        )
        lines.append(("X-Emulator-Rule", refusal.rule))
        lines.append(("X-Emulator-Hint", printable(hint or refusal.hint)))
    return lines


def printable(text: str) -> str:
    """Make a text fit for a header: printable ASCII, at most 1,000 characters, ``?`` for any other.

    Line breaks become ``?`` too, so that a text of a request cannot begin another header.
    """
    return "".join(letter if " " <= letter <= "~" else "?" for letter in text[:1000])


def session_expired(expired_at: datetime, now: datetime) -> str:
    """Build the sentence about an expired token, with both instants in Pacific time as on the platform.

    ``expired_at`` is when the token expired and ``now`` the sandbox's time.
    """
    return (
        f"Error validating access token: Session has expired on {pacific(expired_at)}. "
        f"The current time is {pacific(now)}."
    )


def pacific(at: datetime) -> str:
    """Write an instant in Pacific time: ``Friday, 26-Apr-24 06:00:00 PDT``.

    Daylight time lasts from the second Sunday of March to the first of November, 2 o'clock each.
    """
    standard = at - timedelta(hours=8)
    begins = _sunday(standard, 3, 2) + timedelta(hours=2)
    ends = _sunday(standard, 11, 1) + timedelta(hours=1)
    if begins <= standard < ends:
        return f"{standard + timedelta(hours=1):%A, %d-%b-%y %H:%M:%S} PDT"
    return f"{standard:%A, %d-%b-%y %H:%M:%S} PST"


def _sunday(at: datetime, month: int, which: int) -> datetime:
    first = at.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
