"""What a test expects of its app through the ``whatsapp`` fixture, and what it is told when it is missing."""

from __future__ import annotations

import re
from threading import Thread
from typing import Any

import pytest
from kit.identities import SHEENA
from kit.plugin import LIMIT, call, order_shipped, send

from emulator import Webhook
from emulator.sandbox.real_time import real_seconds
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)


@pytest.fixture
def bot(whatsapp: WhatsApp) -> WhatsApp:
    """An app that answers whatever somebody writes in capitals."""

    def answer(webhook: Webhook) -> None:
        value = webhook.json["entry"][0]["changes"][0]["value"]
        for message in value.get("messages", ()):
            send(whatsapp, message["text"]["body"].upper(), message["from"])

    whatsapp.deliver_to(answer)
    return whatsapp


def test_what_the_app_answers_is_expected_without_a_settle(bot: WhatsApp) -> None:
    """The message is returned as it stands, and can be used."""
    sheena = bot.person()
    sheena.says("hi")

    answer = bot.expect_sent(to=sheena, text="HI")

    assert answer.status == "read"
    assert sheena.says("Thanks", reply_to=answer).context_id == answer.id
    bot.expect_sent(text="THANKS", after=answer)
    bot.expect_no_more()


def test_a_person_a_group_and_a_number_can_be_whom_it_goes_to(bot: WhatsApp) -> None:
    """In any way of writing the number."""
    sheena = bot.person()
    group = bot.group("Gardeners", sheena)
    sheena.says("hi")
    sheena.says("all", group=group)
    send(
        bot,
        {"messaging_product": "whatsapp", "to": group.id, "recipient_type": "group", "text": {"body": "All"}},
    )

    assert bot.expect_sent(to="+1 650-555-1234").text == "HI"
    assert bot.expect_sent(to=group).text == "All"


def test_a_template_is_expected_by_its_parts(whatsapp: WhatsApp) -> None:
    """What its buttons send can be tapped on it."""
    send(whatsapp, order_shipped())

    found = whatsapp.expect_sent(
        template="order_shipped",
        parameters=["Sheena", re.compile(r"^\d+$")],
        buttons=["Where is it?", "Track it"],
    )

    assert whatsapp.person().taps("Where is it?", on=found).text == "Where is it?"


def test_several_are_returned_as_a_list(bot: WhatsApp) -> None:
    """With ``times`` exactly that many; a webhook that the app takes twice shows there."""
    bot.person().says("hi")
    bot.person().says("hi")

    assert [message.text for message in bot.expect_sent(to=bot.person(), times=2)] == ["HI", "HI"]
    assert bot.expect_sent(times=0) == []


def test_a_failed_message_is_expected_by_its_code(bot: WhatsApp) -> None:
    """Outside the window; the person cannot be answered any more."""
    bot.person().says("hi")
    bot.clock.advance(hours=25)
    send(bot, "Still there?")

    assert bot.expect_failed(131047, text="Still there?").error is not None
    assert bot.expect_failed(times=0) == []


def test_a_refused_call_is_expected_by_its_code_or_rule(whatsapp: WhatsApp) -> None:
    """It says what was asked, and why it was refused."""
    call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", {"to": SHEENA, "text": {"body": "Hi"}})
    call(whatsapp, "GET", "123")

    refused = whatsapp.expect_refused(100, to=SHEENA, text="Hi", path=re.compile("/messages$"))
    other = whatsapp.expect_refused(rule="object", method="GET")

    assert (refused.status, refused.code, refused.method) == (400, 100, "POST")
    assert refused.hint
    assert other.path == "/v23.0/123"
    whatsapp.expect_no_more()


def test_a_refused_call_is_the_nearest_miss(whatsapp: WhatsApp) -> None:
    """With the rule that refused it, and what that looked at."""
    send_wrong = {
        "messaging_product": "whatsapp",
        "to": SHEENA,
        "type": "template",
        "template": {"name": "nope"},
    }
    call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", send_wrong)

    with pytest.raises(AssertionError) as told:
        whatsapp.expect_sent(template="nope")

    lines = str(told.value).splitlines()
    assert lines[0] == "expected a message that was sent with template='nope'; there are none"
    assert lines[1].startswith("  nearest: POST /v23.0/106540352242922/messages → 400 (#")
    assert lines[2] == "    it was refused, and not sent"
    assert any(line.startswith("    rule ") for line in lines)


