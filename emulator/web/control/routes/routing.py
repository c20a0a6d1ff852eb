"""Find the control route of a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from emulator.web.control.routes.table import ControlRoute


class Routing:
    """The control routes by method and path; a fixed segment goes before a parameter in its place."""

    def __init__(self, routes: Iterable[ControlRoute]) -> None:
        self._routes: dict[tuple[str, int], list[tuple[tuple[str, ...], ControlRoute]]] = {}
        """By method and how many segments a path has, the segments of each route."""
        for each in routes:
            segments = tuple(each.path.split("/"))
            self._routes.setdefault((each.method, len(segments)), []).append((segments, each))
        for found in self._routes.values():
            found.sort(key=lambda known: [_is_parameter(segment) for segment in known[0]])

    def find(self, method: str, path: str) -> tuple[ControlRoute, Mapping[str, str]] | None:
        """Find the route of a call, and by name what its path has for the parameters; ``None``: none.

        ``path`` is below ``/_emulator`` and begins with a slash. A parameter is one segment, never empty.
        """
        given = path.split("/")
        for segments, each in self._routes.get((method, len(given)), ()):
            named: dict[str, str] = {}
            for known, segment in zip(segments, given, strict=True):
                if _is_parameter(known) and segment:
                    named[known[1:-1]] = segment
                elif known != segment:
                    break
            else:
                return each, named
        return None


def _is_parameter(segment: str) -> bool:
    return segment.startswith("{")
