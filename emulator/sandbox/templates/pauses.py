"""Pause templates and end their pauses; disable and reinstate them (D/templates/template-pausing)."""

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
    """Pauses templates, ends their pauses, disables and reinstates them (D/templates/template-pausing).

    It carries out the due work ``template.unpause``. A new status is reported by
    ``message_template_status_update``. Methods are called inside the caller's transaction and return the
    template as it is then.
    """

    def __init__(self, core: Core, transitions: Transitions) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions
        core.on_due(DueKind.TEMPLATE_UNPAUSE, self._end)

    def pause(self, template: Template, at: datetime, cause: Cause = "quality") -> Template:
        """Pause an approved template at an instant, for its ``quality`` or by ``pacing``.

        For its quality first for 3 hours, then for 6; instead of a third pause it is disabled. What pacing
        paused stays so until somebody unpauses it, and does not count as a pause.
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
        """End the pause of a template at an instant, whatever its cause; it is approved again.

        Reported by ``message_template_status_update``. Feedback from before the pause counts no more, and
        pacing begins anew.
        """
        description = "Your WhatsApp message template has been unpaused."
        info = {"other_info": {"title": "UNPAUSE", "description": description}}
        return self._transitions.become(template, Status.APPROVED, at, extra=info)

    def ask_to_unpause(self, template: Template) -> str | None:
        """End the pause of a template now if the business may.

        Returns ``None``, or the sentence why it may not. It may end a pause by pacing, from five minutes
        after it began on.
        """
        now = self._core.clock.now()
        why = why_not_unpaused(template, now)
        if why is None:
            self.unpause(template, now)
        return why

    def disable(self, template: Template, at: datetime) -> Template:
        """Disable a template at an instant: sends of it are refused with 132016 until it is reinstated.

        Reported by ``message_template_status_update``, with the date in seconds since 1970.
        """
        info = {"disable_info": {"disable_date": int(at.timestamp())}}
        return self._transitions.become(template, Status.DISABLED, at, extra=info)

    def reinstate(self, template: Template, at: datetime) -> Template:
        """Enable a disabled template again at an instant.

        Its pauses are forgotten, so the next is the first one.
        """
        return self._transitions.become(template.changed(pauses=0), Status.APPROVED, at, event="REINSTATED")

    def flag(self, template: Template, at: datetime) -> Template:
        """Report by webhook (``FLAGGED``) that the quality of a template is low.

        Nothing of it changes, and it can be sent.
        """
        self._core.happen(TemplateFlagged(template, at=at))
        return template

    def _end(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.PAUSED:
            self.unpause(template, work.due)
