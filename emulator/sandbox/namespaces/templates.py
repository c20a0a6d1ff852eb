"""``sandbox.templates``: message templates, what the business does with them, and their reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from emulator.domain.templates.filters import EVERY_TEMPLATE
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.templates.editor.library import LibraryRequest, LibraryTemplate
    from emulator.domain.templates.filters import TemplateFilter
    from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
    from emulator.domain.templates.template import Draft, Template
    from emulator.sandbox.templates.archival import ArchivalResult
    from emulator.sandbox.templates.submission import Submitted
    from emulator.wire.requests.templates import TemplateEdit


class TemplatesNamespace(Namespace):
    """The message templates of a sandbox: what the business does with them, and what their reviewer decides.

    Acts by id raise :class:`LookupError` for a template that is not there, and
    :class:`~emulator.sandbox.templates.service.CannotDecide` (a :class:`ValueError`) for a decision that does
    not fit its status. A change of the status is reported by ``message_template_status_update``.
    """

    def all(self, waba_id: str | None = None) -> list[Template]:
        """List every template as it stands, the newest first: of one WABA, or with ``None`` of each in turn.

        Archived ones and those that messages made of themselves are in it.
        """
        with self._store.reading():
            return self._store.templates.of(waba_id)

    def page(
        self, *, after: str | None = None, limit: int = -1, wanted: TemplateFilter = EVERY_TEMPLATE
    ) -> list[Template]:
        """List the templates of each WABA in turn, the newest first, page by page.

        ``after``: only those that come after the template with this id; ``limit`` keeps the first of them, -1
        all; ``wanted``: only those that meet it. Raises :class:`LookupError` for an ``after`` that is not
        there.
        """
        with self._store.reading():
            last = None if after is None else self.get(after)
            return self._store.templates.page(after=last, limit=limit, wanted=wanted)

    def search(self, waba_id: str, wanted: TemplateFilter) -> list[str]:
        """List the ids of the templates of a WABA that meet a filter, the newest first."""
        with self._store.reading():
            return self._store.templates.matching(waba_id, wanted)

    def get(self, template_id: str) -> Template:
        """Find one template by its id, with its status, category and quality as they stand now.

        Raises :class:`LookupError` for an id that is not there, or is not any more.
        """
        with self._store.reading():
            template = self._store.templates.get(template_id)
        if template is None:
            raise LookupError(f"there is no template {template_id}")
        return template

    # the business

    def submit(self, waba_id: str, draft: Draft) -> Submitted:
        """Submit a new template of a WABA for review, as ``POST /{waba_id}/message_templates`` does.

        It is pending until the review is done (after the setting ``review_after``); authentication templates
        are approved at once. Returns it, perhaps with a warning about its category. Raises the refusals of
        the template editor and of the limits of an account, and then there is no template.
        """
        with self._core.command():
            return self._services.templates.submit(waba_id, draft)

    def check(self, waba_id: str, draft: Draft) -> str | None:
        """Judge a draft as :meth:`submit` would now, without submitting it: what an editor asks as one types.

        Returns the warning about its category, if there is one. Raises the refusals that :meth:`submit`
        would.
        """
        with self._store.reading():
            return self._services.templates.submission.check(waba_id, draft)

    def check_library(self, waba_id: str, request: LibraryRequest) -> str | None:
        """Judge what :meth:`create_from_library` would make, without making it; as :meth:`check`."""
        with self._store.reading():
            return self._services.library.check(waba_id, request)

    def check_edit(self, template: Template, edit: TemplateEdit) -> str | None:
        """Judge an edit as :meth:`edit` would now, without making it; returns and raises as :meth:`check`."""
        with self._store.reading():
            return self._services.templates.submission.check_edit(template, edit)

    def edit(self, template: Template, edit: TemplateEdit) -> Submitted:
        """Replace the components, the category or the time to live of a template, and have it reviewed again.

        It is pending meanwhile. An edit of an approved template counts towards the limits of edits. Changed
        components are reported by ``message_template_components_update``. Raises the refusals of the template
        editor.
        """
        with self._core.command():
            return self._services.templates.edit(template, edit)

    def delete(self, waba_id: str, name: str, template_id: str | None = None) -> None:
        """Delete a template of a WABA in all its languages, or only the one with ``template_id``.

        One whose messages are on their way is ``PENDING_DELETION`` until they have arrived. The name of an
        approved one stays taken for 30 days. Raises a refusal for one that is not there, is disabled, or is a
        sample.
        """
        with self._core.command():
            self._services.templates.deletion.delete(waba_id, name, template_id)

    def delete_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> None:
        """Delete up to a hundred templates of a WABA by id, all or none, each as :meth:`delete` does.

        Raises ``(#100)`` for no id and for too many, and a refusal for the first that cannot be deleted.
        """
        with self._core.command():
            self._services.templates.deletion.delete_ids(waba_id, template_ids)

    def archive_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> ArchivalResult:
        """Archive those of up to a hundred templates of a WABA that can be: approved and rejected ones.

        Returns the ids it was done for, and the reason for each of the others. What stays archived for 28
        days is deleted. Raises ``(#100)`` for no id and for too many.
        """
        with self._core.command():
            return self._services.templates.archival.archive_ids(waba_id, template_ids)

    def unarchive_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> ArchivalResult:
        """Give those of up to a hundred templates of a WABA that are archived the status they had.

        Returns the ids it was done for, and the reason for each of the others. Raises ``(#100)`` for no id
        and for too many.
        """
        with self._core.command():
            return self._services.templates.archival.unarchive_ids(waba_id, template_ids)

    def ask_to_unpause(self, template: Template) -> str | None:
        """End the pause of a template if the business may; returns ``None``, or the sentence why it may not.

        It may end a pause by pacing, from five minutes after it began on; a pause for quality ends by itself.
        """
        with self._core.command():
            return self._services.templates.pauses.ask_to_unpause(template)

    def upsert(self, waba_id: str, draft: Draft, languages: Iterable[str]) -> list[Template]:
        """Create or update an authentication template in each of ``languages``, all or none; returns them.

        ``draft`` says what each becomes. An approved template stays approved, and an update counts as no
        edit. Raises the refusals of the template editor (D/templates/authentication-templates).
        """
        with self._core.command():
            return self._services.upsert.upsert(waba_id, draft, languages)

    def library(self) -> tuple[LibraryTemplate, ...]:
        """List the platform's library of templates, the same for every account.

        What is created from it, by :meth:`create_from_library`, needs no review.
        """
        return self._services.library.templates()

    def create_from_library(self, waba_id: str, request: LibraryRequest) -> Submitted:
        """Create a template of a WABA from the library; it is approved at once.

        ``request`` names the entry and says the new name, language and inputs. Raises the refusals of the
        template editor, and one for an entry that the library does not have in that language.
        """
        with self._core.command():
            return self._services.library.create(waba_id, request)

    def most(self, waba_id: str) -> int:
        """Say how many templates a WABA may have, each language counted: 6,000 or 250.

        6,000 when its portfolio is verified and one of its numbers has an approved display name
        (D/templates/overview).
        """
        with self._store.reading():
            return self._services.templates.submission.most_templates(waba_id)

    # the reviewer

    def review(self, template_id: str, decision: str, reason: str | None = None) -> Template:
        """Take a decision over a template, now: one of :data:`emulator.sandbox.templates.service.DECISIONS`.

        ``reason`` is one of the platform's enum for a rejection, and ``quality`` or ``pacing`` for a pause.
        Returns the template as it is then. Raises :class:`LookupError` for the id, and :class:`CannotDecide`
        for an unknown decision or reason and for one that does not fit the status.
        """
        with self._core.command():
            return self._services.templates.decide(self.get(template_id), decision, reason)

    def approve(self, template_id: str) -> Template:
        """Approve a template that is pending or rejected, or grant its open appeal.

        It can be sent from now on. Raises :class:`CannotDecide` for one of another status without an appeal.
        """
        return self.review(template_id, "approve")

    def reject(self, template_id: str, reason: str = "INVALID_FORMAT") -> Template:
        """Reject a template that is pending or approved, or turn its open appeal down.

        ``reason`` is one of the platform's enum, such as ``INVALID_FORMAT`` or ``PROMOTIONAL``. Raises
        :class:`CannotDecide` for another one, and for a template of another status.
        """
        return self.review(template_id, "reject", reason)

    def appeal(self, template_id: str) -> Template:
        """Appeal the rejection of a template, or the category of an approved one, for the business.

        Unless the setting ``review`` is ``by_hand``, it is decided after ``appeal_after``. Raises
        :class:`CannotDecide` when there is nothing to appeal, or the 60 days for it are over.
        """
        return self.review(template_id, "appeal")

    def pause(self, template_id: str, cause: str = "quality") -> Template:
        """Pause an approved template: sends of it are refused with 132015 until the pause ends.

        For its ``quality`` it lasts 3 hours, the next time 6, and instead of a third pause it is disabled; by
        ``pacing`` until somebody unpauses it. Raises :class:`CannotDecide` for another status or cause.
        """
        return self.review(template_id, "pause", cause)

    def unpause(self, template_id: str) -> Template:
        """End the pause of a template before its time, whatever its cause; it is approved again.

        Feedback from before the pause counts no more. Raises :class:`CannotDecide` for one that is not
        paused.
        """
        return self.review(template_id, "unpause")

    def flag(self, template_id: str) -> Template:
        """Report by webhook that the quality of an approved template is low (``FLAGGED``); its status stays.

        It can be sent all the same. Raises :class:`CannotDecide` for one that is not approved.
        """
        return self.review(template_id, "flag")

    def disable(self, template_id: str) -> Template:
        """Disable an approved or paused template: sends of it are refused with 132016 until it is reinstated.

        Raises :class:`CannotDecide` for one of another status.
        """
        return self.review(template_id, "disable")

    def reinstate(self, template_id: str) -> Template:
        """Enable a disabled template again; it is approved, and its next pause for quality is the first one.

        Raises :class:`CannotDecide` for one that is not disabled.
        """
        return self.review(template_id, "reinstate")

    def archive(self, template_id: str) -> Template:
        """Archive an approved or rejected template; it is deleted 28 days later, unless it is unarchived.

        Raises :class:`CannotDecide` for one of another status, a sample, and one that a message made of
        itself.
        """
        return self.review(template_id, "archive")

    def unarchive(self, template_id: str) -> Template:
        """Give an archived template the status it had; one that was pending is reviewed again.

        Raises :class:`CannotDecide` for one that is not archived.
        """
        return self.review(template_id, "unarchive")

    def recategorize(self, template_id: str, category: str) -> Template:
        """Find, as the platform's own checks do, that an approved template belongs to another ``category``.

        UTILITY becomes MARKETING after 24 hours' notice, or at once when the account was warned; what should
        be AUTHENTICATION is rejected on the first of the next month. Reported by
        ``template_category_update``. Raises :class:`CannotDecide` for another status, and for a category it
        has already.
        """
        with self._core.command():
            now = self._core.clock.now()
            return self._services.templates.category_changes.recategorize(
                self.get(template_id), category, now
            )

    def utility_abuse(
        self, step: str, waba_id: str | None = None, *, portfolio: bool = False
    ) -> UtilityAbuse:
        """Take a step against a WABA (default: the first) whose utility templates are marketing.

        ``step`` is ``warning``, ``rate_limit`` (of utility messages, for 7 days), ``restriction`` (of one
        WABA for 7 days, or with ``portfolio`` of all WABAs of its portfolio for 30) or ``lift``, which ends
        the last two. Reported by ``account_update``. Raises :class:`CannotDecide` for another step.
        """
        with self._core.command():
            waba = lookup.waba(self._store.accounts, waba_id, word="account")
            now = self._core.clock.now()
            return self._services.templates.category_abuse.step(waba.id, step, now, portfolio=portfolio)
