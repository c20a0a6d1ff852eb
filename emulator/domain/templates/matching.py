"""What a send must bring so that a template can be filled, and the message that comes of it.

Counts are judged before formats, formats before contents, as the platform does. Texts are Meta's where they
have been recorded (in its error reference and in reports of client libraries); the others follow their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from emulator.domain.errors import MessageError, invalid_parameter, message_error
from emulator.domain.templates.components import Body, Button, Header, parts
from emulator.domain.templates.rendering import Rendered, RenderedButton
from emulator.domain.templates.template import Template
from emulator.domain.templates.variables import fill

TEXTS = ("TEXT", "CURRENCY", "DATE_TIME")
"""Parameter types that fill a variable of a text."""

HEADER_LENGTH = 60
BODY_LENGTH = 1024
BODY_ONLY_LENGTH = 32_768
CODE_LENGTH = 15
COUPON_LENGTH = 20

_UNTIDY = re.compile(r"[\n\r\t]| {5,}")
_SHOWN = {
    "URL": "Url",
    "OTP": "Url",
    "QUICK_REPLY": "QuickReply",
    "COPY_CODE": "CopyCode",
    "PHONE_NUMBER": "PhoneNumber",
}
_TAKES = {"URL": TEXTS[:1], "OTP": TEXTS[:1], "QUICK_REPLY": ("PAYLOAD",), "COPY_CODE": ("COUPON_CODE",)}


@dataclass(frozen=True, slots=True)
class SentParameter:
    """A value a send brings along; ``type`` in upper case.

    ``text`` is what a variable or a button is filled with (of a currency or a date its ``fallback_value``),
    ``payload`` the object of a file, a place, a currency or a date, ``name`` the ``parameter_name``, and
    ``path`` where the object stands in the request, for complaints that come later.
    """

    type: str
    text: str | None = None
    name: str | None = None
    payload: Mapping[str, Any] | None = None
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SentComponent:
    """The values for one part of a template: HEADER, BODY, or the BUTTON at ``index``."""

    type: str
    sub_type: str | None = None
    index: int | None = None
    parameters: tuple[SentParameter, ...] = ()


def sent_parameters(sent: Sequence[SentComponent]) -> Iterator[SentParameter]:
    """Every parameter that a send brings."""
    for component in sent:
        yield from component.parameters


def match(template: Template, sent: Sequence[SentComponent]) -> Rendered:
    """Fill ``template`` with what was ``sent``.

    Raises :class:`MessageError` (132000, 132012, 131008, 132018, 132005, or 100) when the two do not fit.
    """
    made = parts(template.components)
    body = made.body or Body("")
    named = template.parameter_format == "NAMED"
    for_header, for_body = _parameters(sent, "HEADER"), _parameters(sent, "BODY")
    for_buttons = _by_index(sent, made.buttons)

    _count_header(made.header, for_header)
    _count("body", len(for_body), len(body.variables))
    _require_buttons(made.buttons, for_buttons)
    _check_header_format(made.header, for_header)
    _check_text_formats("body", for_body)
    _check_buttons(made.buttons, for_buttons)

    header_text = _filled_header(made.header, for_header, named)
    body_text = fill(body.text, _values("body", body.variables, for_body, named))
    if template.category == "AUTHENTICATION":
        _check_code(for_body, made.buttons, for_buttons)
    _check_length("header", header_text or "", HEADER_LENGTH)
    _check_length("body", body_text, BODY_ONLY_LENGTH if made.is_body_only else BODY_LENGTH)
    return Rendered(
        header=header_text,
        body=body_text,
        footer=made.footer.text if made.footer else None,
        buttons=tuple(
            _filled_button(button, for_buttons.get(place)) for place, button in enumerate(made.buttons)
        ),
    )


def _parameters(sent: Sequence[SentComponent], kind: str) -> tuple[SentParameter, ...]:
    return tuple(
        parameter for component in sent if component.type == kind for parameter in component.parameters
    )


def _by_index(sent: Sequence[SentComponent], buttons: Sequence[Button]) -> dict[int, SentComponent]:
    """The sent buttons by their place; each must be one that the template has, and come once."""
    given = [component for component in sent if component.type == "BUTTON"]
    placed = {component.index: component for component in given if component.index is not None}
    if len(placed) != len(given) or any(not 0 <= place < len(buttons) for place in placed):
        raise _refused(
            132000,
            f"buttons: number of buttons ({len(given)}) does not match the expected number of params "
            f"({len(buttons)})",
            hint=f"The template has {len(buttons)} button(s), counted from 0; sent were the indexes "
            f"{', '.join(str(component.index) for component in given)}.",
        )
    return placed


def _count_header(header: Header | None, given: Sequence[SentParameter]) -> None:
    if header is None or header.format == "TEXT":
        _count("header", len(given), len(header.variables) if header else 0)
    elif given:
        _count("header", len(given), 1)


def _count(where: str, given: int, expected: int) -> None:
    if given != expected:
        raise _refused(
            132000,
            f"{where}: number of localizable_params ({given}) does not match the expected number of params "
            f"({expected})",
        )


def _require_buttons(buttons: Sequence[Button], given: Mapping[int, SentComponent]) -> None:
    """Refuse a missing value for a button that needs one, and a value for one that takes none."""
    for place, button in enumerate(buttons):
        component = given.get(place)
        count = len(component.parameters) if component else 0
        needs = bool(button.variables) or button.type == "COPY_CODE"
        if needs and not count:
            shown = _SHOWN.get(button.type, button.type)
            raise _refused(131008, f"buttons: Button at index {place} of type {shown} requires a parameter")
        if component is not None and _kind(component) != _sent_as(button):
            shown = _SHOWN.get(button.type, button.type)
            raise _refused(132018, f"Button at index {place} must be of type {shown}")
        if not (needs or button.type == "QUICK_REPLY") or count > 1:
            _count("buttons", count, int(needs or button.type == "QUICK_REPLY"))


def _check_header_format(header: Header | None, given: Sequence[SentParameter]) -> None:
    if header is None:
        return
    if header.format == "TEXT":
        _check_text_formats("header", given)
        return
    received = given[0].type if given else "UNKNOWN"
    if received != header.format:
        raise _mismatch("header", header.format, received)


def _check_text_formats(where: str, given: Sequence[SentParameter]) -> None:
    for parameter in given:
        if parameter.type not in TEXTS:
            raise _mismatch(where, "TEXT", parameter.type)


def _check_buttons(buttons: Sequence[Button], given: Mapping[int, SentComponent]) -> None:
    for place, component in given.items():
        expected = _TAKES.get(buttons[place].type, ())
        for parameter in component.parameters:
            if parameter.type not in expected:
                raise _mismatch("buttons", " or ".join(expected), parameter.type)
            _check_tidy("buttons", parameter)
            if buttons[place].type == "COPY_CODE":
                _check_coupon(place, parameter.text or "")


def _check_coupon(place: int, code: str) -> None:
    """Refuse a code that is too long or not alphanumeric (D/templates/coupon-templates; our wording)."""
    if len(code) > COUPON_LENGTH:
        raise _refused(
            132018, f"buttons: Parameter at index {place} exceeds the parameter length limit {COUPON_LENGTH}"
        )
    if not code.isascii() or not code.isalnum():
        raise _refused(132018, f"buttons: Parameter at index {place} must be alphanumeric")


def _check_code(
    given: Sequence[SentParameter], buttons: Sequence[Button], sent: Mapping[int, SentComponent]
) -> None:
    """Refuse a code that is too long, or another one in the button than in the body (the latter is ours)."""
    for place, parameter in enumerate(given, start=1):
        if len(parameter.text or "") > CODE_LENGTH:
            raise _refused(
                132018, f"body: Parameter at index {place} exceeds the parameter length limit {CODE_LENGTH}"
            )
    for place, button in enumerate(buttons):
        if button.type == "OTP" and [value.text for value in sent[place].parameters] != [
            value.text for value in given
        ]:
            raise _refused(132018, f"buttons: Button at index {place} must have the same code as the body")


def _values(
    where: str, variables: Sequence[str], given: Sequence[SentParameter], named: bool
) -> dict[str, str]:
    """The values by variable: by name, or the first for ``{{1}}``, the second for ``{{2}}``."""
    for parameter in given:
        _check_tidy(where, parameter)
    if not named:
        if any(parameter.name for parameter in given):
            raise _mismatch(where, "POSITIONAL", "NAMED")
        return {name: given[place].text or "" for place, name in enumerate(sorted(variables, key=_number))}
    if not all(parameter.name for parameter in given):
        raise invalid_parameter(
            "Parameter name is missing or empty",
            rule="template_parameters",
            hint=f"The {where} of this template has named variables: {', '.join(variables)}.",
        )
    names = [parameter.name or "" for parameter in given]
    if sorted(names) != sorted(variables):
        raise _refused(
            132012,
            f"{where}: Parameter names ({', '.join(names)}) do not match the expected names "
            f"({', '.join(variables)})",
        )
    return {parameter.name or "": parameter.text or "" for parameter in given}


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _check_tidy(where: str, parameter: SentParameter) -> None:
    if parameter.type in TEXTS and _UNTIDY.search(parameter.text or ""):
        raise _refused(
            132018,
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            hint=f"It is a parameter of the {where}.",
        )


def _check_length(where: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise _refused(
            132005,
            f"{where}: Translated text is too long",
            hint=f"With its variables filled in, the {where} has {len(text)} characters; {limit} may be.",
        )


def _filled_header(header: Header | None, given: Sequence[SentParameter], named: bool) -> str | None:
    if header is None:
        return None
    if header.format == "TEXT":
        return fill(header.text or "", _values("header", header.variables, given, named))
    return f"[{header.format.lower()}]"


def _filled_button(button: Button, sent: SentComponent | None) -> RenderedButton:
    value = sent.parameters[0].text if sent and sent.parameters else None
    url, payload = button.url, None
    if url is not None and value is not None:
        url = fill(url, dict.fromkeys(button.variables, value))
    if button.type == "PHONE_NUMBER":
        url = f"tel:{button.phone_number}"
    elif button.type == "QUICK_REPLY":
        payload = button.text if value is None else value
    elif button.type in ("COPY_CODE", "OTP"):
        payload = value
    return RenderedButton(button.type, button.text, payload, url)


def _kind(component: SentComponent) -> str | None:
    return component.sub_type.upper() if component.sub_type else None


def _sent_as(button: Button) -> str:
    return "URL" if button.type == "OTP" else button.type


def _mismatch(where: str, expected: str, received: str) -> MessageError:
    return _refused(132012, f"{where}: Format mismatch, expected {expected}, received {received}")


def _refused(code: int, details: str, hint: str | None = None) -> MessageError:
    return message_error(code, details, rule="template_parameters", hint=hint)
