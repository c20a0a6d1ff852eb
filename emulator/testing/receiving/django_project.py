"""Serve a Django project without a socket, on the thread of the test, so that they share a transaction."""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any


def handler(settings: ModuleType | None = None) -> Any:
    """Make the WSGI application of a Django project, set up if it has not been.

    ``settings``: its settings module, for where ``DJANGO_SETTINGS_MODULE`` names none. Async views are served
    as well. Django is always called by WSGI: its ASGI handler runs views on threads of its own, which see
    nothing of what a test has written in its transaction.
    """
    if settings is not None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.__name__)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def base_url() -> str:
    """The address at which a webhook reaches the project: https, and a host that it allows."""
    from django.conf import settings

    allowed = [str(host) for host in settings.ALLOWED_HOSTS]
    if "testserver" in allowed:  # as Django's own test environment has it
        return "https://testserver"
    named = [host.lstrip(".") for host in allowed if "*" not in host]
    return f"https://{named[0]}" if named else "https://localhost"
