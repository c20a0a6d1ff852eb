"""What a rule may need before it can be judged: by name what says that it is missing, or ``None``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from emulator.domain.quoting import cut

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination


MOST_LATE = 3
"""Webhooks without an answer in time after which the rest is not judged: it would take hours."""


def _accepted(examination: Examination) -> str | None:
    if examination.first.is_accepted:
        return None
    return "a signed webhook that is accepted"


def _in_time(examination: Examination) -> str | None:
    callback = examination.callback
    if callback.late < MOST_LATE:
        return None
    return f"answers in time; {callback.late} webhooks had none within {callback.timeout:g} s"


def _signatures(examination: Examination) -> str | None:
    if examination.with_wrong_secret.answer.is_refused:
        return None
    return "an app that checks signatures"


def _sends(examination: Examination) -> str | None:
    if not examination.platform.sees_sends:
        return "sight of what the app sends (pytest, --serve)"
    if not examination.habit.first:
        return f"an app that answers {cut(examination.text, 30)!r} (--text, text=)"
    return None


def _sends_again(examination: Examination) -> str | None:
    if missing := _sends(examination):
        return missing
    if not examination.habit.second:
        return "an app that answers a person's second message, too"
    return None


def _public_address(examination: Examination) -> str | None:
    host = urlsplit(examination.callback.url).hostname or ""
    if (
        host == "localhost"
        or host.endswith((".localhost", ".invalid", ".local", ".internal"))
        or "." not in host
    ):
        return "the address that you register at Meta"
    try:
        is_private = not ip_address(host).is_global
    except ValueError:
        is_private = False
    return "the address that you register at Meta" if is_private else None


NEEDS: Mapping[str, Callable[[Examination], str | None]] = {
    "accepted": _accepted,
    "in time": _in_time,
    "signatures": _signatures,
    "sends": _sends,
    "sends again": _sends_again,
    "public address": _public_address,
}
