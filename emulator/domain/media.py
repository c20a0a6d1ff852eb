"""Files: which types may be uploaded, how large each kind may be, and how long they are kept.

Sources: D/business-phone-numbers/media and the pages of the message kinds; sentences about types and sizes as
reported with ``failed`` statuses (November 2024 to July 2026).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from emulator.domain.errors import MessageError, message_error
from emulator.domain.quoting import brief
from emulator.domain.values import dataclass

MEGABYTE = 1024 * 1024
UPLOAD_LIFETIME = timedelta(days=30)
"""How long after its upload a file can be sent and downloaded (D/business-phone-numbers/media)."""
RECEIVED_LIFETIME = timedelta(days=7)
"""How long after its message a file that a person sent can be downloaded (30 days before October 2025)."""
URL_LIFETIME = timedelta(minutes=5)
"""How long after it was issued a download URL works (recorded: 300 seconds)."""
TTL_MINUTES = (60, 43_200)
"""The least and the most that a number without storage may ask for as ``ttl_minutes`` (D/no-storage)."""

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
"""The MIME types an upload may have, in the order in which the platform's own complaint lists them."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """The MIME types and the size that one kind of media message allows.

    ``types`` are in the order of the platform's complaint; empty: any type. ``name`` is how it spells the
    kind.
    """

    name: str
    types: tuple[str, ...]
    most: int
    """The largest size in bytes, inclusive."""


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
"""The largest size in bytes of a sticker that is not animated, inclusive."""
_TYPE = re.compile(r"[\w.+-]{1,127}/[\w.+-]{1,127}( *; *[\w.+-]+=[\w.+-]+)*", re.ASCII)
HEAD_BYTES = 32
"""How many bytes from the beginning of a file are kept to recognise what it is."""


@dataclass(frozen=True, slots=True)
class File:
    """The facts about a file that decide whether a message can show it: type, size in bytes, first bytes."""

    mime_type: str
    size: int
    head: bytes = b""
    """Its first :data:`HEAD_BYTES` bytes."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that belongs to a business phone number: uploaded by it, or sent to it by a person.

    It can be used until just before ``expires_at``; ``size`` is in bytes, ``at`` when it was stored.
    """

    id: str
    phone_number_id: str
    mime_type: str
    sha256: str
    """Hexadecimal digest of its bytes."""
    size: int
    at: datetime
    expires_at: datetime
    filename: str | None = None
    adler32: int = 1
    head: bytes = b""

    @property
    def in_webhooks(self) -> dict[str, object]:
        """What webhooks tell of it: its type, its digest in Base64, and its id."""
        digest = base64.b64encode(bytes.fromhex(self.sha256)).decode()
        return {"mime_type": self.mime_type, "sha256": digest, "id": self.id}

    @property
    def file(self) -> File:
        """The facts of this media file that the rules about files look at."""
        return File(self.mime_type, self.size, self.head)


@dataclass(frozen=True, slots=True)
class Upload:
    """A resumable upload session of an app, with how much of the file has arrived.

    ``file_length`` and ``offset`` are in bytes; the upload is complete when they are equal.
    """

    id: str
    app_id: str
    file_type: str
    file_length: int
    file_name: str | None
    offset: int


def bare_type(mime_type: str) -> str:
    """Strip the parameters of a MIME type and write it in lower case.

    ``audio/ogg`` of ``audio/ogg; codecs=opus``: the parameters do not matter to what a message can show.
    """
    return mime_type.partition(";")[0].strip().lower()


def is_mime_type(mime_type: str) -> bool:
    """Say whether a text has the form of a MIME type, with or without parameters.

    Whether such a type exists, or may be uploaded, is not looked at.
    """
    return _TYPE.fullmatch(mime_type) is not None


def check_file(kind: str, file: File) -> None:
    """Refuse a file of a type or a size that its kind of message cannot show (131053).

    ``kind`` is a key of :data:`KINDS`. The limits are inclusive, an empty file is refused, and a sticker that
    is not animated may have :data:`STATIC_STICKER` bytes. The error is reported by webhook, after the 200.
    """
    known = KINDS[kind]
    if known.types and bare_type(file.mime_type) not in map(bare_type, known.types):
        raise bad_file(
            f"Unsupported {known.name} mime type {bare_type(file.mime_type)}. Please use one of "
            f"{', '.join(known.types)}.",
            f"The file came as {brief(file.mime_type)}; its own Content-Type counts, whatever its bytes "
            "or its name say.",
        )
    most = known.most
    if kind == "sticker" and not is_animated(file.head):
        most = STATIC_STICKER
    if not 0 < file.size <= most:
        raise bad_file(
            f"{known.name} file has size {file.size} bytes but must be atmost {most} bytes and non-empty",
            _size(known.name, file.size, most),
        )


def _size(name: str, size: int, most: int) -> str:
    """The hint about a file that is empty or too large."""
    if size == 0:
        return "The file that came is empty."
    return f"It is {size - most:,} bytes too large: of the kind {name} at most {most / 2**20:g} MiB are sent."


def is_animated(head: bytes) -> bool:
    """Say whether the first bytes of a WebP file carry the animation flag (byte 20 of ``VP8X``).

    ``head`` needs 21 bytes; any other file, and a shorter one, is not animated.
    """
    return head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X" and len(head) > 20 and bool(head[20] & 0x02)


def is_sample(host: str) -> bool:
    """Say whether a host keeps the samples of templates, as ``GET`` shows them in ``header_handle``.

    The platform cannot fetch them for a message: the host answers 403 (github.com/fazer-ai/chatwoot/pull/363,
    August 2026; report 349 there says that it once could).
    """
    label, _, rest = host.lower().rstrip(".").partition(".")
    return rest == "whatsapp.net" and label.partition("-")[0] == "scontent"


def download_failed(problem: str) -> MessageError:
    """Build the error about a media link that could not be fetched (131053).

    ``problem`` is the reason, which stands at the end of its details; it is reported in a ``failed`` status.
    """
    return bad_file(
        f"Downloading media from weblink failed with {problem}",
        "A link is fetched after the send was answered, without a login. The host of templates' samples "
        "refuses the platform; docs/reference/addresses.md says which hosts the emulator asks. A file that "
        "is uploaded, and sent by its id, needs no link.",
    )


def bad_file(details: str, hint: str) -> MessageError:
    """Build error 131053 about a file that a message cannot show.

    ``details`` say what is wrong with it, ``hint`` what came and what would help. It is reported in a
    ``failed`` status, after the send was answered with 200.
    """
    return message_error(131053, details, rule="file", hint=hint)
