"""People who do not like what they get, in a test."""

from __future__ import annotations

import pytest
from kit.messages import template_message
from kit.plugin import call

from emulator.sandbox.errors import CannotDo
from emulator.testing.whatsapp import WhatsApp

REMINDER = {
    "type": "body",
    "parameters": [
        {"type": "text", "parameter_name": "first_name", "text": "Sheena"},
        {"type": "text", "parameter_name": "day", "text": "Friday"},
    ],
}


def remind(whatsapp: WhatsApp, wa_id: str) -> None:
    body = template_message(wa_id, "appointment_reminder", REMINDER)
    call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", body)
    whatsapp.settle()


def test_a_person_blocks_and_unblocks(whatsapp: WhatsApp) -> None:
    """Meanwhile nothing arrives."""
    sheena = whatsapp.person("Sheena Nelson")
    sheena.blocks()
    remind(whatsapp, sheena.wa_id)
    during = whatsapp.messages.last.status
    sheena.unblocks()
    remind(whatsapp, sheena.wa_id)

    assert (during, whatsapp.messages.last.status) == ("sent", "read")


def test_a_person_stops_and_resumes_marketing(whatsapp: WhatsApp) -> None:
    """And says since when."""
    sheena = whatsapp.person("Sheena Nelson")

    assert sheena.stops_marketing().stopped_marketing_at == whatsapp.clock.now()
    assert sheena.relationship().stopped_marketing_at == whatsapp.clock.now()
    assert sheena.resumes_marketing().stopped_marketing_at is None


def test_a_person_reports_what_they_got(whatsapp: WhatsApp) -> None:
    """A message, a template, the number; not what never came."""
    whatsapp.sandbox.change_settings(quality_judged_after=1)
    sheena, pablo = whatsapp.person("Sheena Nelson"), whatsapp.person("Pablo Morales")
    remind(whatsapp, sheena.wa_id)
    with pytest.raises(CannotDo):
        pablo.reports(template="appointment_reminder")
    pablo.reports()
    sheena.reports(whatsapp.messages.last)

    assert whatsapp.templates["appointment_reminder"].status == "PAUSED"


def test_a_person_may_be_of_the_kind_that_minds(whatsapp: WhatsApp) -> None:
    """Habits are facts of a new person, too."""
    ada = whatsapp.person("Ada", "+55 11 91234 5678", reports=1.0)
    remind(whatsapp, ada.wa_id)

    assert "Ada reported" in [entry.summary for entry in whatsapp.journal if entry.kind == "person"][-1]


def test_the_former_name_of_a_relationship_warns(whatsapp: WhatsApp) -> None:
    """``standing()`` works for one more version and names ``relationship()``."""
    sheena = whatsapp.person("Sheena Nelson")

    with pytest.warns(DeprecationWarning, match=r"standing\(\) is called relationship\(\) now"):
        former = sheena.standing()

    assert former == sheena.relationship()
