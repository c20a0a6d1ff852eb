"""Which control route a call reaches."""

from __future__ import annotations

import pytest

from emulator.web.control.modules import every_route
from emulator.web.control.routes.routing import Routing
from emulator.web.control.routes.table import ControlRoute


def route(method: str, path: str) -> ControlRoute:
    return ControlRoute(method, path, lambda: None, path, {}, {})


ROUTING = Routing(
    [
        route("GET", "/things"),
        route("GET", "/things/{t}"),
        route("GET", "/things/{t}/parts/{p}"),
        route("GET", "/things/all/{what}/{p}"),
        route("GET", "/things/newest"),
        route("POST", "/things/{t}"),
    ]
)


@pytest.mark.parametrize(
    ("method", "path", "reached", "named"),
    [
        ("GET", "/things", "/things", {}),
        ("GET", "/things/7", "/things/{t}", {"t": "7"}),
        ("GET", "/things/a b\n", "/things/{t}", {"t": "a b\n"}),
        ("GET", "/things/newest", "/things/newest", {}),
        ("POST", "/things/newest", "/things/{t}", {"t": "newest"}),
        ("GET", "/things/7/parts/8", "/things/{t}/parts/{p}", {"t": "7", "p": "8"}),
        ("GET", "/things/all/parts/8", "/things/all/{what}/{p}", {"what": "parts", "p": "8"}),
    ],
)
def test_the_most_definite_route(method: str, path: str, reached: str, named: dict[str, str]) -> None:
    """With what its parameters stand for."""
    found = ROUTING.find(method, path)

    assert found is not None
    assert (found[0].path, found[1]) == (reached, named)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/other"),
        ("GET", "/things/"),
        ("GET", "//things"),
        ("GET", "/things/7/"),
        ("GET", "/things//parts/8"),
        ("GET", "/things/{t}/{p}"),
        ("DELETE", "/things"),
    ],
)
def test_nothing_else(method: str, path: str) -> None:
    """No other method, no empty segment, no slash more or less."""
    assert ROUTING.find(method, path) is None


def test_every_route_is_reached() -> None:
    """None stands behind another one."""
    routing = Routing(every_route())

    for each in every_route():
        found = routing.find(each.method, each.path.replace("{", "<").replace("}", ">"))
        assert found is not None
        assert found[0] is each
