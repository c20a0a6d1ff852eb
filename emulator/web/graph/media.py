"""``/{phone_number_id}/media``, ``/{media_id}`` and uploads in pieces."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.accounts.apps import MESSAGING, App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import bad_parameter
from emulator.domain.media import TTL_MINUTES, UPLOAD_LIFETIME, UPLOADABLE, Media, Upload
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import attachments, fields, nodes, responses, uploads


@endpoint(BusinessNumber, "media", "POST", scope=MESSAGING, waits=True)
def upload(call: Call) -> Answer:
    """Take a file in. Its part's own type counts, not the parameter of that name."""
    assert isinstance(call.node, BusinessNumber)
    call.parameters.required("messaging_product").one_of(("WHATSAPP",))
    file = call.request.files.get("file")
    if file is None:
        raise bad_parameter(
            "The parameter file is required.", hint="Send it as a multipart part named `file`."
        )
    if file.content_type not in UPLOADABLE:
        raise bad_parameter(
            f"Param file must be a file with one of the following types: {', '.join(UPLOADABLE)}. "
            f"Received file of type '{file.content_type}'.",
            hint="The Content-Type of the multipart part itself is looked at, and must have no parameters.",
        )
    kept = UPLOAD_LIFETIME
    if not (minutes := call.parameters.get("ttl_minutes")).absent:
        least, most = TTL_MINUTES
        if not least <= minutes.integer() <= most:
            raise bad_parameter(f"Param ttl_minutes must be between {least} and {most}.")
        kept = timedelta(minutes=minutes.integer())
    media = call.sandbox.media.upload(call.node, file.stream, file.content_type, file.name or None, kept)
    return Answer({"id": media.id}, media.id)


@endpoint(Media, "", "GET", scope=MESSAGING)
def read(call: Call) -> Answer:
    """What a file is, and a fresh address for its bytes."""
    media = _own(call)
    url = attachments.download_url(
        call.request.base_url, media.id, call.sandbox.clock.now(), call.sandbox.accounts.app().secret
    )
    return Answer(
        fields.select(nodes.media(media, url), call.fields(), nodes.MEDIA, nodes.MEDIA_DEFAULT_FIELDS),
        media.id,
    )


@endpoint(Media, "", "DELETE", scope=MESSAGING)
def delete(call: Call) -> Answer:
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
    """Begin an upload in pieces."""
    assert isinstance(call.node, App)
    length = call.parameters.required("file_length").integer()
    if length <= 0:
        raise bad_parameter("Param file_length must be greater than 0.")
    file_type = call.parameters.required("file_type").text()
    name = call.parameters.get("file_name")
    begun = call.sandbox.media.begin_upload(
        call.node, file_type, length, None if name.absent else name.string()
    )
    return Answer({"id": uploads.session(begun.id)}, begun.id)


@endpoint(Upload, "", "GET")
def progress(call: Call) -> Answer:
    assert isinstance(call.node, Upload)
    return Answer({"id": uploads.session(call.node.id), "file_offset": call.node.offset}, call.node.id)


@endpoint(Upload, "", "POST", waits=True)
def append(call: Call) -> Answer:
    """Take in a piece; the last one is answered with the handle."""
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
