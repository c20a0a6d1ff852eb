"""What happens to message templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from emulator.domain.events.event import Event
from emulator.domain.templates.template import Status, Template


@dataclass(frozen=True, slots=True)
class TemplateEvent(Event):
    """Something that happened to a template, as it is since then."""

    template: Template

    @property
    def subject(self) -> str:
        return self.template.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.template.waba_id,)


@dataclass(frozen=True, slots=True)
class TemplateStatusChanged(TemplateEvent):
    """A template has come to another status."""

    before: Status
    event_name: str
    """What the webhook calls it: the status, or ``UNARCHIVED`` or ``REINSTATED``."""
    reason: str | None = "NONE"
    extra: Mapping[str, object] = field(default_factory=dict)
    """What the webhook says beside the usual: why it was rejected, until when it is paused."""


@dataclass(frozen=True, slots=True)
class TemplateDeleted(TemplateEvent):
    """A template is no longer there; this is what it was."""


@dataclass(frozen=True, slots=True)
class TemplateFlagged(TemplateEvent):
    """The quality of a template is low; it can be sent all the same."""


@dataclass(frozen=True, slots=True)
class TemplateComponentsChanged(TemplateEvent):
    """An edit changed what a template says."""


@dataclass(frozen=True, slots=True)
class TemplateCategoryNoticed(TemplateEvent):
    """A template will be of another category; it still has its own."""

    correct: str
    due: datetime


@dataclass(frozen=True, slots=True)
class TemplateCategoryChanged(TemplateEvent):
    """A template was given another category."""

    previous: str


@dataclass(frozen=True, slots=True)
class TemplateEditedCategoryApproved(TemplateEvent):
    """The review approved the category that an edit gave to a template."""

    previous: str


@dataclass(frozen=True, slots=True)
class TemplateQualityChanged(TemplateEvent):
    """What people think of a template has changed."""

    before: str
