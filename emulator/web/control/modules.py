"""The modules that have control routes: all but that of the server are imported when a call needs them."""

from __future__ import annotations

from importlib import import_module

from emulator.web.control import server
from emulator.web.control.routes.table import ROUTES, ControlRoute

MODULES = (
    "accounts.business_app",
    "accounts.numbers",
    "accounts.restrictions",
    "accounts.wabas",
    "clock",
    "journal",
    "events",
    "messages.calls_and_edits",
    "messages.groups",
    "messages.messages",
    "expectations",
    "faults",
    "limits",
    "media",
    "people.answers",
    "people.blocks_and_reports",
    "people.people",
    "people.chats",
    "people.echoes",
    "pricing",
    "server",
    "sandboxes",
    "scenarios",
    "templates",
    "webhooks",
)
"""Every module of this package that has routes, in the order in which the document has them."""


def servers_own_routes() -> list[ControlRoute]:
    """List the routes of the server itself, which are there at once; no other answers without a token."""
    return [each for each in ROUTES if each.handler.__module__ == server.__name__]


def every_route() -> list[ControlRoute]:
    """List all routes of the control API, in the order of :data:`MODULES`, which are imported for it."""
    names = [f"{__package__}.{module}" for module in MODULES]
    for name in names:
        import_module(name)
    return sorted(ROUTES, key=lambda each: names.index(each.handler.__module__))
