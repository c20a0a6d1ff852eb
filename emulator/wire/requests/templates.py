"""Read templates from requests: drafts and edits of the editor, and the components of a send.

Only the grammar is judged here, in the words of Graph's parameter reader. Whether a draft is allowed is the
editor's affair, whether a send fits its template that of :mod:`emulator.domain.templates.matching`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from emulator.domain.errors import bad_parameter, invalid_parameter
from emulator.domain.templates import components as known
from emulator.domain.templates.filters import Filter
from emulator.domain.templates.matching import SentComponent, SentParameter
from emulator.domain.templates.refusals import NotEmulated
from emulator.domain.templates.template import Draft
from emulator.wire.parameters import Parameter

T = TypeVar("T")

PARAMETER_FORMATS = ("NAMED", "POSITIONAL")

SENT_TYPES = ("HEADER", "BODY", "BUTTON")
OTHER_SENT_TYPES = ("CAROUSEL", "LIMITED_TIME_OFFER", "TAP_TARGET_CONFIGURATION")
SUB_TYPES = ("QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE")
OTHER_SUB_TYPES = ("FLOW", "CATALOG", "MPM", "SPM", "ORDER_DETAILS", "VOICE_CALL")
PARAMETER_TYPES = (
    "TEXT",
    "CURRENCY",
    "DATE_TIME",
    "IMAGE",
    "VIDEO",
    "DOCUMENT",
    "LOCATION",
    "PAYLOAD",
    "COUPON_CODE",
)
OTHER_PARAMETER_TYPES = (
    "ACTION",
    "GIF",
    "LIMITED_TIME_OFFER",
    "PRODUCT",
    "TAP_TARGET_CONFIGURATION",
    "TTL_MINUTES",
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit of a template replaces; ``None`` leaves a fact as it is."""

    category: str | None = None
    components: tuple[Mapping[str, Any], ...] | None = None
    message_send_ttl_seconds: int | None = None


def read_draft(body: Parameter) -> Draft:
    """Read the template that a request wants to create, in canonical form.

    The category is not judged here: which ones there are is a setting.
    """
    name = body.required("name").text()
    language = body.required("language").text()
    category = body.required("category").text()
    if not body.get("library_template_name").absent:
        raise NotEmulated("library templates")
    parameter_format = body.get("parameter_format")
    return Draft(
        name=name,
        language=language,
        category=category,
        components=_components(body.required("components")),
        parameter_format="POSITIONAL"
        if parameter_format.absent
        else parameter_format.one_of(PARAMETER_FORMATS),
        message_send_ttl_seconds=_optional(body.get("message_send_ttl_seconds"), Parameter.integer),
    )


def read_edit(body: Parameter) -> Edit:
    """Read what a request wants to change about a template."""
    category = _optional(body.get("category"), Parameter.text)
    return Edit(
        category=category,
        components=_optional(body.get("components"), _components),
        message_send_ttl_seconds=_optional(body.get("message_send_ttl_seconds"), Parameter.integer),
    )


def read_sent_components(components: Parameter) -> tuple[SentComponent, ...]:
    """Read the values that a send brings for a template: ``template['components']``, which may be absent."""
    return tuple(_sent_component(component.object()) for component in components.array())


def _components(components: Parameter) -> tuple[Mapping[str, Any], ...]:
    return tuple(_component(component.object()) for component in components.array())


def _component(component: Parameter) -> Mapping[str, Any]:
    kind = component.required("type").one_of((*known.COMPONENT_TYPES, *known.OTHER_COMPONENT_TYPES))
    made = _written(component) | {"type": kind}
    _read_into(made, component, "text", Parameter.text)
    if kind == "HEADER":
        formats = (*known.HEADER_FORMATS, *known.OTHER_HEADER_FORMATS)
        made["format"] = component.required("format").one_of(formats)
    if kind in ("HEADER", "BODY"):
        _read_into(made, component, "example", lambda example: example.object().value)
    if kind == "BODY":
        _read_into(made, component, "add_security_recommendation", Parameter.boolean)
    if kind == "FOOTER":
        _read_into(made, component, "code_expiration_minutes", Parameter.integer)
    if kind == "BUTTONS":
        buttons = component.required("buttons").array()
        made["buttons"] = [_button(button.object()) for button in buttons]
    return made


