"""The switches of a sandbox: where the platform leaves a choice, or a team prefers another way.

Each is a field with its kind; seeds, the control API and its document, and JSON go by these alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any

from emulator.domain.catalogue import DISPUTED
from emulator.domain.setting import KIND, Kind, choice, count, duration
from emulator.domain.templates.components import BODY_LENGTH


def _statuses(name: str, values: Any) -> Mapping[int, int]:
    if not isinstance(values, Mapping):
        raise ValueError(f"{name} are HTTP statuses by code, like {{132001: 400}}; got {values!r}")
    wrong = [code for code in values if not str(code).isdecimal()]
    if wrong:
        raise ValueError(f"{name} are named by error codes, not by {wrong[0]!r}")
    return {int(code): status for code, status in values.items()}


_STATUSES = Kind(
    {"type": "object", "description": "HTTP statuses by error code"},
    _statuses,
    lambda values: {str(code): status for code, status in values.items()},
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    window_errors: str = choice("async", "sync")
    """``async``: outside the window a message is accepted and fails later, as on the platform; ``sync``: it
    is refused at once."""
    template_categories: str = choice("any", "current", "legacy")
    """``any`` takes the ten legacy categories too, with a warning; ``current`` refuses them as the platform
    does today; ``legacy`` takes nothing else."""
    missing_plus: str = choice("keep", "prepend")
    """``keep``: a number without a plus is international all the same, as recorded; ``prepend``: the calling
    code of the business number goes before it, as the platform's page says."""
    direct_send: str = choice("off", "on", "blocked")
    """``off``: Direct Send is not enabled, as for most accounts; ``on``: it is; ``blocked``: not any more."""
    marketing_by: str = choice("any", "marketing_messages")
    """The endpoint that takes marketing templates: ``any``, or ``marketing_messages`` alone, as for an
    account that has ``disable_marketing_messages_on_cloud_api``."""
    marketing_body_limit: int = count(BODY_LENGTH, least=1)
    """How many characters the body of a marketing template may have: 1,024 as Meta's pages print, or 550 as
    several providers do."""
    review_after: timedelta = duration(timedelta(minutes=5))
    """How long the review of a template takes."""
    marketing_sync: timedelta = duration(timedelta(0))
    """How long ``marketing_messages`` does not know a template that is new or changed; on the platform up to
    ten minutes."""
    webhook_timeout: timedelta = duration(timedelta(seconds=10))
    """How long a receiver may take, in real time, before the attempt has failed."""
    media_timeout: timedelta = duration(timedelta(seconds=10))
    """How long the host of a media link may take, in real time, before the download has failed."""
    http_statuses: Mapping[int, int] = field(default_factory=dict, metadata={KIND: _STATUSES})
    """The HTTP status of an error code, where sources do not agree on it and this team knows better."""

    def __post_init__(self) -> None:
        """Raise :class:`ValueError` for a status that no source reports."""
        for code, status in self.http_statuses.items():
            if code not in DISPUTED:
                known = ", ".join(map(str, DISPUTED))
                raise ValueError(f"the HTTP status of {code} is not disputed; those of {known} are")
            if status not in DISPUTED[code]:
                known = " or ".join(map(str, DISPUTED[code]))
                raise ValueError(f"{code} is answered with {known}; got {status!r}")

    def http_status(self, code: int, usual: int) -> int:
        """The HTTP status a code is answered with here."""
        return self.http_statuses.get(code, usual)

    def changed(self, **values: Any) -> Settings:
        return replace(self, **values)


KINDS: Mapping[str, Kind] = {each.name: each.metadata[KIND] for each in fields(Settings)}
"""The kind of each setting, by name."""
NAMES = tuple(KINDS)
CHOICES: Mapping[str, tuple[str, ...]] = {
    name: tuple(kind.schema["enum"]) for name, kind in KINDS.items() if "enum" in kind.schema
}
"""The settings that take one of a few words."""


def as_json(settings: Settings) -> dict[str, object]:
    """Settings with durations in seconds, and codes as the names of their statuses."""
    return {name: kind.show(getattr(settings, name)) for name, kind in KINDS.items()}


def from_json(values: Mapping[str, Any], usual: Settings | None = None) -> Settings:
    """Settings from words and seconds. Raises :class:`ValueError` for a name or value that is not known."""
    given: dict[str, Any] = {}
    for name, value in values.items():
        if name not in KINDS:
            raise ValueError(f"there is no setting {name!r}; there are {', '.join(NAMES)}")
        given[name] = KINDS[name].read(name, value)
    return replace(usual or Settings(), **given)
