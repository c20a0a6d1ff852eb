"""The routes of an app, to say where its webhook is when it is not where webhooks are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_WORDS = ("webhook", "hook", "whatsapp", "callback", "meta", "facebook")
"""What a webhook's path often has in it."""
_MOST = 5


class Route(NamedTuple):
    """A path of an app, and the methods it answers; without any it is not known which."""

    path: str
    methods: frozenset[str] = frozenset()


def like_a_webhook(routes: Iterable[Route]) -> list[str]:
    """Pick the paths that may be the webhook: those that take a POST, by preference with a word for it.

    At most five, in the order of the app.
    """
    paths = [route.path for route in routes if not route.methods or "POST" in route.methods]
    likely = [path for path in paths if any(word in path.lower() for word in _WORDS)]
    return list(dict.fromkeys(likely or paths))[:_MOST]


def none(app: Any) -> Iterator[Route]:  # noqa: ARG001
    """Know no routes, of an app whose framework is not known."""
    return iter(())


def of_flask(app: Any) -> Iterator[Route]:
    """Read the routes of a Flask app."""
    for rule in app.url_map.iter_rules():
        yield Route(rule.rule, frozenset(rule.methods or ()))


def of_starlette(app: Any) -> Iterator[Route]:
    """Read the routes of a Starlette or FastAPI app, those of what is mounted in it included."""
    yield from _starlette_routes(app.routes, "")


def _starlette_routes(routes: Iterable[Any], before: str) -> Iterator[Route]:
    for route in routes:
        path = before + getattr(route, "path", "")
        if getattr(route, "routes", None):
            yield from _starlette_routes(route.routes, path)
        elif methods := getattr(route, "methods", None):
            yield Route(path, frozenset(methods))


def of_aiohttp(app: Any) -> Iterator[Route]:
    """Read the routes of an aiohttp app."""
    for route in app.router.routes():
        if route.resource is not None:
            methods = frozenset() if route.method == "*" else frozenset({route.method})
            yield Route(route.resource.canonical, methods)


def of_django(app: Any) -> Iterator[Route]:  # noqa: ARG001
    """Read the routes of the Django project that is set up; their methods are not known."""
    from django.urls import get_resolver

    yield from _django_routes(get_resolver().url_patterns, "/")


def _django_routes(patterns: Iterable[Any], before: str) -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _django_routes(pattern.url_patterns, path)
        else:
            yield Route(path)
