"""The ``whatsapp`` fixture, used as a test uses it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event

import httpx
import pytest
import requests
from kit.identities import (
    ACCESS_TOKEN,
    APP_ID,
    APP_SECRET,
    PABLO,
    PRODUCTION,
    SHEENA,
    STRANGER,
    TEST,
    WABA_ID,
)
from kit.messages import LIFE, template_message, text_message
from kit.plugin import LIMIT, after, call, order_shipped, send
from kit.receivers import Inbox, change_of, webhook_app
from kit.times import MORNING

from emulator import PlatformError, Server, TimeGoesForward, Webhook

# people


def test_person_without_a_name_is_the_first_of_the_seed(whatsapp):
    """Nobody has to be invented to say hello."""
    person = whatsapp.person()

    assert (person.name, person.wa_id, repr(person)) == (
        "Sheena Nelson",
        SHEENA,
        f"<Sheena Nelson +{SHEENA}>",
    )


@pytest.mark.parametrize("number", [PABLO, "+1 650 555 4321", "+1 (650) 555-4321"])
def test_person_is_found_by_number(whatsapp, number):
    """In any way of writing it."""
    person = whatsapp.person(number=number)

    assert person.name == "Pablo Morales"


def test_person_is_found_by_name(whatsapp):
    """The one the seed has, not a new one."""
    known = len(whatsapp.sandbox.people())

    person = whatsapp.person("Pablo Morales")

    assert (person.wa_id, len(whatsapp.sandbox.people())) == (PABLO, known)


def test_person_with_an_unknown_name_is_invented(whatsapp):
    """They have a number of their own, and asking again finds them."""
    maria = whatsapp.person("Maria")

    again = whatsapp.person("Maria")

    assert maria.name == "Maria"
    assert maria.wa_id.isdigit()
    assert again.wa_id == maria.wa_id
    assert maria.wa_id not in (SHEENA, PABLO)


def test_person_with_an_unknown_number_gets_a_name(whatsapp):
    """Only what is not said is invented."""
    person = whatsapp.person(number="+49 1511 2345678", locale="de_DE")

    assert person.wa_id == "4915112345678"
    assert person.name
    assert person.facts.locale == "de_DE"


def test_person_takes_facts_and_habits(whatsapp):
    """Of somebody new and of somebody known alike; habits are in seconds."""
    maria = whatsapp.person("Maria", opted_in=False, read_after=60)
    pablo = whatsapp.person("Pablo Morales", delivered_after=None)

    assert (maria.facts.opted_in, maria.facts.habits.read_after) == (False, timedelta(minutes=1))
    assert pablo.facts.habits.delivered_after is None


def test_person_refuses_an_impossible_habit(whatsapp):
    """The message names the habit and what it was told."""
    with pytest.raises(ValueError, match=r"the habit read_after cannot be 'soon'"):
        whatsapp.person("Maria", read_after="soon")


def test_a_person_becomes_somebody_else(whatsapp):
    """Facts and habits change at any time."""
    sheena = whatsapp.person()

    sheena.becomes(on_whatsapp=False, habits={"reads": False})

    assert (sheena.facts.on_whatsapp, sheena.facts.habits.reads) == (False, False)


# a conversation


def test_settle_brings_sent_delivered_and_read(whatsapp, inbox):
    """People answer in the same instant, so no time has to pass for a message's whole life."""
    whatsapp.person().says("Is my order on its way?")
    send(whatsapp, "It is!")

    whatsapp.settle()

    assert inbox.events == ["text Is my order on its way?", *LIFE]
    assert inbox.stamps == [MORNING] * 4
    assert whatsapp.clock.now() == MORNING
    assert whatsapp.messages.last.status == "read"


def test_nothing_is_delivered_before_settle(whatsapp, inbox):
    """A test decides when the webhooks come."""
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi!")

    assert (inbox.events, whatsapp.messages.last.status) == ([], "accepted")


