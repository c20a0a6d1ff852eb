"""pywa, unmodified: templates from their creation to their deletion, and what sending them can cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.receivers import ServedInbox
from pywa import WhatsApp, errors
from pywa.types import Pagination, TemplateStatusUpdate
from pywa.types.templates import (
    AuthenticationBody,
    AuthenticationFooter,
    BodyText,
    Buttons,
    CopyCodeOTPButton,
    FooterText,
    HeaderText,
    LibraryTemplate,
    ParamFormat,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    TemplateRejectionReason,
    TemplateStatus,
    URLButton,
)

from emulator import Sandbox

US = TemplateLanguage.ENGLISH_US
OLD_CATEGORY = pytest.mark.filterwarnings("ignore:Unknown TemplateCategory value. 'ACCOUNT_UPDATE'")
"""hello_world had a category of 2022, as on the platform; pywa does not know it and says so."""

HEADER = HeaderText("Order {{1}}", "860198")
BODY = BodyText("Hello {{1}}, your order {{2}} is ready and waits for you here.", "Sheena", "860198")
ON_MY_WAY = QuickReplyButton(text="On my way")
DIRECTIONS = URLButton(text="Directions", url="https://example.com/{{1}}", example="https://example.com/shop")
POSITIONAL = Template(
    name="order_ready",
    language=US,
    category=TemplateCategory.UTILITY,
    components=[HEADER, BODY, FooterText(text="Lucky Shrub"), Buttons(buttons=[ON_MY_WAY, DIRECTIONS])],
)
NAMED_BODY = BodyText(
    "Hello {{first_name}}, we kept a {{plant}} for you. Shall we deliver it?",
    first_name="Sheena",
    plant="fern",
)
NAMED = Template(
    name="kept_for_you",
    language=US,
    category=TemplateCategory.MARKETING,
    parameter_format=ParamFormat.NAMED,
    components=[NAMED_BODY],
)
LOGIN = Template(
    name="sign_in",
    language=US,
    category=TemplateCategory.AUTHENTICATION,
    components=[
        AuthenticationBody(add_security_recommendation=True),
        AuthenticationFooter(code_expiration_minutes=5),
        Buttons(buttons=[CopyCodeOTPButton(text="Copy code")]),
    ],
)


@pytest.mark.parametrize("template", [POSITIONAL, NAMED], ids=["positional", "named"])
def test_a_template_comes_back_as_it_was_created(wa: WhatsApp, template: Template) -> None:
    """It is pending at first, and reads like what was submitted."""
    created = wa.create_template(template)
    found = created.get()

    assert (created.status, created.category) == (TemplateStatus.PENDING, template.category)
    assert (found.id, found.name, found.language) == (created.id, template.name, US)
    assert (found.status, found.category) == (TemplateStatus.PENDING, template.category)
    assert found.parameter_format == (template.parameter_format or ParamFormat.POSITIONAL)
    assert [repr(part) for part in found.components] == [repr(part) for part in template.components]


def test_an_authentication_template_is_approved_at_once(wa: WhatsApp) -> None:
    """Its texts are the platform's own, so there is nothing to review."""
    created = wa.create_template(LOGIN)

    assert created.status == TemplateStatus.APPROVED


def test_a_template_from_the_library_is_approved_at_once(wa: WhatsApp) -> None:
    """It is made with the address of its button, and says where its words are from."""
    created = wa.create_template(
        LibraryTemplate(
            name="my_delivery_update",
            library_template_name="delivery_update_1",
            category=TemplateCategory.UTILITY,
            language=US,
            library_template_body_inputs=BodyText.library_input(add_track_package_link=True),
            library_template_button_inputs=[
                URLButton.library_input(
                    base_url="https://example.com/{{1}}", url_suffix_example="https://example.com/7"
                )
            ],
        )
    )
    found = created.get()

    track = URLButton(text="Track order", url="https://example.com/{{1}}", example="https://example.com/7")
    assert created.status == TemplateStatus.APPROVED
    assert found.library_template_name == "delivery_update_1"
    assert repr(found.components[-1]) == repr(Buttons(buttons=[track]))


