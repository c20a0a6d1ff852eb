"""What an inbound message says of another one: whose it was, by which id, that it was forwarded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import SHEENA_NELSON as SHEENA

from emulator.domain.ids import Direction, opened, scoped, wamid
from emulator.domain.messages.contexts import SCOPED_SINCE, check, quoting
from emulator.domain.messages.lifecycle import Message, MessageStatus

PRODUCT = {"catalog_id": "194836987003835", "product_retailer_id": "sku-1"}
THEIRS = wamid(SHEENA.wa_id, Direction.INBOUND, bytes(32), "android")
OURS = wamid(SHEENA.wa_id, Direction.OUTBOUND, bytes(32))
BEFORE = SCOPED_SINCE - timedelta(microseconds=1)


def quoted(message_id: str) -> Message:
    outbound = message_id == OURS
    status = MessageStatus.READ if outbound else MessageStatus.RECEIVED
    at = datetime(2026, 6, 1, tzinfo=UTC)
    return Message(message_id, NUMBER.id, SHEENA.wa_id, outbound, "text", status, at)


def context(message_id: str, named: str, at: datetime) -> dict[str, Any]:
    message = quoted(message_id)
    return quoting(message, None if message.outbound else SHEENA, NUMBER, SHEENA, named=named, at=at)


def test_a_scoped_id_is_byte_for_byte_like_the_reported_one() -> None:
    """The user id in the place of the number, another byte before the direction, the same tail."""
    tail = "A566B545C242DB332755FC281B7A5E98"
    known = wamid("201012345678", Direction.INBOUND, bytes.fromhex(tail), "android")

    assert scoped(known, "EG.1442738230941002") == (
        "wamid.HBgTRUcuMTQ0MjczODIzMDk0MTAwMhUUABIYIEE1NjZCNTQ1QzI0MkRCMzMyNzU1RkMyODFCN0E1RTk4AA=="
    )
    told, spelled = opened(known), opened(scoped(known, "EG.1442738230941002"))
    assert told is not None
    assert spelled is not None
    assert (told.tail, told.direction) == (spelled.tail, spelled.direction) == (tail, Direction.INBOUND)
    assert (told.whose, spelled.whose) == ("201012345678", "EG.1442738230941002")


def test_what_is_no_id_has_one_spelling() -> None:
    """As the ids of the dashboard's samples."""
    assert scoped("ABGGFlA5Fpa", "US.1") == "ABGGFlA5Fpa"


@pytest.mark.parametrize(
    ("message_id", "named", "at", "is_scoped"),
    [
        (THEIRS, "platform", BEFORE, False),
        (THEIRS, "platform", SCOPED_SINCE, True),
        (OURS, "platform", SCOPED_SINCE, False),
        (THEIRS, "exact", SCOPED_SINCE, False),
        (OURS, "scoped", BEFORE, True),
        (THEIRS, "scoped", BEFORE, True),
    ],
)
def test_the_date_or_the_setting_says_by_which_id_a_message_is_quoted(
    message_id: str, named: str, at: datetime, is_scoped: bool
) -> None:
    """Since July 2026 the person's own have their user id inside, or else as the setting says."""
    expected = scoped(message_id, SHEENA.user_id) if is_scoped else message_id

    assert context(message_id, named, at)["id"] == expected


def test_the_context_names_who_wrote_the_quoted_message() -> None:
    """The person with their user id; the business has a number alone."""
    assert context(THEIRS, "exact", BEFORE) == {
        "from": SHEENA.wa_id,
        "from_user_id": SHEENA.user_id,
        "id": THEIRS,
    }
    assert context(OURS, "exact", BEFORE) == {"from": NUMBER.digits, "id": OURS}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"forwarded": True},
        {"frequently_forwarded": True},
        {"referred_product": PRODUCT},
    ],
)
def test_each_documented_form_is_said_as_it_is(said: dict[str, Any]) -> None:
    """A product may be asked about in reply to a message, too."""
    assert check(said, quotes=False) == said
    if "forwarded" not in str(said):
        assert check(said, quotes=True) == said


def test_false_says_nothing() -> None:
    """As if it were left out."""
    assert check({"forwarded": False, "frequently_forwarded": True}, quotes=False) == {
        "frequently_forwarded": True
    }
    assert check({"forwarded": False}, quotes=True) == {}


@pytest.mark.parametrize(
    ("said", "quotes", "problem"),
    [
        ({"mentioned": True}, False, "not 'mentioned'"),
        ({"forwarded": "yes"}, False, "is true"),
        ({"forwarded": True, "frequently_forwarded": True}, False, "one of these"),
        ({"forwarded": True}, True, "quotes none"),
        ({"frequently_forwarded": True}, True, "quotes none"),
        ({"referred_product": {"catalog_id": "1"}}, False, "catalog_id and product_retailer_id"),
        ({"referred_product": PRODUCT | {"price": "1"}}, False, "catalog_id and product_retailer_id"),
        ({"referred_product": PRODUCT | {"catalog_id": 7}}, False, "are texts"),
        ({"referred_product": PRODUCT | {"catalog_id": ""}}, False, "are texts"),
    ],
)
def test_what_no_phone_can_do_is_refused(said: dict[str, Any], quotes: bool, problem: str) -> None:
    """With what was wrong."""
    with pytest.raises(ValueError, match=problem):
        check(said, quotes=quotes)
