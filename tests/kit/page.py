"""The page of the emulator in a real browser, and what must hold of each visit to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from emulator import Emulator, Sandbox, Server, create_app
from emulator.web.boundary import LOOPBACK, Boundary
from kit.programs import needed
from kit.times import MORNING

PATIENCE = 20_000
"""Milliseconds that the page has for what a test waits for."""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, the package of this machine, for the pages of some tests."""
    program = needed("chromium", "chromium-browser", "google-chrome", untried="the page is not tried")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


def read_on(rows: Locator, older: Locator) -> None:
    """Read a list on backwards, page by page, until there is nothing older."""
    while older.is_visible():
        entry = rows.last.evaluate_handle("row => row.closest('[data-key]')")
        shown, key = (
            entry.evaluate_handle("each => each.parentNode"),
            entry.evaluate("each => each.dataset.key"),
        )
        older.click()
        grown = "([shown, key]) => shown.lastElementChild.dataset.key !== key"
        rows.page.wait_for_function(grown, arg=[shown, key])  # a row may be drawn anew meanwhile


class Visit:
    """An emulator with its default sandbox, and its page in a tab of a browser.

    ``problems`` are what a visit must never have: errors on the console, errors of scripts, and requests that
    leave this machine.
    """

    def __init__(self, emulator: Emulator, sandbox: Sandbox, app: Flask, server: Server, page: Page) -> None:
        self.emulator, self.sandbox, self.app = emulator, sandbox, app
        self.server, self.page = server, page
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.expected: tuple[str, ...] = ()
        """Texts of problems that a test brings about on purpose."""
        page.set_default_timeout(PATIENCE)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._requested)

    def open(self, view: str = "phones", *rest: str, sandbox: str = "default") -> Page:
        """Open a view, and wait until it is there."""
        self.page.goto("/".join((f"{self.server.url}/_emulator/ui/{sandbox}/{view}", *rest)))
        self.page.wait_for_selector("#live[data-state=live]")
        self.page.wait_for_selector("#view > .view")
        return self.page

    def get(self, text: str) -> Locator:
        """Find what has a text in the view."""
        return self.page.locator("#view").get_by_text(text)

    def unexpected(self) -> list[str]:
        return [each for each in self.problems if not any(known in each for known in self.expected)]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.server.url).netloc:
            self.problems.append(f"left this machine: {request.url}")


@contextmanager
def visit(
    browser: Browser, *, boundary: Boundary | None = LOOPBACK, worker: bool = True, **more: Any
) -> Iterator[Visit]:
    """Serve an emulator whose clock stands still, and open a tab; the visit must have had no problem.

    ``more`` is what Playwright's context takes: ``viewport``, ``color_scheme``.
    """
    with Emulator(worker=worker) as emulator:
        sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
        app = create_app(emulator, boundary=boundary)
        with Server(app) as server:
            context = browser.new_context(**more)
            context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
            made = Visit(emulator, sandbox, app, server, context.new_page())
            yield made
            context.close()
    assert (problems := made.unexpected()) == [], problems
