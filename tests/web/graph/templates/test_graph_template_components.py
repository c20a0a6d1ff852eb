"""Every kind of template of the shop, sent and made over the Graph API."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox

ANA = "5511955500101"
NUMBER = "315628840077121"
WABA = "204871193350642"
TOKEN = "EMULATOR-SHOP-TOKEN"

IMAGE = {"type": "image", "image": {"link": "https://example.com/a.png"}}
ENDS = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1_798_761_600_000}}


def text(value: str) -> dict[str, Any]:
    return {"type": "text", "text": value}


def part(kind: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "parameters": list(parameters)}


def button(index: int | str, kind: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    return {"type": "button", "sub_type": kind, "index": index, "parameters": list(parameters)}


def action(**members: Any) -> dict[str, Any]:
    return {"type": "action", "action": members}


def carousel(*cards: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "carousel",
        "cards": [{"card_index": index, "components": components} for index, components in enumerate(cards)],
    }


def news(payload: str) -> list[dict[str, Any]]:
    return [
        part("header", IMAGE),
        part("body", text("R$ 89")),
        button(0, "quick_reply", {"type": "payload", "payload": payload}),
        button("1", "url", text(payload)),
    ]


def product(sku: str) -> list[dict[str, Any]]:
    value = {"product_retailer_id": sku, "catalog_id": "194836987003835"}
    return [part("header", {"type": "product", "product": value})]


SECTIONS = [
    {"title": "Doces", "product_items": [{"product_retailer_id": "1"}, {"product_retailer_id": "2"}]},
    {"title": "Salgados", "product_items": [{"product_retailer_id": "3"}]},
]
SENDS: dict[str, list[dict[str, Any]]] = {
    "novidades_da_semana": [part("body", text("Ana")), carousel(news("cesta"), news("buque"))],
    "mais_vendidos": [carousel(product("1"), product("2"), product("3"))],
    "oferta_relampago": [
        part("header", IMAGE),
        part("LIMITED_TIME_OFFER", ENDS),
        part("body", text("Ana")),
        button(0, "COPY_CODE", {"type": "coupon_code", "coupon_code": "RELAMPAGO"}),
        button(1, "url", text("RELAMPAGO")),
        part(
            "tap_target_configuration",
            {
                "type": "tap_target_configuration",
                "tap_target_configuration": [{"url": "https://example.com", "title": "A loja"}],
            },
        ),
    ],
    "nosso_catalogo": [button(0, "CATALOG", action(thumbnail_product_retailer_id="2lc20305pt"))],
    "kits_para_presente": [part("header", text("o Natal")), button(0, "mpm", action(sections=SECTIONS))],
    "agendar_entrega": [part("body", text("4711")), button("0", "flow", action(flow_token="pedido-4711"))],
    "fale_com_a_gente": [
        button(
            0, "voice_call", {"type": "ttl_minutes", "ttl_minutes": 100}, {"type": "payload", "payload": "a"}
        )
    ],
    "cupom_de_volta": [
        part("body", text("Ana")),
        button(1, "copy_code", {"type": "coupon_code", "coupon_code": "VOLTA10"}),
    ],
}
SEEN = {
    "novidades_da_semana": """\
Olá, Ana! Separamos as novidades da semana que combinam com você.
(1) [image] Cesta de café da manhã por apenas R$ 89 nesta semana. [Quero esta] [Ver na loja]
(2) [image] Buquê do campo por apenas R$ 89 nesta semana. [Quero esta] [Ver na loja]""",
    "mais_vendidos": """\
Os mais vendidos da loja estão aqui. Escolha o seu preferido!
(1) [product 1] [Ver produto]
(2) [product 2] [Ver produto]
(3) [product 3] [Ver produto]""",
    "oferta_relampago": """\
[image]
Acaba logo! (until 2027-01-01 00:00 UTC)
Boas notícias, Ana! Use o cupom abaixo e leve tudo com desconto especial.
[Copy offer code] [Comprar agora] [A loja]""",
    "nosso_catalogo": """\
Conheça o nosso catálogo completo sem sair do WhatsApp.
Loja do Bairro: perto de você
[Ver catálogo]""",
    "kits_para_presente": """\
Presentes para o Natal
Escolhemos alguns kits que fazem bonito em qualquer festa.
[Ver itens]""",
    "agendar_entrega": """\
O pedido 4711 está pronto. Escolha o melhor horário para a entrega.
[Escolher horário]""",
    "fale_com_a_gente": """\
Ficou alguma dúvida sobre o seu pedido? Ligue para a loja pelo WhatsApp.
[Ligar agora]""",
    "cupom_de_volta": """\
