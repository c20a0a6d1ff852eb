"""The checks a message passes: which there are, what each refuses, and who comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import SHEENA_NELSON as SHEENA
from kit.facts import SendFacts, send_facts
from kit.times import MORNING as NOW

from emulator.domain.errors import MessageError
from emulator.domain.messages.outbound import TemplateUse, text
from emulator.domain.rules import AT_ONCE, LATER, WINDOW, Rule, check
from emulator.domain.templates.template import AUTO_GENERATED, Status, Template
from emulator.domain.windows import Window

TEST_NUMBER = replace(NUMBER, kind="test")
OPEN = Window(NUMBER.id, SHEENA.wa_id, NOW)
CLOSED = Window(NUMBER.id, SHEENA.wa_id, NOW - timedelta(hours=24))
USE = TemplateUse("order_shipped", "en_US")
TEMPLATE = Template("1", NUMBER.waba_id, "order_shipped", "en_US", "UTILITY", Status.APPROVED, (), NOW)

TEXT = send_facts(
    at=NOW, number=NUMBER, wa_id=SHEENA.wa_id, content=text("Hello"), person=SHEENA, window=OPEN
)
"""A text that breaks no rule."""
SENT_TEMPLATE = TEXT.but(content=USE, template=TEMPLATE, window=None)
"""A template that breaks no rule."""


def with_template(status: Status, name: str = "order_shipped", **facts: object) -> SendFacts:
    template = replace(TEMPLATE, status=status, name=name)
    return SENT_TEMPLATE.but(template=template, content=TemplateUse(name, "en_US"), **facts)


def refusal(tried: SendFacts, rules: tuple[Rule, ...]) -> MessageError:
    with pytest.raises(MessageError) as refused:
        check(tried, rules)
    return refused.value


@pytest.mark.parametrize("good", [TEXT, SENT_TEMPLATE, with_template(Status.APPROVED, number=TEST_NUMBER)])
def test_what_breaks_no_rule_passes(good: SendFacts) -> None:
    """At once and later."""
    check(good, AT_ONCE)
    check(good, LATER)


def test_the_rules_stand_in_the_platform_s_order() -> None:
    """Account before recipient before template at once; reachability before the window later."""
    assert [rule.name for rule in AT_ONCE] == [
        "number_is_registered",
        "number_is_not_in_maintenance",
        "display_name_is_approved",
        "account_is_not_locked",
        "account_may_send",
        "recipient_is_somebody_else",
        "recipient_is_allowed",
        "group_can_be_written_in",
        "country_may_be_written_to",
        "throughput_is_left",
        "pair_rate_is_left",
        "recipient_is_still_the_same",
        "template_exists",
        "template_is_not_generated",
        "template_is_not_paused",
        "template_is_not_disabled",
        "marketing_goes_its_way",
        "sample_comes_from_a_test_number",
        "code_goes_to_a_number",
        "content_fits_the_recipient",
        "call_may_be_asked_for",
    ]
    assert [rule.name for rule in LATER] == [
        "recipient_is_on_whatsapp",
        "recipient_has_not_blocked",
        "recipient_is_not_blocked",
        "template_name_is_free",
        "utility_is_not_capped",
        "window_is_open",
        "files_can_be_shown",
        "marketing_is_wanted",
        "marketing_is_delivered_there",
        "marketing_is_not_too_much",
        "recipient_is_in_no_experiment",
        "reaction_has_a_target",
        "order_moves_on",
        "number_is_not_limited",
        "portfolio_may_reach_one_more",
    ]


def test_what_is_sent_directly_needs_no_window() -> None:
    """The same text without it does."""
    check(TEXT.but(window=None, direct=True), LATER)

    assert refusal(TEXT.but(window=None), LATER).code == 131047


def test_a_taken_name_is_found_before_the_window() -> None:
    """132021, for who is on WhatsApp; who is not is not asked."""
    taken = TEXT.but(window=None, direct=True, name_taken=True)

    assert (refusal(taken, LATER).code, refusal(taken, LATER).rule) == (132021, "template_name_is_free")
    assert refusal(taken.but(person=None), LATER).code == 131026


def test_what_direct_send_made_cannot_be_sent_as_a_template() -> None:
    """132018, whatever its status."""
    for status in (Status.APPROVED, Status.PAUSED):
        made = SENT_TEMPLATE.but(template=replace(TEMPLATE, status=status, source=AUTO_GENERATED))
        assert (refusal(made, AT_ONCE).code, refusal(made, AT_ONCE).rule) == (
            132018,
            "template_is_not_generated",
        )


def test_every_rule_names_the_page_it_comes_from() -> None:
    """A refusal can be read up."""
    for rule in (*AT_ONCE, *LATER):
        assert rule.source.startswith("https://developers.facebook.com/documentation/business-messaging/")


AT_ONCE_CASES = [
    (
        "number_is_registered",
        TEXT.but(number=replace(NUMBER, registered=False)),
        (133010, 400, "(#133010) Account not registered", None),
    ),
    (
        "recipient_is_somebody_else",
        TEXT.but(wa_id=NUMBER.digits),
        (131021, 400, "(#131021) Recipient cannot be sender", None),
    ),
    (
        "recipient_is_allowed",
        TEXT.but(number=TEST_NUMBER, allowed=False),
        (
            131030,
            400,
            "(#131030) Recipient phone number not in allowed list",
            "Recipient phone number not in allowed list: Add recipient phone number to recipient list and "
            "try again.",
        ),
    ),
    (
        "template_exists",
        SENT_TEMPLATE.but(template=None, content=TemplateUse("cg_quest_text", "en_US")),
        (
            132001,
            404,
            "(#132001) Template name does not exist in the translation",
            "template name (cg_quest_text) does not exist in en_US",
        ),
    ),
    (
        "template_is_not_paused",
        with_template(Status.PAUSED),
        (
            132015,
            400,
            "(#132015) Template is temporarily unavailable to use because it was paused due to low quality.",
            None,
        ),
    ),
    (
        "template_is_not_disabled",
        with_template(Status.DISABLED),
        (132016, 400, "(#132016) Template is Disabled", None),
    ),
    (
        "sample_comes_from_a_test_number",
        with_template(Status.APPROVED, "hello_world"),
        (
            131058,
            400,
            "(#131058) Hello World templates can only be sent from the Public Test Numbers",
            None,
        ),
    ),
]


@pytest.mark.parametrize(
    ("rule", "tried", "expected"), AT_ONCE_CASES, ids=[case[0] for case in AT_ONCE_CASES]
)
def test_each_rule_refuses_at_once_in_the_platform_s_words(
    rule: str, tried: SendFacts, expected: tuple[int, int, str, str | None]
) -> None:
    """Code, HTTP status, message and details."""
    refused = refusal(tried, AT_ONCE)

    assert (refused.code, refused.status, refused.message, refused.details) == expected
    assert refused.rule == rule
    assert refused.type == "OAuthException"
    assert refused.subcode is None


LATER_CASES = [
    (
        "recipient_is_on_whatsapp",
        TEXT.but(person=replace(SHEENA, on_whatsapp=False)),
        (131026, "Message undeliverable", "Message Undeliverable."),
    ),
    (
        "recipient_is_on_whatsapp",
        TEXT.but(person=None),
        (131026, "Message undeliverable", "Message Undeliverable."),
    ),
    *(
        (
            "window_is_open",
            TEXT.but(window=window),
            (
                131047,
                "Re-engagement message",
                "Message failed to send because more than 24 hours have passed since the customer last "
                "replied to this number.",
            ),
        )
        for window in (None, CLOSED)
    ),
]


@pytest.mark.parametrize(("rule", "tried", "expected"), LATER_CASES)
def test_each_rule_refuses_later_in_the_platform_s_words(
    rule: str, tried: SendFacts, expected: tuple[int, str, str]
) -> None:
    """Code, title and details, as a ``failed`` status prints them; at once nothing is wrong."""
    check(tried, AT_ONCE)

    refused = refusal(tried, LATER)

    assert (refused.code, refused.title, refused.details) == expected
    assert refused.rule == rule


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED])
def test_a_template_that_was_never_approved_does_not_exist(status: Status) -> None:
    """The platform does not tell why."""
    refused = refusal(with_template(status), AT_ONCE)

    assert (refused.code, refused.details) == (
        132001,
        "template name (order_shipped) does not exist in en_US",
    )


def test_account_goes_before_recipient_goes_before_template() -> None:
    """With everything wrong, the complaints come in that order as one after the other is put right."""
    worst = SENT_TEMPLATE.but(
        number=replace(TEST_NUMBER, registered=False),
        wa_id=NUMBER.digits,
        allowed=False,
        template=None,
    )
    registered = worst.but(number=TEST_NUMBER)
    somebody_else = registered.but(wa_id=SHEENA.wa_id)
    allowed = somebody_else.but(allowed=True)

    assert [refusal(tried, AT_ONCE).code for tried in (worst, registered, somebody_else, allowed)] == [
        133010,
        131021,
        131030,
        132001,
    ]


def test_who_is_not_on_whatsapp_fails_before_the_window_is_looked_at() -> None:
    """Of two reasons to fail, the phone comes first."""
    assert refusal(TEXT.but(person=None, window=None), LATER).code == 131026


def test_a_template_needs_no_window() -> None:
    """The rule is about everything else."""
    check(SENT_TEMPLATE.but(window=CLOSED), (WINDOW,))
    check(SENT_TEMPLATE.but(window=None), (WINDOW,))


@pytest.mark.parametrize(
    ("since", "passes"),
    [(timedelta(hours=24) - timedelta(microseconds=1), True), (timedelta(hours=24), False)],
)
def test_the_window_rule_has_the_window_s_boundary(since: timedelta, passes: bool) -> None:
    """To the microsecond."""
    tried = TEXT.but(window=Window(NUMBER.id, SHEENA.wa_id, NOW - since))

    if passes:
        check(tried, LATER)
    else:
        assert refusal(tried, LATER).code == 131047


def test_the_closed_window_says_when_the_person_last_wrote() -> None:
    """What the emulator explains beside the platform's words."""
    refused = refusal(TEXT.but(window=CLOSED), LATER)

    assert refused.facts == {"wa_id": SHEENA.wa_id, "last_inbound_at": "2026-11-01T09:00:00+00:00"}
    assert refused.hint == (
        "The window closed at 2026-11-02T09:00:00+00:00, 24 hours after their last message. Send an approved "
        "template, or wait for them to write."
    )


