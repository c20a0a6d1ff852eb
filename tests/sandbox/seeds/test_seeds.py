"""Seeds: those that come with the emulator, those that are wrong, and what a sandbox's name makes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from kit.graph import graph_of
from kit.identities import ACCESS_TOKEN, APP_ID, APP_SECRET, PORTFOLIO, PRODUCTION, TEST, WABA_ID
from kit.messages import order_shipped
from kit.receivers import listen
from kit.sandboxes import send, statuses
from kit.times import START, seconds
from kit.values import present

from emulator import Emulator, Sandbox, SeedError
from emulator.domain.messages.outbound import TemplateUse
from emulator.domain.templates.components import template_parts
from emulator.domain.templates.filling.match import SentComponent, SentParameter
from emulator.sandbox.seeds import lookup, named
from emulator.sandbox.seeds.templates import STATUSES

SHOP = "315628840077121"
"""The production number of the shop."""


# the seeds that come along


def test_the_seeds_that_come_along() -> None:
    """By the names under which they are asked for."""
    assert {"default", "shop"} <= set(named.names())


@pytest.mark.parametrize("name", named.names())
def test_every_seed_that_comes_along_makes_a_sandbox(emulator: Emulator, name: str) -> None:
    """It has an identity, people and templates, and can be reset."""
    sandbox = emulator.create(seed=name, at=START, speed=None)
    told = sandbox.identity()

    sandbox.reset()

    assert sandbox.identity() == told
    assert sandbox.people.all()
    assert emulator.find(told["access_token"]) is not None


def test_no_two_seeds_share_an_id() -> None:
    """They can live in one emulator, and a webhook tells from which it comes."""
    ids = [
        each
        for seed in map(lookup.read, named.names())
        for each in (
            seed.apps[0].id,
            seed.apps[0].secret,
            seed.tokens[0].text,
            seed.portfolios[0].id,
            seed.wabas[0].id,
            *(number.id for number in seed.numbers),
            *(number.digits for number in seed.numbers),
            *(template.id for template in seed.templates),
        )
    ]

    assert sorted(ids) == sorted(set(ids))


def test_the_default_sandbox_is_documented(emulator: Emulator) -> None:
    """A line copied from the documentation works on any machine."""
    assert emulator.create(at=START, speed=None).identity() == {
        "id": "default",
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "access_token": ACCESS_TOKEN,
        "verify_token": "EMULATOR-VERIFY-TOKEN",
        "business_id": PORTFOLIO,
        "waba_id": WABA_ID,
        "numbers": [
            {
                "phone_number_id": PRODUCTION,
                "display_phone_number": "+1 555-078-3881",
                "kind": "production",
            },
            {"phone_number_id": TEST, "display_phone_number": "+1 555-093-4873", "kind": "test"},
        ],
        "webhook_url": None,
    }


def test_the_shop_has_a_template_in_every_status() -> None:
    """With a category of the first ten, both kinds of parameters and two languages."""
    templates = lookup.read("shop").templates

    assert {template.status for template in templates} == set(STATUSES)
    assert {template.parameter_format for template in templates} == {"POSITIONAL", "NAMED"}
    assert {template.language for template in templates} == {"pt_BR", "en_US"}
    assert ("UTILITY", "SHIPPING_UPDATE") in {(each.category, each.previous_category) for each in templates}


def test_the_shop_has_a_template_of_every_kind() -> None:
    """Cards, offers, and each button that opens something."""
    made = [template_parts(template.components) for template in lookup.read("shop").templates]
    with_buttons = (*made, *(card for each in made for card in each.cards))
    buttons = {button.type for each in with_buttons for button in each.buttons}

    assert {present(card.header).format for each in made for card in each.cards} == {"IMAGE", "PRODUCT"}
    assert any(each.offer for each in made)
    assert buttons == {
        *("QUICK_REPLY", "URL", "COPY_CODE", "OTP"),
        *("CATALOG", "MPM", "SPM", "FLOW", "VOICE_CALL"),
    }


def test_the_customers_of_the_shop_behave_as_they_are(emulator: Emulator) -> None:
    """One template to each, and after a day each has come as far as they let it."""
    shop = emulator.create("default", "shop", at=START, speed=None)
    use = TemplateUse(
        "pedido_enviado", "pt_BR", (SentComponent("BODY", parameters=(SentParameter("TEXT", "4711"),)),)
    )
    for person in shop.people.all():
        send(shop, use, person.wa_id)

    shop.clock.advance(timedelta(days=1))

    names = [person.name.split()[0] for person in shop.people.all()]
    assert dict(zip(names, statuses(shop), strict=True)) == {
        "Ana": "read",
        "Bruno": "read",
        "Carla": "delivered",
        "Davi": "sent",
        "Elisa": "read",
        "Fabio": "failed",
        "Grace": "read",
        "Helena": "read",
    }


def test_the_second_token_of_the_shop_only_manages(emulator: Emulator) -> None:
    """It reads templates, and may not send."""
    emulator.create("default", "shop", at=START, speed=None)
    api = graph_of(emulator, "EMULATOR-SHOP-MANAGEMENT-TOKEN")

    listed = api("GET", "204871193350642/message_templates", query_string={"limit": "2"})
    refused = api.text("Hello", number=SHOP)

    assert (listed.status_code, refused.status_code, refused.json["error"]["code"]) == (200, 403, 200)


def test_the_third_token_of_the_shop_expires(emulator: Emulator) -> None:
    """At the instant in the seed, by the clock of the sandbox."""
    shop = emulator.create("default", "shop", at=START, speed=None)
    api = graph_of(emulator, "EMULATOR-SHOP-EXPIRING-TOKEN")
    told = []

    for instant in (datetime(2026, 11, 2, 8, 59, 59, tzinfo=UTC), datetime(2026, 11, 2, 9, tzinfo=UTC)):
        shop.clock.travel_to(instant)
        answer = api("GET", SHOP)
        told.append((answer.status_code, answer.json.get("error", {}).get("error_subcode")))

    assert told == [(200, None), (401, 463)]


# a name of its own


def test_another_name_has_its_own_ids_and_tokens(emulator: Emulator) -> None:
    """Nothing that opens or finds the one finds the other."""
    default, other = (
        emulator.create(at=START, speed=None),
        emulator.create("other", at=START, speed=None),
    )

    secrets = ("app_id", "app_secret", "access_token", "verify_token", "waba_id")
    assert [key for key in secrets if default.identity()[key] == other.identity()[key]] == []
    assert {n["phone_number_id"] for n in default.identity()["numbers"]}.isdisjoint(
        n["phone_number_id"] for n in other.identity()["numbers"]
    )
    assert [
        present(emulator.find(sandbox.identity()["access_token"]))[0].name for sandbox in (default, other)
    ] == [
        "default",
        "other",
    ]


def test_the_same_name_has_the_same_ids_every_time() -> None:
    """In any process, whatever was made before."""
    identities = []
    for names in (["other"], ["one", "two", "other"]):
        with Emulator() as emulator:
            for name in names:
                emulator.create(name, at=START, speed=None)
            identities.append(emulator.get("other").identity())

    assert identities[0] == identities[1]


def test_people_and_templates_of_another_name_are_its_own(emulator: Emulator) -> None:
    """The same names and numbers, other ids."""
    default, other = (
        emulator.create(at=START, speed=None),
        emulator.create("other", at=START, speed=None),
    )

    def ids(sandbox: Sandbox) -> set[str]:
        with sandbox.services.command() as store:
            return {template.id for template in store.templates.of()} | {
                person.user_id for person in store.people.all()
            }

    assert [person.wa_id for person in default.people.all()] == [
        person.wa_id for person in other.people.all()
    ]
    assert ids(default).isdisjoint(ids(other))


# a seed of one's own

SMALLEST = """\
app: {access_token: MY-TOKEN}
waba: {}
numbers:
  - number: "+1 555 010 0100"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "seed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_seed_needs_little(emulator: Emulator, tmp_path: Path) -> None:
    """A token and a number; the rest is made up, the same every time."""
    sandbox = emulator.create(seed=written(tmp_path, SMALLEST), at=START, speed=None)
    first = sandbox.identity()
    emulator.remove("default")

    again = emulator.create(seed=tmp_path / "seed.yaml", at=START, speed=None)

    assert first["access_token"] == "MY-TOKEN"
    assert again.identity() == first


