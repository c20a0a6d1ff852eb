"""Facts are declared once; keys, JSON, bodies and checks follow."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from kit.identities import SHEENA

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import (
    COUNTRIES,
    LOCKED,
    Restriction,
    restrictions_as_json,
    restrictions_from_json,
)
from emulator.domain.accounts.wabas import Waba
from emulator.domain.facts import types
from emulator.domain.facts.facts import changes, fact, facts_of, seed_keys, settable, shown
from emulator.domain.facts.types import FactKind, FactType
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.templates.template import Template

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


class Size(StrEnum):
    SMALL = "SMALL"
    LARGE = "LARGE"


@dataclass(frozen=True, slots=True)
class Plant:
    """A noun with a fact of each sort."""

    id: str = field(metadata=fact(types.digits(), seed=True, json="plant_id"))
    name: str = field(metadata=fact(types.text(), seed="called", json=True, changeable=True))
    size: Size = field(default=Size.SMALL, metadata=fact(types.one_of(Size), json=True, changeable=True))
    watered: bool = field(default=False, metadata=fact(types.flag(), seed=True))
    price: int = field(
        default=3, metadata=fact(types.whole(), json=True, door="shop", changeable=True, shown_as="cost")
    )
    pot: str = field(default="clay", metadata=fact(types.text(), json=True, door="shed", given=True))
    needs: Habits = field(
        default_factory=Habits, metadata=fact(types.json_value(Habits), seed=("light", "water"))
    )

    @property
    def cost(self) -> str:
        return f"{self.price} €"


FERN = Plant("1", "Fern", Size.LARGE, pot="tin")


@pytest.mark.parametrize("noun", [Person, Habits, BusinessNumber, Waba, Portfolio, App, Token, Template])
def test_every_field_of_a_noun_is_a_fact(noun: type) -> None:
    """So that none is forgotten where facts are written."""
    assert list(facts_of(noun)) == [each.name for each in fields(noun)]


HABITS = "sent_after delivered_after read_after reads blocks reports stops offline old_client answers"


@pytest.mark.parametrize(
    ("noun", "keys"),
    [
        (
            Person,
            "number name locale opted_in on_whatsapp identity_key_hash device username shows_number "
            f"{HABITS}",
        ),
        (
            BusinessNumber,
            "id waba number verified_name kind registered status name_status throughput on_business_app pin",
        ),
        (
            Waba,
            "id name namespace currency country timezone timezone_id account_review payment_method "
            "primary_business_location auth_international_rate_eligibility portfolio",
        ),
        (Portfolio, "id name verified tier"),
        (App, "id name secret api_version wabas"),
        (Token, "token app scopes expires_at"),
        (
            Template,
            "id waba name language category status components created_at parameter_format "
            "previous_category rejected_reason sample message_send_ttl_seconds",
        ),
    ],
)
def test_a_seed_may_say_these_facts_of_a_noun(noun: type, keys: str) -> None:
    """The pages about seeds list them."""
    assert " ".join(seed_keys(noun)) == keys


@pytest.mark.parametrize(
    ("noun", "members", "changeable"),
    [
        (
            Person,
            "wa_id name user_id locale opted_in on_whatsapp identity_key_hash device username shows_number "
            "habits",
            "name locale opted_in on_whatsapp identity_key_hash device username shows_number habits",
        ),
        (Habits, HABITS, HABITS),
        (
            BusinessNumber,
            "phone_number_id waba_id display_phone_number verified_name kind registered status name_status "
            "quality_rating throughput on_business_app",
            "status name_status quality_rating throughput on_business_app",
        ),
        (
            Waba,
            "waba_id name currency timezone review payment_method primary_business_location "
            "auth_international_rate_eligibility restrictions",
            "review payment_method primary_business_location auth_international_rate_eligibility",
        ),
        (Portfolio, "id name verification tier", "name verification tier"),
        (App, "", ""),
        (Token, "", ""),
        (Template, "", ""),
    ],
)
def test_the_control_api_shows_and_changes_these_facts(noun: type, members: str, changeable: str) -> None:
    """What somebody is known by is given when they are added, and stays."""
    assert " ".join(each.json for each in facts_of(noun).values() if each.json) == members
    assert " ".join(settable(noun)) == changeable
    assert " ".join(settable(noun, adding=True)) == ("wa_id " if noun is Person else "") + changeable


def test_a_noun_is_shown_by_its_facts() -> None:
    """By one door, or all of it; a fact may be shown as what it amounts to."""
    always = {"plant_id": "1", "name": "Fern", "size": "LARGE"}

    assert shown(FERN, "shop") == {**always, "price": "3 €"}
    assert shown(FERN, "shed") == {**always, "pot": "tin"}
    assert shown(FERN) == {**always, "price": "3 €", "pot": "tin"}


def test_what_is_none_is_shown_as_none() -> None:
    number = BusinessNumber("1", "2", "15550783881", "Lucky Shrub")

    assert shown(Person(SHEENA, "Sheena", "US.1"))["identity_key_hash"] is None
    assert shown(number)["name_status"] == "APPROVED"


def test_facts_that_may_be_set_are_those_of_a_door() -> None:
    """And those that may be said of something new, which need not be changeable."""
    assert list(settable(Plant, "shop")) == ["name", "size", "price"]
    assert list(settable(Plant, "shed")) == ["name", "size"]
    assert list(settable(Plant, "shed", adding=True)) == ["name", "size", "pot"]
    assert list(settable(Plant)) == ["name", "size", "price"]


def test_the_keys_of_a_seed_are_those_of_the_facts() -> None:
    """Members of a value may stand beside them, and what is no fact behind one that is."""
    assert seed_keys(Plant) == ("id", "called", "watered", "light", "water")
    assert seed_keys(Plant, called=("roots", "leaves")) == (
        "id",
        "called",
        "roots",
        "leaves",
        "watered",
        "light",
        "water",
    )


def test_changes_are_read_and_named_by_field() -> None:
    found = changes(Plant, {"size": "LARGE", "price": 4}, "plant")

    assert replace(FERN, **found) == replace(FERN, size=Size.LARGE, price=4)
    assert isinstance(found["size"], Size)


@pytest.mark.parametrize(
    ("values", "adding", "why"),
    [
        ({"colour": "red"}, False, "of a plant name, size, price may be set, not 'colour'"),
        ({"plant_id": "2"}, False, "of a plant name, size, price may be set, not 'plant_id'"),
        ({"pot": "tin"}, False, "may be set, not 'pot'"),
        ({"watered": True}, True, "of a plant name, size, price, pot may be set, not 'watered'"),
        ({"size": "HUGE"}, False, "size is one of SMALL, LARGE; got 'HUGE'"),
        ({"price": 1.5}, False, "price is a whole number; got 1.5"),
        ({"price": True}, False, "price is a whole number; got True"),
        ({"name": None}, False, "name is a text; got None"),
        ({"name": 5}, False, "name is a text; got 5"),
    ],
)
def test_changes_that_cannot_be_are_refused(values: dict[str, Any], adding: bool, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        changes(Plant, values, "plant", adding=adding)


READ = [
    (types.text(), "a", "a"),
    (types.text(null=True), None, None),
    (types.digits(), "0150", "0150"),
    (types.one_of(("a", "b")), "b", "b"),
    (types.flag(), False, False),
    (types.whole(), 0, 0),
    (types.share(), 0, 0.0),
    (types.share(), 1, 1.0),
    (types.duration(), 0, timedelta(0)),
    (types.duration(), 1.5, timedelta(seconds=1.5)),
    (types.duration(), 1e9 - 1, timedelta(seconds=1e9 - 1)),
    (types.duration(never="never"), None, None),
    (types.instant(), "2026-11-03T12:00:00", NOON),
    (types.instant(), "2026-11-03T14:00:00+02:00", NOON),
]


@pytest.mark.parametrize(("of", "written", "value"), READ)
def test_values_are_read_from_json(of: FactType, written: Any, value: Any) -> None:
    assert of.read("it", written) == value


@pytest.mark.parametrize(
    ("of", "written", "why"),
    [
        (types.digits(), "+1", "it is digits; got '\\+1'"),
        (types.digits(), 1, "it is digits; got 1"),
        (types.text(optional=True), None, "it is a text; got None"),
        (types.one_of(("a", "b"), optional=True), None, "it is one of a, b; got None"),
        (types.flag(), 1, "it is true or false; got 1"),
        (types.share(), 1.01, "it is a number from 0 to 1; got 1.01"),
        (types.share(), -0.01, "it is a number from 0 to 1; got -0.01"),
        (types.share(), True, "it is a number from 0 to 1; got True"),
        (types.duration(), -1, "it is a number of seconds, zero or more and below 10⁹; got -1"),
        (types.duration(), 1e9, "it is a number of seconds"),
        (types.duration(), None, "it is a number of seconds"),
        (types.instant(), "soon", "'soon' is no instant; write one like 2026-11-03T10:00:00Z"),
        (types.instant(), 5, "it is an instant such as"),
    ],
)
def test_values_that_are_none_of_their_type_are_refused(of: FactType, written: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        of.read("it", written)


def test_a_text_may_have_a_check_of_its_own() -> None:
    pin = facts_of(BusinessNumber)["pin"].type

    assert pin.read("pin", "150954") == "150954"
    for wrong in ("15", "15095", "1509544", "15095a", "١٥٠٩٥٤"):
        with pytest.raises(ValueError, match=f"a PIN has six digits, got '{wrong}'"):
            pin.read("pin", wrong)


def test_restrictions_survive_being_written_as_json() -> None:
    held = (
        Restriction("RESTRICTED_UTILITY_TEMPLATES", NOON, remediation="Wait."),
        Restriction(COUNTRIES, countries=("DE", "BR")),
        Restriction(LOCKED),
    )

    assert restrictions_from_json(restrictions_as_json(held)) == held
    assert restrictions_as_json(held)[0]["expires_at"] == "2026-11-03T12:00:00Z"


@pytest.mark.parametrize("noun", [Person, BusinessNumber, Waba, Portfolio, App, Token, Template])
def test_a_fact_may_be_missing_where_its_annotation_says_so(noun: type) -> None:
    """``None`` belongs to the values of an optional fact, and to those of no other."""
    hints = get_type_hints(noun)

    assert {name: each.type.optional for name, each in facts_of(noun).items()} == {
        name: type(None) in get_args(hints[name]) for name in facts_of(noun)
    }


@pytest.mark.parametrize("noun", [Person, BusinessNumber, Waba, Portfolio, App, Token, Template])
def test_a_fact_with_several_values_is_an_array_in_json(noun: type) -> None:
    """In Python it is a tuple; any other value with a JSON form of its own is an object."""
    hints = get_type_hints(noun)
    structured = {name: each for name, each in facts_of(noun).items() if each.type.kind is FactKind.JSON}

    assert {name: each.type.schema["type"] for name, each in structured.items()} == {
        name: "array" if get_origin(hints[name]) is tuple else "object" for name in structured
    }


def test_only_facts_with_mappings_inside_are_not_shared() -> None:
    """Two templates never have the same components or options in memory."""
    nouns = (Person, BusinessNumber, Waba, Portfolio, App, Token, Template)

    assert [each.field for noun in nouns for each in facts_of(noun).values() if not each.type.immutable] == [
        "components",
        "options",
    ]
