"""The words that the table of fidelity is written in: a row a behaviour, with its basis and its proof.

A new behaviour is a new row in the module of its area: a sentence, a :class:`Basis`, where it is known from,
and what shows it. That is a call with its answer (:func:`accepted`, :func:`complaint`, :func:`parameter`,
:func:`value`, :func:`fails`, :class:`Exchange`), or a test that exists anyway (:class:`Proof`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA, WABA_ID

NUMBER = PRODUCTION
WABA = WABA_ID
PERSON = SHEENA
USER_ID = "US.753340971875152"
"""That of the same person."""
TOKEN = ACCESS_TOKEN
LINK = "https://example.com/a.png"
RECORDINGS = "exchanges of October 2024 to February 2026"
REPORTS = "public issues"


class Basis(StrEnum):
    """How sure a behaviour is."""

    RECORDED = "recorded"
    REPORTED = "reported"
    DOCUMENTED = "documented"
    INFERRED = "inferred"
    CONVENTION = "convention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A call of the Graph API, and what is expected of the answer."""

    body: Any = None
    """A mapping is sent as JSON, bytes as they are."""
    path: str = f"/v24.0/{NUMBER}/messages"
    method: str = "POST"
    content_type: str = "application/json"
    token: str | None = TOKEN
    status: int = 200
    answer: Mapping[str, Any] | None = None
    """The whole body, with ``"…"`` for ids that differ every time; ``None`` when it does not matter."""
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """What these headers are, as regular expressions; ``None`` for one that is not there."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Switches of the sandbox that the call is made under."""
    written: bool = True
    """Whether the person has written to the number before, so that the window is open."""
    later: Mapping[str, Any] | None = None
    """The error of the ``failed`` status that follows the answer."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A test that shows the behaviour, by its path under ``tests`` and its name."""

    test: str


Check = Exchange | Proof


@dataclass(frozen=True, slots=True)
class Row:
    """One behaviour of the platform that the emulator follows."""

    says: str
    basis: Basis
    source: str
    checks: tuple[Check, ...]
    unsure: str = ""
    """Which part of it stands on a weaker basis."""

    @property
    def id(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.says.lower()).strip("-")[:72]


@dataclass(frozen=True, slots=True)
class Area:
    """Rows that belong together, under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of the platform that the emulator does not follow, and what it does instead."""

    what: str
    instead: str


def row(says: str, basis: Basis, source: str, *checks: Check, unsure: str = "") -> Row:
    return Row(says, basis, source, checks, unsure)


def proven(says: str, basis: Basis, source: str, *tests: str, unsure: str = "") -> Row:
    """A row that other tests prove."""
    return Row(says, basis, source, tuple(Proof(test) for test in tests), unsure)


# bodies


def message(kind: str, content: Any, **more: Any) -> dict[str, Any]:
    """The whole body of a send."""
    return {"messaging_product": "whatsapp", "to": PERSON, "type": kind, kind: content, **more}


def text(body: Any = "Hello", **more: Any) -> dict[str, Any]:
    return message("text", {"body": body}, **more)


def without(body: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


# answers


def accepted(
    body: Any, *, contact: Mapping[str, str] | None = None, status: str | None = None, **more: Any
) -> Exchange:
    """The message is taken; ``contact`` is whom the answer names, ``status`` the ``message_status``."""
    sent = {"id": "…"} | ({"message_status": status} if status else {})
    answer = {
        "messaging_product": "whatsapp",
        "contacts": [contact or {"input": PERSON, "wa_id": PERSON}],
        "messages": [sent],
    }
    return Exchange(body=body, answer=answer, **more)


def refused(
    body: Any,
    sentence: str,
    details: str | None = None,
    *,
    code: int = 100,
    status: int = 400,
    type: str = "OAuthException",  # noqa: A002
    subcode: int | None = None,
    **more: Any,
) -> Exchange:
    """The call is refused, in Graph's envelope."""
    error: dict[str, Any] = {"message": sentence, "type": type, "code": code}
    if details is not None:
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    if subcode is not None:
        error["error_subcode"] = subcode
    return Exchange(body=body, status=status, answer={"error": error | {"fbtrace_id": "…"}}, **more)


def complaint(body: Any, sentence: str) -> Exchange:
    """The generic reader's refusal: ``(#100)`` and one sentence, no details."""
    return refused(body, f"(#100) {sentence}")


def parameter(body: Any, details: str = "Parameter Invalid") -> Exchange:
    """``(#100) Invalid parameter`` with details."""
    return refused(body, "(#100) Invalid parameter", details)


def value(body: Any, details: str) -> Exchange:
    """131009, the messaging service's complaint about a value."""
    return refused(body, "(#131009) Parameter value is not valid", details, code=131009)


def fails(
    body: Any, code: int, title: str, details: str | None, *, written: bool = True, **more: Any
) -> Exchange:
    """The message is taken, and a ``failed`` status follows."""
    error: dict[str, Any] = {"code": code, "title": title, "message": title}
    if details is not None:
        error["error_data"] = {"details": details}
    return Exchange(body=body, written=written, later=error, **more)
