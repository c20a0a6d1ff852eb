"""A sandbox in which everything has happened once: every table of its database has rows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from emulator import Emulator, Sandbox
from emulator.domain.messages.outbound import MarkRead, TemplateUse
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.pricing.conversations import Conversation
from emulator.domain.templates.filling.match import SentComponent, SentParameter
from emulator.wire.requests.block_list import NamedUser
from kit.graph import Graph, graph_of
from kit.identities import BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST, WABA_ID
from kit.messages import LOGIN_CODE, order_shipped, order_shipped_parts
from kit.receivers import hear_everything
from kit.sandboxes import send
from kit.submissions import delete, submit
from kit.times import DAY, START, seconds

ADA = "16505557777"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
_BUTTONS = {
    "type": "button",
    "body": {"text": "Which plant shall it be?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "fern", "title": "Fern"}}]},
}
_LIST = {
    "type": "list",
    "body": {"text": "Which plant shall it be?"},
    "action": {
        "button": "Plants",
        "sections": [{"title": "Green", "rows": [{"id": "moss", "title": "Moss"}]}],
    },
}
_MONEY = {"value": 500, "offset": 100}
_ORDER = {
    "type": "order_details",
    "body": {"text": "Your order"},
    "action": {
        "name": "review_and_pay",
        "parameters": {
            "reference_id": "order-1",
            "type": "digital-goods",
            "currency": "INR",
            "payment_settings": [
                {
                    "type": "payment_gateway",
                    "payment_gateway": {"type": "razorpay", "configuration_name": "shop"},
                }
            ],
            "total_amount": _MONEY,
            "order": {
                "status": "pending",
                "items": [{"retailer_id": "1", "name": "Fern", "amount": _MONEY, "quantity": 1}],
                "subtotal": _MONEY,
                "tax": {"value": 0, "offset": 100},
            },
        },
    },
}


def rich_sandbox(emulator: Emulator) -> Sandbox:
    """Make the default sandbox with a history: some things are over, and some of each kind are pending."""
    sandbox = emulator.create(at=START, speed=None)
    graph = graph_of(emulator)
    hear_everything(sandbox)
    sandbox.change_settings(
        us_marketing="delivered",
        direct_send="on",
        edits_told="messages",
        pacing_after=1,
        quality_judged_after=1,
        quality_least_read=0.1,
        utility_abuse="counted",
        limits={"throughput": "always", "pair_rate": "always", "management_calls": "always"},
        http_statuses={132001: 400},
    )
    _people_write(sandbox)
    _business_writes(sandbox, graph)
    _accounts_change(sandbox)
    sandbox.clock.advance(seconds(40 * 60))
    _templates_live(sandbox)
    _what_is_pending(sandbox, graph)
    return sandbox


def _people_write(sandbox: Sandbox) -> None:
    people = sandbox.people
    people.add("Ada", ADA, identity_key_hash="DF2lS5v2W6x=", habits={"reports": 1.0, "stops": 1.0})
    for person in (SHEENA, PABLO, BEATRIZ, ADA):
        hello = people.say(person, "Hello")
    people.edit(ADA, hello.id, "Hello there")
    people.delete(ADA, people.say(ADA, "Never mind").id)
    people.send(SHEENA, "location", {"latitude": 37.4, "longitude": -122.1})
    people.send(SHEENA, "contacts", [{"name": {"formatted_name": "Pablo", "first_name": "Pablo"}}])
    people.show(SHEENA, "image", BytesIO(PNG), "image/png", caption="A fern")
    people.click_ad(PABLO, "I saw your ad")
    people.call(BEATRIZ, lasts=seconds(2 * 60))
    group = sandbox.groups.make("Gardeners", SHEENA, PABLO)
    people.say(SHEENA, "Hello all", group=group.id)
    send(sandbox, "Hello group", group.id, to_group=True)


def _business_writes(sandbox: Sandbox, graph: Graph) -> None:
    number = sandbox.accounts.number(PRODUCTION)
    media = sandbox.media.upload(number, BytesIO(PNG), "image/png", "fern.png")
    question = graph.text("Shall we?").json["messages"][0]["id"]
    for kind, content in {
        "image": {"id": media.id, "caption": "A fern"},
        "document": {"link": "http://127.0.0.1:9/prices.pdf", "filename": "prices.pdf"},
        "location": {"latitude": 37.4, "longitude": -122.1, "name": "Here"},
        "contacts": [{"name": {"formatted_name": "Pablo Morales", "first_name": "Pablo"}}],
        "interactive": _BUTTONS,
        "reaction": {"message_id": sandbox.messages.all()[0].id, "emoji": "🌵"},
    }.items():
        _sent(graph, kind, content)
    for interactive in (_LIST, _ORDER):
        _sent(graph, "interactive", interactive)
    _sent(graph, "text", {"body": "Your code is 1234"}, category="UTILITY")
    graph.template("order_shipped", *order_shipped_parts())
    send(sandbox, order_shipped(payload="where"), ADA)
    send(sandbox, LOGIN_CODE, PABLO)
    sandbox.clock.advance(seconds(5 * 60))
    sandbox.people.react(SHEENA, question, "👍")
    sandbox.people.tap(SHEENA, "Where is it?")
    sandbox.people.tap(SHEENA, "Fern")
    sandbox.people.tap(SHEENA, "Moss")
    graph.get(WABA_ID)
    app = sandbox.accounts.app()
    sandbox.media.begin_upload(app, "image/png", 100, "header.png")


def _sent(graph: Graph, kind: str, content: object, **more: Any) -> None:
    message: dict[str, Any] = {kind: content}
    answer = graph.send(type=kind, **message, **more)
    assert answer.status_code == 200, answer.text


def _accounts_change(sandbox: Sandbox) -> None:
    sandbox.people.block(BEATRIZ)
    sandbox.people.stop_marketing(PABLO)
    sandbox.block_list.block(sandbox.accounts.number(PRODUCTION), [NamedUser(PABLO)])
    sandbox.accounts.allow(TEST, [SHEENA])
    sandbox.accounts.restrict("RESTRICTED_ADD_PHONE_NUMBER_ACTION", expires_at=START + 3 * DAY)
    sandbox.accounts.change_portfolio(tier="TIER_10K")
    sandbox.accounts.ask_for_name(PRODUCTION, "Green House")
    sandbox.pricing.charge_abroad(Eligibility(START, {"IN": START + DAY}))
    sandbox.templates.utility_abuse("warning")
    sandbox.faults.add(131049, when="async", to=ADA, times=3)
    sandbox.faults.add(4, edge="messages", probability=0.0001, times=None)
    sandbox.faults.add(
        kind="throttle", code=80007, method="DELETE", edge="any", every=3, since=START, until=START + 9 * DAY
    )
    sandbox.faults.add(kind="status", status=503, headers={"Retry-After": "9"}, when="download", delay=0.01)
    sandbox.faults.add(kind="late", by=60, pattern="^nothing$", message_status="read", field="messages")
    sandbox.pricing.set_rates({"marketing": {"*": Decimal("0.05")}})


def _templates_live(sandbox: Sandbox) -> None:
    gone = submit(sandbox, "gone")
    sandbox.templates.approve(gone.id)
    delete(sandbox, "gone")
    paused = submit(sandbox, "paused")
    sandbox.templates.approve(paused.id)
    sandbox.templates.pause(paused.id)
    rejected = submit(sandbox, "rejected")
    sandbox.templates.reject(rejected.id)
    sandbox.templates.appeal(rejected.id)
    archived = submit(sandbox, "archived")
    sandbox.templates.approve(archived.id)
    sandbox.templates.archive(archived.id)
    text = {"type": "BODY", "text": "A sale, {{1}}! Come and see.", "example": {"body_text": [["Ada"]]}}
    sale = submit(sandbox, "sale", category="MARKETING", components=(text,))
    sandbox.templates.approve(sale.id)
    for person in (SHEENA, ADA, SHEENA):
        use = TemplateUse(
            "sale", "en_US", (SentComponent("BODY", parameters=(SentParameter("TEXT", "Ada"),)),)
        )
        send(sandbox, use, person)
    submit(sandbox, "pending")


def _what_is_pending(sandbox: Sandbox, graph: Graph) -> None:
    """Something of each kind is on its way."""
    for kind, text in (("twice", "Twice"), ("out_of_order", "Later"), ("batch", "Together")):
        sandbox.faults.add(kind=kind, when="webhook", text=text)
    hear = sandbox.people.call(SHEENA, lasts=seconds(10 * 60))
    assert hear.ends_at > sandbox.clock.now()
    _sent(graph, "image", {"link": "http://127.0.0.1:9/fern.png"})
    graph.text("On its way")
    sandbox.clock.advance(seconds(1))
    graph.text("Not yet on its way")
    hello = sandbox.messages.all(wa_id=BEATRIZ, outbound=False)[0]
    sandbox.messages.mark_read(sandbox.accounts.number(PRODUCTION), MarkRead(hello.id, typing=True))
    for text in ("Twice, please", "Together, please", "Later, please"):
        sandbox.people.say(SHEENA, text)
    with sandbox.services.command() as store:
        store.conversations.put(PRODUCTION, SHEENA, Conversation("c1", "service", START, START + DAY))
        newest = sandbox.messages.all()[-1]
        details = {"last_inbound_at": START.isoformat(), "links": ["http://127.0.0.1:9/fern.png"]}
        store.media.wait_for(newest.id, sandbox.clock.now() + timedelta(days=1), details)
    _what_people_are_about_to_do(sandbox)


def _what_people_are_about_to_do(sandbox: Sandbox) -> None:
    """Somebody's phone is off, and somebody is going to answer."""
    rules = [
        {"when": {"contains": "ready"}, "then": {"text": "Thanks"}, "after": ["1 hour", "2 hours"]},
        {"then": {"flow_reply": {"plant": "Moss"}}, "chance": 0.5},
    ]
    ana = sandbox.people.add("Ana", "16505558888", habits={"answers": rules}).wa_id
    sandbox.people.say(ana, "Is it ready?")
    send(sandbox, "It is ready", ana)
    ben = sandbox.people.add("Ben", "16505559999", habits={"offline": [{"from": "22:00", "until": "07:00"}]})
    sandbox.people.go_offline(ben.wa_id)
    sandbox.people.say(ben.wa_id, "Hello")
    send(sandbox, "It is ready", ben.wa_id)
    sandbox.clock.advance(seconds(60))
