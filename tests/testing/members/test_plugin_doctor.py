"""``whatsapp.doctor()``: an app's webhook is examined in a test, and nothing of it remains there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from kit.bots import Bot

import emulator
from emulator.doctor.callback import CannotExamine
from emulator.doctor.rule import Verdict
from emulator.testing.clocks.awaiting import NotAwaited
from emulator.testing.whatsapp import WhatsApp

FORGED = ["signature-missing", "signature-of-another-body", "signature-wrong-secret"]


def test_the_receiver_of_the_test_is_examined(whatsapp: WhatsApp) -> None:
    """Without an argument."""
    whatsapp.deliver_to(Bot(whatsapp))

    assert whatsapp.doctor(only=["duplicate-answered-once"]).passed


def test_an_app_that_is_named_takes_the_webhooks_from_then_on(whatsapp: WhatsApp) -> None:
    """As by ``deliver_to``."""
    bot = Bot(whatsapp)

    whatsapp.doctor(bot, only=["webhook-accepted"]).check()
    whatsapp.person().says("Hello")

    whatsapp.expect_sent(text="Thank you!")


def test_without_a_receiver_there_is_nothing_to_examine(whatsapp: WhatsApp) -> None:
    """That is said before anything happens."""
    with pytest.raises(LookupError, match="has no callback URL"):
        whatsapp.doctor()


def test_a_url_where_nobody_listens_cannot_be_examined(whatsapp: WhatsApp) -> None:
    """It breaks no rule, and keeps none."""
    with pytest.raises(CannotExamine, match="connection refused"):
        whatsapp.doctor("http://127.0.0.1:1/webhook")


def test_a_rule_that_there_is_not_is_told_with_the_nearest(whatsapp: WhatsApp) -> None:
    """For ``only`` as for ``skip``."""
    whatsapp.deliver_to(Bot(whatsapp))

    for chosen in ({"only": ["burts"]}, {"skip": ["burts"]}):
        with pytest.raises(ValueError, match=r"there is no rule 'burts'; did you mean burst\?"):
            whatsapp.doctor(**chosen)  # type: ignore[arg-type]


def test_rules_can_be_left_out(whatsapp: WhatsApp) -> None:
    """An app may have its reasons for one."""
    whatsapp.deliver_to(Bot(whatsapp))

    found = whatsapp.doctor(only=["burst", "https", "webhook-accepted"], skip=["https"]).findings

    assert [each.id for each in found] == ["webhook-accepted", "burst"]


def test_nothing_of_it_remains_in_the_sandbox(whatsapp: WhatsApp) -> None:
    """Neither messages and people, nor time, nor webhooks that wait; the app's next call is the test's."""
    bot = Bot(whatsapp)
    whatsapp.deliver_to(bot)
    before = (whatsapp.clock.now(), len(whatsapp.people), whatsapp.transcript, len(whatsapp.journal))

    whatsapp.doctor(burst=3)
    after = (whatsapp.clock.now(), len(whatsapp.people), whatsapp.transcript, len(whatsapp.journal))
    whatsapp.person().says("Hello")

    assert after == before
    whatsapp.expect_sent(text="Thank you!")


def test_it_can_be_done_again(whatsapp: WhatsApp) -> None:
    """The app has not seen those messages and people: it would leave them out as repeats."""
    whatsapp.deliver_to(Bot(whatsapp))

    reports = [whatsapp.doctor(only=["duplicate-answered-once"]) for _ in range(2)]

    assert [str(each) for report in reports for each in report.findings] == [
        "duplicate-answered-once: passed: a message that came twice was answered once, with 1 in all"
    ] * 2


def test_the_state_of_the_sandbox_holds_in_it(whatsapp: WhatsApp) -> None:
    """What the test has set up, such as a template that is disabled, meets the app there, too."""
    whatsapp.deliver_to(Bot(whatsapp))
    whatsapp.templates.disable("appointment_reminder")
    whatsapp.settle()

    (finding,) = whatsapp.doctor(only=["window-closed-handled"]).findings

    assert finding.verdict is Verdict.FAILED
    assert "the app sent a template, which was refused: (#132016)" in finding.seen


@pytest.mark.whatsapp(seed="shop")
def test_people_of_an_examination_are_quick_whatever_the_seed_says(whatsapp: WhatsApp) -> None:
    """Those of this one take their time; only the template of the bot is not in it."""
    whatsapp.deliver_to(Bot(whatsapp))

    assert [each.id for each in whatsapp.doctor(burst=3).failed] == ["window-closed-handled"]


def test_a_locked_account_leaves_statuses_unjudged(whatsapp: WhatsApp) -> None:
    """It may not send, so there are none; people write all the same."""
    whatsapp.deliver_to(Bot(whatsapp))
    whatsapp.business.lock()
    whatsapp.settle()

    report = whatsapp.doctor(only=["statuses-acknowledged", "webhook-accepted", "every-kind"])

    assert [each.id for each in report.not_judged] == ["statuses-acknowledged"]
    assert "(#131031)" in report.not_judged[0].seen
    assert report.passed


def test_a_business_that_hears_of_nobody_cannot_be_examined(whatsapp: WhatsApp) -> None:
    """Its account is disabled."""
    whatsapp.deliver_to(Bot(whatsapp))
    whatsapp.business.disable()
    whatsapp.settle()

    with pytest.raises(CannotExamine, match="the business hears of nobody"):
        whatsapp.doctor()


@pytest.mark.parametrize("library", ["freezegun", "time-machine"])
def test_a_frozen_process_holds_nothing_up(library: str) -> None:
    """What is waited for is measured by the real clock."""
    with emulator.whatsapp(freeze=library) as whatsapp:
        whatsapp.deliver_to(Bot(whatsapp))
        report = whatsapp.doctor(burst=3, patience=0.1)

    assert report.passed


def test_a_webhook_that_waits_is_delivered_after_it(whatsapp: WhatsApp) -> None:
    """And not in the middle of it."""
    bot = Bot(whatsapp)
    whatsapp.deliver_to(bot)
    whatsapp.person().says("Hello")

    whatsapp.doctor(only=["webhook-accepted"])
    answered = [message.wa_id for message in whatsapp.messages.sent]

    assert answered == []
    whatsapp.expect_sent(to=whatsapp.person())


def fastapi_bot(whatsapp: WhatsApp, *, answers_later: bool) -> FastAPI:
    """An async app that checks no signature, and answers every text, perhaps in a task of its own."""
    app = FastAPI()
    tasks = set()

    async def answer(to: str) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(_as_asgi(whatsapp))) as client:
            await client.post(
                f"https://graph/v26.0/{whatsapp.phone_number_id}/messages",
                headers={"Authorization": f"Bearer {whatsapp.token}"},
                json={"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": "Hi"}},
            )

    @app.get("/webhook")
    async def verify(request: Request) -> Any:
        return request.query_params["hub.challenge"]

    @app.post("/webhook")
    async def webhook(request: Request) -> Response:
        for entry in (await request.json())["entry"]:
            for change in entry["changes"]:
                for message in change["value"].get("messages", []):
                    if message.get("from") and message["type"] == "text":
                        task = asyncio.create_task(answer(message["from"]))
                        tasks.add(task)
                        task.add_done_callback(tasks.discard)
                        if not answers_later:
                            await task
        return Response()

    return app


def _as_asgi(whatsapp: WhatsApp) -> Callable[..., Any]:
    from asgiref.wsgi import WsgiToAsgi

    return WsgiToAsgi(whatsapp.app)


@pytest.mark.parametrize("answers_later", [False, True])
def test_an_async_app_is_examined(whatsapp: WhatsApp, answers_later: bool) -> None:
    """Its answers are seen, also those that it gives after it has answered the webhook."""
    report = whatsapp.doctor(fastapi_bot(whatsapp, answers_later=answers_later), burst=5)

    assert [each.id for each in report.failed] == [
        "handshake-plain",  # FastAPI writes a text as JSON
        "handshake-wrong-token",
        *FORGED,
        "duplicate-answered-once",
    ]
    assert [each.id for each in report.warnings] == ["window-closed-handled", "hidden-number"]


@pytest.mark.asyncio
async def test_in_an_async_test_it_is_awaited(whatsapp: WhatsApp) -> None:
    """The app may need the event loop; without ``await`` that is said."""
    whatsapp.deliver_to(fastapi_bot(whatsapp, answers_later=True))

    report = await whatsapp.doctor(burst=5)

    assert [each.id for each in report.failed if each.rule.group == "deliveries"] == [
        "duplicate-answered-once"
    ]
    with pytest.raises(NotAwaited, match=r"await whatsapp.doctor\(…\)"):
        whatsapp.doctor()
