"""Features of the Graph API that it gives up: since which version and day, and what becomes of a call.

Sources: developers.facebook.com/docs/graph-api/changelog/version25.0 and version26.0 as several integrators
read them in 2026, and developers.facebook.com/blog/post/2026/11/04/introducing-graph-api-v27-and-marketing-
api-v27.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from emulator.domain.errors import GraphError
from emulator.domain.graph.versions import RELEASED, major
from emulator.domain.values import dataclass

SOURCE = "https://developers.facebook.com/docs/graph-api/changelog"
CLOSED_AT = datetime(2026, 11, 4, tzinfo=UTC)
"""Since when apps that do not use a feature that is closed may not begin to."""


@dataclass(frozen=True, slots=True)
class LegacyFeature:
    """A feature that every call could use by one parameter of its query."""

    name: str
    what: str
    removed_in: str | None = None
    """The version from which on it is gone; ``None`` while it is only closed to new uses."""
    everywhere_at: datetime | None = None
    """Since when it is gone from the older versions, too."""
    is_refused: bool = False
    """Whether a call that uses it once it is gone is refused; else it has no effect."""
    is_closed: bool = False
    """Whether new apps may not use it (:data:`CLOSED_AT`)."""

    def is_removed(self, version: str, at: datetime) -> bool:
        """Say whether it is gone for a call under ``version`` at the instant ``at``."""
        if self.removed_in is None or self.everywhere_at is None:
            return False
        newer = major(version) >= major(self.removed_in) and at >= RELEASED[self.removed_in]
        return newer or at >= self.everywhere_at

    def since(self) -> str:
        """Say in which version it was removed, and when from the others."""
        return f"in {self.removed_in}, and on {self.everywhere_at:%Y-%m-%d} in all versions"


_PROTOCOL_AT = datetime(2026, 10, 27, tzinfo=UTC)
LEGACY: Mapping[str, LegacyFeature] = {
    row.name: row
    for row in (
        LegacyFeature("pretty", "laying out the JSON", "v26.0", _PROTOCOL_AT),
        LegacyFeature("debug", "debug messages in the answer", "v26.0", _PROTOCOL_AT),
        LegacyFeature(
            "date_format",
            "another form of instants",
            "v26.0",
            _PROTOCOL_AT,
            is_refused=True,
            is_closed=True,
        ),
        LegacyFeature(
            "ids", "several objects in one call", "v26.0", _PROTOCOL_AT, is_refused=True, is_closed=True
        ),
        LegacyFeature(
            "metadata", "the fields and edges of a node", "v25.0", datetime(2026, 5, 19, tzinfo=UTC)
        ),
        LegacyFeature("method", "another HTTP method than that of the call", is_closed=True),
        LegacyFeature("callback", "JSONP", is_closed=True),
    )
}
"""By the parameter of the query that asks for it."""


def without_effect(names: Iterable[str], version: str, at: datetime) -> Iterator[LegacyFeature]:
    """List the features among the ``names`` of a query that are gone and change nothing any more."""
    for row in _among(names):
        if row.is_removed(version, at) and not row.is_refused:
            yield row


def check(names: Iterable[str], version: str, at: datetime) -> None:
    """Refuse a call that uses a feature which is gone and is refused then; the sentence is the emulator's."""
    for row in _among(names):
        if row.is_removed(version, at) and row.is_refused:
            raise GraphError(
                f"(#100) Param {row.name} is not supported.",
                100,
                rule="legacy",
                hint=f"Graph removed `{row.name}` ({row.what}) {row.since()}. The sentence is the emulator's "
                "own; that there is an error is reported.",
                source=SOURCE,
            )


def warnings(names: Iterable[str], version: str, at: datetime) -> Iterator[str]:
    """Word the warnings about the features a call uses: gone without an effect, or closed to new apps."""
    for row in _among(names):
        if row.is_removed(version, at):
            if not row.is_refused:
                yield f"`{row.name}` ({row.what}) has no effect: Graph removed it {row.since()}."
        elif row.is_closed and at >= CLOSED_AT:
            yield (
                f"`{row.name}` ({row.what}): since {CLOSED_AT:%Y-%m-%d} new apps cannot use it, nor old ones "
                "for new uses."
            )


def _among(names: Iterable[str]) -> Iterator[LegacyFeature]:
    return (LEGACY[name] for name in names if name in LEGACY)
