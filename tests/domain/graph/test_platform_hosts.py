"""Meta's own hosts: which names are theirs, and where downloads are for those who call by them."""

from __future__ import annotations

import pytest

from emulator.domain.graph.hosts import PLATFORM_HOSTS, downloads_at, is_platform_host


@pytest.mark.parametrize(
    "host", [*PLATFORM_HOSTS, "Graph.Facebook.COM", "graph.facebook.com.", b"graph.facebook.com"]
)
def test_a_host_of_meta_is_known_however_it_is_written(host: object) -> None:
    """In any case, with the final dot, as text or as bytes."""
    assert is_platform_host(host)


@pytest.mark.parametrize(
    "host",
    [None, "", 4080, b"\xff", "facebook.com", "evil-graph.facebook.com", "graph.facebook.com.evil.test"],
)
def test_no_other_host_is_metas(host: object) -> None:
    """Neither what only contains such a name, nor what is no name at all."""
    assert not is_platform_host(host)


@pytest.mark.parametrize(
    ("called", "downloads"),
    [
        ("https://graph.facebook.com", "https://lookaside.fbsbx.com"),
        ("https://graph.whatsapp.com:443", "https://lookaside.fbsbx.com"),
        ("http://127.0.0.1:4080", "http://127.0.0.1:4080"),
        ("https://emulator.example", "https://emulator.example"),
    ],
)
def test_downloads_are_where_the_caller_can_reach_them(called: str, downloads: str) -> None:
    """Meta's host for downloads after Meta's host for calls; else the same address."""
    assert downloads_at(called) == downloads
