"""A utility template is found to be marketing: a day's notice, another category, another price."""

from __future__ import annotations

from kit.identities import BEATRIZ
from kit.scenarios import Business
from kit.times import START

from emulator import Emulator


def test_a_utility_template_turns_marketing(emulator: Emulator) -> None:
    """The notice comes a day ahead; until then it is priced as utility, from then on as marketing."""
    business = Business(emulator, START)
    business.hear("template_category_update")
    template = business.submit("new_collection", "UTILITY", "The new collection is here. Come and see it!")
    business.wait(minutes=6)

    business.sandbox.templates.recategorize(template, "MARKETING")
    business.wait(hours=23, minutes=59)
    business.template(BEATRIZ, "new_collection")
    assert business.get(f"{template}?fields=category,correct_category") == {
        "category": "UTILITY",
        "correct_category": "MARKETING",
        "id": template,
    }
    business.wait(minutes=1)
    business.template(BEATRIZ, "new_collection")
    business.wait(minutes=1)

    impending, completed = business.heard("template_category_update")
    assert (impending["new_category"], impending["correct_category"]) == ("UTILITY", "MARKETING")
    assert (completed["previous_category"], completed["new_category"]) == ("UTILITY", "MARKETING")
    assert [category for _, category, _ in business.prices()] == ["utility", "marketing"]
