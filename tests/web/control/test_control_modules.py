"""The modules of the control API are imported when a call needs them, and all of them then."""

from __future__ import annotations

from pkgutil import walk_packages

from emulator.web import control
from emulator.web.control.modules import MODULES, every_route, servers_own_routes
from emulator.web.control.routes.table import ROUTES


def test_every_module_with_routes_has_a_row() -> None:
    """Or what it answers would not be found."""
    every = {each.name for each in walk_packages(control.__path__, f"{control.__name__}.") if not each.ispkg}
    for name in every:
        __import__(name)

    assert {each.handler.__module__ for each in ROUTES} == {f"{control.__name__}.{name}" for name in MODULES}
    assert sorted(map(id, every_route())) == sorted(map(id, ROUTES))


def test_the_server_answers_for_itself() -> None:
    """Its own routes go before all others, so none of those has a path like theirs; and no other is open."""
    own = servers_own_routes()

    assert [each.path for each in own] == ["/health", "/openapi.json"]
    assert [each for each in every_route() if not each.needs_token] == own
