"""Numbers, tokens and allow-lists: what they are when nobody says otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.facts import LUCKY_NUMBER
from kit.identities import ACCESS_TOKEN, APP_ID, APP_TOKEN, WABA_ID
from kit.times import MICROSECOND, MORNING

from emulator.domain.accounts.apps import SCOPES, App, Token
from emulator.domain.accounts.numbers import ALLOW_LIST_SIZE


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, "APPROVED"),
        ({"kind": "test"}, "AVAILABLE_WITHOUT_REVIEW"),
        ({"given_name_status": "DECLINED"}, "DECLINED"),
        ({"kind": "test", "given_name_status": "EXPIRED"}, "EXPIRED"),
    ],
)
def test_a_display_name_is_fine_until_it_is_reviewed(facts: dict[str, str], status: str) -> None:
    """That of a test number is never looked at."""
    assert LUCKY_NUMBER.changed(**facts).name_status == status


def test_a_number_is_on_the_cloud_api_alone() -> None:
    """And not on the Business app, too."""
    assert not LUCKY_NUMBER.on_business_app


@pytest.mark.parametrize(
    ("late", "in_maintenance"), [(-MICROSECOND, True), (timedelta(0), False), (MICROSECOND, False)]
)
def test_a_number_can_be_used_again_at_the_end_of_its_maintenance(
    late: timedelta, in_maintenance: bool
) -> None:
    """To the microsecond; without an end there is no maintenance."""
    assert LUCKY_NUMBER.changed(maintenance_until=MORNING).is_in_maintenance(MORNING + late) is in_maintenance
    assert not LUCKY_NUMBER.is_in_maintenance(MORNING)


@pytest.mark.parametrize(
    ("digits", "provided"), [("15550783881", True), ("15560783881", False), ("25550783881", False)]
)
def test_a_number_with_the_area_code_555_is_provided(digits: str, provided: bool) -> None:
    """By WhatsApp."""
    assert LUCKY_NUMBER.changed(digits=digits).is_provided is provided


def test_a_number_that_is_not_registered_is_shown_as_disconnected() -> None:
    """Whatever its status was."""
    assert LUCKY_NUMBER.changed(status="FLAGGED").state == "FLAGGED"
    assert LUCKY_NUMBER.changed(status="FLAGGED", registered=False).state == "DISCONNECTED"


def test_a_test_number_writes_to_five_people() -> None:
    """As the platform says."""
    assert ALLOW_LIST_SIZE == 5


@pytest.mark.parametrize(
    ("wabas", "expected"), [((), True), ((WABA_ID,), True), (("1", WABA_ID), True), (("1",), False)]
)
def test_an_app_has_access_to_the_accounts_that_it_names(wabas: tuple[str, ...], expected: bool) -> None:
    """One that names none has access to all of them."""
    assert App(APP_ID, "Lucky", "secret", waba_ids=wabas).has_access_to(WABA_ID) is expected


def test_a_token_allows_what_its_permissions_say() -> None:
    """All that there are, if nothing else is said."""
    assert all(Token(ACCESS_TOKEN, APP_ID).allows(scope) for scope in SCOPES)
    assert [Token(ACCESS_TOKEN, APP_ID, scopes=SCOPES[:1]).allows(scope) for scope in SCOPES[:2]] == [
        True,
        False,
    ]


def test_a_token_acts_for_a_user_unless_it_is_the_app_s() -> None:
    """The app's own is its id and its secret."""
    assert not Token(ACCESS_TOKEN, APP_ID).is_app_token
    assert Token(APP_TOKEN, APP_ID, kind="app").is_app_token