Sentimos a sua falta, Ana! Aqui está um cupom para a sua próxima compra na loja.
[Parar promoções] [Copy offer code]""",
}


@pytest.fixture
def sandbox(emulator: Emulator) -> Iterator[Sandbox]:
    """The shop in place of the default sandbox."""
    for left in emulator.all():
        emulator.remove(left.name)
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    yield emulator.create("default", "shop", at=at, speed=None)
    for left in emulator.all():
        emulator.remove(left.name)


@pytest.fixture
def send(graph: Any) -> Any:
    """Sends a template to Ana."""

    def make(name: str, components: Any) -> Any:
        template = {"name": name, "language": {"code": "pt_BR"}, "components": components}
        message = {"messaging_product": "whatsapp", "to": ANA, "type": "template", "template": template}
        return graph.post(f"{NUMBER}/messages", message, token=TOKEN)

    return make


@pytest.mark.parametrize("name", SENDS)
def test_every_template_of_the_shop_can_be_sent(sandbox: Sandbox, send: Any, name: str) -> None:
    """It is accepted, arrives, and reads as a person sees it."""
    answer = send(name, SENDS[name])
    sandbox.clock.advance(timedelta(minutes=1))

    (message,) = sandbox.messages.all()
    assert (answer.status_code, answer.json["messages"][0]["message_status"]) == (200, "accepted")
    assert (str(message.status), message.as_text) == ("read", SEEN[name])


def without(name: str, *path: str | int | slice) -> tuple[str, Any]:
    """What is sent for a template, less what stands at ``path``."""
    components = json.loads(json.dumps(SENDS[name]))
    *way, last = path
    spot: Any = components
    for step in way:
        spot = spot[step]
    del spot[last]
    return name, components


def changed(name: str, value: Any, *path: str | int) -> tuple[str, Any]:
    """What is sent for a template, with another value at ``path``."""
    components = json.loads(json.dumps(SENDS[name]))
    *way, last = path
    spot: Any = components
    for step in way:
        spot = spot[step]
    spot[last] = value
    return name, components


CARD = (1, "cards", 1, "components")


@pytest.mark.parametrize(
    ("sent", "code", "details"),
    [
        (
            without("novidades_da_semana", 1, "cards", 1),
            132012,
            "header component parameter should not be empty",
        ),
        (
            changed("novidades_da_semana", 0, 1, "cards", 1, "card_index"),
            132000,
            "carousel: number of cards (2) does not match the expected number of params (2)",
        ),
        (
            without("novidades_da_semana", *CARD, 1),
            132000,
            "body: number of localizable_params (0) does not match the expected number of params (1)",
        ),
        (
            without("novidades_da_semana", *CARD, 3),
            131008,
            "buttons: Button at index 1 of type Url requires a parameter",
        ),
        (
            without("mais_vendidos", 0, "cards", slice(1, 3)),
            131009,
            "Invalid cards count. Min allowed cards: 2, Max allowed cards: 10",
        ),
        (
            without("oferta_relampago", 1),
            132000,
            "limited_time_offer: number of localizable_params (0) does not match the expected number of "
            "params (1)",
        ),
        (
            changed("oferta_relampago", "X" * 16, 3, "parameters", 0, "coupon_code"),
            132018,
            "buttons: Parameter at index 0 exceeds the parameter length limit 15",
        ),
        (
            changed("oferta_relampago", [], 5, "parameters", 0, "tap_target_configuration"),
            131009,
            "Invalid tap targets count. Min allowed tap targets: 1",
        ),
        (
            without("nosso_catalogo", 0),
            131008,
            "buttons: Button at index 0 of type Catalog requires a parameter",
        ),
        (
            changed("kits_para_presente", SECTIONS * 6, 1, "parameters", 0, "action", "sections"),
            131009,
            "Invalid sections count. Min allowed sections: 1, Max allowed sections: 10",
        ),
        (
            changed("agendar_entrega", "url", 1, "sub_type"),
            132018,
            "buttons: Button at index 0 must be of type Flow",
        ),
        (
            changed("fale_com_a_gente", 43_201, 0, "parameters", 0, "ttl_minutes"),
            131009,
            "ttl_minutes is out of range. Min value: 1, Max value: 43200",
        ),
        (
            changed("fale_com_a_gente", "", 0, "parameters", 1, "payload"),
            100,
            "Parameter 'payload' is mandatory for component parameter type 'payload'",
        ),
        (
            changed("cupom_de_volta", "X" * 21, 1, "parameters", 0, "coupon_code"),
            132018,
            "buttons: Parameter at index 1 exceeds the parameter length limit 20",
        ),
    ],
)
def test_a_send_that_does_not_fit_is_refused_and_changes_nothing(
    sandbox: Sandbox, send: Any, sent: Any, code: int, details: str
) -> None:
    """With the platform's number, and details that name the fault."""
    answer = send(*sent)

    error = answer.json["error"]
    assert (answer.status_code, error["code"], error["error_data"]["details"]) == (400, code, details)
    assert sandbox.messages.all() == []