def test_says_goes_to_the_number_it_names(whatsapp, inbox):
    """The first business number unless told otherwise."""
    sheena = whatsapp.person()

    messages = [sheena.says("Hello"), sheena.says("Testing", to=whatsapp.test_phone_number_id)]
    whatsapp.settle()

    numbers = [whatsapp.phone_number_id, whatsapp.test_phone_number_id]
    assert [message.phone_number_id for message in messages] == numbers
    assert [value["metadata"]["phone_number_id"] for value in inbox.values] == numbers


def test_says_may_reply_to_a_message(whatsapp, inbox):
    """The webhook tells which one."""
    sheena = whatsapp.person()
    sheena.says("Hello")
    wamid = send(whatsapp, "Which one, red or blue?")
    whatsapp.settle()

    sheena.says("The red one", reply_to=whatsapp.messages.sent.last)
    whatsapp.settle()

    assert inbox.values[-1]["messages"][0]["context"]["id"] == wamid


def test_a_tap_answers_the_newest_message_with_that_button(whatsapp, inbox):
    """The webhook tells the button and the message it stood on."""
    send(whatsapp, order_shipped())
    newest = send(whatsapp, order_shipped())
    whatsapp.settle()

    message = whatsapp.person().taps("Where is it?")
    whatsapp.settle()

    assert (message.type, message.text, message.context_id) == ("button", "Where is it?", newest)
    assert inbox.events[-1] == "button Where is it?"
    assert inbox.values[-1]["messages"][0]["context"]["id"] == newest


def test_a_tap_may_name_its_message(whatsapp):
    """An older one can be tapped, too."""
    oldest = send(whatsapp, order_shipped())
    send(whatsapp, order_shipped())
    whatsapp.settle()

    message = whatsapp.person().taps("Where is it?", on=whatsapp.messages.sent[0])

    assert message.context_id == oldest


def test_a_tap_on_a_missing_button_names_those_there_are(whatsapp):
    """The person is named, and what they see."""
    send(whatsapp, order_shipped())
    whatsapp.settle()

    with pytest.raises(ValueError, match=r"Sheena Nelson sees no .* 'Cancel'; .*'Where is it\?'"):
        whatsapp.person().taps("Cancel")


def test_a_tap_before_the_message_arrived_asks_for_settle(whatsapp):
    """Nobody taps what they have not got."""
    send(whatsapp, order_shipped())

    with pytest.raises(
        ValueError, match=r"no message with buttons has reached Sheena Nelson yet .*settle\(\)"
    ):
        whatsapp.person().taps("Where is it?")


def test_a_person_who_leaves_messages_unread_reads_them_when_told(whatsapp, inbox):
    """What was delivered becomes read, with its webhook."""
    pablo = whatsapp.person("Pablo Morales")
    pablo.says("Hello")
    send(whatsapp, "Hi, Pablo!", PABLO)
    whatsapp.settle()
    unread = whatsapp.messages.sent.last.status

    read = pablo.reads()
    whatsapp.settle()

    assert (unread, whatsapp.messages.sent.last.status) == ("delivered", "read")
    assert [message.text for message in read] == ["Hi, Pablo!"]
    assert inbox.events == ["text Hello", *LIFE]


def test_a_window_is_open_for_24_hours_after_a_person_wrote(whatsapp):
    """To the microsecond, and the handle says so."""
    sheena = whatsapp.person()
    before = (sheena.window, sheena.can_be_answered)

    sheena.says("Hello")
    open_at_once = sheena.can_be_answered
    whatsapp.clock.advance(timedelta(hours=24) - timedelta(microseconds=1))
    open_at_last = sheena.can_be_answered
    whatsapp.clock.advance(timedelta(microseconds=1))

    assert before == (None, False)
    assert (open_at_once, open_at_last, sheena.can_be_answered) == (True, True, False)
    assert sheena.window.closes_at == after(hours=24)


