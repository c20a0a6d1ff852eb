"""Files: which types may be uploaded, how large each kind may be, and how long they are kept.

Sources: D/business-phone-numbers/media and the pages of the message kinds; sentences about types and sizes as
reported with ``failed`` statuses (November 2024 to July 2026).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from emulator.domain.errors import MessageError, message_error

MEGABYTE = 1024 * 1024
UPLOAD_LIFETIME = timedelta(days=30)
"""How long an uploaded file can be sent and downloaded."""
RECEIVED_LIFETIME = timedelta(days=7)
"""How long a file that a person sent can be downloaded (30 days before October 2025)."""
URL_LIFETIME = timedelta(minutes=5)
"""How long the address of a download works (recorded: 300 seconds)."""
TTL_MINUTES = (60, 43_200)
"""What a number without storage may ask for as ``ttl_minutes`` (D/no-storage)."""

UPLOADABLE = (
    "text/plain",
    "video/mp4",
    "video/3gpp",
    "image/jpeg",
    "image/png",
    "image/webp",
    "audio/aac",
    "audio/mp4",
    "audio/mpeg",
    "audio/amr",
    "audio/ogg",
    "audio/opus",
    "application/vnd.ms-powerpoint",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/pdf",
    "application/vnd.ms-excel",
)
"""The types an upload may have, in the order of the platform's own complaint."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What one kind of message takes; ``types`` in the order of the complaint, none for any type."""

    name: str
    types: tuple[str, ...]
    most: int
    """Bytes."""


_AUDIO = ("audio/ogg; codecs=opus", "audio/mpeg", "audio/amr", "audio/mp4", "audio/aac")
KINDS: Mapping[str, FileKind] = {
    "image": FileKind("Image", ("image/png", "image/jpeg"), 5 * MEGABYTE),
    "audio": FileKind("Audio", _AUDIO, 16 * MEGABYTE),
    "video": FileKind("Video", ("video/mp4", "video/3gpp"), 16 * MEGABYTE),
    "document": FileKind("Document", (), 100 * MEGABYTE),
    "gif": FileKind("Gif", ("video/mp4",), 3584 * 1024),
    "sticker": FileKind("Sticker", ("image/webp",), 500 * 1024),
}
STATIC_STICKER = 100 * 1024
"""Bytes of a sticker that does not move."""
_TYPE = re.compile(r"[\w.+-]{1,127}/[\w.+-]{1,127}( *; *[\w.+-]+=[\w.+-]+)*", re.ASCII)
HEAD_BYTES = 32
"""How many of a file's first bytes are looked at."""


@dataclass(frozen=True, slots=True)
class File:
    """What is known about the bytes of a file."""

    mime_type: str
    size: int
    head: bytes = b""
    """The first :data:`HEAD` bytes."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that belongs to a business number: uploaded, or sent by a person."""

    id: str
    phone_number_id: str
    mime_type: str
    sha256: str
    """Hexadecimal."""
    size: int
    at: datetime
    expires_at: datetime
    filename: str | None = None
    adler32: int = 1
    head: bytes = b""

    @property
    def file(self) -> File:
        return File(self.mime_type, self.size, self.head)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes in pieces: how much of it has come."""

    id: str
    app_id: str
    file_type: str
    file_length: int
    file_name: str | None
    offset: int


def bare_type(mime_type: str) -> str:
    """A type without its parameters: ``audio/ogg`` of ``audio/ogg; codecs=opus``."""
    return mime_type.partition(";")[0].strip().lower()


def is_mime_type(mime_type: str) -> bool:
    """Whether a text can be a type, with or without parameters."""
    return _TYPE.fullmatch(mime_type) is not None


def check_file(kind: str, file: File) -> None:
    """Refuse a file that its message cannot show; told by webhook. Raises 131053."""
    known = KINDS[kind]
    if known.types and bare_type(file.mime_type) not in map(bare_type, known.types):
        raise bad_file(
            f"Unsupported {known.name} mime type {file.mime_type}. Please use one of "
            f"{', '.join(known.types)}."
        )
    most = known.most
    if kind == "sticker" and not is_animated(file.head):
        most = STATIC_STICKER
    if not 0 < file.size <= most:
        raise bad_file(
            f"{known.name} file has size {file.size} bytes but must be atmost {most} bytes and non-empty"
        )


def is_animated(head: bytes) -> bool:
    """Whether a WebP file begins with the mark of an animation."""
    return head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X" and len(head) > 20 and bool(head[20] & 0x02)


def download_failed(problem: str) -> MessageError:
    """A link that could not be fetched (131053)."""
    return bad_file(f"Downloading media from weblink failed with {problem}")


def bad_file(details: str) -> MessageError:
    return message_error(131053, details, rule="file")
