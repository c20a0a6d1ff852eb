"""What a business sends: a free-form message of some kind, or a template with its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.domain.messages.direct import DirectSend
from emulator.domain.messages.kind import MessageKind
from emulator.domain.messages.kinds import KINDS
from emulator.domain.shapes import FileUse, check_limits, files
from emulator.domain.templates.filling.sent import MEDIA, SentComponent, sent_parameters

CALLBACK_DATA_LIMIT = 512
"""Characters of ``biz_opaque_callback_data``."""

TYPES = (
    "AUDIO",
    "CONTACTS",
    "DOCUMENT",
    "GIF",
    "IMAGE",
    "INTERACTIVE",
    "LINK_PREVIEW",
    "LOCATION",
    "PIN",
    "REACTION",
    "STICKER",
    "TEMPLATE",
    "TEXT",
    "VIDEO",
)
"""The values of ``type`` as the platform's own complaint lists them (2025 and later)."""


@dataclass(frozen=True, slots=True)
class FreeForm:
    """A session message: may be sent only while the window is open."""

    kind: MessageKind
    value: Any
    """What stands under ``type`` in the request, in canonical form."""

    @property
    def subtype(self) -> str | None:
        """The ``type`` inside, for a kind that has several."""
        return self.value.get("type") if isinstance(self.value, Mapping) else None

    @property
    def text(self) -> str:
        """What a person sees of it."""
        return self.kind.as_text(self.value)

    @property
    def files(self) -> tuple[FileUse, ...]:
        return tuple(files(self.kind.shape, self.value, (self.kind.name,)))

    def check(self) -> None:
        """Refuse a value that breaks a limit of its kind (131009)."""
        check_limits(self.kind.shape, self.value)


def text(body: str, *, preview_url: bool = False) -> FreeForm:
    """A text message."""
    return FreeForm(KINDS["text"], {"body": body, **({"preview_url": True} if preview_url else {})})


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A template by name and language, with what fills its variables."""

    name: str
    language: str
    components: tuple[SentComponent, ...] = ()

    @property
    def files(self) -> tuple[FileUse, ...]:
        return tuple(
            FileUse(parameter.type.lower(), (parameter.path,), payload.get("id"), payload.get("link"))
            for parameter in sent_parameters(self.components)
            if parameter.type in MEDIA and (payload := parameter.payload)
        )


Content = FreeForm | TemplateUse


@dataclass(frozen=True, slots=True)
class Send:
    """The command to send ``content`` to somebody."""

    to: str | None
    """The recipient's number as the caller wrote it."""
    content: Content
    recipient: str | None = None
    """The recipient's business-scoped user id; a number goes before it."""
    context_id: str | None = None
    callback_data: str | None = None
    to_group: bool = False
    """Whether ``to`` names a group."""
    direct: DirectSend | None = None
    """What it says when it is sent directly, without a template of its own and without a window."""
    marketing_version: int | None = None
    """The version of the API when it came by ``marketing_messages``, else ``None``."""
    identity_key_hash: str | None = None
    """The hash that the recipient's identity must still have."""


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The command to show the blue ticks on an inbound message, perhaps with a typing indicator."""

    message_id: str
    typing: bool = False
