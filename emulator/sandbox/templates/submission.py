"""New templates, and edits of those that exist: check them, store them, and send them to review."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from emulator.domain.accounts.portfolios import VERIFIED
from emulator.domain.accounts.wabas import APPROVED
from emulator.domain.errors import bad_parameter
from emulator.domain.events.templates import TemplateComponentsChanged
from emulator.domain.journal import Outcome
from emulator.domain.templates import categories, refusals
from emulator.domain.templates.categories import CategoryChoice
from emulator.domain.templates.editor import rules
from emulator.domain.templates.editor.examples import is_handle
from emulator.domain.templates.editor.library import detached_from_library
from emulator.domain.templates.editor.limits import EditorLimits, limits_at
from emulator.domain.templates.lifecycle import category_change, quotas, review
from emulator.domain.templates.template import Draft, Status, Template
from emulator.domain.values import dataclass
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingLimit
from emulator.sandbox.limits.table import TEMPLATE_CREATIONS
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.category_abuse import CategoryAbuse
from emulator.sandbox.templates.review import Review
from emulator.sandbox.templates.transitions import Transitions
from emulator.sandbox.timeline import DueKind
from emulator.wire import uploads
from emulator.wire.requests.templates import TemplateEdit

_COUNTED_EDITS = timedelta(days=30)
"""How long an edit is remembered: the longest window of the edit limits."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A template that was taken in, and a warning for its author: the category is one of the legacy ones."""

    template: Template
    warning: str | None = None
    """The sentence of the header ``X-Emulator-Warning``; ``None`` without one."""


