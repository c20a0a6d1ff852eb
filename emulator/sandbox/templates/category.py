"""Change the category of templates that were found to belong to another one, with notice or at once.

Source: D/templates/template-categorization of 2026-04-17.
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.events.templates import TemplateCategoryNoticed
from emulator.domain.templates.lifecycle import category_change
from emulator.domain.templates.template import CATEGORIES, Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.category_abuse import CategoryAbuse
from emulator.sandbox.templates.transitions import CannotDecide, Transitions
from emulator.sandbox.timeline import DueKind


class CategoryChanges:
    """Changes the category of templates that were found to be of another one: with notice, or at once.

    It carries out the due work ``template.recategorize`` (D/templates/template-categorization).
    """

    def __init__(self, core: Core, transitions: Transitions, category_abuse: CategoryAbuse) -> None:
        self._core, self._store, self._transitions, self._category_abuse = (
            core,
            core.store,
            transitions,
            category_abuse,
        )
        core.on_due(DueKind.TEMPLATE_RECATEGORIZE, self._due)

    def recategorize(self, template: Template, category: str, at: datetime) -> Template:
        """Find at an instant that an approved or paused template belongs to another ``category``.

        Returns it as it is then. UTILITY becomes MARKETING after a day's notice, or at once when the account
        was warned; what should be AUTHENTICATION is rejected on the first of the next month. Reported by
        ``template_category_update``. Raises :class:`CannotDecide` for an unknown category, another status,
        and the category it has.
        """
        category = category.upper()
        if category not in CATEGORIES:
            raise CannotDecide(f"a category is one of {', '.join(CATEGORIES)}; got {category!r}")
        if template.status not in (Status.APPROVED, Status.PAUSED) or template.category == category:
            raise CannotDecide(
                f"{template.name} is {template.status} and {template.category}; only approved templates of "
                "another category can be recategorized"
            )
        self._transitions.cancel(DueKind.TEMPLATE_RECATEGORIZE, template)
        abuse = self._category_abuse.abuse(template.waba_id)
        waba = self._store.accounts.waba(template.waba_id)
        change = category_change.category_change(
            template.category,
            category,
            at,
            warned=abuse.is_warned,
            timezone=waba.timezone if waba else "UTC",
        )
        if change.due <= at:
            changed = self._transitions.recategorize(template, category, at)
        else:
            changed = template.changed(correct_category=category)
            self._store.templates.replace(changed)
            self._core.happen(TemplateCategoryNoticed(changed, category, change.due, at=at))
            self._core.plan(change.due, DueKind.TEMPLATE_RECATEGORIZE, template.id, {"category": category})
        if (template.category, category) == ("UTILITY", "MARKETING"):
            self._category_abuse.find(template, at)
        found = self._store.templates.get(template.id)
        assert found is not None
        return found

    def forgive(self, template: Template, at: datetime) -> Template:
        """Take back the notice that a template should be of another category: it stays what it is.

        Returns the template.
        """
        self._transitions.cancel(DueKind.TEMPLATE_RECATEGORIZE, template)
        forgiven = template.changed(correct_category=None)
        self._store.templates.replace(forgiven)
        self._transitions.note(forgiven, f"{forgiven.name} stays {forgiven.category}", at)
        return forgiven

    def _due(self, work: DueWork) -> None:
        template, category = self._store.templates.get(work.subject), work.details["category"]
        if template is None or template.correct_category != category:
            return
        if category != "AUTHENTICATION":
            self._transitions.recategorize(template, category, work.due)
        elif template.status in (Status.APPROVED, Status.PAUSED):
            decided = template.with_history(decided_at=work.due)
            self._transitions.become(decided, Status.REJECTED, work.due, reason="INCORRECT_CATEGORY")
