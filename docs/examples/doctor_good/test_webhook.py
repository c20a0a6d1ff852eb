def test_the_webhook_is_ready_for_production(whatsapp):
    report = whatsapp.doctor()

    report.check()


def test_only_the_public_address_is_left_to_look_at(whatsapp):
    report = whatsapp.doctor()

    assert report.passed
    assert [each.id for each in report.warnings] == []
    assert [each.id for each in report.not_judged] == ["https"]
