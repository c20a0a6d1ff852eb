"""The life of a template: submitted, reviewed, edited, paused, deleted; each change told by webhook."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.graph import graph_of
from kit.identities import ORDER_SHIPPED, PABLO, SHEENA, WABA_ID
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import notes, send, statuses
from kit.submissions import CODE, MINUTES, body, delete, edit, found, names, refused, submit
from kit.times import DAY, START, after

from emulator import Emulator, PlatformError, Sandbox
from emulator.domain.messages.outbound import TemplateUse
from emulator.sandbox.templates.service import CannotDecide
from emulator.wire.requests.templates import TemplateEdit

# the review


def test_a_template_is_reviewed_after_a_while(sandbox: Sandbox, inbox: Inbox) -> None:
    """Pending until then, approved at exactly that instant."""
    template = submit(sandbox)
    sandbox.settle()
    before = found(sandbox, template.id).status

    sandbox.clock.advance(timedelta(hours=1))

    assert (before, inbox.times) == ("PENDING", [(300.0, "thank_you APPROVED")])
    approved = found(sandbox, template.id)
    assert (approved.status, approved.created_at, approved.last_updated_at) == ("APPROVED", START, after(300))


def test_the_length_of_a_review_is_a_setting(sandbox: Sandbox, inbox: Inbox) -> None:
    """For the reviews that begin from then on."""
    sandbox.change_settings(review_after=timedelta(hours=24))
    submit(sandbox)

    sandbox.clock.advance(2 * DAY)

    assert inbox.times == [(86400.0, "thank_you APPROVED")]


def test_an_authentication_template_is_approved_at_once(sandbox: Sandbox, inbox: Inbox) -> None:
    """It has nothing to review."""
    template = submit(sandbox, category="AUTHENTICATION", components=CODE)

    sandbox.settle()

    assert (template.status, inbox.times) == ("APPROVED", [(0.0, "thank_you APPROVED")])


def test_a_pending_template_cannot_be_sent_and_an_approved_one_can(sandbox: Sandbox) -> None:
    """The review makes the difference."""
    submit(sandbox)
    use = TemplateUse("thank_you", "en_US")
    with pytest.raises(PlatformError, match="132001"):
        send(sandbox, use)

    sandbox.clock.advance(MINUTES)
    send(sandbox, use)
    sandbox.settle()

    assert statuses(sandbox) == ["read"]


def test_a_repetition_is_rejected(sandbox: Sandbox, inbox: Inbox) -> None:
    """The same body under another name; the webhook says why and what to do."""
    submit(sandbox)
    sandbox.clock.advance(MINUTES)
    submit(sandbox, "thanks_again")

    sandbox.clock.advance(MINUTES)

    assert inbox.times == [(300.0, "thank_you APPROVED"), (600.0, "thanks_again REJECTED")]
    told = inbox.values[1]
    assert told["reason"] == "INVALID_FORMAT"
    assert told["rejection_info"]["reason"].startswith("Your template has the same body and footer")


def test_of_two_that_are_the_same_the_later_is_the_repetition(sandbox: Sandbox, inbox: Inbox) -> None:
    """Also when both are under review: the first one repeats nothing."""
    submit(sandbox)
    submit(sandbox, "thanks_again")

    sandbox.clock.advance(MINUTES)

    assert inbox.events == ["thank_you APPROVED", "thanks_again REJECTED"]


def test_a_name_exists_once_in_a_language(sandbox: Sandbox) -> None:
    """In another language it may."""
    submit(sandbox)

    refusal = refused(submit, sandbox)
    translation = submit(sandbox, language="de", components=body("Danke für Ihren Besuch und bis bald!"))

    assert refusal[0] == 2388024
    assert translation.status == "PENDING"


def test_a_translation_has_the_category_of_its_template(sandbox: Sandbox) -> None:
    """One name, one category."""
    submit(sandbox)

    subcode, sentence = refused(submit, sandbox, "thank_you", "de", "MARKETING", body("Danke und bis bald!"))

    assert (subcode, sentence) == (
        None,
        "The category MARKETING doesn't match the one that's already associated with this template, UTILITY.",
    )


def test_an_old_category_is_taken_with_a_warning(sandbox: Sandbox) -> None:
    """It counts as UTILITY, and remembers what it was asked for."""
    template = submit(sandbox, category="SHIPPING_UPDATE")

    assert (template.category, template.previous_category) == ("UTILITY", "SHIPPING_UPDATE")
    assert notes(sandbox, "warning") == [
        "The platform refuses the category SHIPPING_UPDATE since 2023-05-01; taken as UTILITY here."
    ]


@pytest.mark.parametrize(
    ("policy", "refused_category", "taken"),
    [("current", "SHIPPING_UPDATE", "UTILITY"), ("legacy", "UTILITY", "SHIPPING_UPDATE")],
)
def test_the_categories_are_a_setting(
    sandbox: Sandbox, policy: str, refused_category: str, taken: str
) -> None:
    """As the platform has it today, or as it had it once."""
    sandbox.change_settings(template_categories=policy)

    _, sentence = refused(submit, sandbox, "thank_you", "en_US", refused_category)
    template = submit(sandbox, category=taken)

    assert sentence.endswith(f'- got "{refused_category}".')
    assert template.category == taken


def test_a_refused_template_leaves_nothing(sandbox: Sandbox) -> None:
    """No template, no review, no id used up."""
    before = names(sandbox)

    refused(submit, sandbox, "Thank You")

    assert (names(sandbox), sandbox.clock.next_due()) == (before, None)


def test_a_waba_has_at_most_250_templates(sandbox: Sandbox) -> None:
    """Each language counts."""
    for number in range(250 - len(names(sandbox))):
        submit(sandbox, f"thanks_{number}")

    assert refused(submit, sandbox)[0] == 2388019


# decisions


def test_somebody_may_decide_before_the_review(sandbox: Sandbox, inbox: Inbox) -> None:
    """The review is then over, and nothing is told twice."""
    template = submit(sandbox)

    sandbox.templates.review(template.id, "reject", "promotional")
    sandbox.clock.advance(timedelta(hours=1))

    assert inbox.times == [(0.0, "thank_you REJECTED")]
    assert inbox.values[0]["reason"] == "PROMOTIONAL"
    assert found(sandbox, template.id).rejected_reason == "PROMOTIONAL"


def test_a_rejected_template_may_be_approved_after_all(sandbox: Sandbox, inbox: Inbox) -> None:
    """As after an appeal."""
    template = submit(sandbox)
    sandbox.templates.review(template.id, "reject")

    sandbox.templates.review(template.id, "approve")
    sandbox.settle()

    assert inbox.events == ["thank_you REJECTED", "thank_you APPROVED"]
    assert found(sandbox, template.id).rejected_reason == "NONE"


def test_a_paused_template_rests_until_it_is_unpaused(sandbox: Sandbox, inbox: Inbox) -> None:
    """While paused it cannot be sent."""
    sandbox.templates.review(ORDER_SHIPPED, "pause")
    with pytest.raises(PlatformError, match="132015"):
        send(sandbox, order_shipped())

    sandbox.templates.review(ORDER_SHIPPED, "unpause")
    send(sandbox, order_shipped())
    sandbox.settle()

    assert inbox.events[:2] == ["order_shipped PAUSED", "order_shipped APPROVED"]
    assert [value.get("other_info", {}).get("title") for value in inbox.values[:2]] == [
        "FIRST_PAUSE",
        "UNPAUSE",
    ]
    assert statuses(sandbox) == ["read"]


def test_a_pause_lasts_three_hours_then_six_and_a_third_one_disables(sandbox: Sandbox) -> None:
    """Each ends by itself, to the microsecond."""
    seen = []
    for hours in (3, 6):
        sandbox.templates.review(ORDER_SHIPPED, "pause")
        sandbox.clock.advance(timedelta(hours=hours, microseconds=-1))
        seen.append(str(found(sandbox, ORDER_SHIPPED).status))
        sandbox.clock.advance(timedelta(microseconds=1))
        seen.append(str(found(sandbox, ORDER_SHIPPED).status))

    sandbox.templates.review(ORDER_SHIPPED, "pause")
    seen.append(str(found(sandbox, ORDER_SHIPPED).status))

    assert seen == ["PAUSED", "APPROVED", "PAUSED", "APPROVED", "DISABLED"]


def test_a_disabled_template_is_gone_for_good(sandbox: Sandbox, inbox: Inbox) -> None:
    """It can be neither sent nor told anything; the webhook has the date."""
    sandbox.templates.review(ORDER_SHIPPED, "disable")
    sandbox.settle()

    with pytest.raises(PlatformError, match="132016"):
        send(sandbox, order_shipped())
    with pytest.raises(CannotDecide, match="order_shipped is DISABLED and cannot be told 'unpause'"):
        sandbox.templates.review(ORDER_SHIPPED, "unpause")
    assert inbox.values[0]["disable_info"] == {"disable_date": int(START.timestamp())}


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ("unpause", "order_shipped is APPROVED and cannot be told 'unpause'"),
        ("approve", "order_shipped is APPROVED and cannot be told 'approve'"),
        ("applaud", "one of approve, reject, appeal, pause, unpause, .*; got 'applaud'"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(
    sandbox: Sandbox, inbox: Inbox, decision: str, why: str
) -> None:
    """And tells nobody anything."""
    with pytest.raises(CannotDecide, match=why):
        sandbox.templates.review(ORDER_SHIPPED, decision)

    sandbox.settle()
    assert (inbox.events, found(sandbox, ORDER_SHIPPED).status) == ([], "APPROVED")


def test_there_must_be_a_template_to_decide_over(sandbox: Sandbox) -> None:
    """With the id in the refusal."""
    with pytest.raises(LookupError, match="there is no template 42"):
        sandbox.templates.review("42", "approve")


# edits


def test_an_edited_template_is_reviewed_again(sandbox: Sandbox, inbox: Inbox) -> None:
    """It has the new words, and cannot be sent until then."""
    edited = edit(sandbox, ORDER_SHIPPED, "Your order is on its way to you.")
    with pytest.raises(PlatformError, match="132001"):
        send(sandbox, TemplateUse("order_shipped", "en_US"))

    sandbox.clock.advance(MINUTES)

    assert edited.status == "PENDING"
    assert inbox.times == [(300.0, "order_shipped APPROVED")]
    send(sandbox, TemplateUse("order_shipped", "en_US"), PABLO)
    assert sandbox.messages.all()[-1].text == "Your order is on its way to you."


def test_an_approved_template_is_edited_once_a_day(sandbox: Sandbox) -> None:
    """In a rolling day, to the microsecond."""
    edit(sandbox, ORDER_SHIPPED, "Your order is on its way to you.")
    sandbox.clock.advance(DAY - timedelta(microseconds=1))

    refusal = refused(edit, sandbox, ORDER_SHIPPED, "Your order is almost there.")
    sandbox.clock.advance(timedelta(microseconds=1))
    edited = edit(sandbox, ORDER_SHIPPED, "Your order is almost there.")

    assert refusal == (
        2388039,
        "An approved message template can only be edited once within 24 hours. Try again later.",
    )
    assert edited.status == "PENDING"


def test_an_approved_template_is_edited_ten_times_a_month(sandbox: Sandbox) -> None:
    """In rolling thirty days."""
    for day in range(10):
        edit(sandbox, ORDER_SHIPPED, f"Your order is on its way, this is word {day} of us.")
        sandbox.clock.advance(DAY)

    refusal = refused(edit, sandbox, ORDER_SHIPPED, "One more word about your order.")
    sandbox.clock.travel_to(START + 30 * DAY)
    edited = edit(sandbox, ORDER_SHIPPED, "One more word about your order.")

    assert "only be edited 10 times within 30 days" in refusal[1]
    assert edited.status == "PENDING"


def test_a_template_that_is_not_approved_is_edited_as_often_as_one_likes(sandbox: Sandbox) -> None:
    """A rejected one needs several attempts."""
    template = submit(sandbox)
    for number in range(12):
        sandbox.templates.review(template.id, "reject")
        edit(sandbox, template.id, f"Thank you so much for visit number {number} to our shop.")

    assert found(sandbox, template.id).edits == ()


def test_a_template_under_review_cannot_be_edited(sandbox: Sandbox) -> None:
    """The documented refusal."""
    template = submit(sandbox)

    assert refused(edit, sandbox, template.id, "Thank you very much for coming!")[0] == 2388039


def test_a_refused_edit_changes_nothing(sandbox: Sandbox) -> None:
    """Neither the words nor the count of edits."""
    before = found(sandbox, ORDER_SHIPPED)

    refused(edit, sandbox, ORDER_SHIPPED, "{{1}}")

    assert found(sandbox, ORDER_SHIPPED) == before


# deletion


def test_deleting_by_name_takes_every_language(sandbox: Sandbox) -> None:
    """And leaves the others."""
    before = names(sandbox)
    submit(sandbox)
    submit(sandbox, language="de", components=body("Danke für Ihren Besuch und bis bald!"))

    delete(sandbox, "thank_you")

    assert names(sandbox) == before


def test_deleting_by_id_takes_one(sandbox: Sandbox) -> None:
    """The name alone would take both."""
    english = submit(sandbox)
    german = submit(sandbox, language="de", components=body("Danke für Ihren Besuch und bis bald!"))

    delete(sandbox, "thank_you", english.id)

    assert found(sandbox, german.id).language == "de"
    assert names(sandbox).count("thank_you") == 1


def test_several_are_deleted_by_their_ids_or_none(emulator: Emulator, sandbox: Sandbox) -> None:
    """One that is not there keeps all of them."""
    api, template = graph_of(emulator), submit(sandbox)

    answers = [
        api("DELETE", f"{WABA_ID}/message_templates", query_string={"hsm_ids": f'["{ids}"]'})
        for ids in (f'{template.id}","42', f'{template.id}","{ORDER_SHIPPED}')
    ]

    assert [answer.status_code for answer in answers] == [400, 200]
    assert {"thank_you", "order_shipped"}.isdisjoint(names(sandbox))


def test_the_name_of_an_approved_template_is_locked_for_thirty_days(sandbox: Sandbox) -> None:
    """To the second, in its language."""
    delete(sandbox, "order_shipped")
    sandbox.clock.advance(30 * DAY - timedelta(seconds=1))

    refusal = refused(submit, sandbox, "order_shipped")
    german = submit(sandbox, "order_shipped", "de", components=body("Danke für Ihren Besuch und bis bald!"))
    sandbox.clock.advance(timedelta(seconds=1))
    english = submit(sandbox, "order_shipped")

    assert refusal[0] == 2388023
    assert "Try again in less than 1 minute" in refusal[1]
    assert (german.status, english.status) == ("PENDING", "PENDING")


@pytest.mark.parametrize("name", ["loyalty_points", "free_gift"], ids=["pending", "rejected"])
def test_the_name_of_another_template_is_free_at_once(sandbox: Sandbox, name: str) -> None:
    """It was never in use."""
    delete(sandbox, name)

    assert submit(sandbox, name).status == "PENDING"


def test_a_template_deleted_under_review_is_not_reviewed(sandbox: Sandbox, inbox: Inbox) -> None:
    """That it is gone is all that is told."""
    submit(sandbox)
    delete(sandbox, "thank_you")

    sandbox.clock.advance(timedelta(hours=1))

    assert (inbox.events, sandbox.clock.next_due()) == (["thank_you DELETED"], None)


def test_what_cannot_be_deleted(sandbox: Sandbox) -> None:
    """Nothing of that name, a sample, and one that is disabled."""
    sandbox.templates.review(ORDER_SHIPPED, "disable")

    subcodes = [refused(delete, sandbox, name)[0] for name in ("gone", "hello_world", "order_shipped")]

    assert subcodes == [2593002, 2388094, None]
    assert {"hello_world", "order_shipped"} <= set(names(sandbox))


def test_a_template_of_the_past_is_still_read_by_people(sandbox: Sandbox) -> None:
    """Deleting it takes no button away from who has the message."""
    inbox = listen(sandbox)
    send(sandbox, order_shipped())
    sandbox.settle()
    delete(sandbox, "order_shipped")

    sandbox.people.tap(SHEENA, "Where is it?")
    sandbox.settle()

    assert inbox.events[-1] == "button Where is it?"


def test_an_edit_that_names_nothing_is_refused(sandbox: Sandbox) -> None:
    """It would use up the edit of the day and send the template to review for nothing."""
    with sandbox.services.command() as store:
        template = store.templates.find(WABA_ID, "order_shipped", "en_US")
    assert template is not None

    with (
        pytest.raises(PlatformError, match="The parameter components is required"),
        sandbox.services.command(),
    ):
        sandbox.services.templates.edit(template, TemplateEdit())

    assert found(sandbox, template.id) == template


def test_an_edit_to_a_legacy_category_is_warned_of(sandbox: Sandbox) -> None:
    """As a new template's is; an approved template keeps what it was before."""
    with sandbox.services.command() as store:
        hello = store.templates.find(WABA_ID, "free_gift", "en_US")
        shipped = store.templates.find(WABA_ID, "order_shipped", "en_US")
    assert hello is not None
    assert shipped is not None

    with sandbox.services.command():
        rejected = sandbox.services.templates.edit(hello, TemplateEdit(category="ALERT_UPDATE"))
        kept = sandbox.services.templates.edit(shipped, TemplateEdit(category="PAYMENT_UPDATE"))

    assert (rejected.template.category, rejected.template.previous_category) == ("UTILITY", "ALERT_UPDATE")
    assert (kept.template.category, kept.template.previous_category) == ("UTILITY", None)
    assert [bool(each.warning) for each in (rejected, kept)] == [True, True]


def test_a_reason_that_is_none_is_refused(sandbox: Sandbox) -> None:
    """The platform has eight of them."""
    with sandbox.services.command() as store:
        pending = store.templates.find(WABA_ID, "loyalty_points", "en_US")
    assert pending is not None

    with pytest.raises(ValueError, match="a reason is one of ABUSIVE_CONTENT"):
        sandbox.templates.review(pending.id, "reject", "FOO")
