"""The values a send brings for the buttons of a template, and the rendered buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.domain import shapes
from emulator.domain.content.interactive.calls import PAYLOAD_LENGTH
from emulator.domain.shapes import Text
from emulator.domain.templates.components import COUPON_LENGTH, Button
from emulator.domain.templates.filling.mismatches import (
    check_count,
    count_mismatch,
    format_mismatch,
    parameter_error,
)
from emulator.domain.templates.filling.parameters import check_limits
from emulator.domain.templates.filling.rendered import RenderedButton
from emulator.domain.templates.filling.sent import SentComponent, SentParameter
from emulator.domain.templates.filling.texts import check_whitespace
from emulator.domain.templates.variables import fill
from emulator.domain.values import dataclass

_CALL_PAYLOAD = Text(what="Payload", most=PAYLOAD_LENGTH)


@dataclass(frozen=True, slots=True)
class _ButtonParameters:
    """Which parameters a button takes, whether one must come, and whether the button must be named at all."""

    types: tuple[str, ...] = ()
    required: bool = False
    named: bool = False


_NOTHING = _ButtonParameters()
_BY_TYPE = {
    "URL": _ButtonParameters(("TEXT",), required=True),
    "OTP": _ButtonParameters(("TEXT",), required=True),
    "QUICK_REPLY": _ButtonParameters(("PAYLOAD",)),
    "COPY_CODE": _ButtonParameters(("COUPON_CODE",), required=True),
    "FLOW": _ButtonParameters(("ACTION",), named=True),
    "CATALOG": _ButtonParameters(("ACTION",), named=True),
    "MPM": _ButtonParameters(("ACTION",), required=True),
    "ORDER_DETAILS": _ButtonParameters(("ACTION",), required=True),
    "VOICE_CALL": _ButtonParameters(("PAYLOAD", "TTL_MINUTES")),
}
"""That flows and catalogues must be named is reported, that their parameters are optional documented."""

_ACTION_KEYS = {
    "FLOW": ("flow_token", "flow_action_data"),
    "CATALOG": ("thumbnail_product_retailer_id",),
    "MPM": ("thumbnail_product_retailer_id", "sections"),
    "ORDER_DETAILS": ("order_details",),
}
_NEEDED_KEYS = {"MPM": "sections", "ORDER_DETAILS": "order_details"}


def by_index(sent: Sequence[SentComponent], buttons: Sequence[Button]) -> dict[int, SentComponent]:
    """Sort the sent buttons by their index, which must be that of a button of the template.

    Raises 132000 when an index is out of range, missing, or comes twice.
    """
    given = [component for component in sent if component.type == "BUTTON"]
    placed = {component.index: component for component in given if component.index is not None}
    if len(placed) != len(given) or any(not 0 <= place < len(buttons) for place in placed):
        raise count_mismatch(
            "buttons",
            "buttons",
            len(given),
            len(buttons),
            hint=f"The template has {len(buttons)} button(s), counted from 0; sent were the indexes "
            f"{', '.join(str(component.index) for component in given)}.",
        )
    return placed


def check_required(buttons: Sequence[Button], given: Mapping[int, SentComponent]) -> None:
    """Refuse a missing value for a button that needs one (131008, 131009), or one too many (132000).

    ``given`` are the sent buttons by index. One sent as another type than the template's is refused too
    (132018).
    """
    for place, button in enumerate(buttons):
        component, takes = given.get(place), _takes(button)
        parameters = component.parameters if component else ()
        if (takes.required and not parameters) or (takes.named and component is None):
            raise _missing(place, button)
        if component is not None and component.sub_type != _sent_as(button):
            raise parameter_error(
                132018,
                f"buttons: Button at index {place} must be of type {_shown(button)}",
                f"It was sent with the sub_type {component.sub_type}.",
            )
        if len(parameters) > len(takes.types):
            check_count("buttons", len(parameters), len(takes.types))


def check(buttons: Sequence[Button], given: Mapping[int, SentComponent], coupon_length: int) -> None:
    """Refuse values of the wrong type (132012), or against the rules of their button (132018, 131009).

    ``coupon_length`` is the most characters of a code to copy; an offer's is shorter.
    """
    for place, component in given.items():
        button = buttons[place]
        expected = _takes(button).types
        for parameter in component.parameters:
            if parameter.type not in expected:
                raise format_mismatch("buttons", " or ".join(expected), parameter.type)
            check_whitespace("buttons", parameter)
            check_limits(parameter)
            _check_value(place, button, parameter, coupon_length)
        kinds = {parameter.type for parameter in component.parameters}
        check_count("buttons", len(component.parameters), len(kinds))


def filled(button: Button, sent: SentComponent | None) -> RenderedButton:
    """Render a button with the values that were sent for it, ``None`` when nothing was.

    A quick reply without a payload answers with its label; a Flow without a token has the token ``unused``.
    """
    given = {parameter.type: parameter for parameter in sent.parameters} if sent else {}
    value = next((parameter.text for parameter in given.values() if parameter.text is not None), None)
    url, payload = button.url, None
    if url is not None and value is not None:
        url = fill(url, dict.fromkeys(button.variables, value))
    if button.type == "PHONE_NUMBER":
        url = f"tel:{button.phone_number}"
    elif button.type == "QUICK_REPLY":
        payload = button.text if value is None else value
    elif button.type in ("COPY_CODE", "OTP", "VOICE_CALL"):
        payload = value
    return RenderedButton(button.type, button.text, payload, url, _action(button, given))


def _action(button: Button, given: Mapping[str, SentParameter]) -> dict[str, Any] | None:
    """What the template fixes about a button and what the send adds; a flow has ``unused`` for a token."""
    unnamed = {"flow_token": "unused"} if button.type == "FLOW" else {}
    action: dict[str, Any] = {**unnamed, **button.action}
    if "ACTION" in given:
        action |= given["ACTION"].payload
    if "TTL_MINUTES" in given:
        action["ttl_minutes"] = given["TTL_MINUTES"].payload
    return action or None


def _check_value(place: int, button: Button, parameter: SentParameter, coupon_length: int) -> None:
    if button.type == "COPY_CODE":
        _check_coupon(place, parameter.text or "", coupon_length)
    elif button.type == "VOICE_CALL" and parameter.type == "PAYLOAD":
        shapes.check_limits(_CALL_PAYLOAD, parameter.text or "")
    elif parameter.type == "ACTION":
        _check_action(place, button, parameter.payload)


def _check_coupon(place: int, code: str, limit: int) -> None:
    """Refuse a code that is too long or not alphanumeric (D/templates/coupon-templates; our wording)."""
    if len(code) > limit:
        raise parameter_error(
            132018,
            f"buttons: Parameter at index {place} exceeds the parameter length limit {limit}",
            hint=f"The code has {len(code)} characters."
            + (
                ""
                if limit == COUPON_LENGTH
                else " The coupon of a limited-time offer is shorter than others."
            ),
        )
    if not code.isascii() or not code.isalnum():
        raise parameter_error(
            132018,
            f"buttons: Parameter at index {place} must be alphanumeric",
            f"The code came as {code!r}; letters A to Z and digits may be in it.",
        )


def _check_action(place: int, button: Button, action: Mapping[str, Any]) -> None:
    """Refuse an action for another kind of button, an incomplete one, and too many products (our wording)."""
    known = _ACTION_KEYS[button.type]
    for key in action:
        if key not in known:
            raise parameter_error(
                132018,
                f"buttons: Button at index {place} of type {_shown(button)} does not take {key}",
                hint=f"Its action takes {', '.join(known)}.",
            )
    needed = _NEEDED_KEYS.get(button.type)
    if needed is not None and needed not in action:
        raise parameter_error(
            131008,
            f"buttons: Button at index {place} of type {_shown(button)} requires a non-empty parameter "
            f"{needed}",
            hint=f"Its action has {', '.join(action) or 'no members'}.",
        )


def _missing(place: int, button: Button) -> Exception:
    """The recorded sentences: one for coupons, one for all other buttons.

    That a Flow button left out is a value and no missing parameter is reported with its title alone.
    """
    if button.type == "COPY_CODE":
        return parameter_error(
            131008,
            f"buttons: Button at index {place} of type copy_code requires a non-empty parameter coupon_code",
            hint="Send a parameter of type coupon_code for that button.",
        )
    code = 131009 if button.type == "FLOW" else 131008
    return parameter_error(
        code,
        f"buttons: Button at index {place} of type {_shown(button)} requires a parameter",
        hint=f"Send a component of type button with the index {place} and its parameter.",
    )


def _takes(button: Button) -> _ButtonParameters:
    if button.type == "URL" and not button.variables:
        return _NOTHING
    return _BY_TYPE.get(button.type, _NOTHING)


def _sent_as(button: Button) -> str:
    return "URL" if button.type == "OTP" else button.type


def _shown(button: Button) -> str:
    return _sent_as(button).title().replace("_", "")
