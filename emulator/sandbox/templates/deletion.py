"""Delete templates at once, or when their last messages have arrived; keep their names taken for 30 days.

Source: D/templates/template-management.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.errors import bad_parameter
from emulator.domain.events.messages import MessageDelivered, MessageDropped, MessageEvent, MessageFailed
from emulator.domain.events.templates import TemplateDeleted
from emulator.domain.templates.editor import rules
from emulator.domain.templates.lifecycle.archival import MOST_PER_CALL
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.transitions import Transitions
from emulator.sandbox.timeline import DueKind

NAME_LOCK = timedelta(days=30)
"""How long the name of a deleted approved template stays taken (D/templates/template-management)."""


class Deletion:
    """Deletes templates: at once, or when their last messages have arrived.

    One whose messages are still on their way is ``PENDING_DELETION`` until the last of them has arrived,
    failed, or waited as long as it may live (the due work ``template.delete``). Reported by
    ``message_template_status_update``.
    """

    def __init__(self, core: Core, transitions: Transitions) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions
        core.on_due(DueKind.TEMPLATE_DELETE, self._expire)
        for event in (MessageDelivered, MessageFailed, MessageDropped):
            core.listen(event, Listener.TEMPLATE_DELETION, self._arrive)

    def delete(self, waba_id: str, name: str, template_id: str | None = None) -> None:
        """Delete a WABA's template in all its languages, or only the one with ``template_id``; all or none.

        The name of one that was approved stays taken for 30 days. Raises a refusal when there is none, when
        one is disabled, and for samples.
        """
        found = [
            template
            for template in self._store.templates.named(waba_id, name)
            if template_id is None or template.id == template_id
        ]
        if not found:
            raise rules.not_found(name)
        self._delete(found)

    def delete_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> None:
        """Delete up to a hundred templates of a WABA by id, all or none.

        Raises ``(#100)`` for no id and too many, and a refusal for the first that cannot be deleted.
        """
        check_ids(template_ids)
        found = []
        for template_id in dict.fromkeys(template_ids):
            template = self._store.templates.get(template_id)
            if template is None or template.waba_id != waba_id:
                raise rules.not_found(template_id)
            found.append(template)
        self._delete(found)

    def _delete(self, templates: list[Template]) -> None:
        for template in templates:
            rules.check_delete(template)
        for template in templates:
            self.start_deletion(template, self._core.clock.now())

    def start_deletion(self, template: Template, at: datetime) -> None:
        """Delete a template at an instant, or as soon as its messages have come to an end.

        Nothing is checked. Until then it is ``PENDING_DELETION``. The name of one that was approved stays
        taken for 30 days from now.
        """
        if template.history.approved_at is not None:
            self._store.templates.lock_name(
                template.waba_id, template.name, template.language, at + NAME_LOCK
            )
        newest = self._store.messages.undelivered_of(template.id, at - template.time_to_live)
        if newest is None:
            self._remove(template, at)
            return
        self._transitions.become(template, Status.PENDING_DELETION, at, reason=None)
        self._core.plan(newest + template.time_to_live, DueKind.TEMPLATE_DELETE, template.id)

    def _arrive(self, event: MessageEvent) -> None:
        template_id = event.message.template_id
        if template_id is None or not self._store.templates.is_leaving(template_id):
            return
        template = self._store.templates.get(template_id)
        if template is None or self._store.messages.undelivered_of(
            template.id, event.at - template.time_to_live
        ):
            return
        self._remove(template, event.at)

    def _expire(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.PENDING_DELETION:
            self._remove(template, work.due)

    def _remove(self, template: Template, at: datetime) -> None:
        self._store.templates.remove(template.id)
        self._transitions.cancel_all(template)
        self._core.happen(TemplateDeleted(template, at=at))


def check_ids(template_ids: tuple[str, ...]) -> None:
    """Raise ``(#100)`` for no id and for more ids than a call may name, which is a hundred.

    The sentence is ours.
    """
    if not template_ids:
        raise bad_parameter("The parameter hsm_ids is required.", hint="The list of ids came empty.")
    if len(template_ids) > MOST_PER_CALL:
        raise bad_parameter(
            f"Param hsm_ids must be an array with at most {MOST_PER_CALL} elements.",
            hint=f"{len(template_ids)} templates were named.",
        )