WRONG: list[Any] = [None, "", True, -1, 1.5, "x", [], {}, [[]], {"type": 7}, "[", 10**30]


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside ``value``."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inside in pairs:
        yield (*way, step)
        yield from places(inside, (*way, step))


@pytest.mark.parametrize("name", SENDS)
def test_a_wrong_value_is_refused_or_understood_wherever_it_stands(
    sandbox: Sandbox, send: Any, name: str
) -> None:
    """Never an error of ours, and a refusal leaves nothing behind."""
    accepted = 0
    for way in places(SENDS[name]):
        for value in WRONG:
            answer = send(*changed(name, value, *way))

            assert answer.status_code in (200, 400), (way, value)
            accepted += answer.status_code == 200

    assert len(sandbox.messages.all()) == accepted


@pytest.mark.parametrize("name", SENDS)
def test_a_wrong_value_in_a_draft_is_refused_or_understood(graph: Any, name: str) -> None:
    """Never an error of ours."""
    listed = graph.get(f"{WABA}/message_templates?name={name}", token=TOKEN).json["data"][0]
    for way in places(listed["components"]):
        for value in WRONG:
            components = json.loads(json.dumps(listed["components"]))
            spot: Any = components
            for step in way[:-1]:
                spot = spot[step]
            spot[way[-1]] = value
            draft = {"name": "draft", "language": "pt_BR", "category": "MARKETING", "components": components}

            answer = graph.post(f"{WABA}/message_templates", draft, token=TOKEN)

            assert answer.status_code in (200, 400), (way, value)
            if answer.status_code == 200:
                assert graph.delete(f"{WABA}/message_templates?name=draft", token=TOKEN).status_code == 200


def test_an_unknown_file_in_a_card_is_told_with_its_path(sandbox: Sandbox, send: Any) -> None:
    """Card, component and parameter."""
    name, components = changed("novidades_da_semana", {"id": "1"}, *CARD, 0, "parameters", 0, "image")

    error = send(name, components).json["error"]

    assert (error["code"], error["message"]) == (
        100,
        "(#100) Param template['components'][1]['cards'][1]['components'][0]['parameters'][0]['image']['id'] "
        "is not a valid whatsapp business account media attachment ID",
    )
    assert sandbox.messages.all() == []


_LISTED_SAMPLE = re.compile(r"https://scontent[^\"]*")
"""The address that a list shows in place of a handle."""


def _samples_alike(components: list[dict[str, Any]]) -> Any:
    return json.loads(_LISTED_SAMPLE.sub("sample", json.dumps(components)))


@pytest.mark.parametrize("name", SENDS)
def test_a_template_can_be_made_of_one_that_is_listed(graph: Any, name: str) -> None:
    """What the list shows is what the editor takes, and the list shows it again; but a sample is a handle."""
    listed = graph.get(f"{WABA}/message_templates?name={name}", token=TOKEN).json["data"][0]
    copy = {key: listed[key] for key in ("language", "category", "components")} | {"name": f"{name}_2"}
    if "scontent" in json.dumps(copy):
        refused = graph.post(f"{WABA}/message_templates", copy, token=TOKEN).json["error"]
        assert refused["error_subcode"] == 2388273
        copy = json.loads(_LISTED_SAMPLE.sub("4::aW1hZ2UvcG5n:ARb", json.dumps(copy)))

    made = graph.post(f"{WABA}/message_templates", copy, token=TOKEN)

    assert (made.status_code, made.json["status"]) == (200, "PENDING")
    again = graph.get(f"{made.json['id']}?fields=components", token=TOKEN).json
    assert _samples_alike(again["components"]) == _samples_alike(listed["components"])


def test_a_carousel_that_breaks_a_rule_is_not_made(graph: Any) -> None:
    """With the editor's strings for a person."""
    listed = graph.get(f"{WABA}/message_templates?name=novidades_da_semana", token=TOKEN).json["data"][0]
    copy = {key: listed[key] for key in ("language", "category", "components")} | {"name": "half"}
    del copy["components"][1]["cards"][1]

    answer = graph.post(f"{WABA}/message_templates", copy, token=TOKEN)

    assert (answer.status_code, answer.json["error"]["error_user_msg"]) == (
        400,
        "A carousel must have at least 2 and at most 10 cards.",
    )
    assert graph.get(f"{WABA}/message_templates?name=half", token=TOKEN).json["data"] == []
