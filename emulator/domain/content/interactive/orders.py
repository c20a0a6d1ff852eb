"""Interactive messages about orders: the order to be paid (``order_details``), and its status later.

Source: D/payments/payments-in/pg.
"""

from __future__ import annotations

import re

from emulator.domain.content.interactive.parts import header, interactive, named_action
from emulator.domain.errors import message_error
from emulator.domain.quoting import brief
from emulator.domain.shapes import Choice, Integer, Items, Json, Link, Record, Shape, Text, Value, invalid
from emulator.domain.values import dataclass

AMOUNT_OFFSET = 100
"""How many units of an amount's ``value`` make one of the currency: amounts are in hundredths."""
REFERENCE_LENGTH = {"INR": 35, "BRL": 60}
DESCRIPTION_LENGTH = 120
NAME_LENGTH = 60
_REFERENCE = re.compile(r"[A-Za-z0-9_.\-]+")

STATUSES = ("pending", "processing", "partially_shipped", "shipped", "completed", "canceled")
FINAL = ("completed", "canceled")
"""Statuses that an order keeps for good."""


def amount(**more: Shape) -> Record:
    """Build the shape of an amount of money: ``value`` and ``offset``, with ``more`` optional members.

    Its rule refuses a value below zero and any other offset than 100 (131009).
    """
    return Record(required={"value": Integer(), "offset": Integer()}, optional=more, rules=(_is_in_cents,))


def _is_in_cents(money: Value) -> None:
    """Refuse an amount below zero, or in another unit than hundredths; the sentence is ours."""
    if money["offset"] != AMOUNT_OFFSET or money["value"] < 0:
        raise invalid(
            f"An amount needs a value of 0 or more and the offset {AMOUNT_OFFSET}",
            f"It came with the value {money['value']} and the offset {money['offset']}.",
        )


def _subtotal_adds_up(order: Value) -> None:
    """Refuse a subtotal that is not the sum of its items; the sentence is ours."""
    found = sum(
        (item.get("sale_amount") or item["amount"])["value"] * item["quantity"] for item in order["items"]
    )
    if found != order["subtotal"]["value"]:
        raise invalid(
            f"Subtotal {order['subtotal']['value']} is not the sum of the items, {found}",
            "Amounts are hundredths; each item counts its quantity times, by sale_amount where it has one.",
        )


def _total_adds_up(bill: Value) -> None:
    """Refuse a total that is not subtotal, tax and shipping less discount; the sentence is ours."""
    order = bill["order"]
    parts = {part: (order.get(part) or {"value": 0})["value"] for part in ("tax", "shipping", "discount")}
    found = order["subtotal"]["value"] + parts["tax"] + parts["shipping"] - parts["discount"]
    if found != bill["total_amount"]["value"]:
        raise invalid(
            f"Total amount {bill['total_amount']['value']} is not subtotal + tax + shipping "
            f"- discount, {found}",
            f"In hundredths the subtotal is {order['subtotal']['value']}"
            + "".join(f", {part} {value}" for part, value in parts.items())
            + ".",
        )


def _reference_is_one(bill: Value) -> None:
    """Refuse a reference of other characters, or too long for its currency; the sentence is ours."""
    most = REFERENCE_LENGTH[bill["currency"]]
    if not _REFERENCE.fullmatch(bill["reference_id"]) or len(bill["reference_id"]) > most:
        raise invalid(
            f"reference_id must have at most {most} letters, digits, underscores, dashes and dots",
            f"It came as {brief(bill['reference_id'])!r}, with {len(bill['reference_id'])} characters.",
        )


_TEXT = Text(what="Description", most=NAME_LENGTH)
_ITEM = Record(
    required={
        "retailer_id": Text(numbers=True),
        "name": Text(what="Item name", least=1, most=NAME_LENGTH),
        "amount": amount(),
        "quantity": Integer(what="quantity", least=1, most=1_000_000),
    },
    optional={
        "sale_amount": amount(),
        "country_of_origin": Text(),
        "importer_name": Text(),
        "importer_address": Json(),
        "product_id": Text(numbers=True),
        "image": Json(),
    },
)
_ORDER = Record(
    required={
        "status": Choice(("pending",)),
        "items": Items(of=_ITEM, what="items", least=1),
        "subtotal": amount(),
        "tax": amount(description=_TEXT),
    },
    optional={
        "type": Text(),
        "catalog_id": Text(numbers=True),
        "expiration": Record(
            required={"timestamp": Text(numbers=True)},
            optional={"description": Text(what="Description", most=DESCRIPTION_LENGTH)},
        ),
        "shipping": amount(description=_TEXT),
        "discount": amount(
            description=_TEXT, discount_program_name=Text(what="Discount program", most=NAME_LENGTH)
        ),
    },
    rules=(_subtotal_adds_up,),
)
ORDER_DETAILS_PARAMETERS = Record(
    required={
        "reference_id": Text(numbers=True),
        "type": Choice(("digital-goods", "physical-goods")),
        "currency": Choice(tuple(REFERENCE_LENGTH)),
        "total_amount": amount(),
        "order": _ORDER,
    },
    optional={
        "payment_type": Text(),
        "payment_configuration": Text(),
        "payment_settings": Items(of=Json()),
        "beneficiaries": Items(of=Json()),
        "payment_link": Link(),
    },
    rules=(_reference_is_one, _total_adds_up),
)
"""The parameters of ``review_and_pay``, in an interactive message and in the button of a template."""
ORDER_DETAILS = interactive(
    "order_details",
    named_action("review_and_pay", ORDER_DETAILS_PARAMETERS),
    top=header("image", "video", "document", "text"),
)

ORDER_STATUS = interactive(
    "order_status",
    named_action(
        "review_order",
        Record(
            required={
                "reference_id": Text(numbers=True),
                "order": Record(
                    required={"status": Choice(STATUSES)},
                    optional={"description": Text(what="Description", most=DESCRIPTION_LENGTH)},
                ),
            },
            optional={
                "payment": Record(
                    required={"status": Choice(("pending", "captured", "failed"))},
                    optional={"timestamp": Integer()},
                ),
            },
        ),
    ),
    top=header("image", "text"),
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order that was sent to a person, with its present status and whether it is paid.

    It is found again by its ``reference_id``; later ``order_status`` messages update it.
    """

    reference_id: str
    status: str = "pending"
    paid: bool = False

    def updated(self, update: Value) -> Order:
        """Apply an ``order_status`` message: the order with its new status, paid once payment is captured.

        ``update`` are the parameters of ``review_order``. What was paid stays paid, whatever later messages
        say.
        """
        paid = self.paid or (update.get("payment") or {}).get("status") == "captured"
        return Order(self.reference_id, update["order"]["status"], paid)


def check_transition(order: Order | None, update: Value) -> None:
    """Refuse a status that an order cannot take; reported by webhook (D/payments/payments-in/pg).

    ``order`` is the order as it stands, ``None`` when none of that reference was sent to the person;
    ``update`` are the parameters of ``review_order``. Raises 2046 for an unknown order and for one that is
    completed or canceled, and 2047 for a paid one that is to be canceled.
    """
    status = update["order"]["status"]
    if order is None:
        raise message_error(2046, hint=f"No order {update['reference_id']} was sent to this person.")
    if status == "canceled" and order.paid:
        raise message_error(2047, hint="An order that is paid cannot be canceled.")
    if order.status in FINAL and status != order.status:
        raise message_error(2046, hint=f"An order that is {order.status} stays {order.status}.")
