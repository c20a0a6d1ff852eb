import main
import pytest


@pytest.fixture(autouse=True)
def _forget():
    """Every test begins with the same ids: what the bot has seen before is not this test's."""
    main.seen.clear()
    main.updates.clear()


def test_the_webhook_is_verified(whatsapp):
    whatsapp.verify_webhook()


def test_a_customer_asks_where_the_parcel_is(whatsapp):
    ana = whatsapp.person("Ana")

    ana.says("Hi")
    whatsapp.settle()
    ana.taps("Where is my parcel?")
    whatsapp.settle()

    assert ana.messages.sent.texts[-1] == "It is with the carrier and comes tomorrow."


def test_within_the_window_an_update_is_in_words(whatsapp):
    ana = whatsapp.person("Ana")
    ana.says("Hi")
    whatsapp.settle()

    main.tell_shipped(ana.wa_id, "Ana", "860198")
    whatsapp.settle()

    assert ana.messages.last.text == "Ana, your parcel 860198 is on its way."
    assert ana.messages.last.status == "read"


def test_after_the_window_it_is_a_template(whatsapp):
    ana = whatsapp.person("Ana")
    ana.says("Hi")
    whatsapp.clock.advance(hours=25)

    main.tell_shipped(ana.wa_id, "Ana", "860198")
    whatsapp.settle()

    assert [message.error["code"] for message in ana.messages.failed] == [131047]
    assert ana.messages.last.template == "order_shipped"
    assert ana.messages.last.parameters == ["Ana", "860198"]
    assert ana.messages.last.status == "read"


def test_a_webhook_that_comes_twice_is_answered_once(whatsapp):
    ana = whatsapp.person("Ana")
    ana.says("Hi")
    whatsapp.settle()

    whatsapp.sandbox.webhooks.redeliver(whatsapp.deliveries[0].id)
    whatsapp.settle()

    assert len(ana.messages.sent) == 1


def test_a_forged_webhook_is_refused():
    answer = main.app.test_client().post("/webhook", json={"entry": []})

    assert answer.status_code == 403
