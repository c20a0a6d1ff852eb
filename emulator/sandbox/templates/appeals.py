"""Appeals of templates: file one against a rejection or a category, and decide it.

Source: D/templates/template-categorization of 2026-04-17.
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.templates.lifecycle import appeals
from emulator.domain.templates.lifecycle.review import APPROVED, category_by_content, rejected
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.category import CategoryChanges
from emulator.sandbox.templates.category_abuse import CategoryAbuse
from emulator.sandbox.templates.review import Review
from emulator.sandbox.templates.transitions import CannotDecide, Transitions
from emulator.sandbox.timeline import DueKind


class Appeals:
    """Files and decides appeals of templates, against a rejection or a category.

    Under the setting ``review: by_hand`` they wait for somebody; else the rules of the review are asked once
    more after ``appeal_after`` (the due work ``template.appeal``). Methods are called inside the caller's
    transaction. Source: D/templates/template-categorization.
    """

    def __init__(
        self,
        core: Core,
        transitions: Transitions,
        reviewer: Review,
        category_changes: CategoryChanges,
        category_abuse: CategoryAbuse,
    ) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions
        self._reviewer, self._category_changes, self._category_abuse = (
            reviewer,
            category_changes,
            category_abuse,
        )
        core.on_due(DueKind.TEMPLATE_APPEAL, self._hear)

    def appeal(self, template: Template, at: datetime) -> Template:
        """File an appeal at an instant.

        Of a rejection, so that the template is ``IN_APPEAL``, or of an approved one's category. Raises
        :class:`CannotDecide` when there is nothing to appeal, its time is over, or the WABA is restricted
        from utility templates.
        """
        why = appeals.why_not_appealed(template, at)
        about_category = appeals.asks_for_category(template)
        if why is None and about_category and self._category_abuse.abuse(template.waba_id).is_restricted(at):
            why = (
                f"the account of {template.name} may ask for no review of a category until it is unrestricted"
            )
        if why is not None:
            raise CannotDecide(why)
        filed = template.with_history(appealed_at=at, active_at=at)
        if about_category:
            self._store.templates.replace(filed)
            self._transitions.note(filed, f"the category of {filed.name} is under review", at)
        else:
            filed = self._transitions.become(filed, Status.IN_APPEAL, at)
        if self._core.settings.review != "by_hand":
            self._core.plan(at + self._core.settings.appeal_after, DueKind.TEMPLATE_APPEAL, filed.id)
        return filed

    @staticmethod
    def is_open(template: Template) -> bool:
        """Say whether an appeal of ``template`` waits to be decided, of its rejection or of its category."""
        return template.status is Status.IN_APPEAL or template.history.appealed_at is not None

    def decide(self, template: Template, granted: bool, at: datetime, reason: str | None = None) -> Template:
        """Decide an open appeal: ``granted``, the template is approved or has the category it asked for.

        A rejection that stands keeps its reason, unless another one is given. The due work that would decide
        it is cancelled.
        """
        if template.status is Status.IN_APPEAL:
            stands = rejected(reason or template.rejected_reason)
            return self._reviewer.carry_out(template, APPROVED if granted else stands, at)
        self._transitions.cancel(DueKind.TEMPLATE_APPEAL, template)
        return self._decide_category(template.with_history(appealed_at=None), granted, at)

    def _decide_category(self, template: Template, granted: bool, at: datetime) -> Template:
        self._store.templates.replace(template)
        if not granted:
            self._transitions.note(template, f"the category of {template.name} is right", at)
            return template
        if template.category == "MARKETING":
            return self._transitions.recategorize(template, "UTILITY", at)
        return self._category_changes.forgive(template, at)

    def _hear(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is None or not self.is_open(template):
            return
        if template.status is Status.IN_APPEAL:
            self._reviewer.carry_out(template, self._reviewer.judge(template), work.due)
        else:
            reads_as_utility = category_by_content(template.changed(category="UTILITY")) == "UTILITY"
            self.decide(template, reads_as_utility, work.due)
