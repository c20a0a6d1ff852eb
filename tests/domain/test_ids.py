"""The shapes of identifiers, checked against recorded ones."""

from __future__ import annotations

import base64
import re

import pytest

from emulator.domain.ids import (
    Direction,
    app_secret,
    chance,
    draw,
    fbtrace_id,
    group_id,
    numeric,
    trace_id,
    upload_id,
    user_id,
    uuid_like,
    wacid,
    wamid,
    wamid_direction,
)

RECORDED = [
    ("wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBJDOEE3RTMxOEIzMzhCQTU4OTYA", "13437772910", "C8A7E318B338BA5896"),
    ("wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBIyQzU4M0Q4MDc2NDY4ODgwNjUA", "13437772910", "2C583D807646888065"),
    ("wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBI2REE3M0I0NEYzQjM1NkI2MDcA", "13437772910", "6DA73B44F3B356B607"),
    ("wamid.HBgMMjAxMjIyMzkwMTY1FQIAERgSRUVDRUNBMTI1QzhDMkUyMkMzAA==", "201222390165", "EECECA125C8C2E22C3"),
]
"""Ids of real outbound messages with the number and the name inside them."""

INBOUND = "wamid.HBgMNTU0MTk2MTI3MzAwFQIAEhgWM0VCMEQ3OTQ5OTNBODkwMzg1QTZDRgA="
"""The id of a real inbound message."""


@pytest.mark.parametrize(("recorded", "digits", "name"), RECORDED)
def test_an_outbound_id_is_byte_for_byte_like_a_recorded_one(recorded: str, digits: str, name: str) -> None:
    """The same number and the same random part make the very id that the platform made."""
    assert wamid(digits, Direction.OUTBOUND, bytes.fromhex(name)) == recorded


def test_an_inbound_id_has_the_direction_byte_and_the_longer_name_of_an_iphone() -> None:
    """Inbound ids carry ``12`` and a name of 20 characters that begins with ``3A``."""
    made = wamid("16505551234", Direction.INBOUND, bytes(range(32)))

    raw = base64.b64decode(made.removeprefix("wamid."))
    assert raw == b"\x1c\x18\x0b16505551234\x15\x02\x00\x12\x18\x143A000102030405060708\x00"


@pytest.mark.parametrize("recorded", [recorded for recorded, _, _ in RECORDED])
def test_a_recorded_outbound_id_is_known_as_outbound(recorded: str) -> None:
    """The direction stands inside the id, so no message needs to be known to tell it."""
    assert wamid_direction(recorded) is Direction.OUTBOUND


def test_a_recorded_inbound_id_is_known_as_inbound() -> None:
    """So it is for what people write."""
    assert wamid_direction(INBOUND) is Direction.INBOUND


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("digits", ["12345", "16505551234", "551298765432109"])
def test_the_direction_of_every_made_id_can_be_read_back(digits: str, direction: Direction) -> None:
    """Whatever the length of the number."""
    assert wamid_direction(wamid(digits, direction, draw("seed", "outbound", 1))) is direction


@pytest.mark.parametrize(
    ("raw", "direction"),
    [
        (b"\x1c\x18\x00\x15\x02\x00\x11", Direction.OUTBOUND),
        (b"\x1c\x18\x00\x15\x02\x00\x11\x18", Direction.OUTBOUND),
        (b"\x1c\x18\x00\x15\x02\x00\x11\x18\x01", Direction.OUTBOUND),
        (b"\x1c\x18\x00\x15\x02\x00", None),
        (b"\x1c\x18\x011\x15\x02\x00\x12", Direction.INBOUND),
        (b"\x1c\x18\x011\x15\x02\x00", None),
        (b"\x1c\x17\x011\x15\x02\x00\x12", None),
        (b"\x1b\x18\x011\x15\x02\x00\x12", None),
    ],
)
def test_an_id_that_ends_before_its_direction_has_none(raw: bytes, direction: Direction | None) -> None:
    """The byte behind the number decides, and nothing after it is looked at."""
    assert wamid_direction("wamid." + base64.b64encode(raw).decode()) is direction