def test_a_changed_file_is_read_again(emulator: Emulator, tmp_path: Path) -> None:
    """A seed is edited while the emulator runs."""
    path = written(tmp_path, SMALLEST)
    emulator.create("a", path, at=START, speed=None)

    path.write_text(SMALLEST + "people: [{number: '+1 212 555 0100', name: Vera}]", encoding="utf-8")
    sandbox = emulator.create("b", path, at=START, speed=None)

    assert [person.name for person in sandbox.people.all()] == ["Vera"]


def test_a_seed_says_who_soon_has_enough(emulator: Emulator, tmp_path: Path) -> None:
    """Chances for everybody, and somebody's own."""
    seed = written(
        tmp_path,
        SMALLEST + "habits: {blocks: 0.1, stops: 1}\npeople:\n"
        '  - {number: "+55 11 91234 5678", name: Ana, reports: 0.5, stops: 0}\n',
    )
    sandbox = emulator.create("minding", seed, at=START, speed=None)

    ana, added = sandbox.people.all()[0].habits, sandbox.people.add().habits

    assert (ana.blocks, ana.reports, ana.stops) == (0.1, 0.5, 0.0)
    assert (added.blocks, added.reports, added.stops) == (0.1, 0.0, 1.0)


def test_the_habits_of_a_seed_hold_for_everybody(emulator: Emulator, tmp_path: Path) -> None:
    """Also for who is added later; somebody's own habits go before them."""
    text = SMALLEST + (
        "habits: {sent_after: 1, delivered_after: 2 minutes, reads: false}\n"
        "people: [{number: '+1 212 555 0100', name: Vera, delivered_after: never}]\n"
    )
    sandbox = emulator.create(seed=written(tmp_path, text), at=START, speed=None)

    sandbox.people.add("Otto", "+1 212 555 0101")

    habits = [person.habits for person in sandbox.people.all()]
    assert [(h.sent_after, h.delivered_after, h.reads) for h in habits] == [
        (seconds(1), None, False),
        (seconds(1), seconds(120), False),
    ]


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [
        ("7", 7),
        ("0.25", 0.25),
        ("90 seconds", 90),
        ("1 second", 1),
        ("30 s", 30),
        ("400 ms", 0.4),
        ("250 milliseconds", 0.25),
        ("5 minutes", 300),
        ("1 minute", 60),
        ("1.5 h", 5400),
        ("2 hours", 7200),
        ("3 days", 259_200),
    ],
)
def test_durations_read_as_they_are_spoken(
    emulator: Emulator, tmp_path: Path, written_as: str, meant: float
) -> None:
    """A number is seconds."""
    text = SMALLEST + f"settings: {{review_after: {written_as}}}\n"

    sandbox = emulator.create(seed=written(tmp_path, text), at=START, speed=None)

    assert sandbox.settings.review_after == seconds(meant)


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [("on", "on"), ("'on'", "on"), ("off", "off"), ("blocked", "blocked"), ("null", "off")],
)
def test_on_and_off_are_words_of_a_seed(
    emulator: Emulator, tmp_path: Path, written_as: str, meant: str
) -> None:
    """YAML reads them as truth values, and so they are read back."""
    text = SMALLEST + f"settings: {{direct_send: {written_as}}}\n"

    sandbox = emulator.create(seed=written(tmp_path, text), at=START, speed=None)

    assert sandbox.settings.direct_send == meant


