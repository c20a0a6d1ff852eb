"""Events of message templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from emulator.domain.events.event import Event
from emulator.domain.templates.template import Status, Template
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TemplateEvent(Event):
    """An event of a template; ``template`` is the template after it."""

    template: Template

    @property
    def subject(self) -> str:
        return self.template.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.template.waba_id,)


@dataclass(frozen=True, slots=True)
class TemplateStatusChanged(TemplateEvent):
    """A template changed its status, from ``before`` to the one it has."""

    before: Status
    event_name: str
    """The ``event`` of the webhook: the new status, or ``UNARCHIVED`` or ``REINSTATED``."""
    reason: str | None = "NONE"
    extra: Mapping[str, object] = field(default_factory=dict)
    """Further members of the webhook: why it was rejected, until when it is paused."""


@dataclass(frozen=True, slots=True)
class TemplateDeleted(TemplateEvent):
    """A template was removed; ``template`` is what it was."""


@dataclass(frozen=True, slots=True)
class TemplateFlagged(TemplateEvent):
    """The quality of a template is low; it can still be sent."""


@dataclass(frozen=True, slots=True)
class TemplateComponentsChanged(TemplateEvent):
    """An edit changed the components of a template."""


@dataclass(frozen=True, slots=True)
class TemplateCategoryNoticed(TemplateEvent):
    """The platform announced that a template will get the category ``correct`` at the instant ``due``."""

    correct: str
    due: datetime


@dataclass(frozen=True, slots=True)
class TemplateCategoryChanged(TemplateEvent):
    """The platform changed the category of a template from ``previous``."""

    previous: str


@dataclass(frozen=True, slots=True)
class TemplateEditedCategoryApproved(TemplateEvent):
    """The review approved the category that an edit gave to a template, instead of ``previous``."""

    previous: str


@dataclass(frozen=True, slots=True)
class TemplateQualityChanged(TemplateEvent):
    """The quality rating of a template changed from ``before``."""

    before: str
