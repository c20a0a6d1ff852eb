"""Contents of messages that are given as JSON, as webhooks show them: read and completed."""

from __future__ import annotations

from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.messages.inbound_kinds import InboundKind
from emulator.sandbox.errors import CannotDo
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter


def read_content(kind: InboundKind, content: Any) -> Any:
    """Read the content of a message of a kind that has a shape, with what every phone adds to it.

    Raises :class:`~emulator.sandbox.errors.CannotDo`, naming the member, for what no phone sends.
    """
    assert kind.shape is not None
    try:
        read = shape_reader.read(kind.shape, Parameter(content, (kind.name,)))
        kind.check(read)
    except PlatformError as problem:
        raise CannotDo(problem.message.removeprefix("(#100) ")) from None
    except ValueError as problem:
        raise CannotDo(str(problem)) from None
    return kind.complete(read)


def check_text(text: object) -> None:
    """Raise :class:`~emulator.sandbox.errors.CannotDo` for an empty text and for one that is no Unicode."""
    if not isinstance(text, str) or not text:
        raise CannotDo("a message needs some text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise CannotDo("the text holds half a surrogate pair, which no phone can write") from None
