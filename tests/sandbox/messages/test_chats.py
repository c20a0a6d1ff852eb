"""Chats: people with how their conversation with the business stands, asked of many at once."""

from __future__ import annotations

from datetime import timedelta

from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.sandboxes import send

from emulator import Sandbox
from emulator.domain.messages.chats import MOST_UNREAD


def test_a_chat_is_how_the_conversation_stands(sandbox: Sandbox) -> None:
    """The window that closes last, the newest message, what is unread, blocks; nothing where nothing was."""
    sandbox.people.say(SHEENA, "Hi", to=TEST)
    sandbox.clock.advance(timedelta(hours=1))
    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.change(SHEENA, habits={"reads": False})
    send(sandbox, "One")
    send(sandbox, "Two")
    sandbox.settle()
    sandbox.people.block(SHEENA, to=TEST)

    sheena, pablo, *_ = sandbox.people.chats()

    assert sheena.person == sandbox.people.get(SHEENA)
    assert sheena.window == sandbox.people.windows_of(SHEENA)[0]
    assert (sheena.window and sheena.window.phone_number_id) == PRODUCTION
    assert (sheena.unread, sheena.last_message) == (2, sandbox.messages.all()[-1])
    assert [each.phone_number_id for each in sheena.relationships if each.blocked_number_at] == [TEST]
    assert (pablo.person.wa_id, pablo.window, pablo.relationships) == (PABLO, None, ())
    assert (pablo.unread, pablo.last_message) == (0, None)


def test_unread_messages_are_counted_up_to_a_hundred(sandbox: Sandbox) -> None:
    """Or the count would cost as much as they are; what is read is not counted."""
    sandbox.people.change(SHEENA, habits={"reads": False})
    sandbox.people.say(SHEENA, "Hello")
    for number in range(MOST_UNREAD + 20):
        send(sandbox, f"Message {number}")
    sandbox.settle()

    assert sandbox.people.chats(limit=1)[0].unread == MOST_UNREAD
    sandbox.people.read(SHEENA)
    sandbox.settle()
    assert sandbox.people.chats(limit=1)[0].unread == 0


def test_a_page_asks_few_questions_however_many_people_are_on_it(sandbox: Sandbox) -> None:
    """Four for some hundred people, beside the one for the people themselves."""
    sandbox.people.crowd(1_200)
    for wa_id in [each.wa_id for each in sandbox.people.all(limit=300)][4:]:
        sandbox.people.say(wa_id, "Hi")
    asked = list[str]()
    connection = sandbox.services.store.database.connection
    sandbox.people.chats(limit=10)
    connection.set_trace_callback(asked.append)

    def questions(limit: int) -> int:
        asked.clear()
        assert len(sandbox.people.chats(limit=limit)) == limit
        return len([each for each in asked if each.startswith("SELECT")])

    assert (questions(10), questions(300), questions(1_100)) == (5, 5, 13)


def test_chats_are_found_as_people_are(sandbox: Sandbox) -> None:
    """By words of the name or digits of the number, page by page."""
    found = sandbox.people.chats(search="nelson")
    assert [each.person.wa_id for each in found] == [SHEENA]
    after = sandbox.people.chats(after=SHEENA, limit=1)
    assert [each.person.wa_id for each in after] == [PABLO]
