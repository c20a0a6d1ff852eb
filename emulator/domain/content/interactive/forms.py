"""Interactive messages that a person fills in: Flows and addresses."""

from __future__ import annotations

from emulator.domain.content.interactive.parts import ANY_HEADER, interactive, named_action
from emulator.domain.quoting import brief
from emulator.domain.shapes import Choice, Items, Json, Record, Text, Value, invalid

PIN_CODE_LENGTH = 6
ADDRESS_COUNTRY = "IN"
"""The only country where addresses can be asked for (D/messages/address-messages)."""


def _names_one_flow(parameters: Value) -> None:
    """Refuse a flow without id and name, or with both; the sentence is ours."""
    if ("flow_id" in parameters) == ("flow_name" in parameters):
        raise invalid(
            "Exactly one of flow_id and flow_name is required", f"The parameters are {', '.join(parameters)}."
        )


def _payload_fits_action(parameters: Value) -> None:
    """Refuse a screen for a flow that asks its endpoint for one, and data that are none; sentences ours."""
    payload = parameters.get("flow_action_payload")
    if payload is None:
        return
    if parameters.get("flow_action") == "data_exchange":
        raise invalid(
            "flow_action_payload must be omitted when flow_action is data_exchange",
            "The endpoint of the flow says then which screen is shown.",
        )
    if "data" in payload and not payload["data"]:
        raise invalid(
            "flow_action_payload.data must be a non-empty object",
            "It came empty; leave data out where the screen takes none.",
        )


FLOW = interactive(
    "flow",
    named_action(
        "flow",
        Record(
            required={
                "flow_message_version": Text(numbers=True),
                "flow_cta": Text(),
            },
            optional={
                "flow_id": Text(numbers=True),
                "flow_name": Text(),
                "mode": Choice(("draft", "published")),
                "flow_token": Text(),
                "flow_action": Choice(("navigate", "data_exchange")),
                "flow_action_payload": Record(optional={"screen": Text(), "data": Json()}),
            },
            rules=(_names_one_flow, _payload_fits_action),
        ),
    ),
    top=ANY_HEADER,
)


def _is_in_india(parameters: Value) -> None:
    """Refuse another country than India; the sentence is ours."""
    if parameters["country"].upper() != ADDRESS_COUNTRY:
        raise invalid(
            f"Address messages are only available in {ADDRESS_COUNTRY}",
            f"The country that came is {brief(parameters['country'])!r}.",
        )


_ADDRESS = Record(
    optional={
        **{
            name: Text(may_be_empty=True, numbers=True)
            for name in (
                "name",
                "phone_number",
                "house_number",
                "floor_number",
                "tower_number",
                "building_name",
                "address",
                "landmark_area",
                "city",
                "state",
            )
        },
        "in_pin_code": Text(what="in_pin_code", most=PIN_CODE_LENGTH, numbers=True, may_be_empty=True),
    }
)

ADDRESS = interactive(
    "address_message",
    named_action(
        "address_message",
        Record(
            required={"country": Text()},
            optional={
                "values": _ADDRESS,
                "saved_addresses": Items(of=Record(required={"id": Text(numbers=True), "value": _ADDRESS})),
                "validation_errors": Json(),
            },
            rules=(_is_in_india,),
        ),
    ),
    top=ANY_HEADER,
)
