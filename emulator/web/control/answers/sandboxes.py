"""What is answered about sandboxes, their clocks, their settings, and what they are made from."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from emulator.domain.accounts.numbers import PRODUCTION, TEST
from emulator.domain.settings import settings
from emulator.sandbox.clock import Mode
from emulator.web.control.answers.markers import Instant, Json, Page, Schema, one_of


def _settings() -> Json:
    members = {name: settings.schema(name) for name in settings.NAMES}
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


Settings = Annotated[Json, Schema(_settings, "Settings")]


class SettingAnswer(TypedDict):
    """A setting: what it decides, its default, and the JSON schema of its values."""

    name: Annotated[str, one_of(settings.NAMES)]
    text: str
    default: Any
    schema: Json


class SettingsListAnswer(TypedDict):
    """Every setting that a sandbox has."""

    settings: list[SettingAnswer]


class SeedsAnswer(TypedDict):
    """The names of the seeds that come with the emulator."""

    seeds: list[str]


class TimeAnswer(TypedDict):
    """The time of a sandbox; ``speed`` is ``null`` unless it runs."""

    now: Instant
    mode: Annotated[str, one_of(Mode)]
    speed: float | None


class WalkAnswer(TypedDict):
    """An advance of the clock that is under way."""

    since: Instant
    until: Instant
    events: int


class ClockAnswer(TimeAnswer):
    """The clock of a sandbox, what is due next, and an advance under way."""

    next_due: Instant | None
    walking: WalkAnswer | None


class PlannedAnswer(TypedDict):
    """Something that is due: when, what it does in a sentence, what it is about, and whom."""

    due: Instant
    kind: str
    does: str
    subject: str
    wa_id: str | None


class DueAnswer(TypedDict):
    """What is due, the earliest first."""

    due: list[PlannedAnswer]


class CancelledAnswer(TypedDict):
    """Whether there was an advance to end."""

    cancelled: bool


class HappenedAnswer(TypedDict):
    """A line of what a move of the clock brought about."""

    at: Instant
    kind: str
    subject: str
    summary: str


class AdvanceAnswer(TypedDict):
    """What a move of the clock brought about: the first thousand lines, and how many events there were."""

    since: Instant
    now: Instant
    events: int
    happened: list[HappenedAnswer]


class IdentityNumberAnswer(TypedDict):
    """A business phone number, in short."""

    phone_number_id: str
    display_phone_number: str
    kind: Annotated[str, one_of((PRODUCTION, TEST))]


class SandboxAnswer(TypedDict):
    """A sandbox: its identity with credentials, its seed, its time and its settings."""

    id: str
    seed: str
    app_id: str
    app_secret: str
    access_token: str
    verify_token: str
    business_id: str
    waba_id: str
    numbers: list[IdentityNumberAnswer]
    webhook_url: str | None
    clock: TimeAnswer
    settings: Settings
    graph_url: str


class BrokenSandboxAnswer(TypedDict):
    """A sandbox that cannot be shown, and why."""

    id: str
    error: str


Sandboxes = Annotated[Json, Page("sandboxes", SandboxAnswer | BrokenSandboxAnswer)]