def test_a_template_says_when_it_was_made_and_has_options(emulator: Emulator, tmp_path: Path) -> None:
    """One that does not was made on the first of January 2025, without any."""
    old = "    created_at: 2024-10-22T23:59:59Z\n    sub_category: ORDER_STATUS\n"
    other = TEMPLATE.replace("templates:\n", "").replace("hello", "other")

    sandbox = emulator.create(seed=written(tmp_path, SMALLEST + TEMPLATE + old + other), at=START, speed=None)

    with sandbox.services.command() as store:
        made = {each.name: (each.created_at, each.options) for each in store.templates.of()}
    assert made == {
        "hello": (datetime(2024, 10, 22, 23, 59, 59, tzinfo=UTC), {"sub_category": "ORDER_STATUS"}),
        "other": (datetime(2025, 1, 1, tzinfo=UTC), {}),
    }


# wrong seeds

PERSON = 'people:\n  - {number: "+1 212 555 0100", name: Vera}\n'
TEMPLATE = """\
templates:
  - name: hello
    language: en_US
    category: UTILITY
    components:
      - {type: BODY, text: Hello and welcome to our little shop!}
"""

CAROUSEL = """\
templates:
  - name: products
    language: en_US
    category: MARKETING
    components:
      - {type: BODY, text: Hello and welcome to our little shop!}
      - type: CAROUSEL
        cards:
          - components:
              - {type: HEADER, format: PRODUCT}
              - {type: BUTTONS, buttons: [{type: SPM, text: View}]}
          - components:
              - {type: HEADER, format: PRODUCT}
              - {type: BUTTONS, buttons: [{type: SPM, text: View}]}
"""


