"""Pauses of templates, and what comes after them."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.events.templates import TemplateFlagged
from emulator.domain.templates.lifecycle.pauses import (
    PACING_PAUSE,
    Cause,
    pause_after,
    why_not_unpaused,
)
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.transitions import Transitions
from emulator.sandbox.timeline import DueKind


class Pauses:
    """Pauses templates, ends their pauses, disables them."""

    def __init__(self, core: Core, transitions: Transitions) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions
        core.on_due(DueKind.TEMPLATE_UNPAUSE, self._end)

    def pause(self, template: Template, at: datetime, cause: Cause = "quality") -> Template:
        """Pause an approved template.

        For its ``quality`` first for 3 hours, then for 6; instead of a third pause it is disabled. What
        ``pacing`` paused stays so until somebody unpauses it, and does not count.
        """
        if cause == "pacing":
            description = (
                "Your WhatsApp message template has been paused because of early feedback from customers."
            )
            return self._rest(template, at, cause, PACING_PAUSE, description)
        length = pause_after(template.pauses)
        template = template.changed(pauses=template.pauses + 1)
        if length is None:
            return self.disable(template, at)
        title, lasts = length
        self._core.plan(at + lasts, DueKind.TEMPLATE_UNPAUSE, template.id)
        hours, until = lasts // timedelta(hours=1), f"{at + lasts:%b %d at %H:%M} UTC"
        description = f"Your WhatsApp message template has been paused for {hours} hours until {until}."
        return self._rest(template, at, cause, title, description)

    def _rest(self, template: Template, at: datetime, cause: str, title: str, description: str) -> Template:
        paused = template.with_history(paused_at=at, pause_cause=cause)
        info = {"other_info": {"title": title, "description": description}}
        return self._transitions.become(paused, Status.PAUSED, at, extra=info)

    def unpause(self, template: Template, at: datetime) -> Template:
        """End a pause, whatever its cause."""
        description = "Your WhatsApp message template has been unpaused."
        info = {"other_info": {"title": "UNPAUSE", "description": description}}
        return self._transitions.become(template, Status.APPROVED, at, extra=info)

    def ask_to_unpause(self, template: Template) -> str | None:
        """End a pause if the business may; else the reason why not."""
        now = self._core.clock.now()
        why = why_not_unpaused(template, now)
        if why is None:
            self.unpause(template, now)
        return why

    def disable(self, template: Template, at: datetime) -> Template:
        """Disable a template."""
        info = {"disable_info": {"disable_date": int(at.timestamp())}}
        return self._transitions.become(template, Status.DISABLED, at, extra=info)

    def reinstate(self, template: Template, at: datetime) -> Template:
        """Take back that a template was disabled; its pauses are forgotten."""
        return self._transitions.become(template.changed(pauses=0), Status.APPROVED, at, event="REINSTATED")

    def flag(self, template: Template, at: datetime) -> Template:
        """Tell that the quality of a template is low; it can be sent all the same."""
        self._core.happen(TemplateFlagged(template, at=at))
        return template

    def _end(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.PAUSED:
            self.unpause(template, work.due)
