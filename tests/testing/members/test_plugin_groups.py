"""Groups in a test."""

from __future__ import annotations

from kit.plugin import call

from emulator.testing.whatsapp import WhatsApp


def test_a_group_is_written_in_from_both_sides(whatsapp: WhatsApp) -> None:
    """People say something in it, the business answers all of them."""
    sheena, pablo = whatsapp.person("Sheena Nelson"), whatsapp.person("Pablo Morales")
    plants = whatsapp.group("Plants", sheena, pablo)

    sheena.says("Which one needs shade?", group=plants)
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "group",
        "to": plants.id,
        "type": "text",
        "text": {"body": "The fern."},
    }
    call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", body)
    whatsapp.settle()

    assert whatsapp.messages.texts == ["Which one needs shade?", "The fern."]
    assert whatsapp.messages.last.status == "delivered"