def swapped(old: str, new: str, seed: str = SMALLEST) -> str:
    assert old in seed
    return seed.replace(old, new)


WRONG = {
    "typo": (
        SMALLEST + 'people:\n  - {number: "+1 212 555 0100", nmae: Vera}\n',
        (6, "people[0].nmae", "there is no nmae; did you mean name?"),
    ),
    "unknown key": (
        SMALLEST + "colour: green\n",
        (5, "colour", "there is no colour; known are seed, settings, habits, app"),
    ),
    "not a mapping": ("- app\n- waba\n", (1, "seed", "expected a mapping, got ['app', 'waba']")),
    "a text for a mapping": (
        swapped("waba: {}", "waba: mine"),
        (2, "waba", "expected a mapping, got 'mine'"),
    ),
    "a mapping for a list": (
        SMALLEST + "people: {name: Vera}\n",
        (5, "people", "expected a list, got {'name': 'Vera'}"),
    ),
    "nothing in a list": (SMALLEST + "people:\n  -\n", (6, "people[0]", "expected a mapping, got nothing")),
    "a number for a text": (
        SMALLEST + swapped("Vera", "5", PERSON),
        (6, "people[0].name", "expected a text, got 5"),
    ),
    "a word for a flag": (
        SMALLEST + swapped("Vera", "Vera, reads: sometimes", PERSON),
        (6, "people[0].reads", "expected true or false, got 'sometimes'"),
    ),
    "a chance that is none": (
        SMALLEST + swapped("Vera", "Vera, blocks: 2", PERSON),
        (6, "people[0].blocks", "expected a number from 0 to 1, got 2"),
    ),
    "a word for a chance": (
        SMALLEST + swapped("Vera", "Vera, reports: often", PERSON),
        (6, "people[0].reports", "expected a number from 0 to 1, got 'often'"),
    ),
    "a share that is none": (
        SMALLEST + "settings: {experiment: 50}\n",
        (5, "settings.experiment", "experiment is a number from 0 to 1; got 50"),
    ),
    "twice the same key": (
        SMALLEST + "people: []\npeople: []\n",
        (6, "people", "stands here for the second time"),
    ),
    "no YAML": (SMALLEST + "people: [\n", (6, "seed", "is not YAML: ")),
    "two documents": (SMALLEST + "---\na: 1\n", (5, "seed", "is not YAML: ")),
    "a tab": ("app:\n\tname: x\n", (2, "seed", "is not YAML: ")),
    "nothing": ("# only a comment\n", (1, "seed", "is empty")),
    "an impossible date": (
        SMALLEST + "tokens:\n  - token: T\n    expires_at: 2026-13-45T00:00:00Z\n",
        (7, "tokens[0].expires_at", "cannot be read: '2026-13-45T00:00:00Z'"),
    ),
    "a day for an instant": (
        SMALLEST + "tokens:\n  - token: T\n    expires_at: 2026-11-02\n",
        (7, "tokens[0].expires_at", "expected an instant such as 2026-11-02T09:00:00Z"),
    ),
    "a template made at no instant": (
        SMALLEST + TEMPLATE + "    created_at: yesterday\n",
        (11, "templates[0].created_at", "expected an instant such as 2026-11-02T09:00:00Z"),
    ),
    "a bad phone": (
        swapped("+1 555 010 0100", "call me"),
        (4, "numbers[0].number", "expected a phone number such as +1 650 555 1234, got 'call me'"),
    ),
    "a short phone": (
        SMALLEST + swapped("+1 212 555 0100", "911", PERSON),
        (6, "people[0].number", "expected a phone number such as +1 650 555 1234, got '911'"),
    ),
    "letters in an id": (
        swapped("waba: {}", "waba: {id: my-waba}"),
        (2, "waba.id", "expected an id of digits, got 'my-waba'"),
    ),
    "a short id": (swapped("waba: {}", 'waba: {id: "12"}'), (2, "waba.id", "an id has 5 to 20 digits")),
    "a template the platform refuses": (
        SMALLEST + swapped("Hello and welcome to our little shop!", '"{{1}}"', TEMPLATE),
        (6, "templates[0]", "the platform would refuse it: Message body format is incorrect"),
    ),
    "a card that the platform refuses": (
        SMALLEST + CAROUSEL.replace("format: PRODUCT}", "format: TEXT, text: Hi}", 1),
        (
            6,
            "templates[0]",
            "the platform would refuse it: Carousel is not valid: The header of a card must be an image, a "
            "video or a product. (This is about the card at index 0. Its format is TEXT; known are IMAGE, "
            "VIDEO, PRODUCT. Title and sentence are the emulator's own wording; the platform's are not "
            "known.)",
        ),
    ),
    "a button of a card that never was": (
        SMALLEST + CAROUSEL.replace("type: SPM", "type: LEVER", 1),
        (
            6,
            "templates[0]",
            "the platform would refuse it: (#100) Param "
            "components[1]['cards'][0]['components'][1]['buttons'][0]['type'] must be one of",
        ),
    ),
    "a language the platform has not": (
        SMALLEST + swapped("en_US", "en_XX", TEMPLATE),
        (6, "templates[0]", "the platform would refuse it: (#100) Param language must be one of"),
    ),
    "a template without a category": (
        SMALLEST + swapped("    category: UTILITY\n", "", TEMPLATE),
        (6, "templates[0]", "category is missing"),
    ),
    "an unknown category": (
        SMALLEST + swapped("UTILITY", "SPAM", TEMPLATE),
        (8, "templates[0].category", "must be one of {UTILITY, MARKETING, AUTHENTICATION}"),
    ),
    "an unknown status": (
        SMALLEST + swapped("category: UTILITY", "category: UTILITY\n    status: MAYBE", TEMPLATE),
        (
            9,
            "templates[0].status",
            "expected one of PENDING, APPROVED, REJECTED, PAUSED, DISABLED; got 'MAYBE'",
        ),
    ),
    "the same template twice": (
        SMALLEST + TEMPLATE + TEMPLATE.removeprefix("templates:\n"),
        (11, "templates[1].name", "hello stands twice in en_US"),
    ),
    "the same template id twice": (
        SMALLEST
        + swapped("name: hello", 'name: hello\n    id: "1234567"', TEMPLATE)
        + swapped("name: hello", 'name: bye\n    id: "1234567"', TEMPLATE.removeprefix("templates:\n")),
        (13, "templates[1].id", "1234567"),
    ),
    "the same number twice": (
        SMALLEST + '  - number: "+1 555 010 0100"\n',
        (5, "numbers[1].number", "+15550100100 is taken by another number"),
    ),
    "the same number id twice": (
        swapped("  - number", '  - id: "1234567"\n    number')
        + '  - id: "1234567"\n    number: "+1 555 010 0101"\n',
        (6, "numbers[1].id", "the id 1234567 is taken by another number"),
    ),
    "the same person twice": (
        SMALLEST + PERSON + '  - {number: "+1 (212) 555-0100", name: Otto}\n',
        (7, "people[1].number", "12125550100"),
    ),
    "the same token twice": (
        SMALLEST + "tokens:\n  - token: MY-TOKEN\n    scopes: [whatsapp_business_management]\n",
        (6, "tokens[0].token", "this token stands twice"),
    ),
    "an unknown scope": (
        SMALLEST + "tokens:\n  - token: T\n    scopes: [whatsapp_busines_management]\n",
        (7, "tokens[0].scopes[0]", "whatsapp_business_management"),
    ),
    "too many allowed": (
        SMALLEST
        + '    kind: test\n    allowed: ["+1 212 555 0100", "+1 212 555 0101", "+1 212 555 0102", '
        + '"+1 212 555 0103", "+1 212 555 0104", "+1 212 555 0105"]\n',
        (6, "numbers[0].allowed", "a test number reaches at most 5 people"),
    ),
    "an allow-list for everybody": (
        SMALLEST + '    allowed: ["+1 212 555 0100"]\n',
        (5, "numbers[0].allowed", "only a test number has an allow-list"),
    ),
    "an unknown kind": (
        SMALLEST + "    kind: toy\n",
        (5, "numbers[0].kind", "expected one of production, test; got 'toy'"),
    ),
    "no app": (swapped("app: {access_token: MY-TOKEN}\n", ""), (1, "seed", "app is missing")),
    "no token": (swapped("access_token: MY-TOKEN", "name: x"), (1, "app", "access_token is missing")),
    "no number": (
        swapped('number: "+1 555 010 0100"', "kind: test"),
        (4, "numbers[0]", "number is missing"),
    ),
    "no numbers": (
        swapped('numbers:\n  - number: "+1 555 010 0100"\n', "numbers: []\n"),
        (3, "numbers", "a sandbox needs at least one business number"),
    ),
    "a bad duration": (
        SMALLEST + "settings:\n  review_after: soon\n",
        (6, "settings.review_after", "expected a duration such as 5 minutes, got 'soon'"),
    ),
    "a negative duration": (
        SMALLEST + "settings:\n  review_after: -5\n",
        (6, "settings.review_after", "expected a duration such as 5 minutes, got -5"),
    ),
    "an endless duration": (
        SMALLEST + "settings:\n  review_after: .inf\n",
        (6, "settings.review_after", "inf is longer than anything here may take"),
    ),
    "a very long duration": (
        SMALLEST + "settings:\n  review_after: 99999999999999 days\n",
        (6, "settings.review_after", "is longer than anything here may take"),
    ),
    "an unknown time zone": (
        swapped("waba: {}", "waba: {timezone: Brazil/Bahia}"),
        (2, "waba.timezone", "there is no time zone 'Brazil/Bahia'"),
    ),
    "an eligibility without a start": (
        swapped("waba: {}", "waba: {auth_international_rate_eligibility: {}}"),
        (2, "waba.auth_international_rate_eligibility", "start_time is in seconds since 1970, not None"),
    ),
    "a rate that is no amount": (
        SMALLEST + "rates: {marketing: {BR: much}}\n",
        (5, "rates", "a rate is an amount of money, zero or more; got 'much'"),
    ),
    "an unknown version": (
        swapped("MY-TOKEN", "MY-TOKEN, api_version: v99.0"),
        (1, "app.api_version", "expected one of v13.0"),
    ),
    "an unknown field": (
        swapped("MY-TOKEN", "MY-TOKEN, webhook: {fields: [mesages]}"),
        (1, "app.webhook.fields[0]", "expected one of account_alerts"),
    ),
    "a callback that is no text": (
        swapped("MY-TOKEN", "MY-TOKEN, webhook: {url: 8080}"),
        (1, "app.webhook.url", "expected a text, got 8080"),
    ),
    "a previous category that is none": (
        SMALLEST + swapped("category: UTILITY", "category: UTILITY\n    previous_category: [x]", TEMPLATE),
        (9, "templates[0].previous_category", "['x']"),
    ),
    "a truth value for a word": (
        SMALLEST + "settings:\n  window_errors: on\n",
        (6, "settings.window_errors", "expected one of async, sync; got True"),
    ),
    "an unknown setting": (
        SMALLEST + "settings:\n  window_error: sync\n",
        (6, "settings.window_error", "there is no window_error; did you mean window_errors?"),
    ),
    "a status that is not disputed": (
        SMALLEST + "settings:\n  http_statuses: {132000: 404}\n",
        (6, "settings.http_statuses", "the HTTP status of 132000 is not disputed; those of "),
    ),
    "a status that nobody reports": (
        SMALLEST + "settings:\n  http_statuses:\n    132001: 418\n",
        (7, "settings.http_statuses", "132001 is answered with 404 or 400; got 418"),
    ),
    "a status without a code": (
        SMALLEST + "settings:\n  http_statuses: 400\n",
        (6, "settings.http_statuses", "http_statuses are HTTP statuses by code"),
    ),
    "an unknown habit": (
        SMALLEST + "habits:\n  delivers_after: 3\n",
        (6, "habits.delivers_after", "there is no delivers_after; did you mean delivered_after?"),
    ),
    "a rule with a slip": (
        SMALLEST + "habits:\n  answers:\n    - then: Yes\n      when: {contain: price}\n",
        (7, "habits.answers[0].then", "expected a text, or an act such as {tap: Yes}; got True"),
    ),
    "a condition with a slip": (
        SMALLEST + "habits:\n  answers:\n    - then: Sure\n      when:\n        contain: price\n",
        (9, "habits.answers[0].when", "there is no contain; did you mean contains?"),
    ),
    "a time of day without quotes": (
        SMALLEST + "habits:\n  offline:\n    - {from: 22:00, until: 07:00}\n",
        (7, "habits.offline[0].from", "got 1320 (YAML wants a time of the day in quotes)"),
    ),
    "habits that are none": (SMALLEST + "habits: good\n", (5, "habits", "expected a mapping, got 'good'")),
}


