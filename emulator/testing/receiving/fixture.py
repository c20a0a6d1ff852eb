"""Connect the app of the fixture ``whatsapp_app`` to the sandbox of a test."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from emulator.testing.receiving.names import AppNotFound, app_named
from emulator.testing.receiving.served import AppNotStarted

if TYPE_CHECKING:
    from emulator.testing.whatsapp import WhatsApp


def connect_app(whatsapp: WhatsApp, app: Any, path: str, request: pytest.FixtureRequest) -> None:
    """Send the webhooks of a test to what its fixture ``whatsapp_app`` gave, at a ``path`` of it.

    A name is looked up in pytest's root folder and its working directory, too. Fails the test, without a
    traceback, for a name that names no app and for what cannot take webhooks; an app that raises when it is
    imported raises here. The app of an async test starts in the test's event loop.
    """
    __tracebackhide__ = True
    is_async = inspect.iscoroutinefunction(getattr(request, "function", None))
    try:
        if isinstance(app, str) and urlsplit(app).scheme not in ("http", "https"):
            app = app_named(app, [request.config.rootpath, request.config.invocation_params.dir])
        whatsapp.deliver_to(app, path, start=not is_async)
    except AppNotFound as wrong:
        raise pytest.fail.Exception(f"whatsapp_app {wrong}", pytrace=False) from None
    except (TypeError, AppNotStarted) as problem:
        raise pytest.fail.Exception(f"whatsapp_app: {problem}", pytrace=False) from None
