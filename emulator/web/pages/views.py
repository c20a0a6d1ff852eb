"""The table of views of the page: what the navigation shows, in its order."""

from __future__ import annotations

from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A view of the page. A new one is a row in :data:`VIEWS` and a module in ``static/views``.

    The shell has a link for each row, with its key and its module; the browser loads the module when the
    view is opened for the first time. The module exports ``view``, an object with ``mount(root, ctx)``,
    which fills the element ``root`` and returns a function that takes it down again (or nothing).
    ``static/app.js`` makes the ``ctx``. Lists are paged or cut, since a sandbox may hold a million
    messages, and text that comes from a sandbox is put into the page by ``static/dom.js`` alone, which
    makes text of it and never markup.
    """

    name: str
    """Its place in the address, ``/_emulator/ui/{sandbox}/{name}``, and its module, ``views/{name}.js``."""
    title: str
    """What the navigation and the title of the window say."""
    key: str
    """The key that opens it after ``g``; the keyboard help lists it."""
    icon: str
    """Its drawing, a name in ``templates/icons.svg``."""
    what: str
    """What one does there, in a sentence: the tooltip of its link, and its line in the keyboard help."""


VIEWS = (
    View("phones", "Phones", "p", "phone", "Be the customer: write, tap, react, and see what arrives."),
    View(
        "people",
        "People",
        "c",
        "people",
        "See a crowd at a glance: windows, unread and last messages, who is offline or has blocked you.",
    ),
    View(
        "webhooks", "Webhooks", "w", "webhook", "See each delivery, its bytes, its signature and its answers."
    ),
    View("calls", "API", "a", "calls", "See each call with its answer, and the rule that refused it."),
    View("templates", "Templates", "t", "template", "Make templates, decide over them, and send them."),
    View(
        "business",
        "Business",
        "b",
        "business",
        "Numbers, quality, limits, tiers, restrictions, opt-in and costs.",
    ),
    View(
        "journal",
        "Journal",
        "j",
        "list",
        "Read what happened and what caused it, and the conversations as text.",
    ),
    View("faults", "Faults", "f", "bolt", "Have something go wrong on purpose, and see how often it did."),
    View("settings", "Settings", "e", "gear", "See what each setting decides, and change it in place."),
    View(
        "sandboxes",
        "Sandboxes",
        "s",
        "boxes",
        "Make, switch, reset and remove sandboxes; snapshots down and up.",
    ),
    View("record", "Record", "r", "record", "Turn what was done here into a test."),
)
"""Every view, in the order of the navigation; the first one is shown where none is named."""


def find(name: str) -> View | None:
    """Find a view by its name; ``None`` for one that there is not."""
    return next((view for view in VIEWS if view.name == name), None)