def test_a_seed_may_settle_disputed_statuses(emulator: Emulator, tmp_path: Path) -> None:
    """Codes as YAML's own numbers."""
    path = written(tmp_path, SMALLEST + "settings:\n  http_statuses: {132001: 400, 130429: 429}\n")

    sandbox = emulator.create(seed=path, at=START, speed=None)

    assert sandbox.settings.http_statuses == {132001: 400, 130429: 429}


def test_a_seed_may_say_what_a_waba_pays_by(emulator: Emulator, tmp_path: Path) -> None:
    """Where it is, since when its codes abroad cost more, and somebody's own rates."""
    text = SMALLEST.replace(
        "waba: {}",
        "waba: {primary_business_location: IN, "
        "auth_international_rate_eligibility: {start_time: 1796202000}}",
    )
    path = written(tmp_path, text + "rates: {marketing: {BR: 0.06, '*': '0.05'}}\n")

    sandbox = emulator.create(seed=path, at=START, speed=None)

    (waba,) = sandbox.services.store.accounts.wabas()
    assert waba.primary_business_location == "IN"
    assert waba.authentication_abroad is not None
    assert waba.authentication_abroad.start_time == datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert sandbox.pricing.rates() == {"marketing": {"BR": Decimal("0.06"), "*": Decimal("0.05")}}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_seed_says_where_it_is_wrong(emulator: Emulator, tmp_path: Path, case: str) -> None:
    """File, line and field, and what was expected; nothing has started."""
    text, (line, field, why) = WRONG[case]
    path = written(tmp_path, text)

    with pytest.raises(SeedError) as refused:
        emulator.create(seed=path, at=START, speed=None)

    assert str(refused.value).startswith(f"{path}:{line}: {field}: ")
    assert why in str(refused.value)
    assert (refused.value.file, refused.value.line) == (str(path), line)
    assert emulator.all() == []


