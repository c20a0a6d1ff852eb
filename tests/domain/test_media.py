"""Files: which a message can show, and what is said about the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.times import DAY, WEEK

from emulator.domain.errors import MessageError
from emulator.domain.media import (
    HEAD_BYTES,
    KINDS,
    MEGABYTE,
    RECEIVED_LIFETIME,
    STATIC_STICKER,
    TTL_MINUTES,
    UPLOAD_LIFETIME,
    UPLOADABLE,
    URL_LIFETIME,
    File,
    bare_type,
    check_file,
    is_animated,
    is_mime_type,
    is_sample,
)

ANIMATION = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00"


@pytest.mark.parametrize(
    ("kind", "mime_type", "most"),
    [
        ("image", "image/png", 5 * MEGABYTE),
        ("image", "image/jpeg", 5 * MEGABYTE),
        ("audio", "audio/ogg", 16 * MEGABYTE),
        ("audio", "audio/ogg; codecs=opus", 16 * MEGABYTE),
        ("video", "video/mp4", 16_777_216),
        ("document", "application/pdf", 100 * MEGABYTE),
        ("document", "application/x-anything", 100 * MEGABYTE),
        ("gif", "video/mp4", 3_670_016),
        ("sticker", "image/webp", 100 * 1024),
    ],
)
def test_a_file_may_be_as_large_as_its_kind_allows(kind: str, mime_type: str, most: int) -> None:
    """One byte less, exactly so many, and one more: the last is refused, with both numbers."""
    check_file(kind, File(mime_type, most - 1))
    check_file(kind, File(mime_type, most))

    with pytest.raises(MessageError) as refused:
        check_file(kind, File(mime_type, most + 1))

    name = kind.capitalize()
    assert (refused.value.code, refused.value.details) == (
        131053,
        f"{name} file has size {most + 1} bytes but must be atmost {most} bytes and non-empty",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_refused(kind: str) -> None:
    """There is nothing to show."""
    with pytest.raises(MessageError, match="has size 0 bytes"):
        check_file(kind, File((KINDS[kind].types or ("text/plain",))[0], 0))


@pytest.mark.parametrize(
    ("kind", "mime_type", "details"),
    [
        (
            "image",
            "text/html",
            "Unsupported Image mime type text/html. Please use one of image/png, image/jpeg.",
        ),
        (
            "audio",
            "audio/opus",
            "Unsupported Audio mime type audio/opus. Please use one of audio/ogg; codecs=opus, audio/mpeg, "
            "audio/amr, audio/mp4, audio/aac.",
        ),
        (
            "image",
            "Text/HTML; charset=utf-8",
            "Unsupported Image mime type text/html. Please use one of image/png, image/jpeg.",
        ),
        ("sticker", "image/png", "Unsupported Sticker mime type image/png. Please use one of image/webp."),
    ],
)
def test_a_file_of_another_type_is_refused_in_the_reported_words(
    kind: str, mime_type: str, details: str
) -> None:
    """What came, and what would have been right, in the order the platform lists it."""
    with pytest.raises(MessageError) as refused:
        check_file(kind, File(mime_type, 1))

    assert refused.value.details == details


def test_a_sticker_that_moves_may_be_larger() -> None:
    """The mark of an animation stands at the head of the file."""
    check_file("sticker", File("image/webp", STATIC_STICKER + 1, ANIMATION))

    with pytest.raises(MessageError, match="atmost 102400 bytes"):
        check_file("sticker", File("image/webp", STATIC_STICKER + 1, ANIMATION[:20] + b"\x00"))
    check_file("sticker", File("image/webp", 512_000, ANIMATION))
    with pytest.raises(MessageError, match="atmost 512000 bytes"):
        check_file("sticker", File("image/webp", 512_001, ANIMATION))


@pytest.mark.parametrize(
    "head",
    [
        *(b"", b"RIFF", ANIMATION[:20], b"x" * 32),
        b"RIFX" + ANIMATION[4:],
        ANIMATION[:8] + b"WEBPVP8L" + ANIMATION[16:],
        ANIMATION[:20] + b"\xfd" + ANIMATION[21:],
    ],
)
def test_anything_else_does_not_move(head: bytes) -> None:
    """A short or foreign head is no animation, and no error."""
    assert not is_animated(head)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("scontent.whatsapp.net", True),
        ("SCONTENT-EZE1-1.whatsapp.net.", True),
        ("mmg.whatsapp.net", False),
        ("scontents.whatsapp.net", False),
        ("scontent.whatsapp.net.example.com", False),
        ("whatsapp.net", False),
    ],
)
def test_the_hosts_of_samples_are_known(host: str, expected: bool) -> None:
    """In any case, with the name of a data centre or without."""
    assert is_sample(host) == expected


def test_every_kind_can_be_uploaded() -> None:
    """What a message can show is among what an upload takes."""
    wanted = {bare_type(each) for kind in KINDS.values() for each in kind.types}

    assert wanted <= set(UPLOADABLE)


@pytest.mark.parametrize("flags", [0x02, 0x12, 0xFF])
@pytest.mark.parametrize("more", [0, 1, 11])
def test_one_flag_at_byte_20_says_that_a_sticker_moves(flags: int, more: int) -> None:
    """Whatever else is set, and however much of the file is known after it."""
    head = ANIMATION[:20] + bytes([flags]) + b"\x00" * more

    assert is_animated(head)
    assert len(head) <= HEAD_BYTES == 32


def test_files_are_kept_as_long_as_documented() -> None:
    """What a business uploads, what a person sends, and a URL to download either."""
    assert (30 * DAY, WEEK, timedelta(minutes=5)) == (UPLOAD_LIFETIME, RECEIVED_LIFETIME, URL_LIFETIME)
    assert TTL_MINUTES == (60, 30 * 24 * 60)


@pytest.mark.parametrize(
    ("mime_type", "fits"),
    [
        ("image/png", True),
        ("audio/ogg; codecs=opus", True),
        (f"{'a' * 127}/{'b' * 127}", True),
        (f"{'a' * 128}/b", False),
        (f"a/{'b' * 128}", False),
        ("image", False),
        ("image/", False),
        ("/png", False),
        ("image/png;", False),
        ("image/png ", False),
    ],
)
def test_a_mime_type_has_two_names_of_up_to_127_signs(mime_type: str, fits: bool) -> None:
    """And parameters, if any."""
    assert is_mime_type(mime_type) is fits