def test_a_text_after_the_window_gets_its_200_and_fails_later(whatsapp, inbox):
    """As on the platform: the status of the call is no promise."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(hours=25)

    send(whatsapp, "Still there?")
    whatsapp.settle()

    assert inbox.events == ["text Hello", "failed 131047"]
    assert whatsapp.messages.failed.last.error["code"] == 131047


def test_people_take_their_time_when_told(whatsapp, inbox):
    """Habits in seconds; each status comes at its instant."""
    sheena = whatsapp.person(sent_after=1, delivered_after=60, read_after=3600)
    sheena.says("Hello")
    send(whatsapp, "Hi!")

    whatsapp.clock.advance(hours=2)

    assert inbox.events == ["text Hello", *LIFE]
    assert inbox.stamps == [MORNING, after(seconds=1), after(seconds=61), after(seconds=3661)]


def test_a_burst_in_one_instant_is_no_violation(whatsapp):
    """A clock that stands still is no trap for a fast app."""
    whatsapp.person().says("Hello")

    for number in range(150):
        send(whatsapp, f"Message {number}")
    whatsapp.settle()

    assert {message.status for message in whatsapp.messages.sent} == {"read"}
    assert len(whatsapp.messages.sent) == 150


# views


def test_messages_are_seen_as_they_stand_when_you_look(whatsapp):
    """A view taken early shows what comes later."""
    messages = whatsapp.messages
    nothing = (len(messages), list(messages), repr(messages))
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi!")
    send(whatsapp, "Are you there?", to=STRANGER)

    whatsapp.settle()

    assert nothing == (0, [], "<Messages: none>")
    assert messages.texts == ["Hello", "Hi!", "Are you there?"]
    assert messages.received.texts == ["Hello"]
    assert messages.sent.texts == ["Hi!", "Are you there?"]
    assert messages.failed.texts == ["Are you there?"]
    assert (messages[0].text, messages[-1].text) == ("Hello", "Are you there?")
    assert [message.text for message in messages[1:]] == ["Hi!", "Are you there?"]
    assert messages.last.status == "failed"
    assert messages.failed.last.error["code"] == 131026


def test_messages_are_found_by_person(whatsapp):
    """By the handle, by the number, and from the person themselves; views can be chained."""
    sheena, pablo = whatsapp.person(), whatsapp.person("Pablo Morales")
    sheena.says("I am Sheena")
    pablo.says("I am Pablo")
    send(whatsapp, "Hello, Pablo", PABLO)

    views = [whatsapp.messages.of(pablo), whatsapp.messages.of(PABLO), pablo.messages]

    assert [view.texts for view in views] == [["I am Pablo", "Hello, Pablo"]] * 3
    assert whatsapp.messages.of(pablo).sent.texts == ["Hello, Pablo"]
    assert whatsapp.messages.sent.of(sheena).texts == []


def test_the_last_of_no_messages_says_what_may_be_missing(whatsapp):
    """Not an index out of range."""
    with pytest.raises(
        LookupError, match=r"no such message yet; did the app send it, and was there a settle"
    ):
        _ = whatsapp.messages.failed.last


def test_messages_show_the_conversation(whatsapp):
    """What pytest prints of a failing comparison can be read."""
    whatsapp.person().says("Hello")
    send(whatsapp, "Hi!\nHow are you?")
    whatsapp.settle()

    assert repr(whatsapp.messages).splitlines() == [
        "<Messages",
        f"  09:00:00  +{SHEENA} → business: Hello",
        f"  09:00:00  business → +{SHEENA}: Hi! ⏎ How are you?   ✓✓ read>",
    ]


def test_the_transcript_tells_the_conversation_by_name(whatsapp):
    """A day over each day's messages."""
    whatsapp.person().says("Hello")
    whatsapp.clock.advance(days=1)
    send(whatsapp, "Hi!")
    whatsapp.settle()

    assert [line.partition(" ─")[0] for line in whatsapp.transcript.splitlines()] == [
        "── Monday 02 November 2026",
        "09:00:00  Sheena Nelson → business: Hello",
        "── Tuesday 03 November 2026",
        "09:00:00  business → Sheena Nelson: Hi!   ✗ failed 131047 Re-engagement message",
    ]


