"""What a business sends: a free-form message of some kind, or a template with its parameters.

Also the two commands of ``POST /{phone_number_id}/messages``: to send, and to mark a message as read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.content.kind import MessageKind
from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.direct import DirectSend
from emulator.domain.shapes import FileUse, check_limits, files
from emulator.domain.templates.filling.sent import MEDIA, SentComponent, sent_parameters
from emulator.domain.values import dataclass

CALLBACK_DATA_LIMIT = 512
"""The most characters of ``biz_opaque_callback_data``."""

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
    """A free-form message: accepted at any time, delivered while the customer service window is open.

    Outside the window it fails with 131047. ``kind`` has its type and the shape of its value.
    """

    kind: MessageKind
    value: Any
    """The object (of contacts the array) under the message's ``type`` in the request, as the request reader
    returns it."""

    @property
    def subtype(self) -> str | None:
        """The ``type`` inside the value, such as ``button`` of an interactive one; ``None`` without one."""
        return self.value.get("type") if isinstance(self.value, Mapping) else None

    @property
    def as_text(self) -> str:
        """The message as one text, as the transcript and the conversation list show it."""
        return self.kind.as_text(self.value)

    @property
    def files(self) -> tuple[FileUse, ...]:
        """The files it names, in order: uploaded ones by id, others by link."""
        return tuple(files(self.kind.shape, self.value, (self.kind.name,)))

    def check(self) -> None:
        """Refuse a value that breaks a limit of its kind. Raises :class:`MessageError` (131009).

        The request reader has made it well-formed before; this is judged second, as on the platform.
        """
        check_limits(self.kind.shape, self.value)


def text(body: str, *, preview_url: bool = False) -> FreeForm:
    """Make a free-form text message with this ``body``.

    ``preview_url`` asks for a preview of the first link in it; without it the value has no such member.
    """
    return FreeForm(KINDS["text"], {"body": body, **({"preview_url": True} if preview_url else {})})


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """A template to send, by name and language code, with the values for its variables and buttons.

    They must name an approved template of the WABA whose number sends, or the send is refused.
    """

    name: str
    language: str
    components: tuple[SentComponent, ...] = ()

    @property
    def files(self) -> tuple[FileUse, ...]:
        """The images, videos, documents and GIFs among its parameters, in order, each with its path."""
        return tuple(
            FileUse(parameter.type.lower(), (parameter.path,), payload.get("id"), payload.get("link"))
            for parameter in sent_parameters(self.components)
            if parameter.type in MEDIA and (payload := parameter.payload)
        )


Content = FreeForm | TemplateUse


@dataclass(frozen=True, slots=True)
class Send:
    """The command to send ``content`` to a person or a group, as read from a request.

    At least one of ``to`` and ``recipient`` is set. ``context_id`` is the message it replies to, and
    ``callback_data`` comes back in its status webhooks.
    """

    to: str | None
    """The recipient's number as the caller wrote it."""
    content: Content
    recipient: str | None = None
    """The recipient's business-scoped user id; where both are given, ``to`` counts."""
    context_id: str | None = None
    callback_data: str | None = None
    to_group: bool = False
    """Whether ``to`` is the id of a group (``recipient_type: group``)."""
    direct: DirectSend | None = None
    """The members of Direct Send, when it is sent directly: without an approved template and without a
    window."""
    marketing_version: int | None = None
    """The major API version of a call of ``marketing_messages``; ``None`` for one of ``messages``."""
    identity_key_hash: str | None = None
    """The hash the recipient's identity must still have, or the send fails with 137000."""


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The command to mark an inbound message as read, with or without a typing indicator.

    The person sees blue ticks on it and, with ``typing``, that an answer is being written.
    """

    message_id: str
    typing: bool = False
