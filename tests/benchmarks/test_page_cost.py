"""What a page of each list of the control API costs, with a hundred thousand rows against a thousand."""

from __future__ import annotations

from functools import partial

import pytest
from kit.control import Control
from kit.figures import measured
from kit.filled import fill_tables
from kit.measurements import FEW, MANY, Act, interleaved, show
from kit.rich_sandbox import rich_sandbox

from emulator import Emulator, create_app

pytestmark = pytest.mark.benchmark

LISTS = {
    "people": "",
    "templates": "",
    "groups": "",
    "windows": "",
    "messages": "&after=",
    "deliveries": "&after=0",
    "journal": "",
    "deliveries?state=delivered": "&after=0",
}
"""Each list, and how its first page is asked for."""
FAR = {FEW: 500, MANY: 50_000}
"""After how many of a list its later page begins."""


def test_a_page_costs_the_same_among_many() -> None:
    """The first, and one from further on."""
    with Emulator() as few_of, Emulator() as many_of:
        acts: dict[str, dict[str, Act]] = {name: {} for name in LISTS}
        for emulator, rows in ((few_of, FEW), (many_of, MANY)):
            sandbox = rich_sandbox(emulator)
            with sandbox.services.command() as store:
                fill_tables(store.database.connection, rows, crowd=False)
            control = Control(create_app(emulator).test_client())
            for name, begin in LISTS.items():
                path = f"/{name}{'&' if '?' in name else '?'}limit=25"
                far = control.get(f"{path[:-2]}{FAR[rows]}{begin}").json["next"]
                assert control.get(f"{path}&after={far}").status_code == 200
                acts[name][f"{name}, the first of {rows:,}"] = partial(control.get, path + begin)
                acts[name][f"{name}, after {FAR[rows]:,}"] = partial(control.get, f"{path}&after={far}")
        costs = {name: interleaved(each, 1, rounds=7) for name, each in acts.items()}

    grown = {}
    for name, cost in costs.items():
        first_of_few, far_in_few, first_of_many, far_in_many = cost.values()
        grown[name] = max(first_of_many / first_of_few, far_in_many / far_in_few)
        show(name, cost, f"{grown[name]:.2f} × (target: 1.5 ×)")
    measured("page", max(grown.values()))
    assert {name: ratio for name, ratio in grown.items() if ratio > 2} == {}