def test_webhooks_deliveries_and_journal_can_be_looked_at(whatsapp, inbox):
    """What was made for the app, what became of it, and why."""
    whatsapp.person().says("Hello")
    waiting = [delivery.state for delivery in whatsapp.deliveries]

    whatsapp.settle()

    assert waiting == ["waiting"]
    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"]
    assert whatsapp.webhooks == inbox.payloads
    assert "Sheena Nelson wrote: Hello" in [entry.summary for entry in whatsapp.journal]


# templates


def test_templates_are_found_by_name(whatsapp):
    """Those of the seed, with their status."""
    assert whatsapp.templates["order_shipped"].status == "APPROVED"
    assert whatsapp.templates.get("loyalty_points", "en_US").status == "PENDING"
    assert "weekly_news" in [template.name for template in whatsapp.templates]
    assert "free_gift: REJECTED" in repr(whatsapp.templates)


def test_an_unknown_template_lists_the_known(whatsapp):
    """So that a typo shows."""
    with pytest.raises(LookupError, match=r"there is no template order_shiped; there are: .*order_shipped"):
        _ = whatsapp.templates["order_shiped"]


def test_a_template_in_several_languages_must_be_named_with_one(whatsapp):
    """The message lists them."""
    body = {
        "name": "order_shipped",
        "language": "es",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Su pedido ya va en camino a su casa."}],
    }
    assert call(whatsapp, "POST", f"{whatsapp.waba_id}/message_templates", body).status_code == 200

    with pytest.raises(LookupError, match=r"order_shipped is there in several languages, .*\bes\b"):
        _ = whatsapp.templates["order_shipped"]

    assert whatsapp.templates.get("order_shipped", "es").status == "PENDING"


def test_a_submitted_template_is_reviewed_by_the_clock(whatsapp, inbox):
    """After the five minutes of the seed, with a webhook."""
    body = {
        "name": "welcome",
        "language": "en_US",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Your account is ready and you can sign in now."}],
    }
    call(whatsapp, "POST", f"{whatsapp.waba_id}/message_templates", body)
    whatsapp.clock.advance(minutes=4, seconds=59)
    before = whatsapp.templates["welcome"].status

    whatsapp.clock.advance(seconds=1)

    assert (before, whatsapp.templates["welcome"].status) == ("PENDING", "APPROVED")
    assert inbox.events == ["welcome APPROVED"]


def test_a_test_is_the_reviewer_if_it_wants(whatsapp, inbox):
    """Every decision at once, each with its webhook."""
    templates = whatsapp.templates

    decided = [
        templates.approve("loyalty_points"),
        templates.pause("order_shipped"),
        templates.unpause("order_shipped"),
        templates.reject("order_shipped", reason="ABUSIVE_CONTENT"),
        templates.disable("weekly_news"),
    ]
    whatsapp.settle()

    assert [template.status for template in decided] == [
        "APPROVED",
        "PAUSED",
        "APPROVED",
        "REJECTED",
        "DISABLED",
    ]
    assert templates["order_shipped"].rejected_reason == "ABUSIVE_CONTENT"
    assert [words.split()[0] for words in inbox.events] == [
        "loyalty_points",
        "order_shipped",
        "order_shipped",
        "order_shipped",
        "weekly_news",
    ]


def test_a_decision_decides_what_can_be_sent(whatsapp):
    """A paused template is refused, an approved one is not."""
    points = template_message(
        SHEENA, "loyalty_points", {"type": "body", "parameters": [{"type": "text", "text": "120"}]}
    )
    messages = f"{whatsapp.phone_number_id}/messages"
    pending = call(whatsapp, "POST", messages, points)

    whatsapp.templates.approve("loyalty_points")
    approved = call(whatsapp, "POST", messages, points)
    whatsapp.templates.pause("loyalty_points")
    paused = call(whatsapp, "POST", messages, points)

    assert (pending.json["error"]["code"], approved.status_code, paused.json["error"]["code"]) == (
        132001,
        200,
        132015,
    )


def test_a_decision_that_does_not_fit_says_why(whatsapp):
    """The template's state is named."""
    with pytest.raises(ValueError, match=r"order_shipped is APPROVED and cannot be told 'approve'"):
        whatsapp.templates.approve("order_shipped")


# receivers


