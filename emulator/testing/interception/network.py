"""The network of this process as its tests see it: patched once, and switched for each test by its gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from emulator.testing.interception.gate import Gate, Route
from emulator.testing.interception.patches import Patches


class Network:
    """The patches of this process, for as long as tests of a session run, and the gate that they ask.

    With an open gate every patch hands on what it gets, so tests that have nothing to do with WhatsApp meet
    the network as it is. A process may have several: the newest decides alone, until it is closed.
    """

    _of_process: ClassVar[list[Network]] = []

    def __init__(self) -> None:
        """Patch what this process has imported, and what it will import."""
        from emulator.testing.interception import names, sockets

        self.gate = gate = Gate()
        for older in self._of_process:
            older.gate.is_suspended = True
        self._of_process.append(self)
        self._patches = Patches()
        names.patch_names(self._patches, gate)
        sockets.patch_sockets(self._patches, gate)
        self._patches.when_imported(
            {
                "ssl": lambda made, module: sockets.patch_tls(made, gate, module),
                "urllib.request": lambda made, module: names.patch_proxies(made, gate, module),
                "asyncio.base_events": lambda made, module: names.patch_asyncio(made, gate, module),
                "asyncio.proactor_events": lambda made, module: names.patch_proactor(made, gate, module),
                "uvloop": lambda made, module: names.patch_uvloop(made, gate, module),
                "pycurl": _later("curl", "patch_pycurl", gate),
                "httpx": _later("httpx_transports", "patch_httpx", gate),
                "requests": _later("requests_adapters", "patch_requests", gate),
                "requests_mock.adapter": _later("requests_adapters", "patch_requests_mock", gate),
            }
        )

    def guard(self, test: str, *, refuses: bool) -> None:
        """Begin a test of this name, in which Meta's real hosts are refused or not."""
        self.renew()
        self.gate.guard(test, refuses=refuses)

    def renew(self) -> None:
        """Patch again what others have replaced meanwhile, such as fixtures of the test."""
        self._patches.renew()

    @contextmanager
    def routed(self, route: Route) -> Iterator[None]:
        """Bring calls for Meta's hosts to the emulator inside the ``with`` block."""
        self.renew()
        with self.gate.routed(route):
            yield

    def close(self) -> None:
        """Take every patch away."""
        self.gate.open()
        self._patches.undo()
        self._of_process.remove(self)
        if self._of_process:
            self._of_process[-1].gate.is_suspended = False


def _later(module: str, name: str, gate: Gate) -> Callable[[Patches, Any], None]:
    """A patch whose own module imports the library that is patched."""

    def patch(patches: Patches, patched: Any) -> None:
        from importlib import import_module

        getattr(import_module(f"emulator.testing.interception.{module}"), name)(patches, gate, patched)

    return patch