class Submission:
    """Takes in new templates and edits of those that exist: checked, stored, and sent to review.

    It carries out the due work ``template.review``. Methods are called inside the caller's transaction.
    """

    def __init__(
        self, core: Core, transitions: Transitions, reviewer: Review, category_abuse: CategoryAbuse
    ) -> None:
        self._core, self._store, self._transitions = core, core.store, transitions
        self._reviewer, self._category_abuse = reviewer, category_abuse
        core.on_due(DueKind.TEMPLATE_REVIEW, self._review)
        self._creations = SlidingLimit(core, TEMPLATE_CREATIONS)

    def submit(self, waba_id: str, draft: Draft) -> Submitted:
        """Take in a new template of a WABA, now.

        Raises the refusals of the template editor, of its name, and of the limits. Authentication templates
        and those of the library are approved at once; others are pending until the review is done, after the
        setting ``review_after``. Where content is read, a utility template that promotes is taken as
        marketing, or rejected at once as before 2025-04-09.
        """
        now = self._core.clock.now()
        draft, chosen = self._judged(waba_id, draft, now)
        promotes = self._reviewer.reads_content and chosen.category == "UTILITY" and _promotes(draft)
        promotes = promotes and not draft.is_from_library
        taken = promotes and category_change.becomes_marketing(now, allowed=draft.allow_category_change)
        template = self._made(waba_id, draft, chosen, now)
        if taken:
            template = template.changed(category="MARKETING").with_history(category_changed_at=now)
        self._store.templates.add(template)
        self._creations.hit(waba_id, key=template.id, at=now)
        self._transitions.note(template, f"{template.name} was submitted", now)
        self._warn(template, chosen)
        if promotes:
            self._category_abuse.find(template, now)
        if promotes and not taken:
            template = self._reviewer.carry_out(template, review.rejected("INCORRECT_CATEGORY"), now)
        elif review.is_instant(draft):
            template = self._reviewer.carry_out(template, review.APPROVED, now)
        else:
            self._send_to_review(template, now)
        return Submitted(template, chosen.warning)

    def check(self, waba_id: str, draft: Draft) -> str | None:
        """Judge a draft as :meth:`submit` would now, and store nothing.

        Returns the warning about its category, if there is one. Raises what :meth:`submit` does.
        """
        _, chosen = self._judged(waba_id, draft, self._core.clock.now())
        return chosen.warning

    def _judged(self, waba_id: str, draft: Draft, now: datetime) -> tuple[Draft, CategoryChoice]:
        """Find the category of a draft, and raise what stands against it."""
        chosen = categories.choose_category(draft.category, self._core.settings.template_categories)
        draft = replace(draft, category=categories.billed_as(chosen.category))
        self._check_permission(waba_id, draft.category)
        rules.check(draft, self._editor_limits(now))
        self._check_name(waba_id, draft, chosen.category, now)
        self._check_limits(waba_id, now)
        if draft.category == "UTILITY" and self._category_abuse.abuse(waba_id).is_restricted(now):
            raise refusals.utility_is_restricted()
        return draft, chosen

    def _made(self, waba_id: str, draft: Draft, chosen: CategoryChoice, now: datetime) -> Template:
        template = Template(
            id=self._core.ids.template(),
            waba_id=waba_id,
            name=draft.name,
            language=draft.language,
            category=chosen.category,
            status=Status.PENDING,
            components=draft.components,
            created_at=now,
            parameter_format=draft.parameter_format,
            previous_category=chosen.previous,
            message_send_ttl_seconds=draft.message_send_ttl_seconds,
            last_updated_at=now,
            options=draft.options,
            parameter_types=draft.parameter_types,
        )
        return template.with_history(active_at=now)

    def edit(self, template: Template, edit: TemplateEdit) -> Submitted:
        """Replace parts of a template, now, and have it reviewed again; it is pending meanwhile.

        What was planned for it is cancelled. An edit of an approved template is remembered for 30 days, for
        the limits of edits. Raises the refusals of the template editor, and ``(#100)`` for an edit of
        nothing.
        """
        now = self._core.clock.now()
        edited, chosen = self._judged_edit(template, edit, now)
        self._store.templates.replace(edited)
        self._transitions.cancel_all(template)
        self._transitions.note(edited, f"{edited.name} was edited", now)
        self._warn(edited, chosen)
        if edit.components is not None:
            self._core.happen(TemplateComponentsChanged(edited, at=now))
        self._send_to_review(edited, now)
        return Submitted(edited, chosen.warning)

    def check_edit(self, template: Template, edit: TemplateEdit) -> str | None:
        """Judge an edit as :meth:`edit` would now, and store nothing; returns and raises as :meth:`check`."""
        _, chosen = self._judged_edit(template, edit, self._core.clock.now())
        return chosen.warning

    def _judged_edit(
        self, template: Template, edit: TemplateEdit, now: datetime
    ) -> tuple[Template, CategoryChoice]:
        """Make the template that an edit leaves, and raise what stands against it."""
        if edit == TemplateEdit():
            raise bad_parameter(
                "The parameter components is required.",
                hint="An edit names components, category or message_send_ttl_seconds.",
            )
        chosen = CategoryChoice(template.category, template.previous_category)
        if edit.category is not None:
            chosen = categories.choose_category(edit.category, self._core.settings.template_categories)
        rules.check_edit(template, now, None if chosen.category == template.category else chosen.category)
        if edit.components is not None:
            template = detached_from_library(template)
        edited = self._edited(template, edit, chosen, now)
        rules.check(
            Draft(
                edited.name,
                edited.language,
                categories.billed_as(edited.category),
                edited.components,
                edited.parameter_format,
                edited.message_send_ttl_seconds,
                options=edited.options,
            ),
            self._editor_limits(now),
        )
        return edited, chosen

    def _edited(
        self, template: Template, edit: TemplateEdit, chosen: CategoryChoice, now: datetime
    ) -> Template:
        category = chosen.category
        keeps = template.status is Status.APPROVED or chosen.previous is None
        ttl = edit.message_send_ttl_seconds
        edited = template.changed(
            category=category,
            previous_category=template.previous_category if keeps else chosen.previous,
            correct_category=None,
            components=template.components if edit.components is None else edit.components,
            message_send_ttl_seconds=template.message_send_ttl_seconds if ttl is None else ttl,
            status=Status.PENDING,
            rejected_reason="NONE",
            last_updated_at=now,
        )
        if template.status is Status.APPROVED:
            remembered = (at for at in template.edits if at > now - _COUNTED_EDITS)
            edited = edited.changed(edits=(*remembered, now))
        if self._reviewer.reads_content and category == "UTILITY" and _promotes(edited):
            edited = edited.changed(category="MARKETING").with_history(category_changed_at=now)
        before = template.history.category_before or template.category
        return edited.with_history(
            active_at=now,
            appealed_at=None,
            paused_at=None,
            pause_cause=None,
            category_before=None if before == edited.category else before,
        )

    def _editor_limits(self, at: datetime) -> EditorLimits:
        settings = self._core.settings
        return limits_at(
            at,
            settings.marketing_body_limit,
            words_per_variable=settings.words_per_variable,
            fixes_labels=settings.otp_labels == "fixed",
            is_uploaded=is_handle if settings.header_handles == "any" else self._is_uploaded,
        )

    def _is_uploaded(self, handle: str) -> bool:
        """Whether a handle is what an upload to this sandbox ended with."""
        now = self._core.clock.now()
        return any(uploads.is_handle_of(handle, upload, now) for upload in self._store.media.whole_uploads())

    def most_templates(self, waba_id: str) -> int:
        """Say how many templates a WABA may have, each language counted: 6,000 or 250 (D/templates/overview).

        6,000 when its portfolio is verified and one of its numbers has an approved display name.
        """
        accounts = self._store.accounts
        portfolio = lookup.portfolio_of_waba(accounts, waba_id)
        return quotas.most_templates(
            verified=portfolio is not None and portfolio.verification == VERIFIED,
            has_approved_name=any(n.name_status == APPROVED for n in accounts.numbers(waba_id)),
        )

    def _check_permission(self, waba_id: str, category: str) -> None:
        if category != "AUTHENTICATION" or self._core.settings.authentication_templates == "any":
            return
        portfolio = lookup.portfolio_of_waba(self._store.accounts, waba_id)
        if portfolio is None or portfolio.verification != VERIFIED:
            why = (
                "the WABA belongs to no portfolio"
                if portfolio is None
                else f"the verification of {portfolio.name} is {portfolio.verification}"
            )
            raise refusals.not_permitted(why)

    def _check_name(self, waba_id: str, draft: Draft, category: str, now: datetime) -> None:
        locked_until = self._store.templates.name_locked_until(waba_id, draft.name, draft.language) or now
        known = self._store.templates.find(waba_id, draft.name, draft.language)
        if locked_until > now or (known and known.status is Status.PENDING_DELETION):
            raise rules.being_deleted(draft.language, locked_until - now)
        if known:
            raise rules.already_exists(draft.language)
        for translation in self._store.templates.named(waba_id, draft.name):
            if translation.category != category and translation.status is not Status.PENDING_DELETION:
                raise rules.category_differs(category, translation.category)

    def _check_limits(self, waba_id: str, now: datetime) -> None:
        self._creations.check(waba_id, at=now)
        if self._store.templates.count(waba_id) >= self.most_templates(waba_id):
            raise rules.limit_exceeded()

    def _send_to_review(self, template: Template, at: datetime) -> None:
        if self._core.settings.review != "by_hand":
            self._core.plan(at + self._core.settings.review_after, DueKind.TEMPLATE_REVIEW, template.id)

    def _review(self, work: DueWork) -> None:
        template = self._store.templates.get(work.subject)
        if template is not None and template.status is Status.PENDING:
            self._reviewer.carry_out(template, self._reviewer.judge(template), work.due)

    def _warn(self, template: Template, chosen: CategoryChoice) -> None:
        if chosen.warning:
            self._core.note(
                "warning", template.id, chosen.warning, cause=template.id, outcome=Outcome.WARNING
            )


def _promotes(template: Draft | Template) -> bool:
    return review.category_by_content(template) != template.category