def test_what_the_app_marked_as_read_is_expected(whatsapp: WhatsApp) -> None:
    """By the message itself, by who wrote it, or by its text; what the person has read by itself alone."""
    hello = whatsapp.person().says("Hello")
    path = f"{whatsapp.phone_number_id}/messages"
    call(whatsapp, "POST", path, {"messaging_product": "whatsapp", "status": "read", "message_id": hello.id})
    send(whatsapp, "Hi")

    answer = whatsapp.expect_sent()

    assert whatsapp.expect_read(hello).id == hello.id
    assert whatsapp.expect_read(answer).id == answer.id
    with pytest.raises(AssertionError, match="an earlier expectation has found it"):
        whatsapp.expect_read(of=whatsapp.person(), text="Hello")


def test_what_nobody_expected_is_told(bot: WhatsApp) -> None:
    """To one person, or to anybody."""
    bot.person().says("hi")
    bot.expect_no_more(to="+1 650 555 4321")

    with pytest.raises(
        AssertionError, match=r"expected nothing more to Sheena Nelson; there is 1\n  09:00:00.*HI"
    ):
        bot.expect_no_more(to=bot.person())


# waiting


def test_an_app_that_answers_later_is_waited_for(whatsapp: WhatsApp) -> None:
    """It acknowledges the webhook at once, and answers from a thread of its own."""
    threads: list[Thread] = []

    def answer(webhook: Webhook) -> None:
        if not threads:
            threads.append(Thread(target=lambda: send(whatsapp, "Later")))
            threads[0].start()

    whatsapp.deliver_to(answer)
    whatsapp.person().says("Hello")

    assert whatsapp.expect_sent(text="Later", within=LIMIT).status == "read"
    threads[0].join()


def test_where_nobody_else_could_send_nothing_is_waited_for(
    whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test in one thread fails at once."""
    monkeypatch.setattr("threading.active_count", lambda: 1)
    begun = real_seconds()

    with pytest.raises(AssertionError):
        whatsapp.wait_for("sent")

    assert real_seconds() - begun < 2


def test_anything_can_be_waited_for_by_its_name(bot: WhatsApp) -> None:
    """What has reached the person's phone, too."""
    bot.person().says("hi")

    assert bot.wait_for("delivered", to=bot.person()).text == "HI"
    assert [message.text for message in bot.wait_for("sent", times=1)] == ["HI"]


# misuse


def test_a_wrong_condition_is_told(whatsapp: WhatsApp) -> None:
    """With the one that may have been meant."""
    wrong: Any = {"txt": "Hi"}

    with pytest.raises(ValueError, match=r"has no txt; did you mean text\?"):
        whatsapp.expect_sent(**wrong)


def test_an_expectation_cannot_be_made_inside_a_receiver(whatsapp: WhatsApp) -> None:
    """It would wait for itself; the app is told so, and the test fails with it."""
    from emulator.sandbox.engine.advance import CalledFromReceiver

    found: list[Exception] = []

    def answer(webhook: Webhook) -> None:
        try:
            whatsapp.expect_sent(within=0)
        except CalledFromReceiver as problem:
            found.append(problem)

    whatsapp.deliver_to(answer)
    whatsapp.person().says("Hello")
    whatsapp.settle()

    assert found


# the report


def test_a_failed_expectation_tells_everything_once(suite: pytest.Pytester) -> None:
    """The nearest miss, the rule and its facts, the conversation; no section repeats it, no frame is the
    emulator's.
    """
    suite.makepyfile(
        """
        from client_kit import send

        def test_it(whatsapp):
            ana = whatsapp.person("Ana", number="+55 11 91234-5678")
            ana.says("hi")
            whatsapp.clock.advance(hours=25)
            send(whatsapp, "Still there?", ana.wa_id)
            whatsapp.expect_sent(to=ana, text="Still there?", within=0)
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">       whatsapp.expect_sent(to=ana, text=*",
            "E*AssertionError: expected a message that was sent with to=Ana, text='Still there?'; *",
            "E* nearest: 10:00:00  business → Ana: Still there?   ✗ failed 131047 Re-engagement message",
            "E*   it is failed, and not sent",
            "E*   The window closed at 2026-11-03T09:00:00+00:00*",
            "E*   rule window_is_open, wa_id=5511912345678, last_inbound_at=2026-11-02T09:00:00+00:00 (*",
            "E* ── Monday 02 November 2026 ─*",
            "E* 09:00:00  Ana → business: hi",
            "E* ── Tuesday 03 November 2026 ─*",
            "E* 10:00:00  business → Ana: Still there?   ✗ failed 131047 Re-engagement message",
        ],
    )
    told = result.stdout.str()
    assert told.count("09:00:00  Ana → business: hi") == 1
    assert "WhatsApp refused" not in told
    assert "expecting.py" not in told
