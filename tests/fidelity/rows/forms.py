"""Interactive messages that are filled in, called or paid: flows, addresses, calls, orders."""

from __future__ import annotations

from typing import Any

from fidelity.rows.bodies import ACTION, LIMIT, lengths, named
from fidelity.rows.row import Area, Basis, accepted, complaint, row, value

FLOW_PAGE = "D/flows/guides/sendingaflow"


def flow(**parameters: Any) -> dict[str, Any]:
    known = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book!", **parameters}
    return named("flow", {name: given for name, given in known.items() if given is not None})


def money(amount: int, offset: int = 100) -> dict[str, int]:
    return {"value": amount, "offset": offset}


def bill(*, total: int = 120, subtotal: int = 100, offset: int = 100, **members: Any) -> dict[str, Any]:
    return named(
        "order_details",
        {
            "reference_id": "order-1",
            "type": "digital-goods",
            "currency": "INR",
            "total_amount": money(total, offset),
            "order": {
                "status": "pending",
                "items": [{"retailer_id": "1", "name": "Aloe", "amount": money(50), "quantity": 2}],
                "subtotal": money(subtotal),
                "tax": {**money(20), "description": "tax"},
            },
            **members,
        },
        name="review_and_pay",
    )


def status_of(order: str, description: str = "On its way") -> dict[str, Any]:
    return named(
        "order_status",
        {"reference_id": "order-1", "order": {"status": order, "description": description}},
        name="review_order",
    )


PAYMENTS_PAGE = "D/payments/payments-in/pg"
FORMS_AND_ORDERS = Area(
    "Interactive messages: forms, calls, orders",
    (
        row(
            "A flow is named by its id or its name, not by both.",
            Basis.DOCUMENTED,
            FLOW_PAGE,
            accepted(flow()),
            accepted(flow(flow_id=None, flow_name="booking")),
            value(flow(flow_name="booking"), "Exactly one of flow_id and flow_name is required"),
            value(flow(flow_id=None), "Exactly one of flow_id and flow_name is required"),
            unsure=LIMIT,
        ),
        row(
            "A flow's version and label are required; its mode and action are words of two.",
            Basis.DOCUMENTED,
            FLOW_PAGE,
            complaint(flow(flow_cta=None), f"The parameter {ACTION}['parameters']['flow_cta'] is required."),
            complaint(
                flow(flow_message_version=None),
                f"The parameter {ACTION}['parameters']['flow_message_version'] is required.",
            ),
            complaint(
                flow(mode="test"),
                f"Param {ACTION}['parameters']['mode'] must be one of {{DRAFT, PUBLISHED}} - got \"test\".",
            ),
        ),
        row(
            "A flow that asks its endpoint has no first screen, and data are not empty.",
            Basis.DOCUMENTED,
            FLOW_PAGE,
            accepted(flow(flow_action="navigate", flow_action_payload={"screen": "A", "data": {"a": 1}})),
            value(
                flow(flow_action="data_exchange", flow_action_payload={"screen": "A"}),
                "flow_action_payload must be omitted when flow_action is data_exchange",
            ),
            value(
                flow(flow_action_payload={"data": {}}),
                "flow_action_payload.data must be a non-empty object",
            ),
            unsure=LIMIT,
        ),
        row(
            "Addresses are asked for in India, with a pin code of at most 6 digits.",
            Basis.DOCUMENTED,
            "D/messages/address-messages",
            accepted(named("address_message", {"country": "IN", "values": {"in_pin_code": "400063"}})),
            value(
                named("address_message", {"country": "IN", "values": {"in_pin_code": "4000637"}}),
                "in_pin_code is too long. Max length is 6",
            ),
            value(named("address_message", {"country": "BR"}), "Address messages are only available in IN"),
            complaint(
                named("address_message", {}), f"The parameter {ACTION}['parameters']['country'] is required."
            ),
            unsure=LIMIT,
        ),
        row(
            "A call button lasts 1 to 43,200 minutes; its label has 20 characters, its payload 512.",
            Basis.DOCUMENTED,
            "D/calling/call-button-messages-deep-links",
            accepted(named("voice_call")),
            accepted(
                named("voice_call", {"display_text": "Call", "ttl_minutes": 43_200, "payload": "x" * 512})
            ),
            *(
                value(
                    named("voice_call", {"ttl_minutes": minutes}),
                    "ttl_minutes is out of range. Min value: 1, Max value: 43200",
                )
                for minutes in (0, 43_201)
            ),
            value(named("voice_call", {"display_text": "x" * 21}), lengths("Display text", 20)),
            value(named("voice_call", {"payload": "x" * 513}), "Payload is too long. Max length is 512"),
            unsure=LIMIT,
        ),
        row(
            "A wish to call needs no body.",
            Basis.DOCUMENTED,
            "D/calling/user-call-permissions",
            accepted(named("call_permission_request", body=None)),
            accepted(named("call_permission_request")),
        ),
        row(
            "A bill adds up: items to subtotal, and with tax and shipping less discount to the total.",
            Basis.DOCUMENTED,
            PAYMENTS_PAGE,
            accepted(bill()),
            value(bill(total=121), "Total amount 121 is not subtotal + tax + shipping - discount, 120"),
            value(bill(subtotal=101), "Subtotal 101 is not the sum of the items, 100"),
            value(bill(offset=1), "An amount needs a value of 0 or more and the offset 100"),
            unsure=LIMIT,
        ),
        row(
            "A bill's reference has letters, digits and `_.-`, at most 35 in India and 60 in Brazil.",
            Basis.DOCUMENTED,
            PAYMENTS_PAGE,
            accepted(bill(reference_id="x" * 35)),
            accepted(bill(reference_id="x" * 60, currency="BRL")),
            *(
                value(
                    bill(reference_id=reference),
                    "reference_id must have at most 35 letters, digits, underscores, dashes and dots",
                )
                for reference in ("x" * 36, "order 1")
            ),
            complaint(
                bill(currency="EUR"),
                f"Param {ACTION}['parameters']['currency'] must be one of {{INR, BRL}} - got \"EUR\".",
            ),
            unsure=LIMIT,
        ),
        row(
            "An order's status is one of six, its description has at most 120 characters.",
            Basis.DOCUMENTED,
            PAYMENTS_PAGE,
            accepted(status_of("partially_shipped")),
            complaint(
                status_of("lost"),
                f"Param {ACTION}['parameters']['order']['status'] must be one of {{PENDING, PROCESSING, "
                'PARTIALLY_SHIPPED, SHIPPED, COMPLETED, CANCELED} - got "lost".',
            ),
            value(status_of("shipped", "x" * 121), "Description is too long. Max length is 120"),
            unsure=LIMIT,
        ),
    ),
)
