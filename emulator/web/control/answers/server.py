"""What is answered about the emulator itself."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from emulator.web.control.answers.markers import one_of


class HealthAnswer(TypedDict):
    """Whether the emulator serves."""

    status: Annotated[str, one_of(("ready", "degraded"))]
    version: str
    sandboxes: int
    problems: list[str]
    dropped: NotRequired[dict[str, dict[str, int]]]
