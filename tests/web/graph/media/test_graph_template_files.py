"""Files in the header of a template and of its cards: unknown ids at once, what cannot be shown later."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from emulator import Emulator
from emulator.sandbox.sandbox import Sandbox

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
BODY = {"type": "body", "parameters": [{"type": "text", "text": "Sheena"}]}
NOT_OURS = "is not a valid whatsapp business account media attachment ID"


def header(**image: str) -> dict[str, Any]:
    return {"type": "header", "parameters": [{"type": "image", "image": image}]}


def upload(graph: Any, number: str, token: str, kind: str = "image/png") -> str:
    form = {"messaging_product": "whatsapp", "file": (BytesIO(PNG), "a", kind)}
    answer = graph.post(f"{number}/media", data=form, content_type="multipart/form-data", token=token)
    return str(answer.json["id"])


def became(sandbox: Sandbox) -> list[str]:
    """Each outbound message: its status, or why it failed."""
    sandbox.clock.advance(timedelta(minutes=1))
    return [
        f"{message.error['code']} {message.error['details']}" if message.error else str(message.status)
        for message in sandbox.messages.all(outbound=True)
    ]


def test_a_header_shows_an_uploaded_file_or_a_link(graph: Any, sandbox: Sandbox) -> None:
    """Both arrive, inside the window or not: it is a template."""
    sandbox.change_settings(us_marketing="delivered")
    media_id = upload(graph, graph.number, graph.token)

    graph.template("spring_sale", header(id=media_id), BODY)
    graph.template("spring_sale", header(link="https://example.com/a.png"), BODY)

    assert became(sandbox) == ["read", "read"]


@pytest.mark.parametrize("of_another_number", [False, True])
def test_an_id_that_is_not_the_numbers_own_is_refused_at_once(
    graph: Any, sandbox: Sandbox, refusal: Any, of_another_number: bool
) -> None:
    """With the path of its parameter; no message exists."""
    media_id = upload(graph, graph.test_number, graph.token) if of_another_number else "1234567890123456"

    status, error = refusal(graph.template("spring_sale", BODY, header(id=media_id)))

    assert (status, error["message"]) == (
        400,
        f"(#100) Param template['components'][1]['parameters'][0]['image']['id'] {NOT_OURS}",
    )
    assert became(sandbox) == []


def test_a_file_of_the_wrong_type_fails_later(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """200, then 131053 by webhook, in the words of the header's kind."""
    media_id = upload(graph, graph.number, graph.token, "application/pdf")

    answer = graph.template("spring_sale", header(id=media_id), BODY)

    assert answer.status_code == 200
    assert became(sandbox) == [
        "131053 Unsupported Image mime type application/pdf. Please use one of image/png, image/jpeg."
    ]
    assert [status["status"] for status in inbox.statuses] == ["failed"]


def test_a_link_that_leads_nowhere_fails_later(graph: Any, sandbox: Sandbox) -> None:
    """After the 200; nothing is looked at before it."""
    answer = graph.template("spring_sale", header(link="http://127.0.0.1:1/a.png"), BODY)

    (told,) = became(sandbox)
    assert answer.status_code == 200
    assert told.startswith("131053 Downloading media from weblink failed with error")


def test_an_id_is_good_for_thirty_days(graph: Any, sandbox: Sandbox) -> None:
    """To the microsecond."""
    media_id = upload(graph, graph.number, graph.token)
    sandbox.clock.advance(timedelta(days=30) - timedelta(microseconds=1))
    before = graph.template("spring_sale", header(id=media_id), BODY).status_code
    sandbox.clock.advance(timedelta(microseconds=1))

    assert (before, graph.template("spring_sale", header(id=media_id), BODY).status_code) == (200, 400)


def test_the_cards_of_a_carousel_show_files_too(news: Any) -> None:
    """By id and by link; the wrong kind in one card fails the whole message."""
    good, bad = (news.upload(kind) for kind in ("image/png", "text/plain"))

    news.send({"id": good}, {"link": "https://example.com/a.png"})
    news.send({"id": good}, {"id": bad})

    assert became(news.sandbox) == [
        "read",
        "131053 Unsupported Image mime type text/plain. Please use one of image/png, image/jpeg.",
    ]


@pytest.mark.parametrize("place", [0, 1])
def test_an_unknown_id_in_a_card_is_refused_with_the_path_of_the_card(
    news: Any, refusal: Any, place: int
) -> None:
    """Down to the parameter."""
    images = [{"id": news.upload("image/png")}, {"id": news.upload("image/png")}]
    images[place] = {"id": "1234567890123456"}

    status, error = refusal(news.send(*images))

    path = f"template['components'][1]['cards'][{place}]['components'][0]['parameters'][0]['image']['id']"
    assert (status, error["message"]) == (400, f"(#100) Param {path} {NOT_OURS}")
    assert became(news.sandbox) == []


class News:
    """Sends the shop's carousel: a picture in each of its two cards."""

    def __init__(self, graph: Any, sandbox: Sandbox) -> None:
        self._graph, self.sandbox = graph, sandbox
        identity = sandbox.identity()
        self._token, self._number = identity["access_token"], identity["numbers"][0]["phone_number_id"]

    def upload(self, kind: str) -> str:
        return upload(self._graph, self._number, self._token, kind)

    def send(self, *images: dict[str, str]) -> Any:
        components = [part("body", "Ana"), {"type": "carousel", "cards": [*map(card, range(2), images)]}]
        return self._graph.template(
            "novidades_da_semana",
            *components,
            language="pt_BR",
            to="5511955500101",
            number=self._number,
            token=self._token,
        )


def part(kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "parameters": [{"type": "text", "text": text}], **more}


def card(index: int, image: dict[str, str]) -> dict[str, Any]:
    payload = {"type": "payload", "payload": f"card {index}"}
    buttons = [
        {"type": "button", "sub_type": "quick_reply", "index": 0, "parameters": [payload]},
        part("button", "cesta", sub_type="url", index=1),
    ]
    return {"card_index": index, "components": [header(**image), part("body", "R$ 89"), *buttons]}


@pytest.fixture
def news(graph: Any, emulator: Emulator, sandbox: Sandbox) -> News:
    """The shop, beside the default sandbox."""
    return News(graph, emulator.create("shop", "shop", at=sandbox.clock.now(), speed=None, at_once=True))
