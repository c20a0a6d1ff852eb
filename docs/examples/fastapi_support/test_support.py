PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(100)


def test_the_webhook_is_verified(whatsapp):
    whatsapp.verify_webhook()


def test_a_text_is_read_and_answered_with_a_question(whatsapp):
    ana = whatsapp.person("Ana", new=True)

    asked = ana.says("My kettle is broken")

    whatsapp.expect_read(asked)
    whatsapp.expect_sent(text="Please send a photo of what is broken.", reply_to=asked)


def test_a_photo_is_downloaded(whatsapp):
    ana = whatsapp.person("Ana", new=True)

    ana.shows("image", PHOTO, "image/png")

    whatsapp.expect_sent(to=ana, text=f"Thank you, we have your photo ({len(PHOTO)} bytes).")


def test_the_webhook_keeps_the_rules_of_production(whatsapp):
    whatsapp.doctor().check()


async def test_the_same_in_an_async_test(whatsapp):
    ana = whatsapp.person("Ana", new=True)

    await ana.shows("image", PHOTO, "image/png")

    await whatsapp.expect_sent(to=ana, text=f"Thank you, we have your photo ({len(PHOTO)} bytes).")
