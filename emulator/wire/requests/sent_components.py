"""The components of a template send: what stands under ``template['components']``.

Only the grammar is judged here, with the errors of Graph's parameter reader; whether the values fit the
template is judged by :mod:`emulator.domain.templates.filling.match`.
"""

from __future__ import annotations

from emulator.domain.errors import invalid_parameter
from emulator.domain.templates.filling.parameters import SHAPES
from emulator.domain.templates.filling.sent import (
    CARD_SENT_TYPES,
    SENT_TYPES,
    SUB_TYPES,
    SentCard,
    SentComponent,
    SentParameter,
)
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter


def read_sent_components(components: Parameter) -> tuple[SentComponent, ...]:
    """Read the values that a send brings for a template; ``components`` may be absent.

    Each parameter is read by the shape of its type. Raises ``(#100)``: as the parameter reader, and ``Invalid
    parameter`` for a parameter without the member of its type.
    """
    return _components(components, SENT_TYPES)


def _components(components: Parameter, kinds: tuple[str, ...]) -> tuple[SentComponent, ...]:
    return tuple(_component(component.object(), kinds) for component in components.array())


def _component(component: Parameter, kinds: tuple[str, ...]) -> SentComponent:
    kind = component.required("type").one_of(kinds)
    if kind == "CAROUSEL":
        component.only("type", "cards")
        cards = component.required("cards").array()
        return SentComponent(kind, cards=tuple(_card(card.object()) for card in cards))
    component.only("type", "sub_type", "index", "parameters")
    parameters = tuple(_parameter(parameter.object()) for parameter in component.get("parameters").array())
    if kind != "BUTTON":
        return SentComponent(kind, parameters=parameters)
    return SentComponent(
        kind,
        component.required("sub_type").one_of(SUB_TYPES),
        component.required("index").integer(),
        parameters,
    )


def _card(card: Parameter) -> SentCard:
    card.only("card_index", "components")
    return SentCard(
        card.required("card_index").integer(), _components(card.required("components"), CARD_SENT_TYPES)
    )


def _parameter(parameter: Parameter) -> SentParameter:
    kind = parameter.required("type").one_of(SHAPES)
    key = kind.lower()
    parameter.only("type", "parameter_name", key)
    name = parameter.get("parameter_name")
    value = parameter.get(key)
    if value.value is None or value.value == "":
        raise invalid_parameter(
            f"Parameter '{key}' is mandatory for component parameter type '{key}'",
            hint=parameter.hint_without(key),
        )
    made = shape_reader.read(SHAPES[kind], value)
    text, payload = (made, None) if isinstance(made, str) else (_fallback(made), made)
    return SentParameter(kind, text, None if name.absent else name.text(), payload, str(value))


def _fallback(value: object) -> str | None:
    """What a person reads of a currency or a date."""
    return value.get("fallback_value") if isinstance(value, dict) else None
