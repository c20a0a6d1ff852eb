def test_the_webhook_is_verified(whatsapp):
    whatsapp.verify_webhook()


def test_a_guest_orders_from_the_menu(whatsapp):
    ana = whatsapp.person("Ana")

    ana.says("Hello")
    whatsapp.settle()
    ana.taps("Cortado")
    whatsapp.settle()

    assert ana.messages.last.text == "One Cortado, coming up."


def test_two_guests_have_a_conversation_each(whatsapp):
    ana, ben = whatsapp.person("Ana"), whatsapp.person("Ben")

    ana.says("Hello")
    ben.says("Hello")
    whatsapp.settle()
    ben.taps("Tea")
    ana.taps("Espresso")
    whatsapp.settle()

    assert ana.messages.last.text == "One Espresso, coming up."
    assert ben.messages.last.text == "One Tea, coming up."
