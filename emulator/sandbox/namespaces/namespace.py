"""What every namespace of a sandbox has: the services, the core and the store behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.sandbox.services import Services


class Namespace:
    """The acts on one noun of a sandbox, such as ``sandbox.people``.

    The web, the command line and tests call them. Acts may be called from any thread, and from a webhook
    receiver. Each is one transaction: it happens whole or not at all, and what it raises leaves the sandbox
    as it was. Acts happen at the present simulated time and return at once; webhooks they cause go out when
    the sandbox settles, or by its worker.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._core, self._store = services.core, services.store
