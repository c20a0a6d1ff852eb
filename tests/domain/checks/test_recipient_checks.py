"""Who a message goes to, and what may go there: each rule on its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.facts import LUCKY_NUMBER, LUCKY_SHRUB, SHEENA_NELSON, SendFacts, send_facts
from kit.identities import PABLO
from kit.times import DAY, MICROSECOND, MORNING

from emulator.domain.accounts.restrictions import COUNTRIES, restriction
from emulator.domain.content.kinds import KINDS
from emulator.domain.errors import PlatformError
from emulator.domain.messages.groups import Group
from emulator.domain.messages.outbound import FreeForm, TemplateUse, text
from emulator.domain.rules import AT_ONCE, LATER, check
from emulator.domain.templates.template import Status, Template
from emulator.domain.windows import Window

OPEN = Window(LUCKY_NUMBER.id, SHEENA_NELSON.wa_id, MORNING)
TEXT = send_facts(
    at=MORNING,
    number=LUCKY_NUMBER,
    wa_id=SHEENA_NELSON.wa_id,
    content=text("Hello"),
    person=SHEENA_NELSON,
    window=OPEN,
)
CODES = Template("1", LUCKY_NUMBER.waba_id, "codes", "en_US", "AUTHENTICATION", Status.APPROVED, (), MORNING)
CODE = TEXT.but(content=TemplateUse("codes", "en_US"), template=CODES)
PLANTS = Group("group", LUCKY_NUMBER.id, "120363000000000000", "Plants", (SHEENA_NELSON.wa_id, PABLO))


def refused(tried: SendFacts) -> tuple[int, str] | None:
    """The code and the rule that a message is refused with, at once or later; ``None`` when it is sent."""
    try:
        check(tried, AT_ONCE)
        check(tried, LATER)
    except PlatformError as refusal:
        return refusal.code, refusal.rule
    return None


def free_form(kind: str, value: Any) -> FreeForm:
    return FreeForm(KINDS[kind], value)


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (PLANTS, None),
        (replace(PLANTS, phone_number_id="another"), 131041),
        (replace(PLANTS, suspended=True), 131207),
        (replace(PLANTS, participants=()), 131020),
    ],
    ids=["a group", "of another number", "suspended", "empty"],
)
def test_a_group_of_the_number_s_own_can_be_written_in(group: Group, code: int | None) -> None:
    """While it is not suspended and somebody is in it."""
    found = refused(TEXT.but(group=group))

    assert found == (None if code is None else (code, "group_can_be_written_in"))


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (CODE.but(group=PLANTS), 131051),
        (CODE.but(group=PLANTS, template=replace(CODES, category="UTILITY")), None),
        (TEXT.but(content=free_form("pin", {"type": "pin", "message_id": "wamid.1"})), 131051),
        (
            TEXT.but(content=free_form("pin", {"type": "pin", "message_id": "wamid.1"}), group=PLANTS),
            None,
        ),
    ],
    ids=["a code in a group", "a template in a group", "a pin for a person", "a pin in a group"],
)
def test_groups_get_no_codes_and_people_no_pins(tried: SendFacts, code: int | None) -> None:
    """Both are 131051."""
    assert refused(tried) == (None if code is None else (code, "content_fits_the_recipient"))


@pytest.mark.parametrize(
    ("tried", "where"),
    [
        (CODE.but(group=PLANTS), "in a group"),
        (TEXT.but(content=free_form("pin", {"type": "pin", "message_id": "wamid.1"})), "to a person"),
    ],
)
def test_the_hint_says_where_a_kind_of_message_cannot_be_sent(tried: SendFacts, where: str) -> None:
    """In a group, or to a person."""
    with pytest.raises(PlatformError) as refusal:
        check(tried, AT_ONCE)

    assert refusal.value.hint == f"This kind of message cannot be sent {where}."


@pytest.mark.parametrize(
    ("known", "expected", "code"),
    [
        (None, None, None),
        ("a", None, None),
        (None, "a", None),
        ("a", "a", None),
        ("b", "a", 137000),
    ],
)
def test_only_another_identity_than_the_expected_one_is_refused(
    known: str | None, expected: str | None, code: int | None
) -> None:
    """Who expects none, or writes to somebody without one, is not asked."""
    person = replace(SHEENA_NELSON, identity_key_hash=known)

    found = refused(TEXT.but(person=person, identity_key_hash=expected))

    assert found == (None if code is None else (code, "recipient_is_still_the_same"))


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (CODE.but(by_user_id=True), 131062),
        (CODE, None),
        (CODE.but(by_user_id=True, template=replace(CODES, category="UTILITY")), None),
        (TEXT.but(by_user_id=True), None),
    ],
    ids=["a code by user id", "a code by number", "a template by user id", "a text by user id"],
)
def test_a_code_goes_to_a_phone_number(tried: SendFacts, code: int | None) -> None:
    """A business-scoped user id does for everything else."""
    assert refused(tried) == (None if code is None else (code, "code_goes_to_a_number"))


@pytest.mark.parametrize(("left", "code"), [(None, None), (1, None), (0, 131064)])
def test_capped_utility_messages_are_sent_down_to_the_last(left: int | None, code: int | None) -> None:
    """An account that is not capped has no number of them left."""
    found = refused(TEXT.but(utility_left=left))

    assert found == (None if code is None else (code, "utility_is_not_capped"))


@pytest.mark.parametrize(
    ("asked", "code"),
    [((), None), ((MORNING - DAY,), None), ((MORNING - DAY + MICROSECOND,), 138009)],
)
def test_permission_to_call_is_asked_for_once_in_24_hours(asked: tuple[Any, ...], code: int | None) -> None:
    """Other interactive messages do not ask."""
    asks = {"type": "call_permission_request", "action": {"name": "call_permission_request"}}
    other = {"type": "location_request_message", "body": {"text": "Where?"}, "action": {}}

    found = refused(TEXT.but(content=free_form("interactive", asks), asked_to_call=asked))

    assert found == (None if code is None else (code, "call_may_be_asked_for"))
    assert refused(TEXT.but(content=free_form("interactive", other), asked_to_call=asked)) is None


@pytest.mark.parametrize(
    ("person", "hint"),
    [
        (None, "belongs to nobody in this sandbox"),
        (replace(SHEENA_NELSON, on_whatsapp=False), "is not on WhatsApp"),
    ],
)
def test_the_hint_tells_nobody_from_somebody_without_whatsapp(person: Any, hint: str) -> None:
    """The platform's own words are the same for both."""
    with pytest.raises(PlatformError) as refusal:
        check(TEXT.but(person=person), LATER)

    assert refusal.value.code == 131026
    assert hint in (refusal.value.hint or "")


def test_a_closed_country_does_not_close_groups() -> None:
    """Who is in a group is not looked at."""
    closed = LUCKY_SHRUB.changed(restrictions=(restriction(COUNTRIES, countries=["US"]),))

    assert refused(TEXT.but(waba=closed)) == (130497, "country_may_be_written_to")
    assert refused(TEXT.but(waba=closed, group=PLANTS)) is None
