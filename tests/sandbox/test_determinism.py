"""The same script gives the same bytes, in every run and on every machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

import phonenumbers
import pytest
from kit.graph import Graph, graph_of, identifying
from kit.identities import BEATRIZ, JONAS, PABLO, PRODUCTION, SHEENA, STRANGER, TEST, WABA_ID
from kit.messages import order_shipped
from kit.receivers import listen, words_of
from kit.sandboxes import send
from kit.times import START, seconds

from emulator import Emulator, Sandbox
from emulator.domain.ids import draw
from emulator.sandbox.people.invented import NoSuchLocale, invent

LOCALES = [
    *("en_US", "en_GB", "en_IN", "pt_BR", "pt_PT", "de_DE", "de_AT", "es_ES", "es_MX", "es_AR", "fr_FR"),
    *("it_IT", "nl_NL", "pl_PL", "tr_TR", "ar_SA", "he_IL", "hi_IN", "id_ID", "ja_JP", "ko_KR", "zh_CN"),
]

REMINDER = {
    "messaging_product": "whatsapp",
    "to": BEATRIZ,
    "type": "template",
    "template": {
        "name": "appointment_reminder",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": "first_name", "text": "Beatriz"},
                    {"type": "text", "parameter_name": "day", "text": "sexta-feira"},
                ],
            },
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "YES-1"}],
            },
        ],
    },
}
DRAFT = {
    "name": "thank_you",
    "language": "en_US",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Thank you for your visit. We hope to see you again!"}],
}


def script(emulator: Emulator, sandbox: Sandbox) -> list[object]:
    """Everything a conversation has: texts, templates, people, taps, refusals, failures, retries, reviews."""
    api = graph_of(emulator)
    inbox = listen(sandbox, answers=[200, 500, 200, 404])
    answers = []

    def call(method: str, path: str, body: object = None) -> None:
        answers.append(identifying(api(method, path, body)))

    sandbox.people.say(SHEENA, "Olá / ✓")
    answers.append(identifying(api.text("Hello back")))
    call("POST", f"{PRODUCTION}/messages", REMINDER)
    call("POST", f"{PRODUCTION}/messages", {"messaging_product": "telegram", "to": SHEENA})
    answers += [identifying(api.text("?", to=who)) for who in (PABLO, JONAS, STRANGER)]
    answers.append(identifying(api.text("?", to=PABLO, number=TEST)))
    call("POST", f"{WABA_ID}/message_templates", DRAFT)
    call("POST", f"{WABA_ID}/message_templates", DRAFT)
    call("GET", f"{WABA_ID}/message_templates")
    call("GET", "12345")
    sandbox.clock.advance(seconds(10))
    sandbox.people.tap(BEATRIZ, "Yes, I will")
    vera, kenji = sandbox.people.add("Vera"), sandbox.people.add(locale="ja_JP")
    for person in (vera, kenji):
        sandbox.people.say(person.wa_id, "Hello")
        answers.append(identifying(api.text("Welcome", to=person.wa_id)))
    call("POST", f"{PRODUCTION}/messages", read_receipt(sandbox))
    sandbox.clock.advance(seconds(600))
    sandbox.people.read(PABLO)
    sandbox.settle()
    return [answers, inbox.bodies, inbox.instants, sandbox.messages.transcript(), sandbox.people.all()]


def read_receipt(sandbox: Sandbox) -> dict[str, str]:
    newest = sandbox.messages.all(outbound=False)[-1]
    return {"messaging_product": "whatsapp", "status": "read", "message_id": newest.id}


def run(act: Callable[[Emulator, Sandbox], object], **options: Any) -> Any:
    with Emulator() as emulator:
        return act(emulator, emulator.create(at=START, speed=None, **options))


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"at_once": True}, {"name": "other"}], ids=str)
def test_the_same_script_gives_the_same_bytes(options: dict[str, Any]) -> None:
    """Answers with their trace ids, webhooks with their instants, the transcript, the people."""

    def act(emulator: Emulator, sandbox: Sandbox) -> object:
        return script(emulator, sandbox) if sandbox.name == "default" else talk(emulator, sandbox)

    first, second = run(act, **options), run(act, **options)

    assert first == second


def talk(emulator: Emulator, sandbox: Sandbox) -> object:
    """A few words in a sandbox that is not the default one."""
    told = sandbox.identity()
    api, inbox = graph_of(emulator, told["access_token"]), listen(sandbox)
    sandbox.people.say(SHEENA, "Hello")
    answer = identifying(api.text("Hello back", number=told["numbers"][0]["phone_number_id"]))
    sandbox.clock.advance(seconds(60))
    return answer, inbox.bodies


def test_the_script_is_worth_its_name() -> None:
    """It meets answers and refusals, and webhooks of every kind."""
    answers, bodies, *_ = run(script)

    assert {status for status, _, _ in answers} == {200, 400}
    assert {words.split()[0] for body in bodies for words in words_of(json.loads(body))} >= {
        "text",
        "button",
        "sent",
        "delivered",
        "read",
        "failed",
        "thank_you",
    }


@pytest.mark.slow
def test_sandboxes_side_by_side_do_not_disturb_each_other() -> None:
    """What one does is the same whatever the others do meanwhile."""

    def alone(emulator: Emulator, sandbox: Sandbox) -> object:
        return script(emulator, sandbox)

    def in_company(emulator: Emulator, sandbox: Sandbox) -> object:
        other = emulator.create("other", at=START, speed=None)
        talk(emulator, other)
        found = script(emulator, sandbox)
        talk(emulator, other)
        return found

    assert run(alone) == run(in_company)


# streams of ids


def ids_of(sandbox: Sandbox, api: Graph) -> dict[str, object]:
    """One id of each kind, drawn by an ordinary act."""
    outbound = api.text("Hello back").json["messages"][0]["id"]
    made = api("POST", f"{WABA_ID}/message_templates", DRAFT).json
    newcomer = sandbox.people.add()
    return {
        "inbound": sandbox.people.say(PABLO, "Hello").id,
        "outbound": outbound,
        "template": made["id"],
        "person": (newcomer.name, newcomer.wa_id, newcomer.user_id),
    }


EXTRA: dict[str, Callable[[Sandbox, Graph], object]] = {
    "inbound": lambda sandbox, api: sandbox.people.say(SHEENA, "One more"),
    "outbound": lambda sandbox, api: send(sandbox, order_shipped()),
    "template": lambda sandbox, api: api(
        "POST",
        f"{WABA_ID}/message_templates",
        DRAFT | {"name": "other", "components": [{"type": "BODY", "text": "Come again, we are open!"}]},
    ),
    "person": lambda sandbox, api: sandbox.people.add("Vera"),
    "a look": lambda sandbox, api: api("GET", PRODUCTION),
    "a refusal": lambda sandbox, api: api.text("", to="nobody"),
    "a snapshot": lambda sandbox, api: sandbox.snapshot(),
    "a settle": lambda sandbox, api: sandbox.settle(),
}


@pytest.mark.slow
@pytest.mark.parametrize("extra", EXTRA)
def test_one_more_of_one_kind_shifts_no_other(extra: str) -> None:
    """A test that asks one thing more keeps every id it knew."""

    def act(emulator: Emulator, sandbox: Sandbox) -> dict[str, object]:
        return ids_of(sandbox, graph_of(emulator))

    def act_with_more(emulator: Emulator, sandbox: Sandbox) -> dict[str, object]:
        api = graph_of(emulator)
        EXTRA[extra](sandbox, api)
        return ids_of(sandbox, api)

    usual, shifted = run(act), run(act_with_more)

    assert isinstance(usual, dict)
    assert isinstance(shifted, dict)
    assert [kind for kind in usual if usual[kind] != shifted[kind]] == [extra] * (extra in usual)


def test_a_refused_call_leaves_no_trace_in_the_ids_of_messages() -> None:
    """Nothing of it has happened, so nothing was used up."""

    def act(emulator: Emulator, sandbox: Sandbox) -> str:
        return send(sandbox, order_shipped())

    def refused_before(emulator: Emulator, sandbox: Sandbox) -> str:
        api = graph_of(emulator)
        answer = api("POST", f"{PRODUCTION}/messages", REMINDER | {"template": {"name": "gone"}})
        assert answer.status_code == 400
        return act(emulator, sandbox)

    assert run(act) == run(refused_before)


# invented people


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_invented_people_are_the_same_every_time(locale: str) -> None:
    """In each locale, and their numbers are possible in its country."""
    people = [invent(locale, draw("seed", "newcomer", number)) for number in range(12)]

    again = [invent(locale, draw("seed", "newcomer", number)) for number in range(12)]

    assert people == again
    parsed = [phonenumbers.parse(f"+{digits}") for _, digits in people]
    assert [number for number in parsed if not phonenumbers.is_possible_number(number)] == []
    assert {phonenumbers.region_code_for_country_code(number.country_code or 0) for number in parsed} == {
        phonenumbers.region_code_for_country_code(
            phonenumbers.country_code_for_region(locale.partition("_")[2])
        )
    }
    assert len({digits for _, digits in people}) == 12


def test_a_crowd_has_as_many_numbers(sandbox: Sandbox) -> None:
    """However many join, nobody gets the number of another."""
    people = [sandbox.people.add(locale="pt_BR") for _ in range(150)]

    assert len({person.wa_id for person in people}) == 150


def test_a_locale_that_does_not_exist_is_refused(sandbox: Sandbox) -> None:
    """With examples of those that do."""
    with pytest.raises(NoSuchLocale, match="write one like en_US, pt_BR or de_DE"):
        sandbox.people.add(locale="xx_XX")


def test_people_of_many_sandboxes_are_invented_side_by_side() -> None:
    """Threads that invent at the same moment do not mix up each other's people."""
    entropies = [draw("seed", "newcomer", number) for number in range(60)]
    expected = [invent("en_US", entropy) for entropy in entropies]
    found: list[list[tuple[str, str]]] = []
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [
            Thread(target=lambda: found.append([invent("en_US", entropy) for entropy in entropies]))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    finally:
        sys.setswitchinterval(usual)

    assert found == [expected] * 4
