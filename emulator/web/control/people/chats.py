"""Control route of chats: people, and how the conversation of each with the business stands."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.instants import iso
from emulator.domain.messages.chats import Chat
from emulator.domain.windows import Window
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers.people import ChatAnswer, Chats, ChatWindowAnswer
from emulator.web.control.messages.message import message_answer
from emulator.web.control.people.blocks_and_reports import relationship_answer
from emulator.web.control.people.people import person_answer
from emulator.web.control.routes.paging import PAGED, page
from emulator.web.control.routes.table import SANDBOX, route, short


@route("GET", f"{SANDBOX}/chats", query={"search": short(100), **PAGED})
def chats(sandbox: Sandbox, search: str = "", after: str | None = None, limit: int = 100) -> Chats:
    """People as in the list of people, each with how their conversation with the business stands now.

    That is the customer service window that closes last, blocks and opt-outs, how many messages they have not
    read (counted up to 100), and the last message. ``limit`` is how many a page has (default: 100); ``after``
    and ``search`` are those of the list of people.
    """
    with sandbox.reading():
        now = sandbox.clock.now()
        return page(
            "chats",
            lambda most: sandbox.people.chats(after=after, limit=most, search=search),
            limit,
            lambda chat: _chat_answer(chat, now),
            lambda chat: chat.person.wa_id,
        )


def _chat_answer(chat: Chat, at: datetime) -> ChatAnswer:
    return {
        "person": person_answer(chat.person),
        "window": None if chat.window is None else _window_answer(chat.window, at),
        "relationships": [relationship_answer(each) for each in chat.relationships],
        "unread": chat.unread,
        "last_message": None if chat.last_message is None else message_answer(chat.last_message),
    }


def _window_answer(window: Window, at: datetime) -> ChatWindowAnswer:
    return {
        "phone_number_id": window.phone_number_id,
        "open": window.is_open(at),
        "closes_at": iso(window.closes_at),
    }
