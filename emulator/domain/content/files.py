"""Images, audio, videos, documents and stickers: a file by its id or its link, with or without a caption.

Limits: D/messages/{image,audio,video,document,sticker}-messages. Types and sizes:
:mod:`emulator.domain.media`.
"""

from __future__ import annotations

from collections.abc import Mapping

from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Flag, Link, Record, Shape, Text, Value

CAPTION_LENGTH = 1024
FILENAME_LENGTH = 240


def file(kind: str, **more: Shape) -> Record:
    """Build the shape of an object that names a file of ``kind`` by ``id`` or ``link``.

    ``more`` are further members, such as ``caption``. That one of ``id`` and ``link`` must be there is judged
    by the request reader (100).
    """
    members: Mapping[str, Shape] = {"id": Text(numbers=True), "link": Link(), **more}
    return Record(optional=members, file=kind)


_CAPTION = Text(what="Caption", most=CAPTION_LENGTH, may_be_empty=True)


def _kind(name: str, record: Record) -> MessageKind:
    def shown(value: Value) -> str:
        about = " ".join(str(value[key]) for key in ("filename", "caption") if value.get(key))
        return f"[{name}] {about}".rstrip()

    return MessageKind(name, record, shown, f"{DOCS}/messages/{name}-messages", in_groups=True)


IMAGE = _kind("image", file("image", caption=_CAPTION))
AUDIO = _kind("audio", file("audio", voice=Flag()))
VIDEO = _kind("video", file("video", caption=_CAPTION))
DOCUMENT = _kind(
    "document",
    file("document", caption=_CAPTION, filename=Text(what="Filename", most=FILENAME_LENGTH)),
)
STICKER = _kind("sticker", file("sticker"))
