"""The table of all kinds of inbound messages: how a person makes each, how it reads, what it opens.

Shapes: D/webhooks/reference/messages (2025 and 2026). What opens the customer service window: see
:mod:`emulator.domain.windows`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from emulator.domain.content.files import AUDIO, DOCUMENT, IMAGE, STICKER, VIDEO
from emulator.domain.content.kind import MessageKind
from emulator.domain.content.reaction import REACTION
from emulator.domain.content.text import TEXT
from emulator.domain.media import Media, is_animated
from emulator.domain.messages import inbound_contents, inbound_replies
from emulator.domain.shapes import Choice, Record, Shape
from emulator.domain.values import dataclass


class Written(StrEnum):
    """How a person makes a message of some kind; it decides which act of a test makes one."""

    WORDS = "words"
    """They type a text."""
    FILE = "file"
    """They send a file."""
    JSON = "json"
    """They send something given as JSON, as it stands in the webhook: a location, contacts, an order."""
    ACT = "act"
    """They react, tap, edit or delete, or open the chat. What has a shape can be given as JSON, too."""
    NEVER = "never"
    """They do not: the platform makes it."""


AboutFile = Callable[[Media, bool], Mapping[str, object]]
"""Writes the members of the webhook about a file beside its id and type; the flag says whether it is a voice
note."""


@dataclass(frozen=True, slots=True)
class InboundKind:
    """One kind of act of a person in a conversation, and the inbound message that the business gets of it.

    A new kind is one of these in :data:`INBOUND_KINDS`. Whether it opens a window is said in
    :mod:`emulator.domain.windows`.
    """

    name: str
    written: Written
    as_text: Callable[[Any], str]
    """Writes the content as one text: for lists, the transcript and the search."""
    type: str = ""
    """The ``type`` of the message; the name, unless several kinds share one."""
    shape: Shape | None = None
    """The shape of the content, of a kind that a test can give as JSON."""
    complete: Callable[[Any], Any] = lambda content: content
    """Adds to a content of its shape what every phone or the platform adds."""
    check: Callable[[Any], None] = lambda _content: None
    """Raises :class:`ValueError` for such a content of its shape that cannot be."""
    words: str | None = None
    """The member that holds the person's words, which they can edit: a body or a caption."""
    has_filename: bool = False
    """Whether the webhook has the name of the file."""
    can_be_recorded: bool = False
    """Whether it may be a voice note."""
    about_file: AboutFile = lambda _media, _voice: {}
    beside: tuple[str, ...] = ()
    """Members of the content that stand beside ``type`` in the webhook, and not under it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", self.type or self.name)


def _file(kind: MessageKind, **more: Any) -> InboundKind:
    return InboundKind(kind.name, Written.FILE, kind.as_text, **more)


def _emoji(reaction: Mapping[str, Any]) -> str:
    return REACTION.as_text({"emoji": reaction.get("emoji", "")})


def _edited_words(edit: Mapping[str, Any]) -> str:
    message = edit["message"]
    return str(message[message["type"]][INBOUND_KINDS[message["type"]].words])


def _nothing(_: object) -> str:
    return ""


REACTED = InboundKind("reaction", Written.ACT, _emoji)
REACTION_REMOVED = InboundKind("removed_reaction", Written.ACT, _emoji, type="reaction")
UNSUPPORTED_TYPES = (
    "button",
    "edit",
    "errors",
    "gif",
    "group_invite",
    "hsm",
    "image",
    "interactive",
    "keep_in_chat",
    "link_preview",
    "list",
    "location",
    "media_placeholder",
    "order",
    "pin",
    "poll_creation",
    "poll_update",
    "product",
    "reaction",
)
"""What a message that the API does not show may have been (D/webhooks/reference/messages/unsupported)."""
UNSUPPORTED = InboundKind(
    "unsupported",
    Written.ACT,
    _nothing,
    shape=Record(required={"type": Choice(UNSUPPORTED_TYPES)}),
    beside=("errors",),
)
"""A message that the API does not show: a poll, a GIF; its ``errors`` say why."""
EDITED = InboundKind("edit", Written.ACT, _edited_words)
REVOKED = InboundKind("revoke", Written.ACT, _nothing)

INBOUND_KINDS: Mapping[str, InboundKind] = {
    kind.name: kind
    for kind in (
        InboundKind("text", Written.WORDS, TEXT.as_text, words="body"),
        _file(IMAGE, words="caption"),
        _file(AUDIO, can_be_recorded=True, about_file=lambda _, voice: {"voice": voice}),
        _file(VIDEO, words="caption"),
        _file(DOCUMENT, words="caption", has_filename=True),
        _file(STICKER, about_file=lambda media, _: {"animated": is_animated(media.head)}),
        InboundKind(
            "location",
            Written.JSON,
            inbound_contents.place_as_text,
            shape=inbound_contents.PLACE,
            check=inbound_contents.check_place,
        ),
        InboundKind(
            "contacts",
            Written.JSON,
            inbound_contents.cards_as_text,
            shape=inbound_contents.CARDS,
            check=inbound_contents.check_cards,
        ),
        InboundKind(
            "order",
            Written.JSON,
            inbound_replies.basket_as_text,
            shape=inbound_replies.BASKET,
            check=inbound_replies.check_basket,
            complete=inbound_replies.complete_basket,
        ),
        REACTED,
        REACTION_REMOVED,
        InboundKind(
            "button",
            Written.ACT,
            lambda button: str(button["text"]),
            shape=inbound_replies.BUTTON,
            complete=inbound_replies.complete_button,
        ),
        InboundKind(
            "interactive",
            Written.ACT,
            inbound_replies.reply_as_text,
            shape=inbound_replies.REPLY,
            check=inbound_replies.check_reply,
            complete=inbound_replies.complete_reply,
        ),
        UNSUPPORTED,
        EDITED,
        REVOKED,
        InboundKind(
            "request_welcome",
            Written.ACT,
            lambda _: "[opens the chat]",
            shape=Record(),
        ),
        InboundKind("system", Written.NEVER, lambda system: str(system["body"])),
    )
}
"""Every kind by its name; those that open the window only by a setting in the order of that setting."""


WRITTEN_AS_JSON = tuple(kind.name for kind in INBOUND_KINDS.values() if kind.shape is not None)
"""The names of the kinds whose content can be given as it stands in the webhook."""


ECHOED = ("text", "location", "contacts")
"""The names of the kinds that somebody of a business writes in the WhatsApp Business app, so far."""


def names(*written: Written) -> tuple[str, ...]:
    """List the names of the kinds that are made in one of these ways, in the order of the table."""
    return tuple(kind.name for kind in INBOUND_KINDS.values() if kind.written in written)
