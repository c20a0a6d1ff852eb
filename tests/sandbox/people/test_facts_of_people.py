"""What may be said of a person, when they join and later."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import SHEENA

from emulator import Sandbox

IMPOSSIBLE = [
    ({"opted_in": "yes"}, "opted_in is true or false; got 'yes'"),
    ({"locale": None}, "locale is a text; got None"),
    ({"identity_key_hash": 5}, "identity_key_hash is a text; got 5"),
    ({"user_id": "US.1"}, "of a person .*locale.* may be set, not 'user_id'"),
    ({"colour": "red"}, "of a person .*locale.* may be set, not 'colour'"),
    ({"habits": {"reads": 1}}, "the habit reads is true or false; got 1"),
]


@pytest.mark.parametrize(("facts", "why"), IMPOSSIBLE, ids=lambda given: str(given)[:30])
def test_nobody_joins_with_a_fact_that_cannot_be(sandbox: Sandbox, facts: dict[str, Any], why: str) -> None:
    before = sandbox.people.all()

    with pytest.raises(ValueError, match=why):
        sandbox.people.add("Vera", "+1 212 555 0123", **facts)

    assert sandbox.people.all() == before


@pytest.mark.parametrize(
    ("facts", "why"),
    [*IMPOSSIBLE, ({"wa_id": "12125550123"}, "of a person name, locale.* may be set, not 'wa_id'")],
    ids=lambda given: str(given)[:30],
)
def test_nobody_changes_to_what_cannot_be(sandbox: Sandbox, facts: dict[str, Any], why: str) -> None:
    """Nor do they get another number."""
    before = sandbox.people.all()

    with pytest.raises(ValueError, match=why):
        sandbox.people.change(SHEENA, **facts)

    assert sandbox.people.all() == before


def test_every_fact_that_may_be_set_is_kept(sandbox: Sandbox) -> None:
    """Those that are said when somebody joins as well as those that are said later."""
    facts = {"locale": "pt_BR", "opted_in": False, "on_whatsapp": False, "identity_key_hash": "a hash"}

    joined = sandbox.people.add("Vera", "+1 212 555 0123", **facts)
    changed = sandbox.people.change(SHEENA, name="Sheena N.", **facts)

    for person in (joined, changed):
        assert {name: getattr(sandbox.people.get(person.wa_id), name) for name in facts} == facts
    assert changed.name == "Sheena N."
