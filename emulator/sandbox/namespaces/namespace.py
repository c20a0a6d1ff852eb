"""What every namespace of a sandbox has."""

from __future__ import annotations

from emulator.sandbox.services import Services


class Namespace:
    """The acts on one noun of a sandbox, such as ``sandbox.people``.

    Acts may be called from any thread. Each is one transaction: it happens whole or not at all. What an act
    raises leaves the sandbox as it was.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._core, self._store = services.core, services.store
