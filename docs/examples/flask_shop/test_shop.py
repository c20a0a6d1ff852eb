import main


def test_the_webhook_is_verified(whatsapp):
    whatsapp.verify_webhook()


def test_a_customer_asks_where_the_parcel_is(whatsapp):
    ana = whatsapp.person("Ana", new=True)

    ana.says("Hi")
    greeting = whatsapp.expect_sent(to=ana, text="Hello! How can I help?")
    ana.taps("Where is my parcel?", on=greeting)

    whatsapp.expect_sent(to=ana, text="It is with the carrier and comes tomorrow.")


def test_within_the_window_an_update_is_in_words(whatsapp):
    ana = whatsapp.person("Ana", new=True)
    ana.says("Hi")
    whatsapp.settle()

    main.tell_shipped(ana.wa_id, "Ana", "860198")

    whatsapp.expect_sent(to=ana, text="Ana, your parcel 860198 is on its way.")


def test_after_the_window_it_is_a_template(whatsapp):
    ana = whatsapp.person("Ana", new=True)
    ana.says("Hi")
    whatsapp.clock.advance(hours=25)

    main.tell_shipped(ana.wa_id, "Ana", "860198")

    whatsapp.expect_failed(131047)
    whatsapp.expect_sent(to=ana, template="order_shipped", parameters=["Ana", "860198"])


def test_a_webhook_that_comes_twice_is_answered_once(whatsapp):
    ana = whatsapp.person("Ana", new=True)
    whatsapp.deliver.twice()

    ana.says("Hi")

    whatsapp.expect_sent(to=ana, times=1)


def test_a_forged_webhook_is_refused(whatsapp):
    assert whatsapp.deliver.forged(b"{}").status == 403


def test_the_webhook_keeps_the_rules_of_production(whatsapp):
    whatsapp.doctor().check()
