"""How templates are reviewed is a policy of the sandbox; and a rejection can be appealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.identities import WABA_ID
from kit.receivers import Inbox, hear_everything
from kit.submissions import CODE, MINUTES, body, edit, found, status, submit
from kit.times import DAY, MICROSECOND, START, after

from emulator import Emulator, Sandbox
from emulator.domain.templates.template import Draft
from emulator.sandbox.templates.service import CannotDecide

PROMOTION = body("Thank you for your order {{1}}. Use code SPRING for 20% off your next one!")
PROMOTION[0]["example"] = {"body_text": [["860198"]]}


# policies


def test_by_hand_a_template_waits_for_somebody(sandbox: Sandbox, everything: Inbox) -> None:
    """However long that takes; what needs no review is approved at once all the same."""
    sandbox.change_settings(review="by_hand")
    waiting = submit(sandbox)
    code = submit(sandbox, "login", category="AUTHENTICATION", components=CODE)

    sandbox.clock.advance(100 * DAY)
    assert (status(sandbox, waiting.id), code.status, sandbox.clock.next_due()) == (
        "PENDING",
        "APPROVED",
        None,
    )
    sandbox.templates.review(waiting.id, "approve")
    sandbox.settle()

    assert everything.events == ["login APPROVED", "thank_you APPROVED"]


def test_by_hand_an_edit_waits_for_somebody_too(sandbox: Sandbox) -> None:
    """Until then it cannot be sent."""
    sandbox.change_settings(review="by_hand")
    template = submit(sandbox)
    sandbox.templates.review(template.id, "approve")
    edit(sandbox, template.id, "Thank you very much for your visit to our shop.")

    sandbox.clock.advance(DAY)

    assert status(sandbox, template.id) == "PENDING"


def test_utility_that_reads_as_marketing_is_approved_as_marketing(
    sandbox: Sandbox, everything: Inbox
) -> None:
    """The answer to its creation tells the category it was given."""
    sandbox.change_settings(review="content")

    created = submit(sandbox, components=PROMOTION)
    sandbox.clock.advance(MINUTES)

    assert (created.status, created.category) == ("PENDING", "MARKETING")
    assert (everything.events, everything.values[0]["message_template_category"]) == (
        ["thank_you APPROVED"],
        "MARKETING",
    )


def test_what_it_says_does_not_matter_unless_content_is_read(sandbox: Sandbox) -> None:
    """By default only the form is judged."""
    created = submit(sandbox, components=PROMOTION)

    sandbox.clock.advance(MINUTES)

    assert (created.category, status(sandbox, created.id)) == ("UTILITY", "APPROVED")


def submit_in_2025(emulator: Emulator, day: int, *, allow: bool = False) -> tuple[str, str, list[str]]:
    """Status, category and webhooks of a template created under the rules of a day in April 2025."""
    at = datetime(2025, 4, day, 12, tzinfo=UTC)
    sandbox: Sandbox = emulator.create(f"on-{day}-{allow}".lower(), at=at, speed=None)
    sandbox.change_settings(review="content")
    inbox = hear_everything(sandbox)
    with sandbox.services.command():
        draft = Draft("thank_you", "en_US", "UTILITY", PROMOTION, allow_category_change=allow)
        waba_id = sandbox.services.store.accounts.wabas()[0].id
        created = sandbox.services.templates.submit(waba_id, draft).template
    sandbox.settle()
    return str(created.status), created.category, [f"{value['reason']}" for value in inbox.values]


@pytest.mark.parametrize(
    ("day", "allow", "expected"),
    [
        (8, False, ("REJECTED", "UTILITY", ["INCORRECT_CATEGORY"])),
        (8, True, ("PENDING", "MARKETING", [])),
        (9, False, ("PENDING", "MARKETING", [])),
        (10, False, ("PENDING", "MARKETING", [])),
    ],
)
def test_before_april_2025_it_was_rejected_unless_the_change_was_allowed(
    emulator: Emulator, day: int, allow: bool, expected: tuple[Any, ...]
) -> None:
    """At once, in the answer to its creation."""
    assert submit_in_2025(emulator, day, allow=allow) == expected


def test_a_hidden_code_is_rejected(sandbox: Sandbox, everything: Inbox) -> None:
    """Only authentication templates may carry one; a reason other than the format has no sentence."""
    sandbox.change_settings(review="content")
    text = body("Hello, {{1}} is your verification code for the shop.")
    text[0]["example"] = {"body_text": [["123456"]]}
    template = submit(sandbox, components=text)

    sandbox.clock.advance(MINUTES)

    assert everything.events == ["thank_you REJECTED"]
    assert found(sandbox, template.id).rejected_reason == "INCORRECT_CATEGORY"
    assert "rejection_info" not in everything.values[0]


def test_a_rejection_for_the_format_says_why(sandbox: Sandbox, everything: Inbox) -> None:
    """By hand, too; for another reason nothing is said."""
    first, second = submit(sandbox), submit(sandbox, "see_you", components=body("See you soon in our shop!"))

    sandbox.templates.review(first.id, "reject")
    sandbox.templates.review(second.id, "reject", "SCAM")
    sandbox.settle()

    assert [(value["reason"], "rejection_info" in value) for value in everything.values] == [
        ("INVALID_FORMAT", True),
        ("SCAM", False),
    ]


def test_an_edit_that_promotes_becomes_marketing(sandbox: Sandbox, everything: Inbox) -> None:
    """The edit is told at once, its category when the review is done."""
    sandbox.change_settings(review="content")
    template = submit(sandbox)
    sandbox.clock.advance(MINUTES)

    edit(sandbox, template.id, "Thank you for your visit. Everything is on sale today!")
    sandbox.clock.advance(MINUTES)

    assert everything.times == [
        (300.0, "thank_you APPROVED"),
        (300.0, "thank_you says Thank you for your visit. Everything is on sale today!"),
        (600.0, "thank_you APPROVED"),
        (600.0, "thank_you is MARKETING"),
    ]
    assert everything.values[-1]["previous_category"] == "UTILITY"


def test_the_same_content_is_always_judged_the_same(emulator: Emulator) -> None:
    """Nothing is left to chance."""
    assert submit_in_2025(emulator, 20) == submit_in_2025(emulator, 21)


# appeals


def test_a_rejected_template_is_appealed_and_granted(sandbox: Sandbox, everything: Inbox) -> None:
    """A day later the rules are asked once more, and have nothing against it."""
    template = submit(sandbox)
    sandbox.templates.review(template.id, "reject", "PROMOTIONAL")

    sandbox.templates.review(template.id, "appeal")
    sandbox.clock.advance(DAY - MICROSECOND)
    before = status(sandbox, template.id)
    sandbox.clock.advance(MICROSECOND)

    assert (before, status(sandbox, template.id)) == ("IN_APPEAL", "APPROVED")
    assert everything.times == [
        (0.0, "thank_you REJECTED"),
        (0.0, "thank_you IN_APPEAL"),
        (86400.0, "thank_you APPROVED"),
    ]


def test_an_appeal_of_what_is_wrong_is_in_vain(sandbox: Sandbox, everything: Inbox) -> None:
    """A repetition stays one."""
    submit(sandbox)
    repetition = submit(sandbox, "thanks_again")
    sandbox.clock.advance(MINUTES)

    sandbox.templates.review(repetition.id, "appeal")
    sandbox.clock.advance(DAY)

    assert everything.events[-2:] == ["thanks_again IN_APPEAL", "thanks_again REJECTED"]
    assert everything.values[-1]["rejection_info"]["reason"].startswith("Your template has the same body")


@pytest.mark.parametrize(("decision", "becomes"), [("approve", "APPROVED"), ("reject", "REJECTED")])
def test_somebody_may_decide_an_appeal(sandbox: Sandbox, decision: str, becomes: str) -> None:
    """Under ``by_hand`` nobody else does; a rejection that stands keeps its reason."""
    sandbox.change_settings(review="by_hand")
    template = submit(sandbox)
    sandbox.templates.review(template.id, "reject", "SCAM")
    sandbox.templates.review(template.id, "appeal")
    sandbox.clock.advance(10 * DAY)
    waiting = status(sandbox, template.id)

    decided = sandbox.templates.review(template.id, decision)

    assert (waiting, decided.status) == ("IN_APPEAL", becomes)
    assert decided.rejected_reason == ("NONE" if decision == "approve" else "SCAM")


def test_the_length_of_an_appeal_is_a_setting(sandbox: Sandbox, everything: Inbox) -> None:
    """It may be heard at once."""
    sandbox.change_settings(appeal_after=timedelta(0))
    template = submit(sandbox)
    sandbox.templates.review(template.id, "reject", "SCAM")

    sandbox.templates.review(template.id, "appeal")
    sandbox.settle()

    assert everything.events == ["thank_you REJECTED", "thank_you IN_APPEAL", "thank_you APPROVED"]


def test_an_appeal_is_too_late_after_sixty_days(sandbox: Sandbox) -> None:
    """To the microsecond, with the last moment in the refusal."""
    template = submit(sandbox)
    sandbox.templates.review(template.id, "reject", "SCAM")
    sandbox.clock.travel_to(START + 60 * DAY)

    with pytest.raises(CannotDecide, match="thank_you could be appealed until 2026-12-04 09:00 UTC"):
        sandbox.templates.review(template.id, "appeal")


def test_a_marketing_template_is_appealed_and_can_be_sent_meanwhile(
    sandbox: Sandbox, everything: Inbox
) -> None:
    """Its category is looked at again; the text asks for nothing else than utility."""
    template = submit(sandbox, category="MARKETING")
    sandbox.clock.advance(MINUTES)

    appealed = sandbox.templates.review(template.id, "appeal")
    sandbox.clock.advance(DAY)

    assert (appealed.status, appealed.is_sendable) == ("APPROVED", True)
    assert everything.events == ["thank_you APPROVED", "thank_you is UTILITY"]
    assert found(sandbox, template.id).previous_category == "MARKETING"


def test_marketing_stays_marketing(sandbox: Sandbox, everything: Inbox) -> None:
    """An appeal in vain tells nothing."""
    template = submit(sandbox, category="MARKETING", components=PROMOTION)
    sandbox.clock.advance(MINUTES)

    sandbox.templates.review(template.id, "appeal")
    sandbox.clock.advance(DAY)

    assert (everything.events, found(sandbox, template.id).category) == (["thank_you APPROVED"], "MARKETING")
    assert found(sandbox, template.id).history.appealed_at is None


def test_what_cannot_be_appealed_is_refused(sandbox: Sandbox) -> None:
    """A template that nobody has anything against."""
    template = submit(sandbox)

    with pytest.raises(CannotDecide, match="thank_you is PENDING and UTILITY: there is nothing to appeal"):
        sandbox.templates.review(template.id, "appeal")
    assert found(sandbox, template.id) == template


def test_an_edit_ends_an_appeal(sandbox: Sandbox, everything: Inbox) -> None:
    """What was appealed is no longer there."""
    template = submit(sandbox, category="MARKETING")
    sandbox.clock.advance(MINUTES)
    sandbox.templates.review(template.id, "appeal")

    edit(sandbox, template.id, "We thank you for your visit and say goodbye!")
    sandbox.clock.advance(2 * DAY)

    assert everything.events[-1] == "thank_you APPROVED"
    assert found(sandbox, template.id).last_updated_at == after(600)


def test_templates_of_other_accounts_do_not_matter(sandbox: Sandbox) -> None:
    """The account of a template is the one it was submitted for."""
    assert submit(sandbox).waba_id == WABA_ID
