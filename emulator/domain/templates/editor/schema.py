"""The declared schema of a template: one row a member, for every component and every type of button.

The request reader reads values by the shapes of these rows, and refuses what is of another type in Graph's
words; :func:`check_members` refuses members that a component does not have (2388042, recorded) or lacks
(2388043, recorded). Source: D/templates/components and the pages of each kind; a component that is declared
in two ways, such as the body of an authentication template, has its ``variants``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.shapes import Address, Choice, Flag, Integer, Items, Json, Phone, Shape, Text
from emulator.domain.templates.components import (
    BUTTON_TYPES,
    COMPONENT_TYPES,
    FLOW_ACTIONS,
    FLOW_ICONS,
    HEADER_FORMATS,
    MEDIA_FORMATS,
    OTP_TYPES,
)
from emulator.domain.templates.refusals import in_card, missing_field, unexpected_fields
from emulator.domain.values import dataclass

AUTHENTICATION, OTHER = "AUTHENTICATION", "OTHER"
"""The variants of a body and of a footer, by the category of the template."""
BUTTON = "BUTTONS."
"""What stands before the type of a button in the name of what a row belongs to."""


@dataclass(frozen=True, slots=True)
class Member:
    """One row: a member that a component or a button has.

    ``of`` is the type of the component, or ``BUTTONS.`` and the type of the button; ``name`` has a dot before
    a member inside of another, as in ``example.body_text``.
    """

    of: str
    name: str
    shape: Shape | None = None
    """What the reader takes it for; ``None``: what is inside is judged by a rule."""
    variants: tuple[str, ...] = ()
    """The formats of a header, or the kinds of a body and a footer, that have it; empty: all of them."""
    needed: bool = False
    """Whether it must be there, and not be empty."""


_STRING = Text()


def _button(kind: str, needed: tuple[str, ...] = ("text",), **members: Shape | None) -> tuple[Member, ...]:
    """The rows of a type of button: every one may have a label, and must have the ``needed`` members."""
    shapes: dict[str, Shape | None] = {"text": _STRING, **members}
    return tuple(Member(BUTTON + kind, name, shape, needed=name in needed) for name, shape in shapes.items())


SCHEMA: tuple[Member, ...] = (
    Member("HEADER", "format", Choice(HEADER_FORMATS)),
    Member("HEADER", "text", _STRING, ("TEXT",), needed=True),
    Member("HEADER", "example", Json(), ("TEXT", *MEDIA_FORMATS)),
    Member("HEADER", "example.header_text", None, ("TEXT",)),
    Member("HEADER", "example.header_text_named_params", Items(of=Json()), ("TEXT",)),
    Member("HEADER", "example.header_handle", None, MEDIA_FORMATS),
    Member("HEADER", "example.header_url", None, MEDIA_FORMATS),
    Member("BODY", "text", _STRING, (OTHER,), needed=True),
    Member("BODY", "example", Json(), (OTHER,)),
    Member("BODY", "example.body_text", None, (OTHER,)),
    Member("BODY", "example.body_text_named_params", Items(of=Json()), (OTHER,)),
    Member("BODY", "add_security_recommendation", Flag(), (AUTHENTICATION,)),
    Member("FOOTER", "text", _STRING, (OTHER,), needed=True),
    Member("FOOTER", "code_expiration_minutes", Integer(), (AUTHENTICATION,), needed=True),
    Member("BUTTONS", "buttons"),
    Member("CAROUSEL", "cards"),
    Member("LIMITED_TIME_OFFER", "limited_time_offer", Json()),
    Member("LIMITED_TIME_OFFER", "limited_time_offer.text", _STRING),
    Member("LIMITED_TIME_OFFER", "limited_time_offer.has_expiration", Flag()),
    *_button("QUICK_REPLY"),
    *_button("URL", ("text", "url"), url=Address(), example=None, app_deep_link=Json()),
    *_button("PHONE_NUMBER", ("text", "phone_number"), phone_number=Phone()),
    *_button("COPY_CODE", (), example=None),
    *_button(
        "OTP",
        ("otp_type",),
        otp_type=Choice(OTP_TYPES),
        autofill_text=_STRING,
        supported_apps=Items(of=Json()),
        package_name=None,
        signature_hash=None,
        zero_tap_terms_accepted=Flag(),
    ),
    *_button(
        "FLOW",
        flow_id=Text(numbers=True),
        flow_name=_STRING,
        flow_json=_STRING,
        flow_action=Choice(FLOW_ACTIONS),
        navigate_screen=_STRING,
        icon=Choice(FLOW_ICONS),
    ),
    *_button("CATALOG"),
    *_button("MPM"),
    *_button("SPM"),
    *_button("VOICE_CALL", ttl_minutes=Integer()),
    *_button("ORDER_DETAILS"),
    *_button("REQUEST_CONTACT_INFO", ()),
    *_button("APP", app_deep_link=Json()),
)

_BY_OWNER: Mapping[str, tuple[Member, ...]] = {
    owner: tuple(row for row in SCHEMA if row.of == owner)
    for owner in (*COMPONENT_TYPES, *(BUTTON + kind for kind in BUTTON_TYPES))
}


def members_of(owner: str) -> tuple[Member, ...]:
    """List the rows of a component or of a button, in the order in which they are read."""
    return _BY_OWNER[owner]


def shape_of(owner: str, name: str) -> Shape:
    """Find what the reader takes a member for, where it stands elsewhere, as in the inputs of the library.

    Raises :class:`KeyError` for a member that has no shape.
    """
    shapes = {row.name: row.shape for row in _BY_OWNER[owner] if row.shape is not None}
    return shapes[name]


def needed_of(owner: str, variant: str | None = None) -> tuple[str, ...]:
    """List the names of the members that a ``variant`` of a component or a button must have."""
    return tuple(row.name for row in _BY_OWNER[owner] if row.needed and _is_of(row, variant))


def check_members(components: Sequence[Mapping[str, Any]], authenticates: bool) -> None:
    """Refuse members that a component or one of its buttons does not have, then those that it lacks.

    ``components`` are of known types; ``authenticates`` says whether they are of an authentication template.
    Raises :class:`TemplateEditorError`: 2388042 with the names, or 2388043 with the first. What a button
    lacks is judged with its other fields.
    """
    for component in components:
        kind = str(component["type"])
        variant = _variant(component, authenticates)
        if found := _unexpected(kind, component, variant):
            raise unexpected_fields(kind, found, _declared(kind, variant))
        for button in component.get("buttons", ()):
            owner = BUTTON + str(button.get("type"))
            if found := _unexpected(owner, button):
                raise unexpected_fields(kind, found, _declared(owner))
        for place, card in enumerate(component.get("cards", ())):
            try:
                check_members(card["components"], authenticates)
            except PlatformError as refused:
                raise in_card(refused, place) from None
    for component in components:
        kind = str(component["type"])
        for name in needed_of(kind, _variant(component, authenticates)):
            if component.get(name) in (None, ""):
                raise missing_field(kind, name, f"Give it {name}, or leave the component of type {kind} out.")


def _variant(component: Mapping[str, Any], authenticates: bool) -> str | None:
    if component["type"] == "HEADER":
        return str(component.get("format"))
    return AUTHENTICATION if authenticates else OTHER


def _unexpected(owner: str, given: Mapping[str, Any], variant: str | None = None) -> list[str]:
    """The names of the members that are not declared, those inside of another with a dot."""
    if owner not in _BY_OWNER:
        return []
    known = {row.name for row in _BY_OWNER[owner] if _is_of(row, variant)}
    parents = {name.partition(".")[0] for name in known if "." in name}
    written = list(given)
    for parent in parents & given.keys():
        if isinstance(given[parent], Mapping):
            written += [f"{parent}.{name}" for name, value in given[parent].items() if value is not None]
    return [name for name in written if name not in known and name != "type"]


def _declared(owner: str, variant: str | None = None) -> str:
    """What a component or a button may have, for the hint."""
    names = ", ".join(row.name for row in _BY_OWNER[owner] if _is_of(row, variant))
    return f"Such a {'button' if owner.startswith(BUTTON) else owner} has type{names and ', '}{names} alone."


def _is_of(row: Member, variant: str | None) -> bool:
    return not row.variants or variant is None or variant in row.variants
