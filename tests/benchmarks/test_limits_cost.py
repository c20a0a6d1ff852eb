"""What limits cost: as little with a hundred thousand people reached as with a thousand."""

from __future__ import annotations

import pytest
from kit.measurements import FEW, MANY, fairly, fill, interleaved, ratio_of, show
from kit.messages import order_shipped
from kit.sandboxes import send as send_only
from kit.times import MORNING

from emulator import Emulator, Sandbox

pytestmark = pytest.mark.benchmark

SHIPPED = order_shipped()


def made(emulator: Emulator, name: str, many: int) -> Sandbox:
    """A sandbox in which every limit holds, with a past of so many messages and people reached today."""
    sandbox = emulator.create(name, at=MORNING, speed=None, at_once=True)
    fill(sandbox, many)
    sandbox.limits.set(throughput=10**6, pair_rate=10**6, messaging=10**8)
    instant = int(MORNING.timestamp() * 1_000_000)
    portfolio = sandbox.accounts.portfolio().id
    with sandbox.services.command() as store:
        count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        for reached in (f"reached.day:{portfolio}", f"reached.week:{portfolio}"):
            people = f"{count} INSERT INTO sliding_windows SELECT ?, 'person ' || i, ? FROM n"
            store.database.execute(people, (many, reached, instant))
            store.database.execute("INSERT INTO sliding_window_sizes VALUES (?, ?)", (reached, many))
        pairs = f"{count} INSERT INTO rate_limits SELECT 'pair:' || i, ? FROM n"
        store.database.execute(pairs, (many, instant))
    return sandbox


def send(sandbox: Sandbox) -> None:
    """Send a template outside a window, and carry out its whole life."""
    send_only(sandbox, SHIPPED)
    sandbox.settle()


def test_cost_does_not_grow_with_the_people_reached(emulator: Emulator) -> None:
    """However many messages are stored, people were reached, and pairs have talked."""
    few, many = made(emulator, "few", FEW), made(emulator, "many", MANY)

    acts = {f"with {FEW:,} people reached": lambda: send(few), f"with {MANY:,}": lambda: send(many)}
    cost = fairly(lambda: interleaved(acts, 20), 1.5)

    show("send a template, every limit on", cost, f"{ratio_of(cost):.2f} × (target: 1.5 ×)")
    assert ratio_of(cost) <= 1.5


def test_limits_cost_little_beside_the_message(emulator: Emulator) -> None:
    """Both rates and the count of people add a small part to a send."""
    free, limited = made(emulator, "free", FEW), made(emulator, "limited", FEW)
    free.limits.set(throughput="off", pair_rate="off", messaging="off")

    acts = {"every limit off": lambda: send(free), "every limit on": lambda: send(limited)}
    cost = fairly(lambda: interleaved(acts, 20), 1.25)

    show("send a template", cost, f"{ratio_of(cost):.2f} × (target: 1.25 ×)")
    assert ratio_of(cost) <= 1.5