def test_a_carousel_is_read_from_a_seed(emulator: Emulator, tmp_path: Path) -> None:
    """As the API would read it."""
    sandbox = emulator.create(seed=written(tmp_path, SMALLEST + CAROUSEL), at=START, speed=None)

    with sandbox.services.command() as store:
        (template,) = store.templates.of()
    assert [card.buttons[0].type for card in template_parts(template.components).cards] == ["SPM", "SPM"]


def test_a_seed_that_is_not_there_is_named(emulator: Emulator, tmp_path: Path) -> None:
    """With the system's own reason."""
    path = tmp_path / "gone.yaml"

    with pytest.raises(SeedError, match=r"gone\.yaml:1: seed: cannot be read: No such file"):
        emulator.create(seed=path)


def test_a_seed_in_another_encoding_is_named(emulator: Emulator, tmp_path: Path) -> None:
    """It is UTF-8 that a seed is written in."""
    path = tmp_path / "seed.yaml"
    path.write_bytes("seed: Olá\n".encode("latin-1"))

    with pytest.raises(SeedError, match="is not UTF-8"):
        emulator.create(seed=path)


def test_a_seed_that_was_wrong_may_be_mended(emulator: Emulator, tmp_path: Path) -> None:
    """The name is free, as if nobody had tried."""
    path = written(tmp_path, "app: 5")
    with pytest.raises(SeedError):
        emulator.create(seed=path)

    path.write_text(SMALLEST, encoding="utf-8")
    sandbox = emulator.create(seed=path, at=START, speed=None)

    assert sandbox.identity()["access_token"] == "MY-TOKEN"


def test_people_who_answer_at_once_do_so_unless_they_have_habits(emulator: Emulator) -> None:
    """What a seed says about somebody holds also in a sandbox that hurries."""
    sandbox = emulator.create(at=START, speed=None, at_once=True)
    inbox = listen(sandbox)
    send(sandbox, order_shipped())
    send(sandbox, order_shipped(), "+1 650 555 4321")

    sandbox.settle()

    assert sorted(inbox.events) == ["delivered", "delivered", "read", "sent", "sent"]
