"""A business with two WABAs, and two businesses in one sandbox. By HTTP, as their integrations see it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from emulator import Emulator, Webhook, create_app
from emulator.sandbox.webhooks.receivers import CallableReceiver

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
ADA, BEA, CAT = "447700900123", "447700900456", "447700900789"
RETAIL, WHOLESALE, BREAD = "10001", "10002", "10003"
SHOP, WAREHOUSE, BAKERY = "20001", "20002", "20003"
SHRUBS, LOAVES = "EMULATOR-SHRUBS", "EMULATOR-LOAVES"
SECRETS = ("shrub-secret", "loaf-secret")
SHRUBS_APP, LOAVES_APP = "70001|shrub-secret", "70002|loaf-secret"
HOOKS = {"70001": "http://shrubs.invalid/hook", "70002": "http://loaves.invalid/hook"}

SEED = f"""\
settings: {{us_marketing: delivered}}
apps:
  - id: "70001"
    secret: shrub-secret
    access_token: {SHRUBS}
    wabas: [Retail, Wholesale]
    webhook: {{url: "{HOOKS["70001"]}", fields: [messages, account_update]}}
  - id: "70002"
    secret: loaf-secret
    access_token: {LOAVES}
    wabas: [Bread]
    webhook: {{url: "{HOOKS["70002"]}", fields: [messages, account_update]}}
portfolios:
  - {{id: "50001", name: Shrubs}}
  - {{id: "50002", name: Loaves}}
wabas:
  - {{id: "{RETAIL}", name: Retail}}
  - {{id: "{WHOLESALE}", name: Wholesale}}
  - {{id: "{BREAD}", name: Bread, portfolio: Loaves}}
numbers:
  - {{id: "{SHOP}", number: "+44 20 7946 0958"}}
  - {{id: "{WAREHOUSE}", number: "+44 20 7946 0959", waba: Wholesale}}
  - {{id: "{BAKERY}", number: "+44 20 7946 0960", waba: Bread}}
people:
  - {{number: "+{ADA}", name: Ada}}
  - {{number: "+{BEA}", name: Bea}}
  - {{number: "+{CAT}", name: Cat}}
templates:
  - {{name: news, language: en_US, category: UTILITY, id: "30001",
      components: [{{type: BODY, text: There is news about your order from the shop.}}]}}
  - {{name: news, language: en_US, category: UTILITY, id: "30002", waba: Wholesale,
      components: [{{type: BODY, text: There is news about your order from the warehouse.}}]}}
  - {{name: pallets, language: en_US, category: UTILITY, id: "30003", waba: Wholesale,
      components: [{{type: BODY, text: Your pallets will be with you tomorrow morning.}}]}}
  - {{name: news, language: en_US, category: UTILITY, id: "30004", waba: Bread,
      components: [{{type: BODY, text: There is news about your order from the bakery.}}]}}