def _button(button: Parameter) -> dict[str, Any]:
    kind = button.required("type").one_of((*known.BUTTON_TYPES, *known.OTHER_BUTTON_TYPES))
    made = _written(button) | {"type": kind}
    for key in ("text", "url", "autofill_text"):
        _read_into(made, button, key, Parameter.text)
    _read_into(made, button, "phone_number", lambda number: "+" + number.string().removeprefix("+"))
    _read_into(made, button, "otp_type", lambda otp: otp.one_of(known.OTP_TYPES))
    _read_into(made, button, "zero_tap_terms_accepted", Parameter.boolean)
    _read_into(
        made, button, "supported_apps", lambda apps: [dict(app.object().value) for app in apps.array()]
    )
    if kind == "OTP" and "package_name" in made and "supported_apps" not in made:
        app = {key: made.pop(key) for key in ("package_name", "signature_hash") if key in made}
        made["supported_apps"] = [app]
    return made


def _written(component: Parameter) -> dict[str, Any]:
    return {key: value for key, value in component.value.items() if value is not None}


def _read_into(made: dict[str, Any], at: Parameter, key: str, read: Callable[[Parameter], object]) -> None:
    if not at.get(key).absent:
        made[key] = read(at.get(key))


def _optional(parameter: Parameter, read: Callable[[Parameter], T]) -> T | None:
    return None if parameter.absent else read(parameter)


def _sent_component(component: Parameter) -> SentComponent:
    kind = component.required("type").one_of((*SENT_TYPES, *OTHER_SENT_TYPES))
    if kind in OTHER_SENT_TYPES:
        raise NotEmulated(f"{kind.lower()} components")
    component.only("type", "sub_type", "index", "parameters")
    parameters = tuple(_parameter(parameter.object()) for parameter in component.get("parameters").array())
    if kind != "BUTTON":
        return SentComponent(kind, parameters=parameters)
    return SentComponent(
        kind,
        _sub_type(component),
        component.required("index").integer(),
        parameters,
    )


def _sub_type(component: Parameter) -> str:
    kind = component.required("sub_type").one_of((*SUB_TYPES, *OTHER_SUB_TYPES))
    if kind in OTHER_SUB_TYPES:
        raise NotEmulated(f"{kind.lower()} buttons")
    return kind


def _parameter(parameter: Parameter) -> SentParameter:
    kind = parameter.required("type").one_of((*PARAMETER_TYPES, *OTHER_PARAMETER_TYPES))
    if kind in OTHER_PARAMETER_TYPES:
        raise NotEmulated(f"{kind.lower()} parameters")
    key = kind.lower()
    parameter.only("type", "parameter_name", key)
    name = _optional(parameter.get("parameter_name"), Parameter.text)
    value = parameter.get(key)
    if value.value is None or value.value == "":
        raise invalid_parameter(f"Parameter '{key}' is mandatory for component parameter type '{key}'")
    if kind in ("TEXT", "PAYLOAD", "COUPON_CODE"):
        return SentParameter(kind, value.text(), name, path=str(value))
    value = value.object()
    if kind in ("CURRENCY", "DATE_TIME"):
        return SentParameter(kind, value.required("fallback_value").text(), name, value.value, str(value))
    payload = _location(value) if kind == "LOCATION" else _media(value, kind)
    return SentParameter(kind, None, name, payload, str(value))


def _media(media: Parameter, kind: str) -> Mapping[str, Any]:
    """A file by its id or its link; whether the id is a file's is for the caller to find out."""
    media.only("id", "link", *(("filename",) if kind == "DOCUMENT" else ()))
    made: dict[str, Any] = {}
    if media.get("link").absent:
        made["id"] = media.required("id").string()
    else:
        link = media.get("link").text()
        if not _is_web_address(link):
            raise bad_parameter(f"Param {media.get('link')} is not a valid URI.")
        _read_into(made, media, "id", Parameter.string)
        made["link"] = link
    _read_into(made, media, "filename", Parameter.text)
    return made


def _location(place: Parameter) -> Mapping[str, Any]:
    place.only("latitude", "longitude", "name", "address")
    place.required("latitude")
    place.required("longitude")
    return _written(place)


def _is_web_address(link: str) -> bool:
    try:
        address = urlsplit(link)
        return address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        return False


def read_filter(query: Parameter) -> Filter:
    """The filters of ``GET /{waba_id}/message_templates``; words of a fixed set in any case."""

    def word(name: str) -> str | None:
        given = query.get(name)
        return None if given.absent else given.string()

    def choices(name: str) -> tuple[str, ...]:
        return tuple(choice.upper() for choice in query.get(name).strings())

    return Filter(
        word("name"),
        word("content"),
        word("name_or_content"),
        choices("category"),
        choices("status"),
        choices("quality_score"),
        query.get("language").strings(),
    )
