"""pycurl: it looks up names, connects and speaks TLS by itself, so each handle is told where to go."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from emulator.testing.interception.gate import HTTPS, Gate, Route
from emulator.testing.interception.patches import Patches


def patch_pycurl(patches: Patches, gate: Gate, pycurl: Any) -> None:
    """Replace the class of handles by one that looks at its URL when it is given it, and when it calls it."""
    patches.replace(pycurl, "Curl", lambda original: _handles(gate, pycurl, original))


def _handles(gate: Gate, pycurl: Any, original: Any) -> Any:
    class Curl(original):  # type: ignore[misc]
        def setopt(self, option: int, value: Any) -> Any:
            super().setopt(option, value)
            if option == pycurl.URL:
                self._called = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
                self._look()

        def setopt_string(self, option: int, value: Any) -> Any:
            super().setopt_string(option, value)
            if option == pycurl.URL:
                self._called = value
                self._look()

        def perform(self) -> Any:
            self._look()
            return super().perform()

        def perform_rb(self) -> Any:
            self._look()
            return super().perform_rb()

        def perform_rs(self) -> Any:
            self._look()
            return super().perform_rs()

        def _look(self) -> None:
            called: str = getattr(self, "_called", "")  # an attribute of the class would hide it
            called = called if "://" in called else f"http://{called}"
            parts = urlsplit(called)
            route = gate.check(parts.hostname, "call")
            if route is None:
                return
            if parts.scheme != "https" or parts.port not in (None, HTTPS):
                raise gate.refusal(
                    f"would call {called[:100]}", f"Meta's hosts are served by https alone, at port {HTTPS}"
                )
            for option, value in _led(gate, pycurl, route).items():
                super().setopt(option, value)

    return Curl


def _led(gate: Gate, pycurl: Any, route: Route) -> dict[int, Any]:
    """The options of a handle that connects to the emulator, without a proxy, and trusts nobody else."""
    front = gate.front(route)
    host, port = front.address
    return {
        pycurl.CONNECT_TO: [f"::{host}:{port}"],
        pycurl.NOPROXY: "*",
        pycurl.CAINFO_BLOB: front.authority.certificate,
        pycurl.FRESH_CONNECT: 1,
    }
