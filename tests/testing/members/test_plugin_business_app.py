"""``whatsapp.business``: what somebody does in the WhatsApp Business app of a number."""

from __future__ import annotations

from kit.receivers import Inbox

from emulator.testing.whatsapp import WhatsApp


def test_an_app_hears_of_chats_contacts_and_answers(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """It is subscribed by the act to the field that tells of it."""
    sheena = whatsapp.person("Sheena Nelson")
    sheena.says("Hello")
    whatsapp.business.writes_in_app(sheena, "I take over")
    chunks = whatsapp.business.shares_history()
    whatsapp.business.shares_history({sheena: [{"text": "Last year", "from": "business"}]}, chunk=1)
    whatsapp.business.declines_history()
    whatsapp.business.saves_contact(sheena, "Sheena N.")
    whatsapp.business.removes_contact(sheena)
    whatsapp.settle()

    assert [each.messages for each in chunks] == [1]
    assert [each["entry"][0]["changes"][0]["field"] for each in inbox.payloads] == [
        "messages",
        "smb_message_echoes",
        *["history"] * 3,
        *["smb_app_state_sync"] * 2,
    ]
