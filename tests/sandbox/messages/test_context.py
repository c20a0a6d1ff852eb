"""The facts that rules of a send ask for: who provides them, and what they cost."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.messages import order_shipped
from kit.sandboxes import send

from emulator import Sandbox
from emulator.domain import rules
from emulator.domain.errors import MessageError
from emulator.domain.rules import Rule
from emulator.sandbox.messages.acceptance_context import AcceptanceContext
from emulator.sandbox.messages.context import SendContext, looked_up
from emulator.sandbox.messages.delivery_context import DeliveryContext

AT_ONCE = (*rules.AT_ONCE, rules.WINDOW, *rules.MESSAGING_LIMIT)
LATER = (*rules.LATER, rules.PAYMENT)


def provided(context: type[SendContext], name: str) -> Any:
    """The type of a fact as a context provides it."""
    for parent in context.__mro__:
        member = vars(parent).get(name)
        if isinstance(member, looked_up):
            return get_type_hints(member._look_up)["return"]
        if isinstance(member, property):
            return get_type_hints(member.fget)["return"]
    return get_type_hints(context)[name]


@pytest.mark.parametrize(
    ("context", "rule"),
    [*((AcceptanceContext, rule) for rule in AT_ONCE), *((DeliveryContext, rule) for rule in LATER)],
    ids=lambda each: each.name if isinstance(each, Rule) else each.__name__,
)
def test_every_fact_that_a_rule_asks_for_is_provided(context: type[SendContext], rule: Rule) -> None:
    """In each phase that has the rule, by the same name and of the same type."""
    asked = {name: kind for name, kind in get_type_hints(rule.judge).items() if name != "return"}

    assert tuple(asked) == rule.needs
    assert {name: provided(context, name) for name in rule.needs} == asked


def statements(sandbox: Sandbox, **message: Any) -> list[str]:
    """What is asked of the database while a message is accepted, or refused."""
    found: list[str] = []
    connection = sandbox.services.store.database.connection
    connection.set_trace_callback(found.append)
    try:
        send(sandbox, **message)
    except MessageError:
        pass
    finally:
        connection.set_trace_callback(None)
    return found


def test_a_fact_is_looked_up_once(sandbox: Sandbox) -> None:
    """Five rules ask for the template, two for the window."""
    asked = statements(sandbox, content=order_shipped())

    assert sum("FROM templates" in each for each in asked) == 1
    assert sum("FROM windows" in each for each in asked) == 1


def test_a_fact_that_no_rule_comes_to_is_not_looked_up(sandbox: Sandbox) -> None:
    """What is refused by the first rule costs neither a window nor a template."""
    sandbox.accounts.change_number(PRODUCTION, status="DISCONNECTED")

    asked = statements(sandbox, content=order_shipped())

    assert not any("FROM templates" in each or "FROM windows" in each for each in asked)


def test_a_message_pays_for_no_fact_that_it_has_no_use_for(sandbox: Sandbox) -> None:
    """A text asks for no template, and for nobody's requests to call."""
    sandbox.people.say(SHEENA, "Hello")

    asked = statements(sandbox, content="Hello")

    assert not any("FROM templates" in each or "SELECT at FROM messages" in each for each in asked)
