"""Locations: a point on the map, with or without a name and an address."""

from __future__ import annotations

from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Number, Record, Text, Value, invalid


def _is_on_earth(place: Value) -> None:
    """Refuse a point that no map has; the sentence is ours."""
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not -most <= float(place[name]) <= most:
            raise invalid(
                f"Location {name} is out of range. Min value: -{most}, Max value: {most}",
                f"The {name} that came is {place[name]}.",
            )


def _shown(place: Value) -> str:
    about = ", ".join(str(place[key]) for key in ("name", "address") if place.get(key))
    return f"[location] {about or '{latitude}, {longitude}'.format_map(dict(place))}"


PLACE = Record(
    required={"latitude": Number(), "longitude": Number()},
    optional={"name": Text(may_be_empty=True), "address": Text(may_be_empty=True)},
    rules=(_is_on_earth,),
)

LOCATION = MessageKind("location", PLACE, _shown, f"{DOCS}/messages/location-messages")
