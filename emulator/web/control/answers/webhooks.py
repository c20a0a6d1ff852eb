"""What is answered about webhooks and the journal."""

from __future__ import annotations

from typing import Annotated, TypedDict

from emulator.web.control.answers.markers import Instant, Json, Page, one_of
from emulator.wire.webhooks.fields import FIELDS


class _DeliveryAnswer(TypedDict):
    id: int
    app_id: str
    url: str
    field: Annotated[str, one_of(FIELDS)]
    wa_id: str | None
    state: Annotated[str, one_of(("waiting", "delivered", "failed"))]
    at: Instant
    due: Instant
    cause: str | None
    latency: float | None


class DeliveryAnswer(_DeliveryAnswer):
    """A webhook on its way to an app, with how often it was tried.

    ``latency`` is how many real seconds the last attempt took, ``null`` where that is not known.
    """

    attempts: int


class AttemptAnswer(TypedDict):
    """An attempt to deliver a webhook: the status of the answer, or why there was none.

    ``latency`` is how many real seconds it took, ``null`` where that is not known: of those that went
    nowhere, that are not among the latest 10,000, and that were made before the emulator was started.
    """

    number: int
    at: Instant
    status: int | None
    problem: str | None
    latency: float | None


class WholeDeliveryAnswer(_DeliveryAnswer):
    """A webhook with the body that is sent, and every attempt; ``latency`` is that of the last one."""

    headers: dict[str, str]
    body: str
    attempts: list[AttemptAnswer]


Deliveries = Annotated[Json, Page("deliveries", DeliveryAnswer, int, drops=True)]


class RedeliveredAnswer(TypedDict):
    """The numbers of the webhooks that are sent once more."""

    deliveries: list[int]


class ForgedAnswer(TypedDict):
    """What an app answered to a webhook that is not the platform's, or why there was no answer."""

    status: int | None
    problem: str | None


class FieldAnswer(TypedDict):
    """A webhook field, with the names of its documented samples."""

    field: Annotated[str, one_of(FIELDS)]
    samples: list[str]


class FieldsAnswer(TypedDict):
    """Every webhook field."""

    fields: list[FieldAnswer]


class FiredAnswer(TypedDict):
    """A webhook that was sent on purpose: its field and its value."""

    field: str
    value: Json


class ConnectedAnswer(TypedDict):
    """Where webhooks go; ``null``: nowhere."""

    url: str | None


class HistoryChunkAnswer(TypedDict):
    """One webhook of shared chats: its phase, its place, how much is shared by then, its messages."""

    phase: int
    chunk_order: int
    progress: int
    messages: int


class HistoryAnswer(TypedDict):
    """The webhooks by which chats were shared."""

    chunks: list[HistoryChunkAnswer]


class EntryAnswer(TypedDict):
    """An entry of the journal: when, what, about what and whom, its cause and its details."""

    seq: int
    at: Instant
    kind: str
    subject: str
    wa_id: str | None
    cause: str | None
    summary: str
    details: Json


Journal = Annotated[Json, Page("journal", EntryAnswer, int, drops=True)]
Calls = Annotated[Json, Page("calls", EntryAnswer, int)]
