"""Make the pictures of the page that the docs show: ``python docs/make_screenshots.py``, or of some views.

The names of views may stand behind it: ``python docs/make_screenshots.py people phones``.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import requests

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent / "tests")]

from kit.identities import ACCESS_TOKEN, BEATRIZ, PRODUCTION, SHEENA  # noqa: E402
from kit.messages import order_shipped_parts  # noqa: E402
from kit.page import Visit, chromium, visit  # noqa: E402
from kit.receivers import listen  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from emulator.web.pages.views import VIEWS  # noqa: E402

FOLDER = DOCS / "images" / "page"
SIZE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 720}
SCALE = 0.7
"""Of the pixels of a picture to those of the page: small, and still read."""


def leaf(width: int = 280, height: int = 170) -> bytes:
    """A PNG with something green on it."""
    lines = b"".join(
        b"\0"
        + b"".join(
            bytes((30 + 50 * y // height, int(120 + 70 * math.sin(x / 17 + y / 23)), 70 + 40 * x // width))
            for x in range(width)
        )
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines, 9))
        + chunk(b"IEND", b"")
    )


def tell(page: Visit) -> None:
    """Let something happen in the sandbox, so that every view has something to show."""
    sandbox, people = page.sandbox, page.sandbox.people

    def send(to: str, **message: Any) -> None:
        requests.post(
            f"{page.server.url}/v26.0/{PRODUCTION}/messages",
            json={"messaging_product": "whatsapp", "to": to, **message},
            headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
            timeout=20,
        )

    def advance(**length: float) -> None:
        sandbox.clock.advance(timedelta(**length))

    listen(sandbox, answers=[200] * 17 + [500])
    picture = sandbox.media.upload(sandbox.accounts.number(PRODUCTION), BytesIO(leaf()), "image/png")
    asked = people.say(SHEENA, "Good morning! Do you have *ferns* in stock?")
    advance(minutes=1)
    send(SHEENA, type="image", image={"id": picture.id, "caption": "We do. This one came in today."})
    people.react(SHEENA, sandbox.messages.all(outbound=True)[-1].id, "🌿")
    advance(minutes=1)
    buttons = [
        {"type": "reply", "reply": {"id": name, "title": name}} for name in ("Boston fern", "Maidenhair")
    ]
    question = {"type": "button", "body": {"text": "Which shall it be?"}, "action": {"buttons": buttons}}
    send(SHEENA, type="interactive", context={"message_id": asked.id}, interactive=question)
    advance(minutes=1)
    people.tap(SHEENA, "Boston fern")
    people.say(BEATRIZ, "Vocês entregam em São Paulo?")
    advance(hours=20)
    send(BEATRIZ, type="text", text={"body": "Sim, em dois dias."})
    advance(hours=5)
    send(SHEENA, type="text", text={"body": "Your fern has left our greenhouse."})
    template = {
        "name": "order_shipped",
        "language": {"code": "en_US"},
        "components": list(order_shipped_parts()),
    }
    send(SHEENA, type="template", template=template)
    advance(seconds=30)
    people.say(BEATRIZ, "Obrigada!")
    crowd = people.crowd(240)
    people.say(crowd[0].wa_id, "Do you deliver on Saturdays?")
    people.go_offline(crowd[1].wa_id)
    people.stop_marketing(crowd[2].wa_id)
    sandbox.settle()


def _webhook(shown: Page) -> None:
    shown.locator("a.delivery.is-bad").first.click()
    shown.wait_for_selector(".notice.is-bad")


def _call(shown: Page) -> None:
    shown.locator("a.call.is-bad").first.click()
    shown.wait_for_selector(".notice.is-bad")


def _template(shown: Page) -> None:
    shown.get_by_role("button", name="New").click()
    shown.get_by_label("Name", exact=True).fill("Order Ready")
    shown.wait_for_selector(".notice.is-bad")


def _record(shown: Page) -> None:
    shown.click("nav [data-view=phones]")
    shown.get_by_label("Message of the customer").first.fill("Where is it?")
    shown.keyboard.press("Enter")
    shown.wait_for_selector(".is-own >> text=Where is it?")
    shown.get_by_role("button", name="+1 h").click()
    shown.wait_for_timeout(800)
    shown.click("nav [data-view=record]")


def _faults(shown: Page) -> None:
    form = shown.get_by_role("form", name="Arm a fault")
    for kind, member, value in (
        ("throttle", "retry_after", "60"),
        ("late", "by", "3600"),
        ("error", "code", "131026"),
    ):
        form.get_by_label("What goes wrong").select_option(kind)
        form.get_by_label(member, exact=True).fill(value)
        form.get_by_role("button", name="Arm it").click()
        shown.wait_for_timeout(300)
    while (said := shown.get_by_role("button", name="Dismiss")).count():
        said.first.click()
    form.get_by_label("What goes wrong").scroll_into_view_if_needed()


def _journal(shown: Page) -> None:
    shown.locator(".entry", has_text="message").nth(2).click()


BEFORE: Mapping[str, Callable[[Page], None]] = {
    "webhooks": _webhook,
    "record": _record,
    "faults": _faults,
    "journal": _journal,
    "calls": _call,
    "templates": _template,
}
"""What is done in a view before its picture is taken."""


def main() -> None:
    """Take a picture of every view in both themes, and one of the phones on a phone."""
    wanted = sys.argv[1:] or [each.name for each in VIEWS]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for theme in ("light", "dark"):
            for view, size in [*((each.name, SIZE) for each in VIEWS), ("phones", NARROW)]:
                if view not in wanted:
                    continue
                narrow = size is NARROW
                more: Any = {"viewport": size, "color_scheme": theme, "device_scale_factor": SCALE}
                with visit(browser, **more) as page:
                    tell(page)
                    shown = page.open(view, *([SHEENA] if narrow else []))
                    if view in BEFORE:
                        BEFORE[view](shown)
                    shown.wait_for_timeout(1500)
                    name = f"{view}-{theme}{'-narrow' if narrow else ''}.png"
                    shown.screenshot(path=FOLDER / name)
                    sys.stdout.write(f"made {(FOLDER / name).relative_to(DOCS.parent)}\n")


if __name__ == "__main__":
    main()