def test_webhooks_reach_a_url(whatsapp):
    """Over HTTP, as on the platform."""
    inbox = Inbox()
    with Server(webhook_app(inbox)) as server:
        whatsapp.deliver_to(f"{server.url}/webhook")
        whatsapp.person().says("Hello")

        whatsapp.settle()

    assert inbox.events == ["text Hello"]


def test_webhooks_reach_a_wsgi_app(whatsapp):
    """Without a socket; the path is where the app takes them."""
    inbox = Inbox()
    whatsapp.deliver_to(webhook_app(inbox))
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert inbox.events == ["text Hello"]


def test_webhooks_reach_a_wsgi_app_at_its_path(whatsapp):
    """An app that takes them elsewhere is told of no error."""
    seen = []

    def app(environ, start_response):
        seen.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b""]

    whatsapp.deliver_to(app, "/hooks/whatsapp")
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert seen == ["/hooks/whatsapp"]


def test_a_test_hears_of_the_webhook_fields_it_asks_for(whatsapp):
    """Once each, and of none that does not exist."""
    whatsapp.subscribe("account_update", "messages")

    with whatsapp.sandbox.command() as store:
        subscription = store.accounts.subscription(whatsapp.app_id)
    assert [name for name, _ in subscription.fields] == [
        "account_update",
        "message_template_status_update",
        "messages",
    ]
    with pytest.raises(ValueError, match="there is no webhook field 'letters'"):
        whatsapp.subscribe("letters")


def test_webhooks_reach_a_function(whatsapp):
    """It gets the signed bytes and the payload; ``None`` is a 200."""
    received: list[Webhook] = []
    whatsapp.deliver_to(received.append)
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert received[0].headers["X-Hub-Signature-256"].startswith("sha256=")
    assert change_of(received[0].json)["value"]["messages"][0]["text"] == {"body": "Hello"}
    assert whatsapp.deliveries[0].state == "delivered"


def test_a_function_may_refuse_a_webhook(whatsapp):
    """Anything but 200 is delivered again, fifteen simulated seconds later."""
    answers = iter([403, 200])
    whatsapp.deliver_to(lambda webhook: next(answers))
    whatsapp.person().says("Hello")

    whatsapp.settle()
    refused = whatsapp.deliveries[0].state
    whatsapp.clock.advance(seconds=15)

    assert (refused, whatsapp.deliveries[0].state) == ("waiting", "delivered")


def test_a_receiver_may_answer_from_its_webhook(whatsapp):
    """The app calls the API back while its webhook is under way; settle waits for all of it."""

    def echo(webhook: Webhook) -> None:
        for message in change_of(webhook.json)["value"].get("messages", ()):
            send(whatsapp, f"You said: {message['text']['body']}", message["from"])

    whatsapp.deliver_to(echo)
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert whatsapp.messages.texts == ["Hello", "You said: Hello"]
    assert whatsapp.messages.last.status == "read"


async def _later(webhook: Webhook) -> None:
    """Nothing here would ever await it."""


@pytest.mark.parametrize(
    ("receiver", "sentence"),
    [
        (42, "a receiver is a URL, a WSGI app or a function, not int"),
        ("localhost:5000/webhook", "begins with http:// or https://, got 'localhost:5000/webhook'"),
        ("ftp://127.0.0.1/webhook", "begins with http:// or https://"),
        (lambda: 200, "takes 0 arguments: a WSGI app takes two, a function one"),
        (lambda scope, receive, send: None, "Serve an ASGI app and name its URL"),
        (_later, "coroutine|async"),
    ],
    ids=["a number", "no scheme", "another scheme", "no argument", "ASGI", "a coroutine function"],
)
def test_a_receiver_that_is_none_is_refused(whatsapp, receiver, sentence):
    """With the sentence that says what it could be."""
    with pytest.raises(TypeError, match=sentence):
        whatsapp.deliver_to(receiver)


