"""Throughput and pair rate of a sandbox: when they hold, and that both cost one statement each way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.messages import order_shipped
from kit.sandboxes import crowd, limit, refusal_code, send
from kit.times import MICROSECOND as TICK
from kit.times import START
from kit.values import present

from emulator import Emulator, Sandbox


def test_a_burst_in_one_frozen_instant_is_nobody_s_hurry(sandbox: Sandbox) -> None:
    """A test may send hundreds of messages to one person while its clock stands still."""
    assert [refusal_code(sandbox) for _ in range(200)] == [None] * 200


def test_a_running_clock_knows_what_a_burst_is(emulator: Emulator) -> None:
    """The 46th message to one person is refused, to another it is not."""
    running = emulator.create("running", at=START, speed=1e-6, at_once=True)

    assert [refusal_code(running) for _ in range(46)] == [None] * 45 + [131056]
    assert refusal_code(running, to=PABLO) is None


def test_always_holds_in_a_frozen_instant_too(sandbox: Sandbox) -> None:
    """The test asked for it."""
    sandbox.limits.set(pair_rate="always")

    assert [refusal_code(sandbox) for _ in range(46)] == [None] * 45 + [131056]


def test_the_pair_rate_frees_up_when_it_says(sandbox: Sandbox) -> None:
    """Refused at the instant before, taken at the instant itself, and then refused again."""
    sandbox.limits.set(pair_rate="always")
    for _ in range(45):
        send(sandbox, order_shipped())
    free = limit(sandbox, "pair_rate", SHEENA, PRODUCTION)

    assert (free.used, free.left, free.frees_up_at) == (45, 0, START + timedelta(seconds=6))
    sandbox.clock.travel_to(present(free.frees_up_at) - TICK)
    assert refusal_code(sandbox) == 131056
    sandbox.clock.travel_to(present(free.frees_up_at))
    assert [refusal_code(sandbox), refusal_code(sandbox)] == [None, 131056]


def test_throughput_is_shared_by_everybody_and_both_directions(sandbox: Sandbox) -> None:
    """Seventy-nine messages out and one in are a whole second's."""
    sandbox.limits.set(throughput="always")
    people = crowd(sandbox, 81)
    for wa_id in people[:79]:
        send(sandbox, order_shipped(), wa_id)
    sandbox.people.say(SHEENA, "Hello")

    assert refusal_code(sandbox, to=people[79]) == 130429
    sandbox.clock.advance(timedelta(milliseconds=12.5))
    assert [refusal_code(sandbox, to=people[79]), refusal_code(sandbox, to=people[80])] == [None, 130429]


@pytest.mark.parametrize(
    ("facts", "most"), [({"throughput": "HIGH"}, 1000), ({"on_business_app": True}, 20), ({}, 80)]
)
def test_the_level_of_the_number_says_how_much_there_is(
    sandbox: Sandbox, facts: dict[str, Any], most: int
) -> None:
    """A thousand a second after the upgrade, twenty with the Business app."""
    sandbox.accounts.change_number(PRODUCTION, **facts)

    assert limit(sandbox, "throughput", number=PRODUCTION).most == most


def test_a_number_as_policy_is_how_much_there_is(sandbox: Sandbox) -> None:
    """Three messages a second, two to one person, in a frozen instant too."""
    sandbox.limits.set(throughput=3, pair_rate=2)

    assert [refusal_code(sandbox) for _ in range(3)] == [None, None, 131056]
    assert [refusal_code(sandbox, to=PABLO) for _ in range(2)] == [None, 130429]


def test_off_never_holds(emulator: Emulator) -> None:
    """Not even while the clock runs."""
    running = emulator.create("running", at=START, speed=1e-6, at_once=True)
    running.limits.set(throughput="off", pair_rate="off")

    assert [refusal_code(running) for _ in range(100)] == [None] * 100


def test_a_refused_message_uses_nothing_up(sandbox: Sandbox) -> None:
    """Asking in vain does not make one wait longer."""
    sandbox.limits.set(pair_rate=1)
    send(sandbox, order_shipped())
    for _ in range(5):
        assert refusal_code(sandbox) == 131056

    sandbox.clock.advance(timedelta(seconds=6))

    assert refusal_code(sandbox) is None


def test_both_rates_cost_one_statement_each_way(sandbox: Sandbox) -> None:
    """One to read and one to write; none where neither holds."""
    statements: list[str] = []

    def count(policy: str) -> int:
        sandbox.limits.set(throughput=policy, pair_rate=policy)
        statements.clear()
        connection = sandbox.services.store.database.connection
        connection.set_trace_callback(statements.append)
        send(sandbox, order_shipped())
        connection.set_trace_callback(None)
        return sum("rate_limits" in statement for statement in statements)

    assert [count("always"), count("on"), count("off")] == [2, 0, 0]


def test_rates_are_kept_in_a_snapshot(sandbox: Sandbox) -> None:
    """Going on from a snapshot, the burst is still used up."""
    sandbox.limits.set(pair_rate=1)
    send(sandbox, order_shipped())
    kept = sandbox.snapshot()
    sandbox.clock.advance(timedelta(hours=1))

    sandbox.restore(kept)

    assert refusal_code(sandbox) == 131056