@pytest.mark.parametrize(
    "opaque",
    [
        "",
        "12345",
        "wamid.",
        "wamid.====",
        RECORDED[0][0] + "!",
        "wamid.ä",
        "wamid.HBgL",
        "wamid.gBGGSFcCNEOPAgkO_KJ55r4w_ww",
        "gBGGSFcCNEOPAgkO_KJ55r4w_ww",
        RECORDED[0][0].removeprefix("wamid."),
        "wamid." + base64.b64encode(b"\x1c\x18\x0516505\x15\x02\x00\x13\x18\x0100").decode(),
        "wamid." + base64.b64encode(b"\x1c\x18\xff16505\x15\x02\x00\x11").decode(),
    ],
)
def test_what_is_no_wamid_has_no_direction(opaque: str) -> None:
    """Ids of other forms are opaque: nothing is guessed, nothing raises."""
    assert wamid_direction(opaque) is None


def test_the_same_draw_gives_the_same_bytes() -> None:
    """An id is a function of seed, kind and number."""
    assert draw("seed", "template", 7) == draw("seed", "template", 7)
    assert len(draw("seed", "template", 7)) == 32


def test_streams_are_independent() -> None:
    """Another seed, kind or number gives other bytes, and none can be mistaken for another."""
    drawn = {
        draw(seed, kind, number)
        for seed in ("a", "b")
        for kind in ("x", "x:1", "y")
        for number in (1, 2, 11, 12)
    }

    assert len(drawn) == 24


@pytest.mark.parametrize("digits", [10, 15, 16])
def test_a_numeric_id_has_its_length_and_no_zero_in_front(digits: int) -> None:
    """As media, templates and accounts have."""
    made = [numeric(draw("seed", "template", number), digits) for number in range(200)]

    assert all(re.fullmatch(rf"[1-9][0-9]{{{digits - 1}}}", each) for each in made)
    assert len(set(made)) == 200


def test_the_other_ids_have_the_recorded_forms() -> None:
    """Lengths and alphabets of what stands in headers, errors and accounts."""
    entropy = draw("seed", "trace", 1)

    assert re.fullmatch(r"A[A-Za-z0-9_-]{22}", fbtrace_id(entropy))
    assert re.fullmatch(r"[A-Za-z0-9_+-]{11}", trace_id(entropy))
    assert re.fullmatch(r"PE\.[1-9][0-9]{14}", user_id("PE", entropy))
    assert re.fullmatch(r"[0-9a-f]{32}", app_secret(entropy))
    assert re.fullmatch(r"[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}", uuid_like(entropy))


BYTES = bytes(range(32))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (fbtrace_id(BYTES), "AABCDEFGHIJKLMNOPQRSTUV"),
        (trace_id(BYTES), "WXYZabcdefA"),
        (fbtrace_id(b"\xff" * 32), "A" + "_" * 22),
        (app_secret(BYTES), "000102030405060708090a0b0c0d0e0f"),
        (uuid_like(BYTES), "00010203_0405_0607_0809_0a0b0c0d0e0f"),
        (user_id("PE", BYTES), "PE.955395731361295"),
        (upload_id(BYTES), "upload:YXR0YWNobWVudDowMDAxMDIwM18wNDA1XzA2MDdfMDgwOV8wYTBiMGMwZDBlMGY"),
        (
            wacid("16505551234", BYTES),
            "wacid.HBgLMTY1MDU1NTEyMzQVAgASGCAwMDAxMDIwMzA0MDUwNjA3MDgwOTBBMEIwQzBEMEUwRgA=",
        ),
        (
            group_id("15550783881", BYTES),
            ("Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0NDU3MzEzNjEyOTUZD", "120363445731361295"),
        ),
    ],
)
def test_the_same_bytes_give_the_same_id_in_every_release(made: object, expected: object) -> None:
    """Or a seeded sandbox would have other ids after an update of the emulator."""
    assert made == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "100"), (899, "999"), (900, "100")])
def test_a_numeric_id_uses_every_number_of_its_length(number: int, expected: str) -> None:
    """From the least to the greatest, and then from the least again."""
    assert numeric(number.to_bytes(16), 3) == expected


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (bytes(32), 0.0),
        (b"\x80" + bytes(31), 0.5),
        (b"\xff" * 32, 1 - 2**-48),
        (bytes(5) + b"\x01" + bytes(26), 2**-48),
    ],
)
def test_a_chance_is_from_zero_up_to_one(drawn: bytes, expected: float) -> None:
    """Zero is included, one is not: what is certain always happens, what is impossible never."""
    assert chance(drawn) == expected
