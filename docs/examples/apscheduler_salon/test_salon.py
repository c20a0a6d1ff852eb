from datetime import UTC, datetime

import main
import pytest


@pytest.fixture(autouse=True)
def scheduler(whatsapp):
    main.scheduler.start()
    with whatsapp.clock.drives(main.scheduler):
        yield main.scheduler
    main.scheduler.shutdown(wait=False)


@pytest.fixture
def ana(whatsapp):
    return whatsapp.person("Ana", new=True)


def test_the_webhook_keeps_the_rules_of_production(whatsapp):
    whatsapp.doctor().check()


def test_a_reminder_comes_two_hours_before(whatsapp, ana):
    ana.says("Tomorrow, please")
    whatsapp.expect_sent(to=ana, text="See you on Tuesday at 15:00.")

    whatsapp.clock.travel_to("2026-11-03T12:59:59Z")
    assert len(ana.messages.sent) == 1

    whatsapp.clock.advance(seconds=1)
    reminder = whatsapp.expect_sent(to=ana, template="appointment_reminder")
    assert reminder.at == datetime.now(UTC) == datetime(2026, 11, 3, 13, tzinfo=UTC)


def test_whoever_cancels_is_not_reminded(whatsapp, ana):
    ana.says("Tomorrow, please")
    whatsapp.clock.advance(hours=3)
    ana.says("I have to cancel")

    whatsapp.clock.advance(days=2)

    assert ana.messages.sent.texts[-1] == "Another time, then."


def test_whoever_books_again_is_reminded_once(whatsapp, ana):
    ana.says("Tomorrow, please")
    whatsapp.clock.advance(hours=30)
    ana.says("And again")

    whatsapp.clock.advance(days=3)

    reminders = [message.at for message in ana.messages.sent if message.template]
    assert reminders == [datetime(2026, 11, 3, 13, tzinfo=UTC), datetime(2026, 11, 4, 13, tzinfo=UTC)]
