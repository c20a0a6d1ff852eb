"""``/{phone_number_id}/media`` and ``/{media_id}``, and resumable uploads (``/{app_id}/uploads``)."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.accounts.apps import MESSAGING, App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import bad_parameter
from emulator.domain.graph.hosts import downloads_at
from emulator.domain.media import TTL_MINUTES, UPLOAD_LIFETIME, UPLOADABLE, Media, Upload
from emulator.domain.shapes import Text
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import attachments, fields, nodes, responses, uploads
from emulator.wire.received import described
from emulator.wire.shape_reader import read as read_shape

_TYPE, _NAME = Text(most=255), Text(most=255, numbers=True)
"""The type and the name of an upload. The bound is ours, that of file systems; handles repeat the type."""


@endpoint(BusinessNumber, "media", "POST", scope=MESSAGING, waits=True)
def upload(call: Call) -> Answer:
    """Take in a file (``POST /{phone_number_id}/media``); answers its media id.

    The type is that of the multipart part itself, not the parameter ``type``. ``ttl_minutes`` shortens its
    life. The bytes are read outside every transaction. Raises ``(#100)`` for no file, for one inside of
    brackets (``file[value]``), and for a type that cannot be uploaded.
    """
    assert isinstance(call.node, BusinessNumber)
    call.parameters.required("messaging_product").one_of(("WHATSAPP",))
    file = call.request.files.get("file")
    if file is None and call.parameters.get("file").absent:
        raise bad_parameter(
            "The parameter file is required.", hint="Send it as a multipart part named `file`."
        )
    if file is None or file.content_type not in UPLOADABLE:
        wanted = f"Param file must be a file with one of the following types: {', '.join(UPLOADABLE)}."
        if file is None:
            raise bad_parameter(
                wanted, hint="The file is the part named `file` itself, with a file name and no brackets."
            )
        raise bad_parameter(
            f"{wanted} Received file of type '{file.content_type}'.",
            hint="The Content-Type of the multipart part itself is looked at, and must have no parameters.",
        )
    kept = UPLOAD_LIFETIME
    if not (minutes := call.parameters.get("ttl_minutes")).absent:
        least, most = TTL_MINUTES
        if not least <= minutes.integer() <= most:
            raise bad_parameter(
                f"Param ttl_minutes must be between {least} and {most}.",
                hint=f"It came as {described(minutes.value)}; without it a file is kept for 30 days.",
            )
        kept = timedelta(minutes=minutes.integer())
    media = call.sandbox.media.upload(call.node, file.stream, file.content_type, file.name or None, kept)
    return Answer({"id": media.id}, media.id)


@endpoint(Media, "", "GET", scope=MESSAGING)
def read(call: Call) -> Answer:
    """Answer ``GET /{media_id}`` with what the file is, and an address for its bytes.

    The address is good for five simulated minutes. Raises ``(#100)`` when ``phone_number_id`` names another
    number than the file's.
    """
    media = _own(call)
    url = attachments.download_url(
        downloads_at(call.request.base_url),
        media.id,
        call.sandbox.clock.now(),
        call.sandbox.accounts.app().secret,
    )
    return Answer(
        fields.select(nodes.media(media, url), call.fields(), nodes.MEDIA, nodes.MEDIA_DEFAULT_FIELDS),
        media.id,
    )


@endpoint(Media, "", "DELETE", scope=MESSAGING)
def delete(call: Call) -> Answer:
    """Delete a file (``DELETE /{media_id}``); messages that have it can be sent no more.

    Raises ``(#100)`` when ``phone_number_id`` names another number than the file's.
    """
    media = _own(call)
    call.sandbox.media.delete(media)
    return Answer(responses.SUCCESS, media.id)


def _own(call: Call) -> Media:
    """The file; a number that is named with it must be the one it belongs to."""
    assert isinstance(call.node, Media)
    number = call.parameters.get("phone_number_id")
    if not number.absent and number.string() != call.node.phone_number_id:
        raise bad_parameter(
            "Param phone_number_id is not a valid whatsapp business phone number id ID",
            hint=f"The file belongs to {call.node.phone_number_id}.",
        )
    return call.node


@endpoint(App, "uploads", "POST")
def begin(call: Call) -> Answer:
    """Begin a resumable upload (``POST /{app_id}/uploads``); answers its session.

    ``file_length`` is in bytes and above 0, ``file_type`` a MIME type. Its end gives the handle for the
    example of a template's header.
    """
    assert isinstance(call.node, App)
    length = call.parameters.required("file_length").integer()
    if length <= 0:
        raise bad_parameter(
            "Param file_length must be greater than 0.", hint="It is the size of the whole file in bytes."
        )
    file_type = read_shape(_TYPE, call.parameters.required("file_type"))
    name = call.parameters.get("file_name")
    begun = call.sandbox.media.begin_upload(
        call.node, file_type, length, None if name.absent else read_shape(_NAME, name)
    )
    return Answer({"id": uploads.session(begun.id)}, begun.id)


@endpoint(Upload, "", "GET")
def progress(call: Call) -> Answer:
    """Answer ``GET /{upload_id}`` with how many bytes of a resumable upload have come (``file_offset``)."""
    assert isinstance(call.node, Upload)
    return Answer({"id": uploads.session(call.node.id), "file_offset": call.node.offset}, call.node.id)


@endpoint(Upload, "", "POST", waits=True)
def append(call: Call) -> Answer:
    """Take in the next piece of a resumable upload (``POST /{upload_id}``).

    The last one is answered with the handle. The header ``file_offset`` says where it begins. The body is
    read outside every transaction. Raises ``(#100)`` for another offset than the bytes that have come.
    """
    assert isinstance(call.node, Upload)
    offset = call.request.file_offset or ""
    if not (offset.isascii() and offset.isdigit() and len(offset) < 15) or call.request.stream is None:
        raise bad_parameter(
            "The parameter file_offset is required.",
            hint="Send it as a header, beside `Authorization: OAuth …`, with the bytes as the body.",
        )
    received = call.sandbox.media.append(call.node, int(offset), call.request.stream)
    upload = received.upload
    if not received.is_whole:
        return Answer({"id": uploads.session(upload.id), "file_offset": upload.offset}, upload.id)
    handle = uploads.handle(upload.id, upload.app_id, upload.file_type, call.sandbox.clock.now())
    return Answer({"h": handle}, upload.id)
