"""What templates cost, however many an account has."""

from __future__ import annotations

from datetime import timedelta
from time import process_time

from kit.figures import measured
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN, WABA_ID
from kit.measurements import interleaved, ratio_of, show
from kit.times import MORNING

from emulator import Emulator, Sandbox, create_app
from emulator.domain.accounts.portfolios import VERIFIED
from emulator.domain.templates.template import Draft

FEW, MANY = 1_000, 5_900
"""How many templates; an account may have 6,000, and the seed has some."""


def submitted(emulator: Emulator, count: int) -> Sandbox:
    """A sandbox whose business has submitted so many templates, each with words of its own."""
    sandbox = emulator.create(at=MORNING, speed=None)
    sandbox.change_settings(limits={"template_creations": "off"})
    sandbox.accounts.change_portfolio(verification=VERIFIED)
    for i in range(count):
        body = {"type": "BODY", "text": f"Your order {i} was sent today and will arrive soon."}
        sandbox.templates.submit(WABA_ID, Draft(f"order_{i}", "en_US", "UTILITY", (body,)))
    return sandbox


def test_a_review_costs_the_same_among_many() -> None:
    """It looks for those that say the same, and at no others."""
    cost: dict[str, float] = {}
    for count in (FEW, MANY):
        with Emulator() as emulator:
            sandbox = submitted(emulator, count)
            begun = process_time()
            happened = sandbox.clock.advance(timedelta(days=1))
            cost[f"a review, of {count:,}"] = (process_time() - begun) / count
            assert happened.events >= count

    show("templates reviewed in one advance", cost, f"{ratio_of(cost):.2f} × (target: 1.5 ×)")
    measured("template reviews", next(iter(cost.values())) * FEW)
    measured("template reviews, flat", ratio_of(cost))
    assert ratio_of(cost) <= 3


def test_a_page_of_templates_costs_the_same_among_many() -> None:
    """What is not on it is not read."""
    cost: dict[str, float] = {}
    for count in (FEW, MANY):
        with Emulator() as emulator:
            submitted(emulator, count)
            graph = Graph(create_app(emulator).test_client(), ACCESS_TOKEN, "v23.0")
            path = f"{WABA_ID}/message_templates?limit=25"
            assert len((graph("GET", path).json or {})["data"]) == 25
            name = f"a page, of {count:,}"
            cost |= interleaved({name: lambda graph=graph, path=path: graph("GET", path)}, times=5)  # type: ignore[misc]

    show("a page of 25 templates", cost, f"{ratio_of(cost):.2f} × (target: 2 ×)")
    measured("template page", next(iter(cost.values())) * 1e3)
    assert ratio_of(cost) <= 5