def test_the_review_reaches_the_status_handler(
    wa: WhatsApp, sandbox: Sandbox, receiver: ServedInbox, complaints: Callable[[], list[str]]
) -> None:
    """Approval by hand, approval by the clock, and a rejection with its reason."""
    seen: list[tuple[str, str, str | None]] = []

    @wa.on_template_status_update
    def note(_: WhatsApp, update: TemplateStatusUpdate) -> None:
        seen.append((update.template_name, update.new_status, update.reason))

    receiver.listener = lambda body: wa.webhook_update_handler(body)[1]
    by_hand, rejected = wa.create_template(POSITIONAL), wa.create_template(NAMED)
    sandbox.templates.review(by_hand.id, "approve")
    sandbox.templates.review(rejected.id, "reject", "PROMOTIONAL")
    sandbox.settle()
    sandbox.templates.review(rejected.id, "approve")
    wa.create_template(
        Template(
            name="thanks", language=US, category=TemplateCategory.UTILITY, components=[BodyText("Thanks!")]
        )
    )
    sandbox.clock.advance(timedelta(minutes=10))

    assert seen == [
        ("order_ready", TemplateStatus.APPROVED, TemplateRejectionReason.NONE),
        ("kept_for_you", TemplateStatus.REJECTED, TemplateRejectionReason.PROMOTIONAL),
        ("kept_for_you", TemplateStatus.APPROVED, TemplateRejectionReason.NONE),
        ("thanks", TemplateStatus.APPROVED, TemplateRejectionReason.NONE),
    ]
    assert by_hand.get().status == TemplateStatus.APPROVED
    assert complaints() == []


@OLD_CATEGORY
def test_the_list_is_filtered_and_counted(wa: WhatsApp) -> None:
    """Filters choose what is listed; the summary counts it."""
    everything = wa.get_templates()
    paused = wa.get_templates(statuses=[TemplateStatus.PAUSED])
    named = wa.get_templates(name="order_shipped")
    about = wa.get_templates(name_or_content="loyalty card")
    marketing = wa.get_templates(
        categories=[TemplateCategory.MARKETING], statuses=[TemplateStatus.APPROVED], languages=[US]
    )

    assert [template.name for template in paused] == ["weekly_news"]
    assert [template.name for template in named] == ["order_shipped"]
    assert [template.name for template in about] == ["loyalty_points"]
    assert sorted(template.name for template in marketing) == ["hello_world", "spring_sale"]
    assert everything.message_template_count == len(everything) == 8
    assert everything.message_template_limit == 250
    assert (paused.total_count, everything.total_count) == (1, 8)
    assert everything.are_translations_complete is True


@OLD_CATEGORY
def test_every_listed_part_is_one_that_pywa_knows(wa: WhatsApp, complaints: Callable[[], list[str]]) -> None:
    """Each part is parsed into its class: also the button of a login code, which is listed as a URL."""
    listed = {template.name: template.components for template in wa.get_templates()}

    copy = URLButton(
        text="Copy code",
        url="https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp{{1}}",
        example="https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp123456",
    )
    assert repr(listed["login_code"][-1]) == repr(Buttons(buttons=[copy]))
    assert complaints() == []


@OLD_CATEGORY
def test_the_list_is_read_page_by_page(wa: WhatsApp) -> None:
    """Cursors lead through all of it, each template once."""
    whole = [template.name for template in wa.get_templates()]

    found: list[str] = []
    page = wa.get_templates(pagination=Pagination(limit=3))
    while True:
        found += [template.name for template in page]
        if not page.has_next:
            break
        page = wa.get_templates(pagination=Pagination(limit=3, after=page.after))

    assert found == whole
    assert page.has_previous


def test_an_edit_is_reviewed_again(wa: WhatsApp, sandbox: Sandbox) -> None:
    """The new parts replace the old ones, and the template waits for its review."""
    created = wa.create_template(POSITIONAL)
    sandbox.templates.review(created.id, "approve")

    updated = wa.update_template(created.id, new_components=[BodyText("Your order is ready.")])

    found = created.get()
    assert (updated.success, updated.id, updated.name) == (True, created.id, "order_ready")
    assert found.status == TemplateStatus.PENDING
    assert [repr(part) for part in found.components] == ["BodyText(text='Your order is ready.')"]


def test_a_deleted_template_is_gone(wa: WhatsApp) -> None:
    """By name, or one translation by its id; afterwards its id is no object any more."""
    created = wa.create_template(POSITIONAL)

    deleted = wa.delete_template("order_ready", template_id=created.id)

    assert deleted.success
    assert len(wa.get_templates(name="order_ready")) == 0
    with pytest.raises(errors.WhatsAppError) as caught:
        created.get()
    assert (caught.value.code, caught.value.subcode) == (100, 33)
    with pytest.raises(errors.WhatsAppError) as caught:
        wa.delete_template("order_ready")
    assert (caught.value.code, caught.value.subcode) == (100, 2593002)


def test_a_template_that_exists_is_not_created_twice(wa: WhatsApp) -> None:
    """The refusal has the editor's subcode and its sentences for people."""
    wa.create_template(POSITIONAL)

    with pytest.raises(errors.WhatsAppError) as caught:
        wa.create_template(POSITIONAL)

    assert (caught.value.code, caught.value.subcode) == (100, 2388024)
    assert caught.value.user_title == "Content in This Language Already Exists"
