"""A template that annoys people is paused, paused again, and then nobody may send it any more."""

from __future__ import annotations

from kit.scenarios import Business
from kit.times import START

from emulator import Emulator


def test_a_template_is_paused_twice_and_disabled(emulator: Emulator) -> None:
    """Three hours, six hours, for ever: each time after people blocked the business for it."""
    business = Business(emulator, START)
    business.hear("message_template_quality_update")
    template = business.submit("buy_now", "MARKETING", "Last chance! Buy our plants now or never again.")
    business.wait(minutes=6)
    place = 0
    pauses = []

    for _ in range(3):
        assert business.template(f"55119{place:08d}", "buy_now") == "accepted"
        while business.get(f"{template}?fields=status")["status"] == "APPROVED":
            place += 1
            person = business.sandbox.people.add(number=f"55119{place:08d}", habits={"blocks": 1.0}).wa_id
            business.template(person, "buy_now")
            business.wait(minutes=1)
            assert place < 300, "nobody minds"
        pauses.append(business.now())
        code = business.template(f"55119{place:08d}", "buy_now")
        assert code == ("132015" if len(pauses) < 3 else "132016")
        business.wait(hours=3 * len(pauses))

    told = [
        (value["event"], value.get("other_info", {}).get("title"))
        for value in business.heard("message_template_status_update")
    ]
    assert told == [
        ("APPROVED", None),
        ("PAUSED", "FIRST_PAUSE"),
        ("APPROVED", "UNPAUSE"),
        ("PAUSED", "SECOND_PAUSE"),
        ("APPROVED", "UNPAUSE"),
        ("DISABLED", None),
    ]
    scores = [value["new_quality_score"] for value in business.heard("message_template_quality_update")]
    assert scores.count("RED") == 3
    assert business.get(f"{template}?fields=status")["status"] == "DISABLED"
