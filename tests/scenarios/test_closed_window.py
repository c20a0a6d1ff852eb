"""A session that lapsed, and the template that opened it again."""

from __future__ import annotations

from kit.identities import SHEENA
from kit.scenarios import Business
from kit.times import START

from emulator import Emulator


def test_a_lapsed_session_is_reopened_by_a_template(emulator: Emulator) -> None:
    """A text too late fails after its 200; a template arrives; the answer to it opens the window again."""
    business = Business(emulator, START)
    business.sandbox.people.say(SHEENA, "Do you have the blue pot?")
    answers = [business.text(SHEENA, "Yes, we do.")]
    business.wait(hours=24)

    answers.append(business.text(SHEENA, "Shall I keep one for you?"))
    business.wait(minutes=1)
    answers.append(business.template(SHEENA, "care_reminder"))
    assert answers == ["accepted", "accepted", "132001"], "care_reminder is not approved yet"

    business.submit("care_reminder", "UTILITY", "The pot you asked for is still here. Shall we keep it?")
    business.wait(minutes=6)
    assert business.template(SHEENA, "care_reminder") == "accepted"
    business.wait(minutes=1)
    business.sandbox.people.say(SHEENA, "Yes, please")
    answers = [business.text(SHEENA, "Done!")]
    business.wait(hours=23, minutes=59, seconds=59)
    answers.append(business.text(SHEENA, "It waits for you."))
    business.wait(seconds=1)
    answers.append(business.text(SHEENA, "Still there?"))
    business.wait(minutes=1)

    assert answers == ["accepted"] * 3
    life = ["sent", "delivered", "read"]
    assert business.became() == [*life, "failed 131047", *life, *life, *life, "failed 131047"]