"""


def signature(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class World:
    """The sandbox, the calls that can be made, and what each app hears."""

    def __init__(self, emulator: Emulator, seed: Path) -> None:
        sandbox = emulator.create(seed=seed, at=START, speed=None, at_once=True)
        self.heard: dict[str, list[dict[str, Any]]] = {app_id: [] for app_id in HOOKS}
        self.signed_with: set[tuple[str, str]] = set()
        """Each app that heard of something, with the secret of the app that signed it."""
        for app_id in reversed(HOOKS):  # the last one that is connected is that of the first app
            sandbox.webhooks.connect(HOOKS[app_id], CallableReceiver(self._ear(app_id)))
        self.client: FlaskClient = create_app(emulator).test_client()

    def _ear(self, app_id: str) -> Any:
        def hear(webhook: Webhook) -> None:
            self.heard[app_id].append(webhook.json["entry"][0])
            for secret in SECRETS:
                if webhook.headers["X-Hub-Signature-256"] == f"sha256={signature(secret, webhook.body)}":
                    self.signed_with.add((app_id, secret))

        return hear

    def graph(self, method: str, path: str, body: Any = None, token: str = SHRUBS) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return self.client.open(f"/v24.0/{path}", method=method, json=body, headers=headers).json

    def control(self, method: str, path: str, body: Any = None) -> Any:
        return self.client.open(f"/_emulator/sandboxes/default/{path}", method=method, json=body).json

    def settle(self) -> None:
        self.control("POST", "settle", {})

    def send(self, number: str, to: str, template: str = "news", token: str = SHRUBS) -> Any:
        """Send a template; the code of an error or ``accepted``."""
        content = {"name": template, "language": {"code": "en_US"}}
        body = {"messaging_product": "whatsapp", "to": to, "type": "template", "template": content}
        answer = self.graph("POST", f"{number}/messages", body, token)
        self.settle()
        return answer["error"]["code"] if "error" in answer else "accepted"

    def write(self, person: str, to: str) -> None:
        """Have a person write to a number."""
        self.control("POST", f"people/{person}/messages", {"to": to, "text": {"body": "Hello"}})
        self.settle()

    def statuses(self) -> list[str]:
        """What became of each message to a person: ``delivered``, or the code of its error."""
        messages = self.control("GET", "messages")["messages"]
        return [
            str(each["error"]["code"]) if each["error"] else each["status"]
            for each in messages
            if each["direction"] == "outbound"
        ]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED)
    with Emulator() as emulator:
        yield World(emulator, seed)


# a business with two WABAs


def test_each_waba_has_its_own_numbers(world: World) -> None:
    listed = {
        waba: [each["id"] for each in world.graph("GET", f"{waba}/phone_numbers")["data"]]
        for waba in (RETAIL, WHOLESALE)
    }

    assert listed == {RETAIL: [SHOP], WHOLESALE: [WAREHOUSE]}


def test_each_waba_has_its_own_templates(world: World) -> None:
    """Two may have the same name, and a number sends those of its own WABA."""
    listed = {
        waba: [each["id"] for each in world.graph("GET", f"{waba}/message_templates")["data"]]
        for waba in (RETAIL, WHOLESALE)
    }

    assert listed == {RETAIL: ["30001"], WHOLESALE: ["30002", "30003"]}
    assert world.send(SHOP, ADA) == world.send(WAREHOUSE, ADA) == "accepted"
    assert world.send(WAREHOUSE, ADA, "pallets") == "accepted"
    assert world.send(SHOP, ADA, "pallets") == 132001
    texts = [each["text"] for each in world.control("GET", "messages")["messages"]]
    assert ["shop" in texts[0], "warehouse" in texts[1]] == [True, True]


def test_a_template_that_is_deleted_in_one_waba_stays_in_the_other(world: World) -> None:
    world.graph("DELETE", f"{RETAIL}/message_templates?name=news")

    assert world.send(SHOP, ADA) == 132001
    assert world.send(WAREHOUSE, ADA) == "accepted"


def test_the_wabas_of_a_portfolio_share_one_messaging_limit(world: World) -> None:
    """People who were reached by one count for the other; those of another business do not."""
    world.control("PATCH", "settings", {"limits": {"messaging": 2}})

    world.send(SHOP, ADA)
    world.send(WAREHOUSE, BEA)
    world.send(WAREHOUSE, CAT)
    world.send(BAKERY, CAT, token=LOAVES)

    assert world.statuses() == ["read", "read", "131048", "read"]
    used = [
        (each["subject"], each["used"])
        for each in world.control("GET", "limits")["limits"]
        if each["name"] == "messaging"
    ]
    assert used == [("50001", 2), ("50002", 1)]


def test_a_window_is_open_for_the_number_that_was_written_to(world: World) -> None:
    """Also among the numbers of one business."""
    text = {"messaging_product": "whatsapp", "to": ADA, "type": "text", "text": {"body": "Hello"}}

    world.write(ADA, SHOP)
    world.graph("POST", f"{SHOP}/messages", text)
    world.graph("POST", f"{WAREHOUSE}/messages", text)
    world.settle()

    assert world.statuses() == ["read", "131047"]


def test_a_restriction_of_a_portfolio_is_one_of_its_wabas_alone(world: World) -> None:
    """Of utility templates: the other business goes on."""
    world.control("POST", "utility-abuse", {"step": "restriction", "waba_id": WHOLESALE, "portfolio": True})
    world.settle()

    assert [entry["id"] for entry in world.heard["70001"]] == [RETAIL, WHOLESALE]
    assert world.heard["70002"] == []


# two businesses in one sandbox


def test_webhooks_go_to_the_app_of_the_business_alone(world: World) -> None:
    """Each entry names the WABA that it is of, and is signed by the app that hears it."""
    for number in (SHOP, WAREHOUSE, BAKERY):
        world.write(ADA, number)

    assert [entry["id"] for entry in world.heard["70001"]] == [RETAIL, WHOLESALE]
    assert [entry["id"] for entry in world.heard["70002"]] == [BREAD]
    assert world.signed_with == {("70001", "shrub-secret"), ("70002", "loaf-secret")}


def test_what_becomes_of_a_message_is_told_to_the_app_of_its_number(world: World) -> None:
    world.send(BAKERY, ADA, token=LOAVES)

    assert [entry["id"] for entry in world.heard["70002"]] == [BREAD] * 3
    assert world.heard["70001"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", BREAD),
        ("GET", BAKERY),
        ("GET", "30004"),
        ("GET", "50002"),
        ("GET", "70002"),
        ("GET", f"{BREAD}/message_templates"),
        ("POST", f"{BAKERY}/messages"),
        ("POST", f"{BREAD}/subscribed_apps"),
        ("DELETE", f"{BREAD}/message_templates"),
    ],
)
def test_a_token_has_no_access_to_another_business(world: World, method: str, path: str) -> None:
    """It is answered as if the id did not exist; a token of the other business has access."""
    refused = world.graph(method, path, {})["error"]
    other = world.graph(method, path, {}, token=LOAVES)

    assert (refused["code"], refused["error_subcode"]) == (100, 33)
    assert "cannot be loaded due to missing permissions" in refused["message"]
    assert other.get("error", {}).get("error_subcode") != 33


def test_a_token_has_access_to_every_waba_of_its_business(world: World) -> None:
    for node in (RETAIL, WHOLESALE, SHOP, WAREHOUSE, "30001", "30003", "50001", "70001"):
        assert world.graph("GET", node)["id"] == node


def test_a_file_is_sent_by_the_business_that_uploaded_it(world: World) -> None:
    upload = {"messaging_product": "whatsapp", "file": (BytesIO(b"Hello"), "a.txt", "text/plain")}
    headers = {"Authorization": f"Bearer {LOAVES}"}
    uploaded: Any = world.client.post(f"/v24.0/{BAKERY}/media", data=upload, headers=headers).json

    assert world.graph("GET", uploaded["id"], token=LOAVES)["id"] == uploaded["id"]
    assert world.graph("GET", uploaded["id"])["error"]["error_subcode"] == 33


def test_an_app_changes_its_own_subscriptions_alone(world: World) -> None:
    """With its app token, too."""
    own = world.graph("GET", "70002/subscriptions", token=LOAVES_APP)
    refused = world.graph("GET", "70002/subscriptions", token=SHRUBS_APP)

    assert own["data"][0]["callback_url"] == HOOKS["70002"]
    assert refused["error"]["error_subcode"] == 33


def test_calls_are_counted_for_each_app(world: World) -> None:
    """How much of the management limit a business has used is its own affair."""
    for _ in range(3):
        world.graph("GET", f"{RETAIL}/message_templates")
    world.graph("GET", f"{BREAD}/message_templates", token=LOAVES)

    calls = {
        each["subject"]: each["used"]
        for each in world.control("GET", "limits")["limits"]
        if each["name"] == "management_calls" and each["used"]
    }
    assert calls == {RETAIL: 3, BREAD: 1}
