"""pywa, unmodified: what becomes of templates later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kit.identities import ORDER_SHIPPED
from kit.receivers import ServedInbox
from pywa import WhatsApp
from pywa.types import TemplateCategoryUpdate, TemplateStatusUpdate
from pywa.types.templates import BodyText, TemplateCategory, TemplateComponentsUpdate, TemplateStatus

from emulator import Sandbox

SHIPPED = ORDER_SHIPPED


def test_a_pause_by_pacing_is_ended_from_its_webhook(
    wa: WhatsApp, sandbox: Sandbox, receiver: ServedInbox, complaints: Callable[[], list[str]]
) -> None:
    """Five minutes later; before that the answer says why not."""
    seen: list[TemplateStatusUpdate] = []

    @wa.on_template_status_update
    def note(_: WhatsApp, update: TemplateStatusUpdate) -> None:
        seen.append(update)

    receiver.listener = lambda body: wa.webhook_update_handler(body)[1]
    sandbox.templates.review(SHIPPED, "pause", "pacing")
    sandbox.settle()
    too_soon = seen[0].unpause()
    sandbox.clock.advance(timedelta(minutes=5))
    ended = wa.unpause_template(SHIPPED)
    sandbox.settle()

    assert (too_soon.success, too_soon.reason) == (
        False,
        "A template can be unpaused 5 minutes after it was paused.",
    )
    assert ended.success
    assert [update.new_status for update in seen] == [TemplateStatus.PAUSED, TemplateStatus.APPROVED]
    assert [update.other_info and update.other_info.title for update in seen] == [
        "RATE_LIMITING_PAUSE",
        "UNPAUSE",
    ]
    assert complaints() == []


def test_edits_and_categories_reach_their_handlers(
    wa: WhatsApp, sandbox: Sandbox, receiver: ServedInbox, complaints: Callable[[], list[str]]
) -> None:
    """Each with its own kind of update."""
    categories: list[tuple[TemplateCategory, TemplateCategory | None, TemplateCategory | None]] = []
    edits: list[str | None] = []

    @wa.on_template_category_update
    def note_category(_: WhatsApp, update: TemplateCategoryUpdate) -> None:
        categories.append((update.new_category, update.correct_category, update.previous_category))

    @wa.on_template_components_update
    def note_edit(_: WhatsApp, update: TemplateComponentsUpdate) -> None:
        edits.append(update.template_element)

    receiver.listener = lambda body: wa.webhook_update_handler(body)[1]
    sandbox.webhooks.subscribe("template_category_update", "message_template_components_update")
    sandbox.templates.recategorize(SHIPPED, "MARKETING")
    sandbox.clock.advance(timedelta(hours=24))
    wa.update_template(SHIPPED, new_components=[BodyText("Your order is on its way.")])
    sandbox.settle()

    utility, marketing = TemplateCategory.UTILITY, TemplateCategory.MARKETING
    assert categories == [(utility, marketing, None), (marketing, None, utility)]
    assert edits == ["Your order is on its way."]
    assert complaints() == []
