"""Control routes of the emulator itself, which a server answers first: nothing else is imported for them."""

from __future__ import annotations

from functools import cache

from emulator import __version__
from emulator.sandbox.emulator import Emulator
from emulator.web.control.answers import server as answers
from emulator.web.control.routes.table import Json, route


@route("GET", "/health", needs_token=False)
def health(emulator: Emulator) -> answers.HealthAnswer:
    """Whether it serves: ``ready``, or ``degraded`` with the ``problems``, and how many sandboxes there are.

    It is degraded while the state of a sandbox cannot be written, as on a full disk, and when the file of one
    could not be opened. The others are served all the same. ``dropped`` has the sandboxes that have more of a
    past than they keep, with how many entries of the ``journal`` and how many ``deliveries`` are gone.
    """
    problems, dropped = emulator.problems(), emulator.dropped()
    answer: answers.HealthAnswer = {
        "status": "degraded" if problems else "ready",
        "version": __version__,
        "sandboxes": len(emulator.all()),
        "problems": problems,
    }
    if dropped:
        answer["dropped"] = dropped
    return answer


@route("GET", "/openapi.json", needs_token=False)
def document(emulator: Emulator) -> Json:  # noqa: ARG001
    """The OpenAPI 3.1 document of the control API: every route with what it takes."""
    return _document()


@cache
def _document() -> Json:
    """The document, which is made once."""
    from emulator.web.control.modules import every_route
    from emulator.web.control.routes import openapi

    return openapi.document(every_route(), __version__)
