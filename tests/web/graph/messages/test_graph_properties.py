"""What holds of every body there is: made from the shapes, broken in one place, or anything at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.bodies import strategies
from kit.bodies.mistakes import Broken, broken_messages
from kit.bodies.strategies import from_shape, messages, rules_of
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.sandboxes import rows_of
from kit.times import MORNING

from emulator import Emulator
from emulator.domain.content.interactive import INTERACTIVE, TYPES
from emulator.domain.content.kinds import KINDS
from emulator.domain.shapes import check_limits
from emulator.sandbox.sandbox import Sandbox
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter

MESSAGES = f"/v24.0/{PRODUCTION}/messages"
REFUSED = {"message", "type", "code", "fbtrace_id"}
OWN_TRACE = ("journal", "counters")
"""What a refused call leaves behind: an entry in the journal, and the ids that were drawn for the answer."""

steady = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
"""The same examples in every run, on every machine."""


@pytest.fixture(scope="module")
def universe(emulator: Emulator) -> Iterator[Sandbox]:
    """One sandbox for all examples; each begins with a reset."""
    for left in emulator.all():
        emulator.remove(left.name)
    made = emulator.create(at=MORNING, speed=None, at_once=True)
    yield made
    emulator.remove(made.name)


@pytest.fixture(scope="module")
def beginning(universe: Sandbox) -> dict[str, list[Any]]:
    """The state that each example begins with."""
    begin(universe)
    return state(universe)


def begin(universe: Sandbox) -> None:
    """Return to the seed, and make the group that pins go to."""
    universe.reset()
    assert universe.groups.make("Plants", SHEENA).id == strategies.GROUP


@pytest.fixture
def post(universe: Sandbox, client: Any) -> Any:
    """Posts a body as JSON or as a form to a sandbox in which nothing has happened."""

    def call(body: Any, *, form: bool = False) -> Any:
        begin(universe)
        data = (
            {"data": {key: _field(value) for key, value in body.items()}}
            if form
            else {"data": json.dumps(body), "content_type": "application/json"}
        )
        return client.post(MESSAGES, headers={"Authorization": f"Bearer {ACCESS_TOKEN}"}, **data)

    return call


@cache
def interactive(name: str) -> strategies.Strategy:
    """Values of one type of interactive message."""
    return from_shape(TYPES[name])


def _field(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def state(sandbox: Sandbox) -> dict[str, list[Any]]:
    """Everything that a refusal must not touch."""
    return rows_of(sandbox, without=OWN_TRACE)


def answered(answer: Any) -> tuple[int, Any]:
    """An answer without the ids that differ every time."""
    body = answer.json
    if "error" in body:
        return answer.status_code, {**body["error"], "fbtrace_id": "…"}
    return answer.status_code, {**body, "messages": [{**one, "id": "…"} for one in body["messages"]]}


@pytest.mark.parametrize("kind", KINDS)
@steady
@given(data=st.data())
def test_a_body_made_from_the_shapes_is_accepted(post: Any, universe: Sandbox, kind: str, data: Any) -> None:
    """Whatever the table of a kind allows is answered with 200, and one message is there."""
    answer = post(strategies.envelope(kind, data.draw(strategies.content(kind))))

    assert answer.status_code == 200, answer.json
    assert [message.type for message in universe.messages.all()] == [kind]


def test_every_rule_between_members_can_be_kept() -> None:
    """The bodies made here know each rule of the tables, and no other."""
    assert {name for kind in KINDS.values() for name in rules_of(kind.shape)} == set(strategies.REPAIRS)


@settings(steady, max_examples=250)
@given(broken=broken_messages())
def test_one_mistake_is_told_with_its_place_and_changes_nothing(
    post: Any, universe: Sandbox, beginning: Any, broken: Broken
) -> None:
    """A member dropped, one too many, a wrong type, a limit passed: the complaint is about just that."""
    answer = post(broken.body)

    error = answer.json["error"]
    complaint = error["error_data"]["details"] if error["code"] == 131009 else error["message"]
    assert (answer.status_code, complaint) == (400, broken.complaint)
    assert state(universe) == beginning


@settings(steady, max_examples=250)
@given(body=strategies.bodies())
def test_no_body_gets_another_answer_than_the_platform_s(
    post: Any, universe: Sandbox, beginning: Any, body: Any
) -> None:
    """A refusal in Graph's envelope that leaves nothing behind, or a documented 200."""
    answer = post(body)

    known = json.loads(answer.data, parse_constant=lambda constant: pytest.fail(f"{constant} is not JSON"))
    if answer.status_code == 200:
        assert set(known) == {"messaging_product", "contacts", "messages"}
        assert len(known["messages"]) == len(universe.messages.all()) == 1
    else:
        assert 400 <= answer.status_code < 500, known
        assert set(known["error"]) - {"error_data", "error_subcode"} == REFUSED
        assert known["error"]["fbtrace_id"] == answer.headers["X-Fb-Request-Id"]
        assert state(universe) == beginning


@settings(steady, max_examples=50)
@given(body=messages())
def test_a_good_form_is_answered_like_its_json(post: Any, body: Any) -> None:
    """Objects and arrays as JSON strings in the fields."""
    assert answered(post(body, form=True)) == answered(post(body))


@settings(steady, max_examples=50)
@given(broken=broken_messages())
def test_a_bad_form_is_answered_like_its_json(post: Any, broken: Broken) -> None:
    """With the same complaint."""
    assert answered(post(broken.body, form=True)) == answered(post(broken.body))


@pytest.mark.parametrize("name", TYPES)
@settings(steady, max_examples=20)
@given(data=st.data())
def test_every_interactive_type_is_read_to_a_canonical_form(name: str, data: Any) -> None:
    """What was read is read as itself, and breaks no limit."""
    shape = INTERACTIVE.shape
    value = data.draw(interactive(name))

    once = shape_reader.read(shape, Parameter(value, ("interactive",)))

    assert shape_reader.read(shape, Parameter(once, ("interactive",))) == once
    assert once["type"] == name
    check_limits(shape, once)