@pytest.mark.whatsapp(strict=False)
def test_a_function_with_an_answer_that_is_no_status_is_a_problem_of_its_webhook(whatsapp):
    """The journal says so, and the sandbox goes on, as for a receiver that raises."""
    whatsapp.deliver_to(lambda webhook: "fine")
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert "fine" in [entry.summary for entry in whatsapp.journal if entry.kind == "webhook"][-1]


def test_the_handshake_is_made_when_asked(whatsapp):
    """With the verify token, over whatever way the webhooks go."""
    app = webhook_app(Inbox(), whatsapp.verify_token)
    whatsapp.deliver_to(app)
    whatsapp.verify_webhook()

    with Server(app) as server:
        whatsapp.deliver_to(f"{server.url}/webhook")
        whatsapp.verify_webhook()


def test_a_failed_handshake_says_what_came(whatsapp):
    """Graph's own error, with the answer of the app in its hint."""
    whatsapp.deliver_to(webhook_app(Inbox(), "another token"))

    with pytest.raises(PlatformError, match=r"2200") as caught:
        whatsapp.verify_webhook()

    assert (caught.value.code, "answered 403 with b'Forbidden'" in caught.value.hint) == (2200, True)


def test_a_handshake_needs_a_receiver(whatsapp):
    """The sentence names both ways to have one."""
    with pytest.raises(LookupError, match=r"name one with deliver_to\(\) or whatsapp_app"):
        whatsapp.verify_webhook()


# time


def test_the_clock_stands_still_until_it_is_moved(whatsapp):
    """At the beginning that the plugin documents."""
    moments = [whatsapp.clock.now()]
    whatsapp.clock.advance(hours=25)
    moments.append(whatsapp.clock.now())
    whatsapp.clock.travel_to("2026-11-05T12:00")
    moments.append(whatsapp.clock.now())

    assert moments == [MORNING, after(hours=25), datetime(2026, 11, 5, 12, tzinfo=UTC)]
    assert repr(whatsapp.clock) == "<Clock 2026-11-05T12:00:00+00:00 frozen>"


def test_the_clock_goes_to_what_is_due_next(whatsapp):
    """And says what happened."""
    whatsapp.person(sent_after=90).says("Hello")
    send(whatsapp, "Hi!")

    happened = whatsapp.clock.advance_to_next()

    assert (happened.since, happened.until, whatsapp.clock.now()) == (
        MORNING,
        after(seconds=90),
        after(seconds=90),
    )
    assert "sent" in [entry.summary for entry in happened.journal]


def test_time_goes_forward_only(whatsapp):
    """The sentence names the way back."""
    with pytest.raises(TimeGoesForward, match="reset"):
        whatsapp.clock.travel_to("2026-11-01")

    with pytest.raises(TimeGoesForward):
        whatsapp.clock.advance(hours=-1)


# live


def test_live_brings_webhooks_without_settle(whatsapp):
    """For code that waits for a webhook within one call."""
    inbox, read = Inbox(), Event()

    def receive(webhook: Webhook) -> None:
        inbox(webhook)
        if inbox.events[-1] == "read":
            read.set()

    whatsapp.deliver_to(receive)
    with whatsapp.live():
        whatsapp.person().says("Hello")
        send(whatsapp, "Hi!")
        came = read.wait(LIMIT)

    assert came
    assert inbox.events == ["text Hello", *LIFE]
    assert whatsapp.clock.now() == MORNING


def test_live_lets_the_clock_run_when_told_how_fast(whatsapp):
    """An hour of reading passes in a moment, and afterwards the clock stands again."""
    read = Event()
    whatsapp.deliver_to(lambda webhook: read.set() if "read" in webhook.body.decode() else None)
    sheena = whatsapp.person(read_after=3600)
    with whatsapp.live(speed=100_000):
        sheena.says("Hello")
        send(whatsapp, "Hi!")
        came = read.wait(LIMIT)

    stopped = [whatsapp.clock.now() for _ in range(2)]

    assert came
    assert stopped[0] == stopped[1] >= after(hours=1)
    assert whatsapp.sandbox.clock.mode == "frozen"


