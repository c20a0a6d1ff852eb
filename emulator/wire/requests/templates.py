"""The bodies of requests to create and to edit a template.

Only the grammar is judged here, with the errors of Graph's parameter reader. Whether a draft is allowed is
judged by the editor's rules; the values of a send are read in :mod:`.sent_components`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from emulator.domain.templates import components as known
from emulator.domain.templates.editor import schema
from emulator.domain.templates.template import Draft
from emulator.domain.values import dataclass
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter
from emulator.wire.requests.template_options import read_options

__all__ = ["TemplateEdit", "read_components", "read_draft", "read_edit"]

T = TypeVar("T")

PARAMETER_FORMATS = ("NAMED", "POSITIONAL")
LAST_WITH_APP_ON_BUTTON = 20
"""The last version in which an OTP button may name its app itself, without ``supported_apps``."""


@dataclass(frozen=True, slots=True)
class TemplateEdit:
    """What an edit of a template replaces; ``None`` leaves a field as it is.

    Components are replaced as a whole, never one by one.
    """

    category: str | None = None
    components: tuple[Mapping[str, Any], ...] | None = None
    message_send_ttl_seconds: int | None = None


def read_draft(body: Parameter, version: int | None = None) -> Draft:
    """Read the body of a request to create a template into a draft in canonical form.

    ``version`` is the major version of the call, ``None`` for a seed. The category is not judged here: which
    ones there are is a setting. Raises ``(#100)`` for the first member that is missing, unknown or of a wrong
    type.
    """
    name = body.required("name").text()
    language = body.required("language").text()
    category = body.required("category").text()
    parameter_format = body.get("parameter_format")
    return Draft(
        name=name,
        language=language,
        category=category,
        components=read_components(body.required("components"), version),
        parameter_format="POSITIONAL"
        if parameter_format.absent
        else parameter_format.one_of(PARAMETER_FORMATS),
        message_send_ttl_seconds=_optional(body.get("message_send_ttl_seconds"), Parameter.integer),
        allow_category_change=bool(_optional(body.get("allow_category_change"), Parameter.boolean)),
        options=read_options(body),
    )


def read_edit(body: Parameter, version: int | None = None) -> TemplateEdit:
    """Read the body of a request to edit a template, under the major ``version`` of the call.

    Raises ``(#100)`` as :func:`read_draft` does; members that an edit cannot change are ignored.
    """
    category = _optional(body.get("category"), Parameter.text)
    return TemplateEdit(
        category=category,
        components=_optional(body.get("components"), lambda given: read_components(given, version)),
        message_send_ttl_seconds=_optional(body.get("message_send_ttl_seconds"), Parameter.integer),
    )


def read_components(
    components: Parameter, version: int | None = None, kinds: Sequence[str] = known.COMPONENT_TYPES
) -> tuple[Mapping[str, Any], ...]:
    """Read the components of a template in canonical form; ``kinds`` are the types there may be.

    ``version`` is as in :func:`read_draft`. Raises ``(#100)`` as that does.
    """
    return tuple(_component(component.object(), version, kinds) for component in components.array())


def _component(component: Parameter, version: int | None, kinds: Sequence[str]) -> Mapping[str, Any]:
    kind = component.required("type").one_of(kinds)
    if kind == "HEADER":
        component.required("format")
    made = _members(component, kind) | {"type": kind}
    if kind == "BUTTONS":
        buttons = component.required("buttons").array()
        made["buttons"] = [_button(button.object(), version) for button in buttons]
    if kind == "CAROUSEL":
        made["cards"] = [_card(card.object(), version) for card in component.required("cards").array()]
    return made


def _members(given: Parameter, owner: str) -> dict[str, Any]:
    """Read the members of a component or a button by its rows; those without a shape stay as they are."""
    made = _written(given)
    for row in schema.members_of(owner):
        *above, name = row.name.split(".")
        inside = given.get(above[0]) if above else given
        within = made.get(above[0]) if above else made
        if row.shape is None or not isinstance(within, dict) or inside.get(name).absent:
            continue
        value = shape_reader.read(row.shape, inside.get(name))
        within[name] = dict(value) if isinstance(value, dict) else value
    return made


def _card(card: Parameter, version: int | None) -> dict[str, Any]:
    components = read_components(card.required("components"), version, known.CARD_COMPONENT_TYPES)
    return _written(card) | {"components": list(components)}


def _button(button: Parameter, version: int | None) -> dict[str, Any]:
    kind = button.required("type").one_of(known.BUTTON_TYPES)
    made = _members(button, schema.BUTTON + kind) | {"type": kind}
    names_app_itself = kind == "OTP" and "package_name" in made and "supported_apps" not in made
    if names_app_itself and (version is None or version <= LAST_WITH_APP_ON_BUTTON):
        app = {key: made.pop(key) for key in ("package_name", "signature_hash") if key in made}
        made["supported_apps"] = [app]
    return made


def _written(component: Parameter) -> dict[str, Any]:
    return {key: value for key, value in component.value.items() if value is not None}


def _optional(parameter: Parameter, read: Callable[[Parameter], T]) -> T | None:
    return None if parameter.absent else read(parameter)
