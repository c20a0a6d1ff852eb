"""``sandbox.templates``: message templates, what the business does with them, and their reviewer."""

from __future__ import annotations

from collections.abc import Iterable

from emulator.domain.templates.library import LibraryRequest, LibraryTemplate
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import Draft, Template
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.templates.archival import ArchivalResult
from emulator.sandbox.templates.submission import Submitted
from emulator.wire.requests.templates import TemplateEdit


class TemplatesNamespace(Namespace):
    """The message templates of a sandbox.

    Acts by id raise :class:`LookupError` for a template that is not there, and
    :class:`~emulator.sandbox.templates.service.CannotDecide` for a decision that does not fit its status.
    """

    def all(self, waba_id: str | None = None) -> list[Template]:
        """Every template, the newest first: of one WABA, or of all."""
        with self._store.reading():
            return self._store.templates.of(waba_id)

    def get(self, template_id: str) -> Template:
        """One template as it stands now."""
        with self._store.reading():
            template = self._store.templates.get(template_id)
        if template is None:
            raise LookupError(f"there is no template {template_id}")
        return template

    # the business

    def submit(self, waba_id: str, draft: Draft) -> Submitted:
        """Submit a new template for review. Raises the refusals of the template editor."""
        with self._core.command():
            return self._services.templates.submit(waba_id, draft)

    def edit(self, template: Template, edit: TemplateEdit) -> Submitted:
        """Replace parts of a template and have it reviewed again. Raises the editor's refusals."""
        with self._core.command():
            return self._services.templates.edit(template, edit)

    def delete(self, waba_id: str, name: str, template_id: str | None = None) -> None:
        """Delete a template in all its languages, or in the one with ``template_id``."""
        with self._core.command():
            self._services.templates.deletion.delete(waba_id, name, template_id)

    def delete_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> None:
        """Delete up to a hundred templates by id, all or none."""
        with self._core.command():
            self._services.templates.deletion.delete_ids(waba_id, template_ids)

    def archive_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> ArchivalResult:
        """Archive up to a hundred templates by id, those of them that can be."""
        with self._core.command():
            return self._services.templates.archival.archive_ids(waba_id, template_ids)

    def unarchive_ids(self, waba_id: str, template_ids: tuple[str, ...]) -> ArchivalResult:
        """Take up to a hundred templates out of the archive by id, those of them that are in it."""
        with self._core.command():
            return self._services.templates.archival.unarchive_ids(waba_id, template_ids)

    def ask_to_unpause(self, template: Template) -> str | None:
        """End a pause if the business may; otherwise the reason why it may not."""
        with self._core.command():
            return self._services.templates.pauses.ask_to_unpause(template)

    def upsert(self, waba_id: str, draft: Draft, languages: Iterable[str]) -> list[Template]:
        """Have an authentication template as the draft says in each of ``languages``; all or none."""
        with self._core.command():
            return self._services.upsert.upsert(waba_id, draft, languages)

    def library(self) -> tuple[LibraryTemplate, ...]:
        """The platform's library of templates, the same for every account."""
        return self._services.library.templates()

    def create_from_library(self, waba_id: str, request: LibraryRequest) -> Submitted:
        """Make a template from the library; it is approved at once. Raises the editor's refusals."""
        with self._core.command():
            return self._services.library.create(waba_id, request)

    def most(self, waba_id: str) -> int:
        """How many templates a WABA may have."""
        with self._store.reading():
            return self._services.templates.submission.most_templates(waba_id)

    # the reviewer

    def review(self, template_id: str, decision: str, reason: str | None = None) -> Template:
        """Decide over a template: one of :data:`emulator.sandbox.templates.service.DECISIONS`.

        A rejection takes a ``reason`` of the platform's enum, a pause ``quality`` or ``pacing``.
        """
        with self._core.command():
            return self._services.templates.decide(self.get(template_id), decision, reason)

    def approve(self, template_id: str) -> Template:
        """Approve a template that is pending or rejected, or grant its appeal."""
        return self.review(template_id, "approve")

    def reject(self, template_id: str, reason: str = "INVALID_FORMAT") -> Template:
        """Reject a template for a reason of the platform's enum, or turn its appeal down."""
        return self.review(template_id, "reject", reason)

    def appeal(self, template_id: str) -> Template:
        """Appeal a rejection or a category; decided after the setting ``appeal_after``."""
        return self.review(template_id, "appeal")

    def pause(self, template_id: str, cause: str = "quality") -> Template:
        """Pause a template: for its ``quality`` 3 hours, then 6; by ``pacing`` until it is unpaused."""
        return self.review(template_id, "pause", cause)

    def unpause(self, template_id: str) -> Template:
        """End a pause, whatever its cause."""
        return self.review(template_id, "unpause")

    def flag(self, template_id: str) -> Template:
        """Report that the quality of a template is low; it can be sent all the same."""
        return self.review(template_id, "flag")

    def disable(self, template_id: str) -> Template:
        """Disable a template."""
        return self.review(template_id, "disable")

    def reinstate(self, template_id: str) -> Template:
        """Enable a disabled template again; its pauses are forgotten."""
        return self.review(template_id, "reinstate")

    def archive(self, template_id: str) -> Template:
        """Archive an approved or rejected template; it is deleted 28 days later."""
        return self.review(template_id, "archive")

    def unarchive(self, template_id: str) -> Template:
        """Give an archived template the status it had."""
        return self.review(template_id, "unarchive")

    def recategorize(self, template_id: str, category: str) -> Template:
        """Find that an approved template should be of another category.

        UTILITY becomes MARKETING after 24 hours' notice; what should be AUTHENTICATION is rejected on the
        first of the next month.
        """
        with self._core.command():
            now = self._core.clock.now()
            return self._services.templates.category_changes.recategorize(
                self.get(template_id), category, now
            )

    def utility_abuse(
        self, step: str, waba_id: str | None = None, *, portfolio: bool = False
    ) -> UtilityAbuse:
        """Treat a WABA (default: the first) as one whose utility templates are marketing.

        ``step`` is ``warning``, ``rate_limit``, ``restriction`` (of one WABA, or of the whole ``portfolio``)
        or ``lift``.
        """
        with self._core.command():
            waba = lookup.waba(self._store.accounts, waba_id, word="account")
            now = self._core.clock.now()
            return self._services.templates.category_abuse.step(waba.id, step, now, portfolio=portfolio)
