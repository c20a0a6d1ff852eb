"""What a framework has answered 500 for: the exception that its app raised, which it does not pass on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

Watch = Callable[[Any], AbstractContextManager[list[BaseException]]]
"""Makes a context in which the exceptions that an app raises are put into a list."""


@contextmanager
def in_nothing(app: Any) -> Iterator[list[BaseException]]:  # noqa: ARG001
    """See nothing: the app passes on what it raises, or its framework is not known."""
    yield []


@contextmanager
def in_flask(app: Any) -> Iterator[list[BaseException]]:
    """See what a Flask app raises, by Flask's signal."""
    from flask import got_request_exception

    raised: list[BaseException] = []

    def keep(sender: Any, exception: BaseException, **_: Any) -> None:  # noqa: ARG001
        raised.append(exception)

    with got_request_exception.connected_to(keep, app):
        yield raised


@contextmanager
def in_django(app: Any) -> Iterator[list[BaseException]]:  # noqa: ARG001
    """See what a Django project raises, by Django's signal."""
    from django.core.signals import got_request_exception

    raised: list[BaseException] = []

    def keep(**_: Any) -> None:
        exception = sys.exc_info()[1]
        if exception is not None:
            raised.append(exception)

    got_request_exception.connect(keep)
    try:
        yield raised
    finally:
        got_request_exception.disconnect(keep)