def test_after_live_a_test_decides_again(whatsapp, inbox):
    """Nothing comes without ``settle`` once the block is left."""
    with whatsapp.live():
        pass
    whatsapp.person().says("Hello")
    before = list(inbox.events)

    whatsapp.settle()

    assert (before, inbox.events) == ([], ["text Hello"])


# the ways in


def test_the_api_answers_at_a_url(whatsapp):
    """Any HTTP client reaches the test's own sandbox with its token."""
    whatsapp.person().says("Hello")
    url = f"{whatsapp.url}/v23.0/{whatsapp.phone_number_id}/messages"
    headers = {"Authorization": f"Bearer {whatsapp.token}"}

    with requests.Session() as session, httpx.Client() as client:
        answers = [
            session.post(url, json=text_message(SHEENA, "From requests"), headers=headers),
            client.post(url, json=text_message(SHEENA, "From httpx"), headers=headers),
        ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert whatsapp.messages.sent.texts == ["From requests", "From httpx"]


def test_the_api_answers_without_a_socket(whatsapp):
    """For clients whose transport takes a WSGI app."""
    with httpx.Client(transport=httpx.WSGITransport(whatsapp.app), base_url="http://graph") as client:
        answer = client.get(
            f"/v23.0/{whatsapp.phone_number_id}", headers={"Authorization": f"Bearer {whatsapp.token}"}
        )

    assert answer.json()["id"] == whatsapp.phone_number_id


def test_identity_is_the_documented_one(whatsapp):
    """The same values on every machine and in every test."""
    assert (whatsapp.token, whatsapp.verify_token) == (ACCESS_TOKEN, "EMULATOR-VERIFY-TOKEN")
    assert (whatsapp.app_id, whatsapp.waba_id) == (APP_ID, WABA_ID)
    assert whatsapp.app_secret == APP_SECRET
    assert (whatsapp.phone_number_id, whatsapp.test_phone_number_id) == (PRODUCTION, TEST)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_does_not_see_another(whatsapp, turn):
    """Each has a sandbox of its own: no messages, no people, no time of the one before."""
    found = (len(whatsapp.messages), len(whatsapp.sandbox.people()), whatsapp.clock.now(), whatsapp.webhooks)

    whatsapp.deliver_to(lambda webhook: None)
    whatsapp.person("Maria").says("Hello")
    whatsapp.clock.advance(days=400)

    assert found == (0, 4, MORNING, [])


@pytest.mark.whatsapp(start="2031-02-03T04:05:06+02:00")
def test_a_marker_chooses_the_beginning(whatsapp):
    """Given in any zone, told in UTC."""
    assert whatsapp.clock.now() == datetime(2031, 2, 3, 2, 5, 6, tzinfo=UTC)


@pytest.mark.whatsapp(start=datetime(2031, 2, 3, 4, 5, 6))
def test_a_marker_takes_a_datetime(whatsapp):
    """Without a zone it is UTC."""
    assert whatsapp.clock.now() == datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.whatsapp(strict=False)
def test_a_marker_loosens_a_test(whatsapp):
    """What is not emulated yet does not fail it."""
    answer = call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})

    assert answer.status_code == 400


@pytest.mark.whatsapp(strict=False)
def test_what_a_receiver_raises_while_the_sandbox_is_live_reaches_the_test(whatsapp):
    """Also an exit or an outcome of pytest, which would end the thread unseen."""
    raised = Event()

    def leave(webhook: Webhook) -> None:
        raised.set()
        raise SystemExit("enough")

    def live() -> None:
        with whatsapp.live():
            whatsapp.person().says("Hello")
            raised.wait(5)

    whatsapp.deliver_to(leave)

    with pytest.raises(SystemExit, match="enough"):
        live()


def test_advance_takes_one_way_of_saying_how_far(whatsapp):
    """Nothing is dropped in silence."""
    with pytest.raises(TypeError, match="not both"):
        whatsapp.clock.advance(timedelta(days=1), hours=3)


def test_a_person_is_found_by_any_way_of_writing_the_number(whatsapp):
    """In the list of messages too."""
    whatsapp.person().says("Hello")

    assert whatsapp.messages.of("+1 650-555-1234").texts == ["Hello"]
