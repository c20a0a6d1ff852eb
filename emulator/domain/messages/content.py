"""What a business sends: free-form text, or a template with its parameters."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.domain.templates.matching import SentComponent

TEXT_LIMIT = 4096
"""Characters of a text body (D/messages/text-messages)."""
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
class Text:
    """A free-form text: may be sent only while the window is open."""

    body: str
    preview_url: bool = False


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A template by name and language, with what fills its variables."""

    name: str
    language: str
    components: tuple[SentComponent, ...] = ()


Content = Text | TemplateUse


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


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The command to show the blue ticks on an inbound message, perhaps with a typing indicator."""

    message_id: str
    typing: bool = False
