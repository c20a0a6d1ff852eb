"""A test as the reviewer of templates."""

from __future__ import annotations

from kit.plugin import call, order_shipped, send

from emulator.testing.whatsapp import WhatsApp


def test_a_template_lives_its_whole_life(whatsapp: WhatsApp) -> None:
    """Rejected, appealed, paused, archived, and each is a word."""
    templates = whatsapp.templates

    statuses = [
        templates.approve("loyalty_points").status,
        templates.reject("loyalty_points", reason="SCAM").status,
        templates.appeal("loyalty_points").status,
        templates.approve("loyalty_points").status,
        templates.pause("loyalty_points", cause="pacing").status,
        templates.unpause("loyalty_points").status,
        templates.flag("loyalty_points").status,
        templates.disable("loyalty_points").status,
        templates.reinstate("loyalty_points").status,
        templates.archive("loyalty_points").status,
        templates.unarchive("loyalty_points").status,
    ]

    assert " ".join(statuses) == (
        "APPROVED REJECTED IN_APPEAL APPROVED PAUSED APPROVED APPROVED DISABLED APPROVED ARCHIVED APPROVED"
    )


def test_a_utility_template_turns_marketing(whatsapp: WhatsApp) -> None:
    """A day after the notice."""
    whatsapp.templates.recategorize("order_shipped", "MARKETING")

    whatsapp.clock.advance(days=1)

    assert whatsapp.templates["order_shipped"].category == "MARKETING"


def test_an_account_is_punished(whatsapp: WhatsApp) -> None:
    """Its utility templates are marketing from then on."""
    abuse = whatsapp.templates.utility_abuse("restriction")

    assert abuse.is_restricted(whatsapp.clock.now())
    assert whatsapp.templates["order_shipped"].category == "MARKETING"


def test_a_template_may_be_deleted_while_its_message_is_on_its_way(whatsapp: WhatsApp) -> None:
    """It is gone when that has arrived."""
    send(whatsapp, order_shipped())

    call(whatsapp, "DELETE", f"{whatsapp.waba_id}/message_templates?name=order_shipped")
    waiting = whatsapp.templates["order_shipped"].status
    whatsapp.settle()

    assert waiting == "PENDING_DELETION"
    assert "order_shipped" not in [template.name for template in whatsapp.templates]
