"""What can take the webhooks of a test: for each kind of app a row, how it is recognised and served.

No framework is imported for that: an object is known by the names of its classes, or by how it is called.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from emulator.sandbox.webhooks.receiver import Receiver
from emulator.sandbox.webhooks.receivers import CallableReceiver, WsgiReceiver
from emulator.testing.receiving import raised, routes

if TYPE_CHECKING:
    from emulator.testing.receiving.loops import SessionLoop

HOST = "https://localhost"
"""The scheme and the host that an app sees, unless a test says otherwise; the platform calls only https."""


class Place(NamedTuple):
    """Where an app is served: in the session's event loop, if it is async, and at which address.

    ``url`` is the whole address that the app sees; ``None`` leaves its host to the kind of app, with https.
    """

    own: Callable[[], SessionLoop]
    url: str | None = None

    @property
    def base_url(self) -> str | None:
        """The scheme and the host of the address; ``None``: the kind of app decides."""
        parts = urlsplit(self.url or "")
        return f"{parts.scheme}://{parts.netloc}" if self.url else None


class Kind(NamedTuple):
    """One kind of app: its name, how it is recognised, how it is served, and what is known of its inside."""

    name: str
    is_it: Callable[[Any], bool]
    serve: Callable[[Any, Place], Receiver]
    routes: Callable[[Any], Iterable[routes.Route]] = routes.none
    raised: raised.Watch = raised.in_nothing


def _of_class(*names: str) -> Callable[[Any], bool]:
    """Recognise an object by the full name of one of its classes, its base classes included."""

    def is_it(thing: Any) -> bool:
        return any(f"{each.__module__}.{each.__qualname__}" in names for each in type(thing).__mro__)

    return is_it


def arguments(thing: Any) -> int:
    """How many arguments a callable must be given; -1 for what cannot be called, or does not say."""
    try:
        parameters = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return -1
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(each.kind in kinds and each.default is inspect.Parameter.empty for each in parameters)


def _is_async(thing: Any) -> bool:
    return inspect.iscoroutinefunction(thing) or inspect.iscoroutinefunction(
        getattr(thing, "__call__", None)  # noqa: B004
    )


def _is_settings(thing: Any) -> bool:
    return isinstance(thing, ModuleType) and hasattr(thing, "ROOT_URLCONF")


def _wsgi(app: Any, place: Place) -> Receiver:
    return WsgiReceiver(app, place.base_url or HOST)


def _asgi(app: Any, place: Place) -> Receiver:
    from emulator.testing.receiving.asgi import AsgiReceiver

    return AsgiReceiver(app, place.own(), place.base_url or HOST)


def _aiohttp(app: Any, place: Place) -> Receiver:
    from emulator.testing.receiving.aiohttp_app import AiohttpReceiver

    return AiohttpReceiver(app, place.own())


def _django(thing: Any, place: Place) -> Receiver:
    from emulator.testing.receiving import django_project

    app = django_project.handler(thing if isinstance(thing, ModuleType) else None)
    return WsgiReceiver(app, place.base_url or django_project.base_url())


def _async_function(function: Any, place: Place) -> Receiver:
    from emulator.testing.receiving.functions import AsyncFunctionReceiver

    return AsyncFunctionReceiver(function, place.own())


def _function(function: Any, place: Place) -> Receiver:  # noqa: ARG001
    return CallableReceiver(function)


KINDS = (
    Kind("a Flask app", _of_class("flask.app.Flask"), _wsgi, routes.of_flask, raised.in_flask),
    Kind(
        "a Django project",
        _of_class("django.core.handlers.base.BaseHandler"),
        _django,
        routes.of_django,
        raised.in_django,
    ),
    Kind("Django settings", _is_settings, _django, routes.of_django, raised.in_django),
    Kind(
        "a Starlette or FastAPI app",
        _of_class("starlette.applications.Starlette"),
        _asgi,
        routes.of_starlette,
    ),
    Kind("an aiohttp app", _of_class("aiohttp.web_app.Application"), _aiohttp, routes.of_aiohttp),
    Kind("an ASGI app", lambda thing: arguments(thing) == 3, _asgi),
    Kind("a WSGI app", lambda thing: arguments(thing) == 2 and not _is_async(thing), _wsgi),
    Kind("an async function", lambda thing: arguments(thing) == 1 and _is_async(thing), _async_function),
    Kind("a function", lambda thing: arguments(thing) == 1, _function),
)
"""Every kind, the more special ones first."""


def kind_of(thing: Any) -> Kind | None:
    """Find the kind of an app or a function; ``None`` for anything else."""
    return next((kind for kind in KINDS if kind.is_it(thing)), None)
