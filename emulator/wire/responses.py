"""Answers and headers of the Graph API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.domain.errors import MessageError, PlatformError, TemplateEditorError
from emulator.domain.limits.api_usage import UNUSED, Usage
from emulator.domain.messages.lifecycle import Message
from emulator.domain.quality.pacing import HELD
from emulator.domain.templates.template import Template

SUCCESS: Mapping[str, bool] = {"success": True}

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
    """The answer to a send. Only a template's has a ``message_status`` (recorded October 2024).

    A recipient given by user id alone is named by it alone (D/business-scoped-user-ids, March 2026).
    """
    contact = {"input": user_id} if number is None else {"input": number, "wa_id": message.wa_id}
    if user_id is not None:
        contact["user_id"] = user_id
    sent: dict[str, Any] = {"id": message.id}
    if message.group_id is not None:
        sent["group_id"] = message.group_id
    if message.type == "template":
        sent["message_status"] = HELD if held else "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [sent],
    }


def edited(template: Template, at: datetime) -> dict[str, Any]:
    """The answer to an edit: ``success`` alone as recorded in 2024, since then with what was edited."""
    if at < datetime(2025, 1, 1, tzinfo=UTC):
        return dict(SUCCESS)
    return {**SUCCESS, "id": template.id, "name": template.name, "category": template.category}


def error(refusal: PlatformError, fbtrace_id: str, major: int = 24) -> dict[str, Any]:
    """The body of a refusal under a version, its members in the recorded order."""
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
    version_warning: str | None = None,
) -> list[tuple[str, str]]:
    """The headers of an answer, as recorded; ``usage`` names the use case and ``used`` how much of it."""
    lines = [
        *_GENERIC_HEADERS,
        ("Vary", "Accept-Encoding, Origin" if method == "GET" else "Origin"),
        ("Facebook-Api-Version", version),
        ("X-Fb-Request-Id", fbtrace_id),
        ("X-Fb-Trace-Id", trace_id),
        ("Cache-Control", "no-store" if refusal else "private, no-cache, no-store, must-revalidate"),
    ]
    if waba_id is None:
        lines.append(("X-App-Usage", '{"call_count":0,"total_cputime":0,"total_time":0}'))
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
        if refusal.hint:
            lines.append(("X-Emulator-Hint", printable(refusal.hint)))
    return lines


def printable(text: str) -> str:
    """Text that may stand in a header: ASCII, one line, not endless."""
    return "".join(letter if " " <= letter <= "~" else "?" for letter in text[:1000])


def session_expired(expired_at: datetime, now: datetime) -> str:
    """The sentence about an expired token, in Pacific time as the platform writes it."""
    return (
        f"Error validating access token: Session has expired on {pacific(expired_at)}. "
        f"The current time is {pacific(now)}."
    )


def pacific(at: datetime) -> str:
    """``Friday, 26-Apr-24 06:00:00 PDT``: daylight time from March's second to November's first Sunday."""
    standard = at - timedelta(hours=8)
    begins = _sunday(standard, 3, 2) + timedelta(hours=2)
    ends = _sunday(standard, 11, 1) + timedelta(hours=1)
    if begins <= standard < ends:
        return f"{standard + timedelta(hours=1):%A, %d-%b-%y %H:%M:%S} PDT"
    return f"{standard:%A, %d-%b-%y %H:%M:%S} PST"


def _sunday(at: datetime, month: int, which: int) -> datetime:
    first = at.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
