"""Read templates from requests: drafts and edits of the editor, and filters of a list.

Only the grammar is judged here, in the words of Graph's parameter reader. Whether a draft is allowed is the
editor's affair; what a send brings along is read in :mod:`.sent_components`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from emulator.domain.templates import components as known
from emulator.domain.templates.filters import Filter
from emulator.domain.templates.refusals import NotEmulated
from emulator.domain.templates.template import Draft
from emulator.wire.parameters import Parameter
from emulator.wire.requests.sent_components import read_sent_components

__all__ = ["Edit", "read_draft", "read_edit", "read_filter", "read_sent_components"]

T = TypeVar("T")

PARAMETER_FORMATS = ("NAMED", "POSITIONAL")


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
        allow_category_change=bool(_optional(body.get("allow_category_change"), Parameter.boolean)),
    )


def read_edit(body: Parameter) -> Edit:
    """Read what a request wants to change about a template."""
    category = _optional(body.get("category"), Parameter.text)
    return Edit(
        category=category,
        components=_optional(body.get("components"), _components),
        message_send_ttl_seconds=_optional(body.get("message_send_ttl_seconds"), Parameter.integer),
    )


def _components(
    components: Parameter, kinds: Sequence[str] = known.COMPONENT_TYPES
) -> tuple[Mapping[str, Any], ...]:
    return tuple(_component(component.object(), kinds) for component in components.array())


def _component(component: Parameter, kinds: Sequence[str]) -> Mapping[str, Any]:
    kind = component.required("type").one_of(kinds)
    made = _written(component) | {"type": kind}
    _read_into(made, component, "text", Parameter.text)
    if kind == "HEADER":
        made["format"] = component.required("format").one_of(known.HEADER_FORMATS)
    if kind in ("HEADER", "BODY"):
        _read_into(made, component, "example", lambda example: example.object().value)
    if kind == "BODY":
        _read_into(made, component, "add_security_recommendation", Parameter.boolean)
    if kind == "FOOTER":
        _read_into(made, component, "code_expiration_minutes", Parameter.integer)
    if kind == "BUTTONS":
        buttons = component.required("buttons").array()
        made["buttons"] = [_button(button.object()) for button in buttons]
    if kind == "LIMITED_TIME_OFFER":
        _read_into(made, component, "limited_time_offer", lambda offer: _offer(offer.object()))
    if kind == "CAROUSEL":
        made["cards"] = [_card(card.object()) for card in component.required("cards").array()]
    return made


def _offer(offer: Parameter) -> dict[str, Any]:
    made = _written(offer)
    _read_into(made, offer, "text", Parameter.text)
    _read_into(made, offer, "has_expiration", Parameter.boolean)
    return made


def _card(card: Parameter) -> dict[str, Any]:
    components = _components(card.required("components"), known.CARD_COMPONENT_TYPES)
    return _written(card) | {"components": list(components)}


def _button(button: Parameter) -> dict[str, Any]:
    kind = button.required("type").one_of(known.BUTTON_TYPES)
    made = _written(button) | {"type": kind}
    for key in ("text", "url", "autofill_text", "flow_name", "flow_json", "navigate_screen"):
        _read_into(made, button, key, Parameter.text)
    _read_into(made, button, "phone_number", lambda number: "+" + number.string().removeprefix("+"))
    _read_into(made, button, "flow_id", Parameter.string)
    _read_into(made, button, "flow_action", lambda action: action.one_of(known.FLOW_ACTIONS))
    _read_into(made, button, "icon", lambda icon: icon.one_of(known.FLOW_ICONS))
    _read_into(made, button, "ttl_minutes", Parameter.integer)
    _read_into(made, button, "app_deep_link", lambda link: link.object().value)
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
        choices("source"),
    )
