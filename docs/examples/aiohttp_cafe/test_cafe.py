def test_the_webhook_is_verified(whatsapp):
    whatsapp.verify_webhook()


def test_the_webhook_keeps_the_rules_of_production(whatsapp):
    whatsapp.doctor().check()


def test_a_guest_orders_from_the_menu(whatsapp):
    ana = whatsapp.person("Ana", new=True)

    ana.says("Hello")
    menu = whatsapp.expect_sent(to=ana, text="What would you like?")
    ana.taps("Cortado", on=menu)

    whatsapp.expect_sent(to=ana, text="One Cortado, coming up.")


def test_two_guests_have_a_conversation_each(whatsapp):
    ana, ben = whatsapp.person("Ana", new=True), whatsapp.person("Ben", new=True)

    ana.says("Hello")
    ben.says("Hello")
    whatsapp.settle()
    ben.taps("Tea")
    ana.taps("Espresso")

    whatsapp.expect_sent(to=ana, text="One Espresso, coming up.")
    whatsapp.expect_sent(to=ben, text="One Tea, coming up.")
