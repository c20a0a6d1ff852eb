"""The switches of a sandbox: where the platform leaves a choice, or a team prefers another way."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

CHOICES: dict[str, tuple[str, ...]] = {
    "window_errors": ("async", "sync"),
    "template_categories": ("any", "current", "legacy"),
}
"""The settings that take one of a few words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    window_errors: str = "async"
    """``async``: outside the window a message is accepted and fails later, as on the platform; ``sync``: it
    is refused at once."""
    template_categories: str = "any"
    """``any`` takes the ten legacy categories too, with a warning; ``current`` refuses them as the platform
    does today; ``legacy`` takes nothing else."""
    review_after: timedelta = timedelta(minutes=5)
    """How long the review of a template takes."""
    webhook_timeout: timedelta = timedelta(seconds=10)
    """How long a receiver may take, in real time, before the attempt has failed."""
    media_timeout: timedelta = timedelta(seconds=10)
    """How long the host of a media link may take, in real time, before the download has failed."""

    def changed(self, **values: Any) -> Settings:
        return replace(self, **values)


NAMES = tuple(field.name for field in fields(Settings))


def as_json(settings: Settings) -> dict[str, object]:
    """Settings with durations in seconds."""
    values = {name: getattr(settings, name) for name in NAMES}
    return {
        name: value.total_seconds() if isinstance(value, timedelta) else value
        for name, value in values.items()
    }


def from_json(values: dict[str, Any], usual: Settings | None = None) -> Settings:
    """Settings from words and seconds. Raises :class:`ValueError` for a name or value that is not known."""
    given: dict[str, Any] = {}
    for name, value in values.items():
        if name not in NAMES:
            raise ValueError(f"there is no setting {name!r}; there are {', '.join(NAMES)}")
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise ValueError(f"{name} is one of {', '.join(CHOICES[name])}; got {value!r}")
            given[name] = value
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise ValueError(f"{name} is a number of seconds, zero or more; got {value!r}")
        else:
            given[name] = timedelta(seconds=value)
    return replace(usual or Settings(), **given)