def test_the_window_that_never_was_says_so() -> None:
    """A person who never wrote opened none."""
    refused = refusal(TEXT.but(window=None), LATER)

    assert (refused.hint or "").startswith("They never wrote to this number, so no window was ever open.")


def test_hello_world_may_come_from_a_test_number() -> None:
    """That is what the sample is for."""
    check(with_template(Status.APPROVED, "hello_world", number=TEST_NUMBER), AT_ONCE)


def test_a_production_number_needs_no_allow_list() -> None:
    """The list is a test number's."""
    check(TEXT.but(allowed=False), AT_ONCE)
    check(TEXT.but(dialled="5491123456789"), AT_ONCE)


@pytest.mark.parametrize(
    ("wa_id", "dialled"), [("5491123456789", "541123456789"), ("5215512345678", "525512345678")]
)
def test_an_allow_list_knows_one_spelling(wa_id: str, dialled: str) -> None:
    """Who is on it is reached as they are dialled, not by their WhatsApp id."""
    tried = TEXT.but(number=TEST_NUMBER, wa_id=wa_id)

    check(tried.but(dialled=dialled), AT_ONCE)
    refused = refusal(tried.but(dialled=wa_id), AT_ONCE)
    assert (refused.code, refused.rule) == (131030, "recipient_is_allowed")
    assert dialled in (refused.hint or "")
