"""A message template: a format approved beforehand, and the states it lives through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from emulator.domain.templates.lifecycle.history import NO_HISTORY, TemplateHistory

CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
"""What the platform accepts today, in the order its own complaint lists them."""

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
"""The ten the platform began with (Meta's SDK of May 2019); refused by it since 2023-05-01."""

AUTHENTICATION_TTL = timedelta(minutes=10)
"""How long the message of an authentication template lives that says nothing about it."""
DEFAULT_TTL = timedelta(days=30)
"""How long that of any other template does."""
AUTHENTICATION_TTL_SINCE = datetime(2024, 10, 23, tzinfo=UTC)
"""From when on the codes of a new template live ten minutes; those of older ones live as long as the rest."""


MANUAL, AUTO_GENERATED = "MANUAL", "AUTO_GENERATED"
"""Where a template comes from: submitted, or made of a message that was sent directly."""


class Status(StrEnum):
    """The states of a template; only an approved one can be sent."""

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
        """Whether the platform wrote it: the editor's rules about contents are not for it."""
        return "library_template_name" in self.options


@dataclass(frozen=True, slots=True)
class Template:
    """A template of one WABA in one language."""

    id: str
    waba_id: str
    name: str
    language: str
    category: str
    status: Status
    components: tuple[Mapping[str, Any], ...]
    created_at: datetime
    parameter_format: str = "POSITIONAL"
    previous_category: str | None = None
    rejected_reason: str = "NONE"
    quality_score: str = "UNKNOWN"
    quality_at: datetime | None = None
    """Since when it has this quality."""
    message_send_ttl_seconds: int | None = None
    is_sample: bool = False
    last_updated_at: datetime | None = None
    pauses: int = 0
    """How often it was paused: the first time for 3 hours, then for 6; the third time it is disabled."""
    edits: tuple[datetime, ...] = ()
    """When it was edited while approved, the latest last: what the edit limits count."""
    source: str = MANUAL
    correct_category: str | None = None
    """The category that the platform found to be right: it is, or soon will be, ``category``."""
    history: TemplateHistory = NO_HISTORY
    options: Mapping[str, Any] = field(default_factory=dict)
    """Members of the request that are kept and shown: ``sub_category``, ``display_format`` …"""
    parameter_types: tuple[str, ...] = ()
    """What the values of the body must be, of a template that was made from the library."""

    @property
    def is_sendable(self) -> bool:
        return self.status is Status.APPROVED

    @property
    def is_generated(self) -> bool:
        """Whether Direct Send made it: it cannot be edited, deleted or sent as a template."""
        return self.source == AUTO_GENERATED

    @property
    def is_from_library(self) -> bool:
        """Whether the platform wrote it, and judges the values it is sent with by their types."""
        return "library_template_name" in self.options

    @property
    def time_to_live(self) -> timedelta:
        """How long a message of it may wait for a phone that is off.

        Source: D/templates/time-to-live. Usually 30 days, which ``-1`` asks for too; codes live ten minutes
        unless the template says otherwise, or was made before 2024-10-23.
        """
        seconds = self.message_send_ttl_seconds
        if seconds is None:
            return AUTHENTICATION_TTL if self.has_short_ttl else DEFAULT_TTL
        return DEFAULT_TTL if seconds == -1 else timedelta(seconds=seconds)

    def with_history(self, **facts: Any) -> Template:
        """This template with some facts of its life replaced."""
        return replace(self, history=self.history.changed(**facts))

    @property
    def has_short_ttl(self) -> bool:
        """Whether its messages live ten minutes when it does not say how long."""
        return self.category == "AUTHENTICATION" and self.created_at >= AUTHENTICATION_TTL_SINCE

    def changed(self, **facts: Any) -> Template:
        """This template with some facts replaced."""
        return replace(self, **facts)
