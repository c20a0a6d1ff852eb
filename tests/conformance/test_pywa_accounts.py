"""pywa, unmodified: numbers, accounts, read receipts, and callbacks for a part of the traffic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from flask import Flask
from kit.clients.transports import timers_are_done
from kit.identities import PRODUCTION, SHEENA_NUMBER, TEST
from kit.receivers import ServedInbox
from pywa import WhatsApp, errors
from pywa.types import Pagination
from pywa.utils import CallbackURLScope

from emulator import Sandbox, Server

NewReceiver = Callable[[str], ServedInbox]


def test_a_number_reads_as_it_was_seeded(wa: WhatsApp) -> None:
    """The facts of the number, in the form that people read."""
    number = wa.get_business_phone_number()

    assert (number.id, number.display_phone_number) == (PRODUCTION, "+1 555-078-3881")
    assert (number.verified_name, number.quality_rating) == ("Lucky Shrub", "GREEN")
    assert (number.status, number.platform_type, number.account_mode) == ("CONNECTED", "CLOUD_API", "LIVE")
    assert number.throughput == {"level": "STANDARD"}
    assert (number.country_code, number.country_dial_code) == ("US", "1")


def test_the_numbers_of_an_account_come_page_by_page(wa: WhatsApp) -> None:
    """``paging.next`` is a URL that can be followed, and the last page has none."""
    first = wa.get_business_phone_numbers(pagination=Pagination(limit=1))
    second = first.next()

    assert [number.id for number in first] == [PRODUCTION]
    assert [number.id for number in second] == [TEST]
    assert (first.has_next, second.has_next, second.has_previous) == (True, False, True)
    assert [number.id for number in second.all()] == [PRODUCTION, TEST]
    assert wa.get_business_phone_number(phone_id=TEST).account_mode == "SANDBOX"


def test_an_account_reads_with_the_apps_that_listen(wa: WhatsApp, sandbox: Sandbox) -> None:
    """Its name and namespace, and the apps that are subscribed to it as an expanded edge."""
    account = wa.get_business_account()

    assert (account.id, account.name) == (sandbox.identity()["waba_id"], "Lucky Shrub")
    assert (account.currency, account.country, account.status) == ("USD", "US", "ACTIVE")
    assert account.message_template_namespace == "ba30dd89_2ebd_41e4_b805_f2c05ae04cc9"
    assert [app.id for app in account.subscribed_apps or ()] == [sandbox.identity()["app_id"]]


@pytest.mark.parametrize("act", ["mark_message_as_read", "indicate_typing"])
def test_reading_marks_what_was_written_before_too(wa: WhatsApp, sandbox: Sandbox, act: str) -> None:
    """Both acts show the blue ticks on the message and on those before it, and on no later one."""
    earlier, marked, later = (sandbox.people.say(SHEENA_NUMBER, text) for text in ("one", "two", "three"))

    answered = getattr(wa, act)(marked.id)

    assert answered.success
    assert {message.id: str(message.status) for message in sandbox.messages.all()} == {
        earlier.id: "read",
        marked.id: "read",
        later.id: "received",
    }


def test_an_own_message_cannot_be_marked_as_read(wa: WhatsApp, sandbox: Sandbox) -> None:
    """The platform knows the direction of an id, and says so in its details."""
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sent = wa.send_message(SHEENA_NUMBER, "welcome")

    with pytest.raises(errors.WhatsAppError) as caught:
        wa.mark_message_as_read(sent.id)

    assert (caught.value.code, caught.value.status_code) == (100, 400)
    assert "is outgoing" in (caught.value.details or "")


def test_the_narrowest_callback_gets_the_messages(
    wa: WhatsApp, sandbox: Sandbox, receiver: ServedInbox, new_receiver: NewReceiver
) -> None:
    """A number's callback goes before the account's, and that before the app's; taking one away undoes it."""
    for_account, for_number = new_receiver("account"), new_receiver("number")

    def where(text: str) -> list[str]:
        sandbox.people.say(SHEENA_NUMBER, text)
        sandbox.settle()
        listeners = {"app": receiver, "account": for_account, "number": for_number}
        return [name for name, one in listeners.items() if text in str(one.webhooks)]

    found = [where("first")]
    assert wa.override_waba_callback_url(for_account.url, "account").success
    found.append(where("second"))
    assert wa.override_phone_callback_url(for_number.url, "number").success
    found.append(where("third"))
    shown = wa.get_business_phone_number().webhook_configuration
    assert wa.delete_phone_callback_url().success
    found.append(where("fourth"))
    assert wa.delete_waba_callback_url().success
    found.append(where("fifth"))

    assert found == [["app"], ["account"], ["number"], ["account"], ["app"]]
    assert shown == {
        "phone_number": for_number.url,
        "whatsapp_business_account": for_account.url,
        "application": receiver.url,
    }
    assert [one["hub.mode"] for one in (*for_account.handshakes, *for_number.handshakes)] == ["subscribe"] * 2


@pytest.mark.parametrize("override", ["override_waba_callback_url", "override_phone_callback_url"])
def test_a_callback_that_is_not_verified_changes_nothing(
    wa: WhatsApp, sandbox: Sandbox, receiver: ServedInbox, new_receiver: NewReceiver, override: str
) -> None:
    """A receiver that does not know the verify token is refused with 2200, and the old one stays."""
    stranger = new_receiver("another word")

    with pytest.raises(errors.WhatsAppError) as caught:
        getattr(wa, override)(stranger.url, "a word it does not know")
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.settle()

    assert (caught.value.code, caught.value.status_code) == (2200, 400)
    assert "HTTP Status Code = 403; HTTP Message = " in caught.value.message
    assert (len(stranger.payloads), len(receiver.payloads)) == (0, 1)


@pytest.mark.parametrize("scope", [CallbackURLScope.WABA, CallbackURLScope.PHONE], ids=["account", "number"])
def test_pywa_registers_itself_in_a_narrower_scope(
    sandbox: Sandbox, receiver: ServedInbox, session: httpx.Client, scope: CallbackURLScope
) -> None:
    """With a scope it overrides the callback of the account or the number, and the app's own stays."""
    bot, heard = Flask("bot"), list[str]()
    identity = sandbox.identity()
    options: dict[str, Any] = {"server": bot, "webhook_challenge_delay": 0, "callback_url_scope": scope}
    with Server(bot) as served:
        wa = WhatsApp(
            phone_id=PRODUCTION,
            token=identity["access_token"],
            waba_id=identity["waba_id"],
            app_secret=identity["app_secret"],
            verify_token="a word",
            callback_url=served.url,
            session=session,
            **options,
        )
        timers_are_done()
        wa.on_message(lambda _, message: heard.append(message.text))

        sandbox.people.say(SHEENA_NUMBER, "hello")
        sandbox.settle()

    assert heard == ["hello"]
    assert receiver.payloads == []
    assert sandbox.identity()["webhook_url"] == receiver.url
