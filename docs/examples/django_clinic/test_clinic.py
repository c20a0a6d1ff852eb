from datetime import timedelta

import pytest
from clinic.messages import remind_of
from clinic.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(whatsapp):
    """A patient who comes on Friday."""
    return whatsapp.person("Ana", new=True)


@pytest.fixture
def appointment(whatsapp, ana):
    friday = whatsapp.clock.now().date() + timedelta(days=4)
    return Appointment.objects.create(phone=ana.wa_id, first_name="Ana", day=friday)


def test_the_webhook_is_verified(whatsapp):
    whatsapp.verify_webhook()


def test_the_webhook_keeps_the_rules_of_production(whatsapp):
    whatsapp.doctor().check()


def test_a_patient_is_reminded_once(whatsapp, ana, appointment):
    remind_of(appointment.day)
    remind_of(appointment.day)

    whatsapp.expect_sent(
        to=ana, template="appointment_reminder", parameters={"first_name": "Ana", "day": "Friday"}
    )
    whatsapp.expect_no_more()


def test_a_patient_cancels(whatsapp, ana, appointment):
    remind_of(appointment.day)
    reminder = whatsapp.expect_sent(to=ana, template="appointment_reminder")

    ana.taps("No, cancel it", on=reminder)

    whatsapp.expect_sent(to=ana, text="Your appointment is cancelled.")
    appointment.refresh_from_db()
    assert appointment.is_cancelled


def test_a_patient_comes(whatsapp, ana, appointment):
    remind_of(appointment.day)
    reminder = whatsapp.expect_sent(to=ana, template="appointment_reminder")

    ana.taps("Yes, I will", on=reminder)

    whatsapp.expect_sent(to=ana, text="See you then!")
    appointment.refresh_from_db()
    assert not appointment.is_cancelled
