"""The shape of the value of each type of template parameter.

The request reader reads by these shapes; :func:`check_limits` compares the values with their limits (131009).
"""

from __future__ import annotations

from collections.abc import Mapping

from emulator.domain import shapes
from emulator.domain.content.files import FILENAME_LENGTH, file
from emulator.domain.content.interactive.calls import CALL_MINUTES
from emulator.domain.content.interactive.commerce import PRODUCT_SECTIONS, products_fit
from emulator.domain.content.interactive.menus import check_section_titles
from emulator.domain.content.interactive.orders import ORDER_DETAILS_PARAMETERS
from emulator.domain.content.location import PLACE
from emulator.domain.shapes import Integer, Items, Json, Link, Record, Shape, Text, Value
from emulator.domain.templates.filling.sent import SentParameter

LATEST_MS = 253_402_300_799_999
"""The last millisecond of the year 9999."""

_ID = Text(numbers=True)
_OLD_DATE_PARTS = ("day_of_week", "day_of_month", "year", "month", "hour", "minute", "timestamp", "calendar")
"""Taken and ignored: dates are no longer localised."""


def _sections_fit(action: Value) -> None:
    if "sections" in action:
        check_section_titles(action)
        products_fit(action)


SHAPES: Mapping[str, Shape] = {
    "ACTION": Record(
        optional={
            "flow_token": Text(),
            "flow_action_data": Json(),
            "thumbnail_product_retailer_id": _ID,
            "sections": PRODUCT_SECTIONS,
            "order_details": ORDER_DETAILS_PARAMETERS,
        },
        rules=(_sections_fit,),
    ),
    "COUPON_CODE": Text(),
    "CURRENCY": Record(required={"fallback_value": Text(), "code": Text(), "amount_1000": Integer()}),
    "DATE_TIME": Record(
        required={"fallback_value": Text()}, optional=dict.fromkeys(_OLD_DATE_PARTS, Text(numbers=True))
    ),
    "DOCUMENT": file("document", filename=Text(what="Filename", most=FILENAME_LENGTH)),
    "GIF": file("gif"),
    "IMAGE": file("image"),
    "LIMITED_TIME_OFFER": Record(
        required={"expiration_time_ms": Integer(what="expiration_time_ms", least=0, most=LATEST_MS)}
    ),
    "LOCATION": PLACE,
    "PAYLOAD": Text(),
    "PRODUCT": Record(required={"product_retailer_id": _ID, "catalog_id": _ID}),
    "TAP_TARGET_CONFIGURATION": Items(
        of=Record(required={"url": Link(), "title": Text()}), what="tap targets", least=1
    ),
    "TEXT": Text(numbers=True),
    "TTL_MINUTES": Integer(what="ttl_minutes", least=CALL_MINUTES[0], most=CALL_MINUTES[1]),
    "VIDEO": file("video"),
}
"""The shape under the key that is named as the type, in the order in which the complaint lists the types."""


def check_limits(parameter: SentParameter) -> None:
    """Refuse a value that breaks a limit of its type. Raises :class:`MessageError` (131009).

    A parameter that is a plain text has no limits here; its length is judged once it is filled in.
    """
    if parameter.payload is not None:
        shapes.check_limits(SHAPES[parameter.type], parameter.payload)
