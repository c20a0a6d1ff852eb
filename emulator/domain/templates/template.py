"""A message template of a WABA in one language, its draft, and its statuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from emulator.domain.facts.facts import fact
from emulator.domain.facts.types import digits, flag, instant, json_value, one_of, text, whole
from emulator.domain.instants import iso
from emulator.domain.templates.history import NO_HISTORY, TemplateHistory
from emulator.domain.values import dataclass

CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
"""The categories the platform accepts today, in the order its own complaint lists them."""

LEGACY_CATEGORIES = (
    "ACCOUNT_UPDATE",
    "ALERT_UPDATE",
    "APPOINTMENT_UPDATE",
    "ISSUE_RESOLUTION",
    "PAYMENT_UPDATE",
    "PERSONAL_FINANCE_UPDATE",
    "RESERVATION_UPDATE",
    "SHIPPING_UPDATE",
    "TICKET_UPDATE",
    "TRANSPORTATION_UPDATE",
)
"""The ten categories the platform began with (Meta's SDK of May 2019); it refuses them since 2023-05-01."""

AUTHENTICATION_TTL = timedelta(minutes=10)
"""How long a message of an authentication template may wait when the template does not say."""
DEFAULT_TTL = timedelta(days=30)
"""How long a message of any other template may wait."""
AUTHENTICATION_TTL_SINCE = datetime(2024, 10, 23, tzinfo=UTC)
"""Since when a new authentication template has the short time to live; older ones keep the usual one."""


MANUAL, AUTO_GENERATED = "MANUAL", "AUTO_GENERATED"
"""The source of a template: submitted, or generated from a message that was sent directly."""


class Status(StrEnum):
    """The statuses of a template; only an approved one can be sent."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"
    IN_APPEAL = "IN_APPEAL"
    ARCHIVED = "ARCHIVED"
    PENDING_DELETION = "PENDING_DELETION"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an integrator submits: a template before it has an id and a status.

    ``components`` are in canonical form: ``type``, ``format`` and button types in upper case, phone numbers
    with their ``+``, otherwise as written. ``category`` is as asked. ``options`` are members that are taken,
    kept and shown, and mean nothing more here. ``parameter_types`` are those of a library template.
    """

    name: str
    language: str
    category: str
    components: tuple[Mapping[str, Any], ...]
    parameter_format: str = "POSITIONAL"
    message_send_ttl_seconds: int | None = None
    allow_category_change: bool = False
    """Whether a utility template may be made marketing; since 2025-04-09 it always may."""
    options: Mapping[str, Any] = field(default_factory=dict)
    parameter_types: tuple[str, ...] = ()

    @property
    def is_from_library(self) -> bool:
        """Whether it comes from the library; the editor's rules about components do not apply to it then."""
        return "library_template_name" in self.options


def _instants(shown: list[str]) -> tuple[datetime, ...]:
    return tuple(map(datetime.fromisoformat, shown))


def _written(instants: tuple[datetime, ...]) -> list[str]:
    return list(map(iso, instants))


@dataclass(frozen=True, slots=True)
class Template:
    """A template of one WABA in one language, as it stands now.

    Templates of the same name in other languages are separate ones, with ids and statuses of their own.
    """

    id: str = field(metadata=fact(digits(), seed=True))
    waba_id: str = field(metadata=fact(digits(), seed="waba"))
    name: str = field(metadata=fact(text(), seed=True))
    language: str = field(metadata=fact(text(), seed=True))
    category: str = field(metadata=fact(text(), seed=True))
    status: Status = field(metadata=fact(one_of(Status), seed=True))
    components: tuple[Mapping[str, Any], ...] = field(
        metadata=fact(json_value(tuple, immutable=False, array=True), seed=True)
    )
    created_at: datetime = field(metadata=fact(instant(), seed=True))
    parameter_format: str = field(default="POSITIONAL", metadata=fact(text(), seed=True))
    previous_category: str | None = field(default=None, metadata=fact(text(optional=True), seed=True))
    rejected_reason: str = field(default="NONE", metadata=fact(text(), seed=True))
    is_sample: bool = field(default=False, metadata=fact(flag(), seed="sample"))
    message_send_ttl_seconds: int | None = field(default=None, metadata=fact(whole(optional=True), seed=True))
    quality_score: str = field(default="UNKNOWN", metadata=fact(text()))
    quality_at: datetime | None = field(default=None, metadata=fact(instant(optional=True)))
    """Since when it has this quality."""
    last_updated_at: datetime | None = field(default=None, metadata=fact(instant(optional=True)))
    pauses: int = field(default=0, metadata=fact(whole()))
    """How often it was paused: the first time for 3 hours, then for 6; the third time it is disabled."""
    edits: tuple[datetime, ...] = field(
        default=(), metadata=fact(json_value(_instants, _written, array=True))
    )
    """When it was edited while approved, the latest last: what the edit limits count."""
    source: str = field(default=MANUAL, metadata=fact(one_of((MANUAL, AUTO_GENERATED))))
    correct_category: str | None = field(default=None, metadata=fact(text(optional=True)))
    """The category that the platform found to be right: it is, or soon will be, ``category``."""
    history: TemplateHistory = field(
        default=NO_HISTORY, metadata=fact(json_value(TemplateHistory.from_json, TemplateHistory.as_json))
    )
    """When what happened to it, as later rules look at it."""
    options: Mapping[str, Any] = field(default_factory=dict, metadata=fact(json_value(dict, immutable=False)))
    """Members of the request that are kept and shown: ``sub_category``, ``display_format`` …"""
    parameter_types: tuple[str, ...] = field(default=(), metadata=fact(json_value(tuple, array=True)))
    """What the values of the body must be, of a template that was made from the library."""

    @property
    def is_sendable(self) -> bool:
        """Whether it is approved, the only status in which a message of it is accepted."""
        return self.status is Status.APPROVED

    @property
    def is_generated(self) -> bool:
        """Whether it was generated by Direct Send: it cannot be edited, deleted or sent as a template."""
        return self.source == AUTO_GENERATED

    @property
    def is_from_library(self) -> bool:
        """Whether it was created from the library: its values are judged by their types."""
        return "library_template_name" in self.options

    @property
    def time_to_live(self) -> timedelta:
        """How long a message of it may wait for a phone that is off (D/templates/time-to-live).

        ``message_send_ttl_seconds`` where it is set, ``-1`` of which is 30 days; else 30 days, and ten
        minutes for an authentication template created since 2024-10-23.
        """
        seconds = self.message_send_ttl_seconds
        if seconds is None:
            return AUTHENTICATION_TTL if self.has_short_ttl else DEFAULT_TTL
        return DEFAULT_TTL if seconds == -1 else timedelta(seconds=seconds)

    def with_history(self, **facts: Any) -> Template:
        """Copy this template with some fields of its history replaced."""
        return replace(self, history=self.history.changed(**facts))

    @property
    def has_short_ttl(self) -> bool:
        """Whether its messages wait ten minutes at most when it does not say how long."""
        return self.category == "AUTHENTICATION" and self.created_at >= AUTHENTICATION_TTL_SINCE

    def changed(self, **facts: Any) -> Template:
        """Copy this template with some of its fields replaced."""
        return replace(self, **facts)
