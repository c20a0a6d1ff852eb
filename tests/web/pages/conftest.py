"""Chromium for the tests of a module, and a visit to the page for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kit.page import Visit, chromium, visit
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Visit]:
    """The page of a sandbox on 2 November 2026 at nine, its clock standing still, its people quick."""
    with visit(browser) as made:
        yield made
